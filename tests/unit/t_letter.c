#include "t.h"

#include "cmd/precedence.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/store.h"

struct place {
	char *dir;
	struct db *db;
	struct job j;
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);

	p->dir = t_folder();
	job_begin(&p->j, "test", 1000);
	if (store_open(&p->j, p->dir, DB_CREATE, &p->db) != ST_OK)
		return -1;
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

static void
add(struct place *p, enum letter_kind kind, const char *mid, int64_t due)
{
	struct letter l = { .kind = kind,
		.recipient = "a@x",
		.sender = "s@y",
		.mid = mid,
		.raw = "X\0Y",
		.n = 3,
		.created = 900,
		.due = due };

	assert_int_equal(letter_add(p->db, &p->j, &l), ST_OK);
}

static void
moves(void **state)
{
	struct place *p = *state;
	struct letter l, *all;
	int64_t due;
	size_t n;

	assert_int_equal(letter_next(p->db, &p->j, 2000, 0, false, &l),
	    ST_NONE);
	assert_int_equal(letter_due(p->db, &p->j, &due), ST_NONE);
	add(p, LETTER_MAIL, "1", 1000);
	add(p, LETTER_PAGE, "2", 1000);
	add(p, LETTER_MAIL, "1", 1000); /* the same again */
	add(p, LETTER_COMMAND, "3", 1000);
	add(p, LETTER_MAIL, "4", 3000);

	assert_int_equal(letter_next(p->db, &p->j, 2000, 0, true, &l), ST_OK);
	assert_int_equal(l.kind, LETTER_PAGE);
	assert_int_equal(letter_next(p->db, &p->j, 2000, l.id, true, &l),
	    ST_OK);
	assert_int_equal(l.kind, LETTER_COMMAND);
	assert_int_equal(letter_next(p->db, &p->j, 2000, l.id, true, &l),
	    ST_NONE);
	assert_int_equal(letter_next(p->db, &p->j, 2000, 0, false, &l), ST_OK);
	assert_string_equal(l.mid, "1");
	assert_int_equal(l.n, 3);
	assert_memory_equal(l.raw, "X\0Y", 3);
	assert_int_equal(letter_probe(p->db, &p->j, l.id), ST_OK);
	assert_int_equal(letter_later(p->db, &p->j, &l, 1500, "451 no"), ST_OK);
	p->j.now = 1100;
	l.first_failed = 1000;
	assert_int_equal(letter_later(p->db, &p->j, &l, 1600, "452 no"), ST_OK);
	assert_int_equal(letter_next(p->db, &p->j, 1599, 0, false, &l),
	    ST_NONE);
	assert_int_equal(letter_next(p->db, &p->j, 1600, 0, false, &l), ST_OK);
	assert_int_equal(l.tries, 2);
	assert_int_equal(l.first_failed, 1000);
	assert_string_equal(l.reply, "452 no");
	assert_int_equal(letter_sent(p->db, &p->j, l.id, "250 ok"), ST_OK);
	/* What is sent stays sent. */
	assert_int_equal(letter_failed(p->db, &p->j, l.id, "no"), ST_OK);
	assert_int_equal(letter_next(p->db, &p->j, 2000, 0, false, &l),
	    ST_NONE);
	assert_int_equal(letter_due(p->db, &p->j, &due), ST_OK);
	assert_int_equal(due, 1000);
	assert_int_equal(letter_list(p->db, &p->j, &all, &n), ST_OK);
	assert_int_equal(n, 3);
	assert_int_equal(letter_failed(p->db, &p->j, all[0].id, "550"), ST_OK);
	assert_int_equal(letter_list(p->db, &p->j, &all, &n), ST_OK);
	assert_int_equal(n, 3);
	assert_string_equal(all[0].status, "failed");
}

