/* Digests: their hours and names, and what an issue tells. */
#include "text/roundup.h"

#include "base/when.h"
#include "t.h"
#include "text/period.h"

static int64_t
at(const char *s)
{
	int64_t t = 0;

	assert_true(when_read_rfc3339(s, &t));
	return t;
}

/* ---- periods ---- */

static const struct {
	const char *zone;
	int minute;
	enum issue_period of;
	const char *after, *next, *name;
} hours[] = {
	/* clang-format off */
	{ "UTC", 480, ISSUE_DAILY, "2026-03-04T07:59:59Z",
	  "2026-03-04T08:00:00Z", "2026-03-04" },
	{ "UTC", 480, ISSUE_DAILY, "2026-03-04T08:00:00Z",
	  "2026-03-05T08:00:00Z", "2026-03-05" },
	{ "UTC", 0, ISSUE_DAILY, "2026-12-31T12:00:00Z",
	  "2027-01-01T00:00:00Z", "2027-01-01" },
	{ "UTC", 1439, ISSUE_DAILY, "2028-02-28T23:59:00Z",
	  "2028-02-29T23:59:00Z", "2028-02-29" },
	/* on either side of the date line */
	{ "Pacific/Auckland", 480, ISSUE_DAILY, "2026-03-04T18:00:00Z",
	  "2026-03-04T19:00:00Z", "2026-03-05" },
	{ "Pacific/Honolulu", 1200, ISSUE_DAILY, "2026-03-05T00:00:00Z",
	  "2026-03-05T06:00:00Z", "2026-03-04" },
	/* the hour that is left out in spring, and that which comes twice */
	{ "America/Toronto", 150, ISSUE_DAILY, "2026-03-07T12:00:00Z",
	  "2026-03-08T07:30:00Z", "2026-03-08" },
	{ "America/Toronto", 150, ISSUE_DAILY, "2026-03-08T07:30:00Z",
	  "2026-03-09T06:30:00Z", "2026-03-09" },
	{ "America/Toronto", 90, ISSUE_DAILY, "2026-11-01T05:00:00Z",
	  "2026-11-01T05:30:00Z", "2026-11-01" },
	{ "America/Toronto", 90, ISSUE_DAILY, "2026-11-01T05:30:00Z",
	  "2026-11-02T06:30:00Z", "2026-11-02" },
	{ "America/Toronto", 480, ISSUE_DAILY, "2026-03-07T13:00:00Z",
	  "2026-03-08T12:00:00Z", "2026-03-08" },
	/* Mondays: the week that ended */
	{ "UTC", 480, ISSUE_WEEKLY, "2026-03-04T08:00:00Z",
	  "2026-03-09T08:00:00Z", "2026-W10" },
	{ "UTC", 480, ISSUE_WEEKLY, "2026-03-09T08:00:00Z",
	  "2026-03-16T08:00:00Z", "2026-W11" },
	{ "UTC", 480, ISSUE_WEEKLY, "2026-12-29T00:00:00Z",
	  "2027-01-04T08:00:00Z", "2026-W53" },
	{ "UTC", 480, ISSUE_WEEKLY, "2025-12-28T00:00:00Z",
	  "2025-12-29T08:00:00Z", "2025-W52" },
	{ "Pacific/Auckland", 480, ISSUE_WEEKLY, "2026-03-06T00:00:00Z",
	  "2026-03-08T19:00:00Z", "2026-W10" },
	/* clang-format on */
};

static void
periods(void **state)
{
	for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
		const struct period p = { hours[i].zone, hours[i].minute,
			hours[i].of };
		int64_t next = period_next(&p, at(hours[i].after));

		assert_string_equal(when_rfc3339(*state, next), hours[i].next);
		assert_string_equal(period_name(*state, &p, next),
		    hours[i].name);
		assert_int_equal(period_last(&p, next), next);
		assert_true(period_last(&p, next - 1) <= at(hours[i].after));
	}
}

/* A year of days: each once, whatever the clocks do. */
static void
each_day_once(void **state)
{
	static const char *const zones[] = { "America/Toronto", "Europe/Paris",
		"Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu",
		"Pacific/Apia" };

	for (size_t z = 0; z < sizeof zones / sizeof *zones; z++)
		for (int minute = 0; minute < 24 * 60; minute += 30) {
			const struct period p = { zones[z], minute,
				ISSUE_DAILY };
			int64_t t = at("2026-01-01T12:00:00Z");
			const char *before = "";

			for (int d = 0; d < 365; d++) {
				const char *name;

				t = period_next(&p, t);
				name = period_name(*state, &p, t);
				assert_true(strcmp(name, before) > 0);
				before = name;
			}
			assert_in_range(t, at("2026-12-31T00:00:00Z"),
			    at("2027-01-02T12:00:00Z"));
		}
}

static void
weeks(void **state)
{
	assert_string_equal(period_week(*state, "2026-03-02"), "2026-W10");
	assert_string_equal(period_week(*state, "2026-03-08"), "2026-W10");
	assert_string_equal(period_week(*state, "2026-03-09"), "2026-W11");
	assert_string_equal(period_week(*state, "2027-01-03"), "2026-W53");
	assert_string_equal(period_week(*state, "2024-12-30"), "2025-W01");
	assert_string_equal(period_week(*state, "2026-W10"), "2026-W10");
	assert_int_equal(period_year("2026-W10"), 2026);
}

/* ---- issues ---- */

enum { FROM = 1000, UNTIL = 2000 };

static struct public_update
update(int u, int r, enum state s, int64_t posted)
{
	return (struct public_update){ .event = "INC-2026-0001",
		.u = u,
		.r = r,
		.state = s,
		.posted = posted,
		.title = "",
		.reason = "" };
}

