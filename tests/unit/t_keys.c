/* Keys and tokens: model/keys.c and keys_file.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "model/keys.h"

static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";

struct here {
	struct job j;
	char dir[64];
	char cmd[128];
};

static int
setup(void **state)
{
	struct here *h = calloc(1, sizeof *h);

	log_open(LOG_TO_NOWHERE, "t");
	job_begin(&h->j, "t", 1000);
	strcpy(h->dir, "/tmp/t_keys.XXXXXX");
	assert_non_null(mkdtemp(h->dir));
	*state = h;
	return 0;
}

static int
teardown(void **state)
{
	struct here *h = *state;

	snprintf(h->cmd, sizeof h->cmd, "rm -rf %s", h->dir);
	assert_int_equal(system(h->cmd), 0);
	job_end(&h->j);
	free(h);
	return 0;
}

static void
write_file(struct here *h, const char *name, const char *text)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof path, "%s/keys/%s", h->dir, name);
	assert_non_null(f = fopen(path, "w"));
	fputs(text, f);
	fclose(f);
	chmod(path, 0600);
}

static void
made_once_and_private(void **state)
{
	struct here *h = *state;
	struct keys a, b, c;
	struct stat sb;
	char path[128];

	assert_int_equal(keys_load(&h->j, h->dir, &a), ST_OK);
	assert_int_equal(keys_load(&h->j, h->dir, &b), ST_OK);
	assert_memory_equal(&a, &b, sizeof a);
	assert_int_equal(a.reply.n, 1);
	assert_memory_not_equal(a.reply.generation[0], a.list.generation[0],
	    KEY_SIZE);
	assert_memory_not_equal(a.chain.generation[0], a.list.generation[0],
	    KEY_SIZE);
	snprintf(path, sizeof path, "%s/keys", h->dir);
	assert_int_equal(stat(path, &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0700);
	snprintf(path, sizeof path, "%s/keys/reply", h->dir);
	assert_int_equal(stat(path, &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0600);
	assert_int_equal(sb.st_nlink, 1);
	assert_int_equal(keys_load_list(&h->j, h->dir, &c), ST_OK);
	assert_memory_equal(&c.list, &a.list, sizeof a.list);
	assert_int_equal(c.reply.n, 0);
	assert_int_equal(c.chain.n, 0);
}

/* What is out was made with the old key: a store never gets a new one. */
static void
lost(void **state)
{
	static const char *const names[] = { "reply", "list", "chain" };
	struct here *h = *state;
	struct keys k, before;
	char path[128];

	assert_int_equal(keys_load(&h->j, h->dir, &before), ST_OK);
	snprintf(path, sizeof path, "%s/sitrep.db", h->dir);
	fclose(fopen(path, "w"));
	for (size_t i = 0; i < 3; i++) {
		char away[128];

		snprintf(path, sizeof path, "%s/keys/%s", h->dir, names[i]);
		snprintf(away, sizeof away, "%s/away", h->dir);
		assert_int_equal(rename(path, away), 0);
		job_forget(&h->j);
		assert_int_equal(keys_load(&h->j, h->dir, &k), ST_TEMP);
		assert_non_null(strstr(h->j.why, path));
		assert_non_null(strstr(h->j.why, "backup"));
		assert_non_null(strstr(h->j.why, "sitrep(1)"));
		assert_int_equal(access(path, F_OK), -1);
		assert_int_equal(rename(away, path), 0);
		assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
		assert_memory_equal(&k, &before, sizeof k);
	}
}

/* Many first starts at once end with the same keys, and nothing left over. */
static void
race(void **state)
{
	enum { STARTS = 12 };
	struct here *h = *state;
	struct keys first, k;
	int pipes[2];

	assert_int_equal(pipe(pipes), 0);
	for (int i = 0; i < STARTS; i++)
		if (fork() == 0) {
			bool ok = keys_load(&h->j, h->dir, &k) == ST_OK;

			_exit(ok && write(pipes[1], &k, sizeof k) ==
					  (ssize_t)sizeof k
				  ? 0
				  : 1);
		}
	for (int i = 0; i < STARTS; i++) {
		int status;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
		assert_int_equal(read(pipes[0], &k, sizeof k), sizeof k);
		if (i == 0)
			first = k;
		assert_memory_equal(&k, &first, sizeof k);
	}
	snprintf(h->cmd, sizeof h->cmd, "test `ls %s/keys | wc -l` = 3",
	    h->dir);
	assert_int_equal(system(h->cmd), 0);
}