static void
forwards(void **state)
{
	struct place *p = *state;
	struct letter l = { .kind = LETTER_FORWARD,
		.recipient = "o@x",
		.mid = "f",
		.message = 1,
		.created = 1 };

	assert_int_equal(db_run(p->db, &p->j,
			     "INSERT INTO message VALUES (1, 1, 'lmtp', '', "
			     "'', 'o@y', 'sha', 4, 0, ?, '')",
			     "b", "\0a\r\n", (size_t)4),
	    ST_OK);
	assert_int_equal(letter_add(p->db, &p->j, &l), ST_OK);
	assert_int_equal(letter_next(p->db, &p->j, 5, 0, false, &l), ST_OK);
	assert_int_equal(l.n, 4);
	assert_memory_equal(l.raw, "\0a\r\n", 4);
	assert_string_equal(l.sender, "");
}

static enum status
join(struct place *p, const char *address)
{
	struct member m = { .list = "l", .address = address };

	job_forget(&p->j);
	return member_add(p->db, &p->j, &m);
}

static void
members(void **state)
{
	struct place *p = *state;
	struct member_walk walk = { .list = "l", .high = 99 };
	struct member m, all[10];
	int64_t n, high;
	size_t got;

	assert_int_equal(member_high(p->db, &p->j, "l", &high), ST_OK);
	assert_int_equal(high, 0);
	assert_int_equal(join(p, "A@x.example"), ST_OK);
	assert_int_equal(join(p, "a@X.EXAMPLE"), ST_NONE);
	assert_int_equal(join(p, "a b@x"), ST_PERM);
	assert_int_equal(join(p, "a@x\r\nb"), ST_PERM);
	assert_int_equal(join(p, "b@x.example"), ST_OK);
	assert_int_equal(join(p, "c@x.example"), ST_OK);
	assert_int_equal(member_find(p->db, &p->j, "l", "a@x.EXAMPLE", &m),
	    ST_OK);
	assert_string_equal(m.address, "A@x.example");
	assert_string_equal(m.status, "active");
	assert_string_equal(m.format, "both");
	assert_int_equal(member_set_status(p->db, &p->j, m.id, "other", "left"),
	    ST_NONE);
	assert_int_equal(member_set_status(p->db, &p->j, m.id, "l", "left"),
	    ST_OK);
	assert_int_equal(join(p, "a@x.example"), ST_PERM);
	assert_non_null(strstr(p->j.why, "left"));
	assert_int_equal(member_count(p->db, &p->j, "l", &n), ST_OK);
	assert_int_equal(n, 2);
	assert_int_equal(member_batch(p->db, &p->j, &walk, 1, all, &got),
	    ST_OK);
	assert_int_equal(got, 1);
	assert_string_equal(all[0].address, "b@x.example");
	walk.after = walk.high = all[0].id;
	assert_int_equal(member_batch(p->db, &p->j, &walk, 9, all, &got),
	    ST_OK);
	assert_int_equal(got, 0);
	assert_int_equal(member_batch_all(p->db, &p->j, "l", 0, 10, all, &got),
	    ST_OK);
	assert_int_equal(got, 3);
	assert_int_equal(member_get(p->db, &p->j, m.id, &m), ST_OK);
	assert_string_equal(m.status, "left");
}

/* Who joins after the letter was made isn't reached by it. */
static void
membership_as_of_now(void **state)
{
	struct place *p = *state;
	struct letter l = { .list = "l", .mid = "m", .created = 1 }, *all;
	size_t n;

	assert_int_equal(join(p, "a@x"), ST_OK);
	assert_int_equal(letter_add_broadcast(p->db, &p->j, &l), ST_OK);
	assert_int_equal(join(p, "b@x"), ST_OK);
	assert_int_equal(letter_broadcasts(p->db, &p->j, 0, &all, &n), ST_OK);
	assert_int_equal(n, 0);
	assert_int_equal(letter_next(p->db, &p->j, 1, 0, false, &l), ST_NONE);
	assert_int_equal(letter_broadcasts(p->db, &p->j, 1, &all, &n), ST_OK);
	assert_int_equal(n, 1);
	assert_int_equal(all[0].kind, LETTER_BROADCAST);
	assert_int_equal(all[0].high, 1);
	assert_null(all[0].raw);
	assert_false(all[0].critical);
}

