/*
 * Office hours and working days, in zones whose clocks change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/when.h"
#include "text/office.h"

static const struct office usual = { 62, 9 * 3600, 17 * 3600 };

static int64_t
at(const char *s)
{
	int64_t t = 0;

	assert_true(when_read_rfc3339(s, &t));
	return t;
}

static void
opens(void **state)
{
	static const struct {
		const char *zone, *from, *next;
	} rows[] = {
		{ "UTC", "2026-03-04T10:00:00Z", "2026-03-04T10:00:00Z" },
		{ "UTC", "2026-03-04T08:59:59Z", "2026-03-04T09:00:00Z" },
		{ "UTC", "2026-03-04T17:00:00Z", "2026-03-05T09:00:00Z" },
		{ "UTC", "2026-03-06T18:00:00Z", "2026-03-09T09:00:00Z" },
		{ "UTC", "2026-03-08T12:00:00Z", "2026-03-09T09:00:00Z" },
		{ "America/Toronto", "2026-03-06T23:00:00Z",
		    "2026-03-09T13:00:00Z" }, /* summer time began */
		{ "Australia/Lord_Howe", "2026-04-03T07:00:00Z",
		    "2026-04-05T22:30:00Z" }, /* half an hour back */
		{ "nowhere/here", "2026-03-07T12:00:00Z",
		    "2026-03-09T09:00:00Z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(office_next(&usual, rows[i].zone,
				     at(rows[i].from)),
		    at(rows[i].next));
}

static void
counts(void **state)
{
	(void)state;
	assert_int_equal(office_after(&usual, "UTC", at("2026-03-04T16:50:00Z"),
			     15 * 60),
	    at("2026-03-05T09:05:00Z"));
	/* They close just then: nobody is there any more. */
	assert_int_equal(office_after(&usual, "UTC", at("2026-03-04T16:50:00Z"),
			     10 * 60),
	    at("2026-03-05T09:00:00Z"));
	assert_int_equal(office_after(&usual, "UTC", at("2026-03-06T12:00:00Z"),
			     10 * 3600),
	    at("2026-03-09T14:00:00Z"));
	assert_int_equal(office_after(&usual, "UTC", at("2026-03-07T12:00:00Z"),
			     0),
	    at("2026-03-09T09:00:00Z"));
}

static void
days(void **state)
{
	(void)state;
	assert_int_equal(office_days_after("UTC", at("2026-03-04T16:00:00Z"),
			     5),
	    at("2026-03-11T16:00:00Z"));
	assert_int_equal(office_days_after("UTC", at("2026-03-07T16:00:00Z"),
			     3),
	    at("2026-03-11T16:00:00Z"));
	assert_int_equal(office_days_after("Europe/Paris",
			     at("2026-03-27T16:00:00Z"), 1),
	    at("2026-03-30T15:00:00Z"));
	assert_int_equal(office_days_after("UTC", at("2026-03-04T16:00:00Z"),
			     0),
	    at("2026-03-04T16:00:00Z"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens),
		cmocka_unit_test(counts),
		cmocka_unit_test(days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
