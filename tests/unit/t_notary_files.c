/*
 * The list of files of a tree: new lines take the place of those of the same
 * files, wherever in the order they stand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/job.h"
#include "flow/notary_files.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  "
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb  "

static struct job job;

static int
begin(void **state)
{
	(void)state;
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
becomes(const char *old, const char *fresh, const char *want)
{
	struct buf out = BUF_INIT;

	assert_int_equal(notary_merge(&job, old, fresh, &out), ST_OK);
	assert_string_equal(out.data, want);
	buf_free(&out);
}

#define OLD A "b\n" A "d/x\n" A "d/x#u1 5 6\n" A "d/x#u2 11 3\n" A "dd\n"

static void
merged(void **state)
{
	(void)state;
	becomes("", "", "");
	becomes(OLD, "", OLD);
	becomes("", B "b\n" B "a\n", B "a\n" B "b\n");
	becomes(OLD, B "a\n", B "a\n" OLD);
	becomes(OLD, B "e\n" B "ddd\n", OLD B "ddd\n" B "e\n");
	becomes(OLD, B "dd\n" B "b\n",
	    B "b\n" A "d/x\n" A "d/x#u1 5 6\n" A "d/x#u2 11 3\n" B "dd\n");
}

/* All lines of a page go with it, and those it has now come. */
static void
pages(void **state)
{
	(void)state;
	becomes(OLD, B "d/x#u1 7 8\n" B "d/x\n",
	    A "b\n" B "d/x\n" B "d/x#u1 7 8\n" A "dd\n");
	becomes(OLD, B "d\n" B "d/xx\n",
	    A "b\n" B "d\n" A "d/x\n" A "d/x#u1 5 6\n" A "d/x#u2 11 3\n" B
	      "d/xx\n" A "dd\n");
}

/* Of what a run wrote twice there is one line. */
static void
twice(void **state)
{
	(void)state;
	becomes(OLD, B "b\n" B "a\n" B "b\n" B "z\n" B "z\n",
	    B "a\n" B "b\n" A "d/x\n" A "d/x#u1 5 6\n" A "d/x#u2 11 3\n" A
	      "dd\n" B "z\n");
}

static void
refused(void **state)
{
	static const char *const bad[] = { "hello\n", A "\n", A "a",
		A "b\n" A "a\n", A "aa\n" A "a\n", A "b\n\n", OLD "x" };
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(notary_merge(&job, bad[i], B "c\n", &out),
		    ST_PERM);
		job_forget(&job);
	}
	assert_int_equal(notary_merge(&job, OLD, "hello\n", &out), ST_PERM);
	buf_free(&out);
}

/* What grows has shelves of its own; one update writes two or three. */
static void
shelves(void **state)
{
	static const char *const is[][2] = {
		{ "incident/2026/0042/index.html", "incident-2026-00" },
		{ "incident/2026/10042/plain.txt", "incident-2026-100" },
		{ "chain/2026-03-04.txt", "chain-2026" },
		{ "chain/2026-03.txt", "site" },
		{ "chain/head.txt", "site" },
		{ "archive/2026-03.mbox", "site" },
		{ "feed/updates/12.atom", "feed" },
		{ "feed/updates.atom", "site" },
		{ "component/email-b/feed/3.atom", "feed" },
		{ "component/email-b/7/index.html", "component" },
		{ "component/email-b/index.html", "site" },
		{ "component/7/index.html", "site" },
		{ "history/2026/03/index.html", "site" },
		{ "history/2026/index.html", "site" },
		{ "2026/index.html", "site" },
		{ "index.html", "site" },
		{ "/", "site" },
		{ "", "site" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof is / sizeof *is; i++)
		assert_string_equal(notary_shelf(&job, is[i][0]), is[i][1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merged),
		cmocka_unit_test(pages),
		cmocka_unit_test(twice),
		cmocka_unit_test(refused),
		cmocka_unit_test(shelves),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