static void
missing_for_the_web(void **state)
{
	struct here *h = *state;
	struct keys k;

	assert_int_equal(keys_load_list(&h->j, h->dir, &k), ST_TEMP);
	assert_non_null(strstr(h->j.why, "keys/list"));
}

/* A damaged key is never replaced in silence: all tokens would die. */
static void
damaged(void **state)
{
	static const char *const texts[] = { "", "\n \n", "abc\n",
		"zz0102030405060708090a0b0c0d0e0f"
		"101112131415161718191a1b1c1d1e1f\n",
		"000102030405060708090a0b0c0d0e0f"
		"101112131415161718191a1b1c1d1e1f00\n" };
	struct here *h = *state;
	struct keys k;

	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		write_file(h, "list", texts[i]);
		job_forget(&h->j);
		assert_int_equal(keys_load(&h->j, h->dir, &k), ST_PERM);
		assert_non_null(strstr(h->j.why, "keys/list"));
	}
}

#define OLD "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
#define NEW "FF0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"

static void
generations(void **state)
{
	struct here *h = *state;
	struct keys k;
	char old[TOKEN_BOUNCE + 1], fresh[TOKEN_BOUNCE + 1];
	char unsubscribe[TOKEN_LIST + 1];
	char *reply, *self;
	int64_t member, letter;

	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	write_file(h, "list", OLD);
	write_file(h, "reply", OLD);
	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	keys_bounce(&k, "l", 7, 9, old);
	keys_unsubscribe(&k, "l", 7, unsubscribe);
	reply = keys_reply(&h->j, &k, "inc-2026-0042", "d2", "comms1");
	self = keys_self(&h->j, &k, "x");

	write_file(h, "list", NEW OLD);
	write_file(h, "reply", NEW "\r\n" OLD);
	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	assert_int_equal(k.list.n, 2);
	keys_bounce(&k, "l", 7, 9, fresh);
	assert_string_not_equal(old, fresh);
	assert_true(keys_bounce_ok(&k, "l", old, &member, &letter));
	assert_true(keys_bounce_ok(&k, "l", fresh, &member, &letter));
	assert_true(keys_unsubscribe_ok(&k, "l", unsubscribe, &member));
	assert_true(
	    keys_reply_ok(&h->j, &k, "inc-2026-0042", "d2", "comms1", reply));
	assert_true(keys_self_ok(&h->j, &k, "x", self));

	write_file(h, "list", NEW);
	write_file(h, "reply", NEW);
	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	assert_false(keys_bounce_ok(&k, "l", old, &member, &letter));
	assert_true(keys_bounce_ok(&k, "l", fresh, &member, &letter));
	assert_false(keys_unsubscribe_ok(&k, "l", unsubscribe, &member));
	assert_false(
	    keys_reply_ok(&h->j, &k, "inc-2026-0042", "d2", "comms1", reply));
	assert_false(keys_self_ok(&h->j, &k, "x", self));

	write_file(h, "list", NEW OLD NEW);
	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_PERM);
}

/* A confirmation is nobody's way out, nor the other way round; and what is
 * guessed is no token: 128 random bits, or one bit of a good one. */
static void
guesses(void **state)
{
	struct here *h = *state;
	const char *long_run = getenv("CHECK_LONG");
	int n = long_run == NULL ? 110000 : 1100000; /* a bit: n / 11 */
	struct keys k;
	char good[TOKEN_LIST + 1], bad[TOKEN_LIST + 1];
	int64_t row;

	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	keys_confirm(&k, "l", 7, good);
	assert_true(keys_confirm_ok(&k, "l", good, &row));
	assert_int_equal(row, 7);
	assert_false(keys_confirm_ok(&k, "m", good, &row));
	assert_false(keys_unsubscribe_ok(&k, "l", good, &row));
	keys_unsubscribe(&k, "l", 7, bad);
	assert_false(keys_confirm_ok(&k, "l", bad, &row));
	srandom(1);
	for (int i = 0; i < n; i++) {
		for (size_t c = 0; c < TOKEN_LIST; c++)
			bad[c] = i % 11 == 0 ? good[c] : base32[random() % 32];
		if (i % 11 == 0) {
			char *c = &bad[random() % TOKEN_LIST];

			*c = base32[(strchr(base32, *c) - base32) ^
				    1 << random() % 5];
		}
		bad[TOKEN_LIST] = '\0';
		if (i % 11 != 0) /* two bits too many are none */
			bad[TOKEN_LIST - 1] = base32[random() % 8 * 4];
		if (strcmp(bad, good) != 0)
			assert_false(keys_confirm_ok(&k, "l", bad, &row) ||
				     keys_unsubscribe_ok(&k, "l", bad, &row));
	}
}

