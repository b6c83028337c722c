/*
 * Records of incoming messages: taken once however many take them, handled
 * in order, never changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "model/inbox.h"
#include "model/store.h"

struct here {
	char dir[32];
	struct db *db;
	struct job j;
};

static int
set_up(void **state)
{
	struct here *h = calloc(1, sizeof *h);

	assert_non_null(h);
	strcpy(h->dir, "/tmp/t_inbox.XXXXXX");
	assert_non_null(mkdtemp(h->dir));
	job_begin(&h->j, "t", 100);
	assert_int_equal(store_open(&h->j, h->dir, DB_CREATE, &h->db), ST_OK);
	*state = h;
	return 0;
}

static int
tear_down(void **state)
{
	struct here *h = *state;
	char cmd[64];

	db_close(h->db);
	job_end(&h->j);
	(void)snprintf(cmd, sizeof cmd, "rm -r %s", h->dir);
	free(h);
	return system(cmd);
}

static struct envelope
envelope(const char *sha, const char *raw)
{
	return (struct envelope){ .source = "lmtp",
		.actor = "",
		.from = "",
		.recipient = "incident@in.example",
		.received = 100,
		.sha = sha,
		.size = strlen(raw),
		.raw = raw,
		.n = strlen(raw) };
}

static struct outcome
outcome(int64_t id, const char *mid)
{
	return (struct outcome){ .message = id,
		.at = 101,
		.verdict = "done",
		.trust = "A1",
		.person = "noc1",
		.address = "noc1@example.net",
		.mid = mid,
		.subject = "x",
		.result = "ok",
		.flags = "" };
}

static int64_t
take(struct here *h, const char *sha, const char *raw, enum status want)
{
	struct envelope e = envelope(sha, raw);
	int64_t id = 0;

	assert_int_equal(inbox_take(h->db, &h->j, &e, &id), want);
	return id;
}

static void
test_once(void **state)
{
	struct here *h = *state;
	int64_t a = take(h, "aa", "one", ST_OK), b, n;
	struct letter_in in;

	assert_int_equal(take(h, "aa", "one", ST_NONE), a);
	b = take(h, "bb", "", ST_OK);
	assert_int_not_equal(a, b);
	assert_int_equal(inbox_next(h->db, &h->j, &in), ST_OK);
	assert_int_equal(in.id, a);
	assert_int_equal(in.envelope.n, 3);
	assert_memory_equal(in.envelope.raw, "one", 3);
	assert_int_equal(inbox_get(h->db, &h->j, b, &in), ST_OK);
	assert_int_equal(in.envelope.n, 0);
	assert_int_equal(inbox_get(h->db, &h->j, 99, &in), ST_NONE);
	assert_int_equal(db_one_int(h->db, &h->j, &n,
			     "SELECT count(*) FROM repeat", ""),
	    ST_OK);
	assert_int_equal(n, 1);
}

static void
test_done(void **state)
{
	struct here *h = *state;
	int64_t a = take(h, "aa", "one", ST_OK),
		b = take(h, "bb", "two", ST_OK), event = 0;
	struct outcome o = outcome(a, "m@x");
	struct letter_in in;
	bool same = true;

	assert_int_equal(inbox_same_mid(h->db, &h->j, a, "m@x", &same), ST_OK);
	assert_false(same);
	assert_int_equal(inbox_done(h->db, &h->j, &o), ST_OK);
	assert_int_equal(inbox_next(h->db, &h->j, &in), ST_OK);
	assert_int_equal(in.id, b);
	assert_int_equal(inbox_same_mid(h->db, &h->j, b, "m@x", &same), ST_OK);
	assert_true(same);
	assert_int_equal(inbox_same_mid(h->db, &h->j, b, "", &same), ST_OK);
	assert_false(same);
	assert_int_equal(inbox_event_of(h->db, &h->j, "m@x", &event), ST_NONE);
	/* Filed twice is a mistake that the store refuses. */
	assert_int_equal(inbox_done(h->db, &h->j, &o), ST_PERM);
	job_forget(&h->j);
	o = outcome(b, "");
	assert_int_equal(inbox_done(h->db, &h->j, &o), ST_OK);
	assert_int_equal(inbox_next(h->db, &h->j, &in), ST_NONE);
	assert_int_equal(db_run(h->db, &h->j,
			     "DELETE FROM message WHERE id = 1", ""),
	    ST_PERM);
	job_forget(&h->j);
	assert_int_equal(db_run(h->db, &h->j, "UPDATE message SET raw = 'x'",
			     ""),
	    ST_PERM);
}

