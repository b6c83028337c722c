/*
 * The key of a message: the same mail by any road is the same, another mail
 * is another; what is kept of a long one; taking it into the store.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/log.h"
#include "flow/intake.h"
#include "model/store.h"

#define BODY "From: a@b.example\r\nSubject: x\r\n\r\nhello\r\n"

static char *
key_in(struct job *j, const char *p, size_t n, size_t step)
{
	struct envelope e = { 0 };
	struct gather g;

	gather_begin(&g, LIMIT_MAIL);
	for (size_t at = 0; at < n; at += step)
		gather_add(&g, p + at, n - at < step ? n - at : step);
	gather_end(&g, j, &e);
	assert_int_equal(e.size, n);
	assert_int_equal(e.n, n);
	assert_memory_equal(e.raw, p, n);
	gather_drop(&g);
	return arena_str(j->mem, e.sha);
}

static char *
key(struct job *j, const char *p)
{
	size_t n = strlen(p);
	char *whole = key_in(j, p, n, n + 1);

	for (size_t step = 1; step < 9; step++)
		assert_string_equal(key_in(j, p, n, step), whole);
	return whole;
}

static void
test_same(void **state)
{
	static const char *const same[] = {
		"From: a@b.example\nSubject: x\n\nhello\n",
		"From: a@b.example\nSubject: x\r\n\nhello\r\n",
		"From: a@b.example\r\nSubject: x\r\n\r\nhello",
		"From: a@b.example\r\nSubject: x\r\n\r\nhello\r",
		"From: a@b.example\r\r\nSubject: x\r\n\r\nhello\r\n",
		"Received: from x\r\n\tby y\r\n" BODY,
		"Received: from x\n by y\n" BODY,
		"From a@b.example Wed Mar  4 14:05:00 2026\n" BODY,
		"From a@b.example Wed Mar  4 14:05:00 2026\r\n"
		"Return-Path: <a@b>\nX-Original-To: q\nDelivered-To: r\n"
		"RECEIVED: by z;\r\n\tx\r\n" BODY,
		"Return-Path: <>\r\nAuthentication-Results: in; dmarc=pass\r\n"
		"  header.from=b.example\r\nreceived:\r\n" BODY,
		"DMARC-Filter: x 1A2B\nDKIM-Filter: y 3C4D\nReceived-SPF: "
		"pass\nARC-Seal: i=1;\n b=z\nX-Queue: 5E6F\nenvelope-to: q\n"
		"Received: x\nReceived-SPF: none\nX-original-to: r\n" BODY,
	};
	struct job j;
	char *want;

	(void)state;
	job_begin(&j, "t", 0);
	want = key(&j, BODY);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		assert_string_equal(key(&j, same[i]), want);
	/* Nothing but trace is like nothing at all. */
	assert_string_equal(key(&j, "Received: x\r\n"), key(&j, ""));
	assert_string_equal(key(&j, "Received: x"), key(&j, ""));
	job_end(&j);
}

