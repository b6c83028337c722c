/*
 * Texts in their child: which of them are read when one kills it.  Markdown
 * is a stand-in here: a document "T" for each text, and death on some.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/log.h"
#include "ext/md.h"
#include "flow/texts.h"
#include "text/prose.h"

enum { N = 40 };

static struct job job;
static bool deadly; /* every child dies */
static const struct limits limits = LIMITS_DEFAULT;

const char *
md_load(void)
{
	return NULL;
}

enum status
md_read(const void *in, size_t in_len, struct buf *out)
{
	const struct md_batch *b = in;

	(void)in_len;
	for (size_t i = 0; i < b->n; i++) {
		if (deadly || strstr(b->sources[i], "crash") != NULL)
			(void)raise(SIGKILL);
		if (strstr(b->sources[i], "leave") != NULL)
			_exit(0);
		buf_str(out, "PTread");
		buf_add(out, "\0pZ", 3);
	}
	return ST_OK;
}

static int
begin(void **state)
{
	(void)state;
	log_open(LOG_TO_NOWHERE, "t");
	job_begin(&job, "t", 0);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	job_end(&job);
	return 0;
}

static void
is_read(const struct public_update *u)
{
	assert_non_null(u->prose);
	assert_string_equal(u->prose->plain, "read");
	assert_string_equal(u->prose->html.markup, "<p>read</p>\n");
}

static void
is_typed(const struct public_update *u, const char *plain, const char *html)
{
	assert_non_null(u->prose);
	assert_string_equal(u->prose->plain, plain);
	assert_string_equal(u->prose->html.markup, html);
}

static void
all(void **state)
{
	struct public_update u[N] = { 0 };
	struct public_event e[3] = { { .updates = u, .n_updates = 3 },
		{ .updates = u + 3, .n_updates = 0 },
		{ .updates = u + 3, .n_updates = N - 3 } };
	struct public_event *list[3] = { &e[0], &e[1], &e[2] };

	(void)state;
	for (int i = 0; i < N; i++)
		u[i].text = "text";
	assert_int_equal(texts_read(&job, &limits, list, 3), ST_OK);
	for (int i = 0; i < N; i++)
		is_read(&u[i]);
}

static void
none(void **state)
{
	(void)state;
	assert_int_equal(texts_read(&job, &limits, NULL, 0), ST_OK);
}

/* Whoever kills the child, only its own text is shown as it was typed. */
static void
killers(void **state)
{
	struct public_update u[N] = { 0 };
	struct public_event e = { .updates = u, .n_updates = N };
	struct public_event *list = &e;

	(void)state;
	for (int bad = 0; bad < N; bad++) {
		for (int i = 0; i < N; i++)
			u[i] = (struct public_update){ .text = "text" };
		u[bad].text = "a < b crash";
		u[(bad * 7) % N].text = "leave";
		assert_int_equal(texts_read(&job, &limits, &list, 1), ST_OK);
		assert_string_equal(job.why, "");
		for (int i = 0; i < N; i++)
			if (i == (bad * 7) % N)
				is_typed(&u[i], "leave", "<p>leave</p>\n");
			else if (i == bad)
				is_typed(&u[i], "a < b crash",
				    "<p>a &lt; b crash</p>\n");
			else
				is_read(&u[i]);
	}
}

/* More than one child may say. */
static void
many(void **state)
{
	enum { MANY = 300, BIG = 32 * 1024 };
	struct public_update *u = arena_array(job.mem, MANY, sizeof *u);
	struct public_event e = { .updates = u, .n_updates = MANY };
	struct public_event *list = &e;
	char *text = arena_alloc(job.mem, BIG + 1);

	(void)state;
	memset(text, 'x', BIG);
	for (int i = 0; i < MANY; i++)
		u[i].text = i == 250 ? "crash" : text;
	assert_int_equal(texts_read(&job, &limits, &list, 1), ST_OK);
	for (int i = 0; i < MANY; i++)
		if (i == 250)
			is_typed(&u[i], "crash", "<p>crash</p>\n");
		else
			is_read(&u[i]);
}

/* What was read needs no child; what killed one is tried again. */
static void
once(void **state)
{
	struct texts_shelf *s = texts_shelf_new();
	struct public_update u[3] = { { .text = "one" }, { .text = "crash" },
		{ .text = "two" } };
	struct public_event e = { .updates = u, .n_updates = 3 };
	struct public_event *list = &e;

	(void)state;
	assert_int_equal(texts_read_once(&job, &limits, s, &list, 1), ST_OK);
	is_read(&u[0]);
	is_typed(&u[1], "crash", "<p>crash</p>\n");
	is_read(&u[2]);
	deadly = true;
	u[0].text = "two";
	u[2].text = "three";
	assert_int_equal(texts_read_once(&job, &limits, s, &list, 1), ST_OK);
	deadly = false;
	is_read(&u[0]);
	is_typed(&u[1], "crash", "<p>crash</p>\n");
	is_typed(&u[2], "three", "<p>three</p>\n");
	u[1].text = "three";
	assert_int_equal(texts_read_once(&job, &limits, s, &list, 1), ST_OK);
	is_read(&u[1]);
	texts_shelf_free(s);
}

/* Of more than it takes, the newest are there. */
static void
full(void **state)
{
	enum { BIG = 1024 * 1024 };
	struct texts_shelf *s = texts_shelf_new();
	char *big = arena_alloc(job.mem, BIG + 1);
	struct prose p = { .html.markup = "<p>x</p>", .plain = big }, got;

	(void)state;
	memset(big, 'x', BIG);
	for (int i = 0; i < TEXTS_SHELF / BIG + 3; i++) {
		char name[16];

		(void)snprintf(name, sizeof name, "%d", i);
		texts_shelf_put(s, name, &p);
		assert_true(texts_shelf_get(s, name, job.mem, &got));
		assert_string_equal(got.plain, big);
	}
	assert_false(texts_shelf_get(s, "0", job.mem, &got));
	texts_shelf_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all),
		cmocka_unit_test(none),
		cmocka_unit_test(killers),
		cmocka_unit_test(many),
		cmocka_unit_test(once),
		cmocka_unit_test(full),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