/* Eight at once take the same twenty: each content is new just once. */
static void
test_race(void **state)
{
	struct here *h = *state;
	int64_t n = 0;
	int fresh = 0;

	db_close(h->db);
	h->db = NULL;
	for (int k = 0; k < 8; k++) {
		struct job j;
		struct db *db;
		int mine = 0;
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid != 0)
			continue;
		job_begin(&j, "child", 100);
		if (store_open(&j, h->dir, DB_WRITE, &db) != ST_OK)
			_exit(100);
		for (int i = 0; i < 20; i++) {
			char sha[16];
			struct envelope e;
			enum status st;
			int64_t id;

			(void)snprintf(sha, sizeof sha, "s%d", i);
			e = envelope(sha, sha);
			st = inbox_take(db, &j, &e, &id);
			if (st != ST_OK && st != ST_NONE)
				_exit(101);
			mine += st == ST_OK;
		}
		db_close(db);
		_exit(mine);
	}
	for (int k = 0; k < 8; k++) {
		int how;

		assert_true(wait(&how) > 0);
		assert_true(WIFEXITED(how) && WEXITSTATUS(how) <= 20);
		fresh += WEXITSTATUS(how);
	}
	assert_int_equal(fresh, 20);
	assert_int_equal(store_open(&h->j, h->dir, DB_WRITE, &h->db), ST_OK);
	assert_int_equal(db_one_int(h->db, &h->j, &n,
			     "SELECT count(*) FROM repeat", ""),
	    ST_OK);
	assert_int_equal(n, 7 * 20);
}

/* Nothing of a refused one stays, and the next is taken. */
static void
test_refused(void **state)
{
	struct here *h = *state;
	struct envelope e = envelope("aa", "one");
	int64_t id = 0;

	e.source = NULL;
	assert_int_equal(inbox_take(h->db, &h->j, &e, &id), ST_PERM);
	assert_false(db_in_transaction(h->db));
	job_forget(&h->j);
	(void)take(h, "aa", "one", ST_OK);
}

/* Together or not at all; the same twice is one and its repeat. */
static void
test_together(void **state)
{
	struct here *h = *state;
	struct envelope e[] = { envelope("aa", "one"), envelope("bb", "two"),
		envelope("aa", "one") };
	struct inbox_arrival all[] = { { .envelope = &e[0] },
		{ .envelope = &e[1] }, { .envelope = &e[2] } };
	const char *source = e[1].source;
	struct inbox_link link;
	int64_t n;

	e[1].source = NULL;
	assert_int_equal(inbox_take_all(h->db, &h->j, all, 3), ST_PERM);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(all[i].st, ST_PERM);
	assert_int_equal(inbox_waits(h->db, &h->j), ST_NONE);
	job_forget(&h->j);
	e[1].source = source;
	assert_int_equal(inbox_take_all(h->db, &h->j, all, 3), ST_OK);
	assert_int_equal(all[0].st, ST_OK);
	assert_int_equal(all[1].st, ST_OK);
	assert_int_equal(all[2].st, ST_NONE);
	assert_int_equal(all[0].id, all[2].id);
	assert_int_equal(db_one_int(h->db, &h->j, &n,
			     "SELECT count(*) FROM waiting", ""),
	    ST_OK);
	assert_int_equal(n, 2);
	/* Each is linked to the one before. */
	assert_int_equal(inbox_walk(h->db, &h->j, 0, "", &link), ST_OK);
	assert_true(link.good);
	assert_int_equal(inbox_walk(h->db, &h->j, all[0].id, link.link, &link),
	    ST_OK);
	assert_int_equal(link.in.id, all[1].id);
	assert_true(link.good && link.link[0] != '\0');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_done, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_race, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_refused, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_together, set_up,
		    tear_down),
	};

	log_open(LOG_TO_NOWHERE, "t");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
