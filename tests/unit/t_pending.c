#include "t.h"

#include "model/member.h"
#include "model/pending.h"
#include "model/store.h"

struct place {
	char *dir;
	struct job j;
	struct db *db;
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);

	p->dir = t_folder();
	job_begin(&p->j, "test", 100 * PENDING_MONTH);
	assert_int_equal(store_open(&p->j, p->dir, DB_CREATE, &p->db), ST_OK);
	assert_int_equal(db_run(p->db, &p->j,
			     "INSERT INTO message (id, received, source, "
			     "envelope_from, recipient, sha, size, cut, raw) "
			     "VALUES (1, 1, 'lmtp', '', 'x', 'y', 1, 0, x'00')",
			     ""),
	    ST_OK);
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;

	db_close(p->db);
	job_end(&p->j);
	t_remove(p->dir);
	free(p);
	return 0;
}

static struct pending
ask(struct place *p, const char *address, const char *list,
    enum pending_what what)
{
	struct pending x = { .list = list,
		.address = address,
		.what = what,
		.delivery = "",
		.message = 1 };

	assert_int_equal(pending_add(p->db, &p->j, &x), ST_OK);
	return x;
}

static void
counts(void **state)
{
	struct place *p = *state;
	struct pending a = ask(p, "A@x.example", "l", PENDING_SUBSCRIBE), got;
	struct pending_counts n;

	p->j.now += PENDING_DAY - 1;
	(void)ask(p, "b@X.example", "l", PENDING_SUBSCRIBE);
	(void)ask(p, "a@x.example", "m", PENDING_REQUEST);
	assert_int_equal(pending_count(p->db, &p->j, &a, &n), ST_OK);
	assert_int_equal(n.day, 2);
	assert_int_equal(n.month, 2);
	assert_int_equal(n.same, 1);
	assert_int_equal(n.hour, 2);
	assert_int_equal(n.hour_domain, 2);
	assert_int_equal(pending_done(p->db, &p->j, a.id), ST_OK);
	assert_int_equal(pending_count(p->db, &p->j, &a, &n), ST_OK);
	assert_int_equal(n.same, 0);
	p->j.now += 1;
	assert_int_equal(pending_count(p->db, &p->j, &a, &n), ST_OK);
	assert_int_equal(n.day, 1);
	assert_int_equal(n.month, 2);

	assert_int_equal(pending_again(p->db, &p->j, "A@X.EXAMPLE"), ST_OK);
	assert_int_equal(db_changes(p->db), 1);
	assert_int_equal(pending_again(p->db, &p->j, "c@x.example"), ST_OK);
	assert_int_equal(db_changes(p->db), 0);

	assert_int_equal(pending_get(p->db, &p->j, a.id, &got), ST_OK);
	assert_string_equal(got.address, "A@x.example");
	assert_int_equal(got.what, PENDING_SUBSCRIBE);
	assert_true(got.done != 0);
	assert_int_equal(pending_get(p->db, &p->j, 99, &got), ST_NONE);

	/* Old ones are forgotten with the next, and no number comes back. */
	p->j.now += PENDING_MONTH;
	got = ask(p, "d@x.example", "l", PENDING_UNSUBSCRIBE);
	assert_int_equal(got.id, 4);
	assert_int_equal(pending_get(p->db, &p->j, a.id, &got), ST_NONE);
}

static void
members(void **state)
{
	struct place *p = *state;
	struct member m = { .list = "l", .address = "a@x.example" }, all[2];
	struct member_walk walk = { .list = "l", .event = 1, .high = 9 };
	bool choosy;
	size_t n;

	assert_int_equal(member_add(p->db, &p->j, &m), ST_OK);
	assert_int_equal(member_choosy(p->db, &p->j, "l", &choosy), ST_OK);
	assert_false(choosy);
	assert_int_equal(member_find(p->db, &p->j, "l", m.address, &m), ST_OK);
	assert_string_equal(m.topics, "");
	m.topics = "email-b";
	m.paused = 5;
	assert_int_equal(member_save_settings(p->db, &p->j, &m), ST_OK);
	assert_int_equal(member_choosy(p->db, &p->j, "l", &choosy), ST_OK);
	assert_true(choosy);
	assert_int_equal(member_choosy(p->db, &p->j, "m", &choosy), ST_OK);
	assert_false(choosy);
	assert_int_equal(member_set_status(p->db, &p->j, m.id, "l", "left"),
	    ST_OK);
	assert_int_equal(member_choosy(p->db, &p->j, "l", &choosy), ST_OK);
	assert_false(choosy);
	p->j.now += 7;
	assert_int_equal(member_consent(p->db, &p->j, m.id, 1), ST_OK);
	assert_int_equal(member_batch(p->db, &p->j, &walk, 2, all, &n), ST_OK);
	assert_int_equal(n, 1);
	assert_string_equal(all[0].topics, "email-b");
	assert_int_equal(all[0].paused, 5);
	assert_int_equal(all[0].joined, p->j.now);
	assert_false(all[0].follows);
	/* Joined once; consent again changes that not. */
	p->j.now += 7;
	assert_int_equal(member_consent(p->db, &p->j, m.id, 1), ST_OK);
	assert_int_equal(member_batch(p->db, &p->j, &walk, 2, all, &n), ST_OK);
	assert_int_equal(all[0].joined, p->j.now - 7);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = { T(counts), T(members) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
