#include "t.h"

#include "text/choice.h"

static struct component parts[] = {
	{ .slug = "email-a", .name = "Email Cluster A", .group = "Email" },
	{ .slug = "email-b", .name = "Email Cluster B", .group = "Email" },
	{ .slug = "dns", .name = "DNS", .group = "Core, names" },
	{ .slug = "web", .name = "Web", .group = "" },
};
static const struct conf conf = { .components = parts, .n_components = 4 };

static void
topics(void **state)
{
	static const struct {
		const char *said, *kept, *unknown, *shown;
	} table[] = {
		/* clang-format off */
		{ "all", "", NULL, "all" },
		{ "Everything", "", NULL, "all" },
		{ "email-b", "email-b", NULL, "email-b" },
		{ "Email Cluster B, web", "email-b,web", NULL, "email-b, web" },
		{ "email", "group:email", NULL, "Email" },
		{ "e-mail; dns,", "group:email,dns", NULL, "Email, dns" },
		{ "Core names", NULL, "Core names", NULL },
		{ "web, web", "web", NULL, "web" },
		{ "web, x", NULL, "x", NULL },
		{ "", NULL, "", NULL },
		{ ",,", NULL, "", NULL },
		/* clang-format on */
	};
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *unknown;
		const char *got =
		    choice_read_topics(mem, &conf, table[i].said, &unknown);

		if (table[i].kept == NULL) {
			assert_null(got);
			assert_string_equal(unknown, table[i].unknown);
			continue;
		}
		assert_string_equal(got, table[i].kept);
		assert_string_equal(choice_show_topics(mem, &conf, got),
		    table[i].shown);
	}
	/* What isn't configured any more is shown as it is kept. */
	assert_string_equal(choice_show_topics(mem, &conf, "gone,group:x"),
	    "gone, group:x");
	arena_free(mem);
}

static struct public_component hurt[] = { { "email-b", "B", LEVEL_PARTIAL },
	{ "web", "Web", LEVEL_OPERATIONAL } };
static struct public_component fine[] = { { "email-b", "B",
    LEVEL_OPERATIONAL } };

static void
updates(void **state)
{
	struct public_update u[5] = {
		{ .u = 1,
		    .r = 1,
		    .state = STATE_INVESTIGATING,
		    .impact = IMPACT_MAJOR,
		    .components = hurt,
		    .n_components = 2 },
		{ .u = 2,
		    .r = 1,
		    .state = STATE_IDENTIFIED,
		    .impact = IMPACT_MAJOR },
		{ .u = 3,
		    .r = 1,
		    .state = STATE_IDENTIFIED,
		    .impact = IMPACT_CRITICAL,
		    .kind = POST_SAME },
		{ .u = 3,
		    .r = 2,
		    .state = STATE_IDENTIFIED,
		    .impact = IMPACT_CRITICAL },
		{ .u = 4,
		    .r = 1,
		    .state = STATE_RESOLVED,
		    .impact = IMPACT_NONE,
		    .components = fine,
		    .n_components = 1 },
	};
	static const bool turning[] = { true, false, true, true, true };
	struct public_event e = { .updates = u, .n_updates = 5 };
	struct arena *mem = arena_new();
	struct choice c;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		choice_of(mem, &conf, &e, i, &c);
		assert_int_equal(c.turning, turning[i]);
		assert_int_equal(c.same, i == 2);
		/* What was hurt once is a topic of all that follows. */
		assert_int_equal(c.n, 2);
		assert_string_equal(c.topics[0], "email-b");
		assert_string_equal(c.topics[1], "group:email");
	}
	u[0].n_components = 0;
	choice_of(mem, &conf, &e, 1, &c);
	assert_int_equal(c.n, 0);
	choice_of(mem, &conf, &e, 4, &c); /* hurt nobody, names one */
	assert_int_equal(c.n, 2);
	e.report = true;
	choice_of(mem, &conf, &e, 1, &c);
	assert_false(c.rated || c.incident);
	arena_free(mem);
}

/* What a member chose, and which updates that lets through. */
static const struct {
	const char *topics, *kind, *least, *delivery;
	int64_t paused;
	bool follows;
	const char *want; /* of tries[], in their order */
} table[] = {
	/* clang-format off */
	{ "", "", "", "each", 0, false, "first next nexthad same general report" },
	{ "", "", "", "each", 1001, false, "" },
	{ "", "", "", "each", 1001, true, "" },
	{ "", "", "", "each", 1000, false, "first next nexthad same general report" },
	{ "email-b", "", "", "each", 0, false, "first next nexthad same general report" },
	{ "web,group:email", "", "", "each", 0, false, "first next nexthad same general report" },
	{ "email", "", "", "each", 0, false, "nexthad same general report" },
	{ "dns", "", "", "each", 0, false, "nexthad same general report" },
	{ "dns", "", "", "each", 0, true, "first next nexthad same general report" },
	{ "", "maintenance", "", "each", 0, false, "nexthad same report" },
	{ "", "incidents", "", "each", 0, false, "first next nexthad same general report" },
	{ "", "", "minor", "each", 0, false, "first next nexthad same general report" },
	{ "", "", "major", "each", 0, false, "first next nexthad same general report" },
	{ "", "", "critical", "each", 0, false, "nexthad same general report" },
	{ "", "", "critical", "each", 0, true, "first next nexthad same general report" },
	{ "", "", "", "first-last", 0, false, "first next general report" },
	{ "dns", "", "", "first-last", 0, false, "general report" },
	{ "", "", "", "first-last", 0, true, "first next nexthad same general report" },
	/* clang-format on */
};

static void
members(void **state)
{
	static const char *about[] = { "email-b", "group:email" };
	static const struct {
		const char *name;
		struct choice c;
		bool had;
	} tries[] = {
		{ "first", { about, 2, true, true, IMPACT_MAJOR, false, true },
		    false },
		{ "next", { about, 2, true, true, IMPACT_MAJOR, false, false },
		    false },
		{ "nexthad",
		    { about, 2, true, true, IMPACT_MAJOR, false, false },
		    true },
		{ "same", { about, 2, true, true, IMPACT_MAJOR, true, false },
		    true },
		{ "general", { NULL, 0, true, true, IMPACT_MINOR, false, true },
		    false },
		{ "report",
		    { NULL, 0, false, false, IMPACT_UNSET, false, true },
		    false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const struct member m = { .topics = table[i].topics,
			.kind = table[i].kind,
			.least = table[i].least,
			.delivery = table[i].delivery,
			.paused = table[i].paused,
			.follows = table[i].follows };
		char have[80] = "";

		for (size_t k = 0; k < sizeof tries / sizeof *tries; k++)
			if (choice_wants(&tries[k].c, &m, tries[k].had, 1000))
				(void)snprintf(have + strlen(have),
				    sizeof have - strlen(have), "%s%s",
				    have[0] == '\0' ? "" : " ", tries[k].name);
		if (strcmp(have, table[i].want) != 0)
			fail_msg("%zu: have %s, want %s", i, have,
			    table[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(topics),
		cmocka_unit_test(updates), cmocka_unit_test(members) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