static struct public_event
event(struct public_update *u, size_t n)
{
	return (struct public_event){ .event = "INC-2026-0001",
		.year = 2026,
		.number = 1,
		.title = "",
		.first_title = "",
		.state = n == 0 ? STATE_NONE : u[n - 1].state,
		.updates = u,
		.n_updates = n };
}

static const struct issue issue = { .from = FROM,
	.until = UNTIL,
	.list = "example-status",
	.name = "2026-03-04",
	.volume = 2026,
	.number = 63 };

/* What is added up of one event: the first `then` updates of n were there. */
static struct roundup_sum
sum_of(struct public_update *u, size_t then, size_t n)
{
	const struct roundup_event e = { event(u, then), event(u, n) };
	const struct roundup r = { .issue = &issue, .events = &e, .n = 1 };
	struct roundup_sum s;

	roundup_add_up(&r, &s);
	assert_int_equal(roundup_is_empty(&r), s.updates + s.corrections == 0);
	return s;
}

#define SUM(s, open_, began_, resolved_, updates_, corrections_, others_) \
	do { \
		assert_int_equal((s).open, open_); \
		assert_int_equal((s).began, began_); \
		assert_int_equal((s).resolved, resolved_); \
		assert_int_equal((s).updates, updates_); \
		assert_int_equal((s).corrections, corrections_); \
		assert_int_equal((s).others, others_); \
	} while (0)

static void
sums(void **state)
{
	struct public_update u[5];

	(void)state;
	u[0] = update(1, 1, STATE_INVESTIGATING, FROM);
	u[1] = update(2, 1, STATE_MONITORING, UNTIL - 1);
	SUM(sum_of(u, 0, 1), 1, 1, 0, 1, 0, 0);
	SUM(sum_of(u, 0, 2), 1, 1, 0, 2, 0, 0);
	/* open, and nothing was said */
	u[0].posted = FROM - 1;
	SUM(sum_of(u, 1, 1), 1, 0, 0, 0, 0, 0);
	/* resolved in it, after the fact, or before */
	u[1].state = STATE_RESOLVED;
	SUM(sum_of(u, 1, 2), 0, 0, 1, 1, 0, 0);
	SUM(sum_of(u + 1, 0, 1), 0, 1, 1, 1, 0, 0);
	u[1].posted = FROM - 1;
	SUM(sum_of(u, 2, 2), 0, 0, 0, 0, 0, 0);
	/* a word on what was over, a postmortem */
	u[2] = update(3, 1, STATE_POSTMORTEM, FROM + 1);
	SUM(sum_of(u, 2, 3), 0, 0, 0, 1, 0, 1);
	/* corrections, a typo */
	u[2] = update(2, 2, STATE_RESOLVED, FROM + 1);
	SUM(sum_of(u, 2, 3), 0, 0, 0, 0, 1, 0);
	u[2].typo = true;
	SUM(sum_of(u, 2, 3), 0, 0, 0, 0, 0, 0);
	/* opened again */
	u[2] = update(3, 1, STATE_INVESTIGATING, UNTIL - 1);
	SUM(sum_of(u, 2, 3), 1, 0, 0, 1, 0, 0);
	/* what comes at its end is for the next */
	u[2].posted = UNTIL;
	assert_int_equal(sum_of(u, 2, 3).updates, 0);
}

static void
reports(void **state)
{
	struct public_update u = update(1, 1, STATE_NONE, FROM);
	struct roundup_event e = { event(NULL, 0), event(&u, 1) };
	const struct roundup r = { .issue = &issue, .events = &e, .n = 1 };
	struct roundup_sum s;

	(void)state;
	e.now.report = true;
	roundup_add_up(&r, &s);
	SUM(s, 0, 0, 0, 1, 0, 1);
	u.posted = FROM - 1;
	roundup_add_up(&r, &s);
	SUM(s, 0, 0, 0, 0, 0, 0);
}

static void
names(void **state)
{
	assert_string_equal(roundup_path(*state, &issue),
	    "digest/daily/2026-03-04/");
	assert_string_equal(roundup_root(*state, &issue, "example-status"),
	    "digest.example-status.2026-W10");
	assert_string_equal(roundup_id(*state, &issue, "example-status"),
	    "digest.example-status.daily.2026-03-04");
	assert_string_equal(roundup_id(*state, &issue, ""),
	    "digest.daily.2026-03-04");
}

static void
subjects(void **state)
{
	const struct conf conf = { .brand = { .name = "" } };
	struct labels words = { .lang = "en" };
	const struct posting p = { .mem = *state,
		.conf = &conf,
		.words = &words };
	struct public_update u[2] = { update(1, 1, STATE_INVESTIGATING, FROM),
		update(1, 2, STATE_INVESTIGATING, FROM + 1) };
	const struct roundup_event e = { event(NULL, 0), event(u, 2) };
	const struct roundup some = { .issue = &issue, .events = &e, .n = 1 };
	const struct roundup none = { .issue = &issue };

	assert_string_equal(roundup_subject(&p, &some, "X"),
	    "[X] digest_daily 2026-03-04: 1 digest_n_open, 1 "
	    "digest_n_corrections (digest_volume 2026, digest_issue 63)");
	assert_string_equal(roundup_subject(&p, &none, ""),
	    "digest_daily 2026-03-04: digest_no_incidents (digest_volume 2026, "
	    "digest_issue 63)");
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
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(periods, begin, end),
		cmocka_unit_test_setup_teardown(each_day_once, begin, end),
		cmocka_unit_test_setup_teardown(weeks, begin, end),
		cmocka_unit_test(sums),
		cmocka_unit_test(reports),
		cmocka_unit_test_setup_teardown(names, begin, end),
		cmocka_unit_test_setup_teardown(subjects, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