static void
test_other(void **state)
{
	static const char *const other[] = {
		"",
		"\r\n" BODY,
		BODY "\r\n",
		"From: a@b.example\r\nSubject: x\r\n\r\nhel\rlo\r\n",
		"From: a@b.example\r\nSubject: x\r\n\r\nhello \r\n",
		"From: A@b.example\r\nSubject: x\r\n\r\nhello\r\n",
		/* Only the block at the very beginning is trace. */
		"From: a@b.example\r\nReceived: x\r\nSubject: "
		"x\r\n\r\nhello\r\n",
		"X: y\r\nReceived: x\r\n" BODY,
		/* Below a Received it is the sender's. */
		"Received: y\r\nX-Fingerprint: 1\r\n" BODY,
		"Received: y\r\nX-Fingerprint: 2\r\n" BODY,
		"Receive: x\r\n" BODY,
		"Received\r\n" BODY,
		" folded\r\n" BODY,
		"Received: x\r\nFrom a@b Wed\r\n" BODY,
		">From x\r\n" BODY,
	};
	struct job j;
	size_t n = sizeof other / sizeof *other;
	char *keys[32];

	(void)state;
	job_begin(&j, "t", 0);
	keys[n] = key(&j, BODY);
	for (size_t i = 0; i < n; i++)
		keys[i] = key(&j, other[i]);
	for (size_t i = 0; i <= n; i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(keys[i], keys[k]);
	job_end(&j);
}

static void
test_bytes(void **state)
{
	static const char a[] = "A: b\r\n\r\nx\0y\r\n", b[] = "A: b\n\nx\0z\n";
	struct job j;

	(void)state;
	job_begin(&j, "t", 0);
	assert_string_not_equal(key_in(&j, a, sizeof a - 1, 3),
	    key_in(&j, b, sizeof b - 1, 4));
	job_end(&j);
}

/* What is kept of a long one doesn't depend on the pieces. */
static void
test_cut(void **state)
{
	static const size_t steps[] = { 1000, 65536, 1 << 20, 1 << 23 };
	size_t n = 3 * LIMIT_MAIL_KEPT + 5, max[] = { 10, n - 1, n };
	char *p = malloc(n), *first = NULL;
	struct job j;

	(void)state;
	assert_non_null(p);
	for (size_t i = 0; i < n; i++)
		p[i] = (char)(i * 7 % 251);
	job_begin(&j, "t", 0);
	for (size_t k = 0; k < 12; k++) {
		struct envelope e = { 0 };
		struct gather g;
		size_t step = steps[k % 4], m = max[k / 4];

		gather_begin(&g, m);
		for (size_t at = 0; at < n; at += step)
			gather_add(&g, p + at, n - at < step ? n - at : step);
		gather_end(&g, &j, &e);
		assert_int_equal(e.size, n);
		assert_int_equal(e.cut, m < n);
		assert_int_equal(e.n, m < n ? (size_t)LIMIT_MAIL_KEPT : n);
		assert_memory_equal(e.raw, p, e.n);
		if (first == NULL)
			first = arena_str(j.mem, e.sha);
		assert_string_equal(e.sha, first);
		gather_drop(&g);
	}
	job_end(&j);
	free(p);
}

static void
test_take(void **state)
{
	char dir[] = "/tmp/t_intake.XXXXXX", cmd[64];
	struct conf c = { .max_mail = 1000 };
	struct envelope e = { .source = "pipe",
		.actor = "",
		.from = "a\xff@b",
		.recipient = "incident@in.example",
		.received = 7,
		.raw = "Received: 1\r\n" BODY,
		.n = strlen("Received: 1\r\n" BODY) };
	struct letter_in got;
	struct db *db;
	struct job j;
	int64_t id = 0, again = 0;

	(void)state;
	assert_non_null(mkdtemp(dir));
	job_begin(&j, "t", 9);
	assert_int_equal(store_open(&j, dir, DB_CREATE, &db), ST_OK);
	assert_int_equal(intake_take(db, &j, &c, &e, &id), ST_OK);
	e.raw = "Received: 2\n" BODY;
	e.n = strlen(e.raw);
	e.sha = NULL;
	assert_int_equal(intake_take(db, &j, &c, &e, &again), ST_NONE);
	assert_int_equal(id, again);
	assert_int_equal(inbox_next(db, &j, &got), ST_OK);
	assert_int_equal(got.id, id);
	assert_string_equal(got.envelope.from, "a\xef\xbf\xbd@b");
	assert_string_equal(got.envelope.raw, "Received: 1\r\n" BODY);
	db_close(db);
	job_end(&j);
	(void)snprintf(cmd, sizeof cmd, "rm -r %s", dir);
	assert_int_equal(system(cmd), 0);
}

static struct envelope
ended(struct job *j, struct gather *g, const char *raw)
{
	struct envelope e = { .source = "lmtp",
		.from = "a@b",
		.recipient = "c@d",
		.received = 9 };

	gather_begin(g, 1 << 20);
	gather_add(g, raw, strlen(raw));
	gather_end(g, j, &e);
	return e;
}

/* One that can't be stored keeps no other from it. */
static void
test_group(void **state)
{
	static const char *const raws[] = { "Subject: 1\n\n", "Subject: 2\n\n",
		"Subject: 3\n\n", "Subject: 1\n\n" };
	char dir[] = "/tmp/t_intake.XXXXXX", cmd[64];
	struct envelope e[4];
	struct gather g[4];
	struct intake all[4];
	struct db *db;
	struct job j;

	(void)state;
	assert_non_null(mkdtemp(dir));
	job_begin(&j, "t", 9);
	assert_int_equal(store_open(&j, dir, DB_CREATE, &db), ST_OK);
	for (size_t i = 0; i < 4; i++) {
		e[i] = ended(&j, &g[i], raws[i]);
		all[i] = (struct intake){ "x", &e[i], ST_TEMP };
	}
	e[1].source = NULL;
	intake_take_all(db, &j, all, 4);
	assert_int_equal(all[0].st, ST_OK);
	assert_int_equal(all[1].st, ST_PERM);
	assert_int_equal(all[2].st, ST_OK);
	assert_int_equal(all[3].st, ST_NONE);
	e[1].source = "lmtp";
	intake_take_all(db, &j, all, 4);
	assert_int_equal(all[0].st, ST_NONE);
	assert_int_equal(all[1].st, ST_OK);
	intake_take_all(db, &j, all, 0);
	for (size_t i = 0; i < 4; i++)
		gather_drop(&g[i]);
	db_close(db);
	job_end(&j);
	(void)snprintf(cmd, sizeof cmd, "rm -r %s", dir);
	assert_int_equal(system(cmd), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_other),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_take),
		cmocka_unit_test(test_group),
	};

	log_open(LOG_TO_NOWHERE, "t");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