/* The samples were computed with another program (Python's hmac). */
static void
stays_as_it_is(void **state)
{
	struct here *h = *state;
	struct keys k;
	char out[TOKEN_BOUNCE + 1];

	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	write_file(h, "list", OLD);
	write_file(h, "reply", OLD);
	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	assert_string_equal(keys_reply(&h->j, &k, "INC-2026-0042", "d2",
				"comms1"),
	    "tuvsqgjwb7sj2cr7gnbeuzrj2m");
	assert_string_equal(keys_page(&h->j, &k, "inc-2026-0042", "T1",
				"comms1"),
	    "h5x7c2lkt6");
	keys_unsubscribe(&k, "example-status", 123456, out);
	assert_string_equal(out, "aaa6eqfu5fwd4hiebw3qxvp3mi");
	keys_bounce(&k, "example-status", 123456, 77, out);
	assert_string_equal(out, "aaa6eqaaabg73x3o5sp3v3o66nttecy");
}

static void
reply_is_bound(void **state)
{
	static const char *const other[][3] = { /* event, object, person */
		{ "inc-2026-0043", "d2", "comms1" },
		{ "inc-2026-0042", "d3", "comms1" },
		{ "inc-2026-0042", "d2", "comms2" },
		{ "inc-2026-0042", "u2", "comms1" },
		{ "inc-2026-004", "2d2", "comms1" },
		{ "inc-2026-0042", "d2comms", "1" }, { "", "d2", "comms1" },
		{ "inc-2026-0042", "", "comms1" }, { "inc-2026-0042", "d2", "" }
	};
	struct here *h = *state;
	struct job *j = &h->j;
	struct keys k;
	char *t, upper[TOKEN_LIST + 1];

	assert_int_equal(keys_load(j, h->dir, &k), ST_OK);
	t = keys_reply(j, &k, "inc-2026-0042", "d2", "comms1");
	assert_int_equal(strlen(t), TOKEN_LIST);
	assert_true(keys_reply_ok(j, &k, "INC-2026-0042", "D2", "comms1", t));
	for (int i = 0; i <= TOKEN_LIST; i++)
		upper[i] = t[i] >= 'a' ? (char)(t[i] - 32) : t[i];
	assert_true(
	    keys_reply_ok(j, &k, "inc-2026-0042", "d2", "comms1", upper));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		assert_false(keys_reply_ok(j, &k, other[i][0], other[i][1],
		    other[i][2], t));
	/* A page's token is no reply token, not even its beginning. */
	assert_false(keys_page_ok(j, &k, "inc-2026-0042", "d2", "comms1", t));
	t[10] = '\0';
	assert_false(keys_page_ok(j, &k, "inc-2026-0042", "d2", "comms1", t));
	assert_false(keys_reply_ok(j, &k, "inc-2026-0042", "d2", "comms1", t));
	assert_false(keys_reply_ok(j, &k, "inc-2026-0042", "d2", "comms1", ""));
	t = keys_page(j, &k, "inc-2026-0042", "t1", "comms1");
	assert_int_equal(strlen(t), 10);
	assert_true(keys_page_ok(j, &k, "inc-2026-0042", "t1", "comms1", t));
	assert_false(keys_page_ok(j, &k, "inc-2026-0042", "t2", "comms1", t));
}