static int64_t
arrive(struct place *p, int64_t first, int64_t high, int64_t *letter)
{
	struct letter l = { .list = "l",
		.first = first,
		.high = high,
		.created = 1 };

	l.mid = arena_printf(p->j.mem, "arrival.%lld", (long long)first);
	assert_int_equal(letter_add_arrival(p->db, &p->j, &l, letter), ST_OK);
	return *letter;
}

/* One letter of an import, as far as nobody else comes between. */
static void
arrivals(void **state)
{
	struct place *p = *state;
	struct letter *all;
	int64_t id = 0, one, two, three;
	size_t n;

	for (int i = 1; i < 10; i++)
		assert_int_equal(join(p, arena_printf(p->j.mem, "m%d@x", i)),
		    ST_OK);
	one = arrive(p, 1, 2, &id);
	assert_int_equal(arrive(p, 3, 4, &id), one);
	two = arrive(p, 6, 6, &id); /* 5 came by himself */
	assert_int_not_equal(one, two);
	assert_int_equal(db_run(p->db, &p->j,
			     "UPDATE member SET list = 'other' WHERE id = 7",
			     ""),
	    ST_OK);
	assert_int_equal(arrive(p, 8, 8, &id), two);
	assert_int_equal(letter_broadcasts(p->db, &p->j, 1, &all, &n), ST_OK);
	assert_int_equal(n, 2);
	assert_int_equal(all[0].first, 1);
	assert_int_equal(all[0].high, 4);
	assert_int_equal(all[0].post, 0);
	assert_int_equal(all[1].first, 6);
	assert_int_equal(all[1].high, 8);
	assert_string_equal(all[1].mid, "arrival.6");

	/* A courier who knew of fewer hasn't sent it. */
	all[1].high = 6;
	assert_int_equal(letter_sent_all(p->db, &p->j, &all[1], "1 taken"),
	    ST_NONE);
	all[1].high = 8;
	assert_int_equal(letter_sent_all(p->db, &p->j, &all[1], "2 taken"),
	    ST_OK);
	/* What went stays as it is. */
	three = arrive(p, 9, 9, &id);
	assert_int_not_equal(two, three);
}

/* Critical before anything, accounts before open lists, else as written; who
 * is new behind all of them. */
static void
precedence(void **state)
{
	static const struct list lists[] = { { .slug = "open" },
		{ .slug = "account", .kind = LIST_ACCOUNT },
		{ .slug = "internal", .kind = LIST_INTERNAL } };
	const struct conf c = { .lists = (struct list *)(uintptr_t)lists,
		.n_lists = 3 };
	struct letter all[] = { { .id = 1, .list = "open" },
		{ .id = 2, .list = "gone" }, { .id = 3, .list = "account" },
		{ .id = 4, .list = "open", .critical = true },
		{ .id = 5, .list = "internal" },
		{ .id = 6, .list = "account", .critical = true },
		{ .id = 7, .list = "account" },
		{ .id = 8, .list = "open", .first = 9 },
		{ .id = 9, .list = "account", .first = 1 },
		{ .id = 10, .list = "open" } };
	static const int64_t want[] = { 6, 4, 3, 7, 1, 2, 5, 10, 9, 8 };

	(void)state;
	precedence_sort(&c, all, 10);
	for (size_t i = 0; i < 10; i++)
		assert_int_equal(all[i].id, want[i]);
	assert_true(precedence_before(&c, &all[0], &all[1]));
	assert_false(precedence_before(&c, &all[2], &all[3]));
	assert_true(precedence_before(&c, &all[7], &all[8]));
	precedence_sort(&c, all, 0);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = { T(moves), T(forwards), T(members),
		T(membership_as_of_now), T(arrivals), T(precedence) };

	return cmocka_run_group_tests_name("letter", tests, NULL, NULL);
}
