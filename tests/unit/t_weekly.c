#include "t.h"

#include "base/when.h"
#include "text/weekly.h"

static int64_t
at(const char *s)
{
	int64_t t;

	assert_true(when_read_rfc3339(s, &t));
	return t;
}

/* The weeks of ISO 8601, at the ends of years too. */
static void
names(void **state)
{
	static const struct {
		const char *day, *week;
	} table[] = {
		/* clang-format off */
		{ "2026-03-04T12:00:00Z", "2026-W10" },
		{ "2026-03-08T23:59:59Z", "2026-W10" },
		{ "2026-03-09T00:00:00Z", "2026-W11" },
		{ "2025-12-28T12:00:00Z", "2025-W52" },
		{ "2025-12-29T12:00:00Z", "2026-W01" },
		{ "2026-12-31T12:00:00Z", "2026-W53" },
		{ "2027-01-03T12:00:00Z", "2026-W53" },
		{ "2027-01-04T12:00:00Z", "2027-W01" },
		{ "2024-01-01T00:00:00Z", "2024-W01" },
		/* clang-format on */
	};
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_string_equal(weekly_name(mem, "UTC", at(table[i].day)),
		    table[i].week);
	assert_string_equal(weekly_name(mem, "Pacific/Auckland",
				at("2026-03-08T12:00:00Z")),
	    "2026-W11");
	arena_free(mem);
}

/* Monday, 08:00 where the house is, over changes of the clock. */
static void
next(void **state)
{
	static const struct {
		const char *zone, *now, *due;
	} table[] = {
		/* clang-format off */
		{ "UTC", "2026-03-04T12:00:00Z", "2026-03-09T08:00:00Z" },
		{ "UTC", "2026-03-09T07:59:59Z", "2026-03-09T08:00:00Z" },
		{ "UTC", "2026-03-09T08:00:00Z", "2026-03-16T08:00:00Z" },
		{ "UTC", "2026-03-08T23:00:00Z", "2026-03-09T08:00:00Z" },
		{ "UTC", "2026-12-28T09:00:00Z", "2027-01-04T08:00:00Z" },
		{ "Europe/Paris", "2026-03-27T12:00:00Z",
		    "2026-03-30T06:00:00Z" },
		{ "America/Toronto", "2026-03-06T12:00:00Z",
		    "2026-03-09T12:00:00Z" },
		{ "Pacific/Auckland", "2026-03-04T12:00:00Z",
		    "2026-03-08T19:00:00Z" },
		/* clang-format on */
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_int_equal(weekly_next(table[i].zone, at(table[i].now)),
		    at(table[i].due));
}

static void
text(void **state)
{
	static const struct list open = { .slug = "o", .kind = LIST_OPEN };
	static const struct list closed = { .slug = "c", .kind = LIST_ACCOUNT };
	static const struct unreached who[] = {
		{ "A1", "a@x.example", "bounced", 1772582400, 3 },
		{ "", "b@x.example", "nomail", 1772582400, 1 },
	};
	const struct weekly_list lists[] = {
		{ .list = &open,
		    .growth = { .active = 7,
			.before = 9,
			.left = 3,
			.joined = 1 } },
		{ .list = &closed,
		    .growth = { .active = 5,
			.before = 5,
			.accounts = 9,
			.unreached = 3 },
		    .complaints = 2,
		    .unreached = who,
		    .n_unreached = 2 },
		{ .list = &closed, .growth = { .accounts = 4 } },
	};
	const struct weekly w = { .lists = lists, .n = 3 };
	struct arena *mem = arena_new();

	(void)state;
	assert_string_equal(weekly_text(mem, &w),
	    "The lists, since the last such report.\n"
	    "\no (open)\n"
	    "         7  members get its mail, -2\n"
	    "         1  joined\n"
	    "         3  left\n"
	    "\nc (account)\n"
	    "         5  members get its mail, +0\n"
	    "         2  complaints, which changed nothing\n"
	    "\n  3 of 9 resellers can't be reached: none of their addresses\n"
	    "  gets mail. Ask them for another, and put it into the "
	    "database:\n"
	    "    A1: a@x.example\n"
	    "        bounced since 4 Mar 2026; 2 more addresses\n"
	    "    b@x.example\n"
	    "        nomail since 4 Mar 2026\n"
	    "    and 1 more: sitrep list c unreachable\n"
	    "\nc (account)\n"
	    "         0  members get its mail, +0\n"
	    "\n  All 4 resellers can be reached.\n");
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(names),
		cmocka_unit_test(next), cmocka_unit_test(text) };

	return cmocka_run_group_tests_name("weekly", tests, NULL, NULL);
}
