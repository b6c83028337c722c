/* A month's report: its days, and what its text never becomes. */
#include "text/monthly.h"

#include "base/limits.h"
#include "base/when.h"
#include "t.h"

enum { JAN = 2026 * 12, FEB, MAR, DEC = JAN + 11 };

static void
reads(void **state)
{
	static const char *const bad[] = { "", "2026", "2026-2", "2026-00",
		"2026-13", "0000-01", "2026-02-01", "2026/02", "-026-02",
		"2026-+2", "x026-02" };
	int month = 0;

	(void)state;
	assert_true(monthly_read("2026-02", &month));
	assert_int_equal(month, FEB);
	assert_true(monthly_read("0001-12", &month));
	assert_int_equal(month, 1 * 12 + 11);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(monthly_read(bad[i], &month));
}

static void
days(void **state)
{
	static const struct {
		const char *zone, *after, *next;
	} all[] = {
		/* 1 Feb 2026 is a Sunday, 1 Aug a Saturday */
		{ "UTC", "2026-01-15T00:00:00Z", "2026-02-02T08:00:00Z" },
		{ "UTC", "2026-02-02T07:59:59Z", "2026-02-02T08:00:00Z" },
		{ "UTC", "2026-02-02T08:00:00Z", "2026-03-02T08:00:00Z" },
		{ "UTC", "2026-07-31T23:59:59Z", "2026-08-03T08:00:00Z" },
		{ "UTC", "2026-12-31T23:59:59Z", "2027-01-01T08:00:00Z" },
		{ "UTC", "2026-12-01T08:00:00Z", "2027-01-01T08:00:00Z" },
		/* local mornings, on either side of the date line */
		{ "America/Toronto", "2026-07-01T11:00:00Z",
		    "2026-07-01T12:00:00Z" },
		{ "Pacific/Auckland", "2026-06-30T19:00:00Z",
		    "2026-06-30T20:00:00Z" },
		{ "Pacific/Auckland", "2026-06-30T20:00:00Z",
		    "2026-08-02T20:00:00Z" },
		{ "Australia/Lord_Howe", "2026-09-30T00:00:00Z",
		    "2026-09-30T21:30:00Z" },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		int64_t t;

		assert_true(when_read_rfc3339(all[i].after, &t));
		assert_string_equal(when_rfc3339(*state,
					monthly_next(all[i].zone, t)),
		    all[i].next);
	}
}

static void
has(const char *s, const char *what)
{
	if (strstr(s, what) == NULL)
		fail_msg("no \"%s\" in\n%s", what, s);
}

static void
quiet_month(void **state)
{
	struct monthly m = { .month = JAN, .url = "https://s.example/" };
	char *s = monthly_text(*state, &m);

	assert_string_equal(monthly_title(*state, FEB),
	    "February 2026: incidents and promises");
	has(s, "in January 2026, how soon");
	has(s, "* **Incidents posted:** 0 (December 2025: 0, twelve months: "
	       "0).\n");
	has(s, "first post:** none this month (December 2025: none, twelve "
	       "months: none)");
	has(s, "came in time:** none was due (December 2025: none");
	has(s, "### Incidents\n\nNone was posted.\n");
	assert_null(strstr(s, "Promises that we missed"));
	assert_null(strstr(s, "left out"));
	assert_null(strstr(s, "more people"));
}

static struct public_update update = { .u = 1, .first_posted = 1772633100 };

static struct public_event
event(const char *title, enum state st)
{
	return (struct public_event){ .event = "INC-2026-0042",
		.year = 2026,
		.number = 42,
		.title = title,
		.state = st,
		.peak = IMPACT_MAJOR,
		.started = 1772633100,
		.ended = st == STATE_RESOLVED ? 1772640300 : 0,
		.updates = &update,
		.n_updates = 1 };
}

static void
lists(void **state)
{
	const struct public_event events[] = {
		event("**B** [x](http://e.example) <i>#\nhi", STATE_RESOLVED),
		event("C", STATE_MONITORING),
	};
	static const struct interval promises[] = {
		{ "INC-2026-0042", 1, 2, "", 0, 1772640300, 1772640360,
		    PROMISE_MISSED, 60 },
		{ "INC-2026-0042", 2, 2, "", 0, 1772640300, 1772640300,
		    PROMISE_KEPT, 0 },
		{ "INC-2026-0043", 1, 2, "", 0, 1772640300, 0, PROMISE_MISSED,
		    9 },
	};
	static const struct quiet_close quiet[] = {
		{ "INC-2026-0044", "Email_A and Webmail", 540 },
		{ "INC-2026-0045", "our services", 0 },
	};
	static const struct climbs climbs[] = { { 2, 4, 1 }, { 3, 99, 2 } };
	struct monthly m = { .month = MAR,
		.url = "https://s.example/",
		.incidents = events,
		.n_incidents = 2,
		.promises = promises,
		.n_promises = 3,
		.quiet = quiet,
		.n_quiet = 2,
		.climbs = climbs,
		.n_climbs = 2 };
	char *s;

	m.now.score.missed = 2;
	m.now.counts[MONTHLY_LIMITED] = 1;
	m.now.counts[MONTHLY_EMBARGOED] = 3;
	s = monthly_text(*state, &m);
	has(s, "[INC-2026-0042](https://s.example/incident/2026/0042/) "
	       "\\*\\*B\\*\\* \\[x\\](http://e.example) \\<i\\>\\# hi: 4 Mar, "
	       "14:05 UTC, 2 h, major impact\n");
	has(s, " C: 4 Mar, 14:05 UTC, not over yet, major impact\n");
	has(s, "* INC-2026-0042: promised by 4 Mar, 16:05 UTC; it came 1 "
	       "min late\n* INC-2026-0043: promised by 4 Mar, 16:05 UTC; we "
	       "still owe it\n");
	has(s, "* INC-2026-0044 Email\\_A and Webmail: 9 min\n"
	       "* INC-2026-0045 our services\n");
	has(s, "* Level 2, 1 time: a promised update was late\n"
	       "* Level 3, 2 times: something else was late\n");
	has(s, "* 1 incident of which we told less");
	has(s, "* 3 of which we can't tell anything yet");
}

/* What is too long to be rendered would be shown as marks. */
static void
bounded(void **state)
{
	enum { MANY = 2000 };
	struct public_event *events = arena_array(*state, MANY, sizeof *events);
	struct monthly m = { .month = DEC,
		.url = "https://s.example/",
		.incidents = events,
		.n_incidents = MANY };
	struct quiet_close *quiet = arena_array(*state, MANY, sizeof *quiet);
	char *s;

	for (size_t i = 0; i < MANY; i++) {
		events[i] = event("A title of some length, as they are",
		    STATE_RESOLVED);
		quiet[i] = (struct quiet_close){ "INC-2026-0044", "A", 60 };
	}
	m.quiet = quiet;
	m.n_quiet = MANY;
	s = monthly_text(*state, &m);
	assert_true(strlen(s) < LIMIT_MARKDOWN);
	assert_true(strlen(s) > LIMIT_MARKDOWN / 2);
	has(s, " more\n");
	has(s, "* and 2000 more\n");
}

static int
begin(void **state)
{
	*state = arena_new();
	return 0;
}

static int
end(void **state)
{
	arena_free(*state);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test_setup_teardown(days, begin, end),
		cmocka_unit_test_setup_teardown(quiet_month, begin, end),
		cmocka_unit_test_setup_teardown(lists, begin, end),
		cmocka_unit_test_setup_teardown(bounded, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
