/* Promises added up: ranks, per cents, who and when. */
#include "text/score.h"

#include <string.h>

#include "base/when.h"
#include "t.h"

enum { FEB = 2026 * 12 + 1, MAR = 2026 * 12 + 2 };

static const struct measure measures[] = {
	{ "INC-2026-0001", 1770000000, 1, "comms1", "comms2", 0, 60, 600, 900,
	    UNMEASURED },
	{ "INC-2026-0002", 1770003600, 2, "comms1", "comms1", 900, UNMEASURED,
	    UNMEASURED, UNMEASURED, UNMEASURED },
	{ "INC-2026-0003", 1773000000, 2, "", "", UNMEASURED, UNMEASURED, 1200,
	    1260, 7200 },
};
static const struct interval intervals[] = {
	{ "INC-2026-0001", 1, 1, "comms1", 0, 1770007200, 1770007200,
	    PROMISE_KEPT, 0 },
	{ "INC-2026-0001", 2, 1, "comms1", 0, 1770014400, 1770014460,
	    PROMISE_MISSED, 60 },
	{ "INC-2026-0003", 1, 2, "", 0, 1773007200, 0, PROMISE_RUNNING, 0 },
};
static const struct record record = { measures, 3, intervals, 3 };

static void
ranks(void **state)
{
	static const int64_t ten[] = { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 };
	static const int64_t holes[] = { UNMEASURED, 7, UNMEASURED };
	struct arena *mem = *state;
	struct spread s = score_spread(mem, ten, 10);

	assert_int_equal(s.median, 5);
	assert_int_equal(s.p90, 9);
	s = score_spread(mem, holes, 3);
	assert_int_equal(s.n, 1);
	assert_int_equal(s.median, 7);
	assert_int_equal(s.p90, 7);
	s = score_spread(mem, holes, 1);
	assert_int_equal(s.n, 0);
	assert_int_equal(s.median, 0);
}

static void
scopes(void **state)
{
	static const struct {
		struct scope only;
		size_t incidents, kept, missed, running;
	} all[] = {
		{ { 0 }, 3, 1, 1, 1 },
		{ { .severity = 1 }, 1, 1, 1, 0 },
		{ { .severity = 5 }, 0, 0, 0, 0 },
		{ { .month = FEB }, 2, 1, 1, 0 },
		{ { .month = MAR }, 1, 0, 0, 1 },
		{ { .on_call = "comms1" }, 2, 1, 1, 0 },
		{ { .on_call = "comms1", .severity = 2 }, 1, 0, 0, 0 },
		{ { .first_owner = "comms2" }, 1, 0, 0, 0 },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct score s = score_of(*state, &record, &all[i].only);

		assert_int_equal(s.incidents, all[i].incidents);
		assert_int_equal(s.kept, all[i].kept);
		assert_int_equal(s.missed, all[i].missed);
		assert_int_equal(s.running, all[i].running);
	}
}

static void
per_cent(void **state)
{
	static const struct {
		size_t kept, missed;
		const char *words;
	} all[] = {
		{ 0, 0, "-" },
		{ 0, 3, "0 %" },
		{ 19, 1, "95 %" },
		{ 2, 1, "66.6 %" },
		{ 1999, 1, "99.9 %" },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct score s = { .kept = all[i].kept,
			.missed = all[i].missed };

		assert_string_equal(score_kept_words(*state, &s), all[i].words);
	}
}

static void
who_and_when(void **state)
{
	struct arena *mem = *state;
	const char **names;
	int *months;
	size_t n;

	score_months(mem, &record, &months, &n);
	assert_int_equal(n, 2);
	assert_string_equal(when_month_name(mem, months[0]), "2026-02");
	assert_string_equal(when_rfc3339(mem, when_month_begin(months[1] + 10)),
	    "2027-01-01T00:00:00Z");
	score_on_call(mem, &record, &names, &n);
	assert_int_equal(n, 1);
	assert_string_equal(names[0], "comms1");
	score_owners(mem, &record, &names, &n);
	assert_int_equal(n, 2);
	assert_string_equal(names[1], "comms1");
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
		cmocka_unit_test_setup_teardown(ranks, begin, end),
		cmocka_unit_test_setup_teardown(scopes, begin, end),
		cmocka_unit_test_setup_teardown(per_cent, begin, end),
		cmocka_unit_test_setup_teardown(who_and_when, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