/* No other character anywhere is accepted: no spelling has a twin. */
static void
no_twins(void **state)
{
	static const char chars[] =
	    "abcdefghijklmnopqrstuvwxyz234567019+=@.- \xc3";
	struct here *h = *state;
	struct keys k;
	char t[TOKEN_LIST + 2], b[TOKEN_BOUNCE + 2];
	int64_t member = 0, letter = 0;

	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	keys_unsubscribe(&k, "example-status", 4294967295, t);
	keys_bounce(&k, "example-status", 1, (1 << 24) + 5, b);
	assert_true(keys_unsubscribe_ok(&k, "example-status", t, &member));
	assert_int_equal(member, 4294967295);
	assert_true(keys_unsubscribe_ok(&k, "Example-Status", t, &member));
	assert_true(keys_bounce_ok(&k, "example-status", b, &member, &letter));
	assert_int_equal(member, 1);
	assert_int_equal(letter, 5);
	assert_false(keys_unsubscribe_ok(&k, "example-statu", t, &member));
	assert_false(keys_bounce_ok(&k, "other", b, &member, &letter));
	for (size_t i = 0; i < TOKEN_LIST; i++)
		for (const char *c = chars; *c != '\0'; c++) {
			char was = t[i];

			t[i] = *c;
			assert_int_equal(keys_unsubscribe_ok(&k,
					     "example-status", t, &member),
			    *c == was);
			t[i] = was;
		}
	for (size_t i = 0; i < TOKEN_BOUNCE; i++)
		for (const char *c = chars; *c != '\0'; c++) {
			char was = b[i];

			b[i] = *c;
			assert_int_equal(keys_bounce_ok(&k, "example-status", b,
					     &member, &letter),
			    *c == was);
			b[i] = was;
		}
	strcat(t, "a");
	assert_false(keys_unsubscribe_ok(&k, "example-status", t, &member));
	t[TOKEN_LIST - 1] = '\0';
	assert_false(keys_unsubscribe_ok(&k, "example-status", t, &member));
	assert_false(keys_unsubscribe_ok(&k, "example-status", "", &member));
	assert_false(keys_bounce_ok(&k, "example-status", t, &member, &letter));
}

/* The longest list name still fits a local part. */
static void
lengths(void **state)
{
	struct here *h = *state;
	struct keys k;
	char b[TOKEN_BOUNCE + 1];
	const char *list = "abcdefghijklmnopqrstuvwx";

	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	keys_bounce(&k, list, 4294967295, 1 << 23, b);
	assert_int_equal(strlen(list) + strlen("-bounces+") + strlen(b), 64);
}

static void
self(void **state)
{
	struct here *h = *state;
	struct keys k, web;
	char *mac;

	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	assert_int_equal(keys_load_list(&h->j, h->dir, &web), ST_OK);
	mac = keys_self(&h->j, &web, "a text");
	assert_true(keys_self_ok(&h->j, &k, "a text", mac));
	assert_false(keys_self_ok(&h->j, &k, "A text, too", mac));
	assert_false(keys_self_ok(&h->j, &k, "a text", ""));
	assert_false(keys_self_ok(&h->j, &k, "a text",
	    keys_reply(&h->j, &k, "", "q1", "x")));
}

/* Bound to its purpose and row, every bit of it. */
static void
rows(void **state)
{
	static const int64_t all[] = { 1, 42, 1 << 24, INT64_C(1) << 40 };
	struct here *h = *state;
	struct keys k;
	char s[TOKEN_BOUNCE + 1];
	int64_t row = 0;

	assert_int_equal(keys_load(&h->j, h->dir, &k), ST_OK);
	for (size_t i = 0; i < 4; i++) {
		keys_row(&k, "page", all[i], s);
		assert_true(strlen("incident-bounces+") + strlen(s) <= 64);
		assert_true(keys_row_ok(&k, "page", s, &row));
		assert_int_equal(row, all[i]);
		assert_false(keys_row_ok(&k, "selftest", s, &row));
		for (size_t at = 0; s[at] != '\0'; at++) {
			char was = s[at];

			s[at] = was == 'a' ? 'b' : 'a';
			assert_false(keys_row_ok(&k, "page", s, &row));
			s[at] = was;
		}
		s[TOKEN_BOUNCE - 1] = '\0';
		assert_false(keys_row_ok(&k, "page", s, &row));
	}
	assert_false(keys_row_ok(&k, "page", "", &row));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		T(made_once_and_private), T(lost), T(race),
		T(missing_for_the_web), T(damaged), T(generations),
		T(stays_as_it_is), T(guesses), T(reply_is_bound), T(no_twins),
		T(lengths), T(self), T(rows)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
