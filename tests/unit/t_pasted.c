/* text/pasted.h: what stood between the rulers comes back as the text alone. */
#include "t.h"

#include "text/pasted.h"

static struct arena *mem;

static int
begin(void **state)
{
	(void)state;
	mem = arena_new();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static void
the_frame_is_no_text(void **state)
{
	(void)state;
	assert_string_equal(pasted_text(mem,
				"Investigating - update 1\nTitle: Logins fail\n"
				"Email Cluster B: PARTIAL OUTAGE\n"
				"https://status.example/incident/2026/0042/\n\n"
				"Logins fail.\n\nWe look: at it.\n\n"
				"Started: 4 Mar 2026 14:02 UTC\nPosted: when "
				"you approve\n"
				"Next update: 2 h after posting\n\n"),
	    "Logins fail.\n\nWe look: at it.");
	assert_string_equal(pasted_text(mem, "\r\n\r\nResolved - update 3\r\n"),
	    "");
	assert_string_equal(pasted_text(mem,
				"Identified - update 12\n\nIt is found."),
	    "It is found.");
}

static void
other_text_is_as_it_was(void **state)
{
	static const char *const texts[] = { "", "\n", "Posted: yesterday",
		"Investigating\n\nPosted: x", "Investigating - update soon",
		"We post.\n\nInvestigating - update 1" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_string_equal(pasted_text(mem, texts[i]), texts[i]);
}

static void
a_subject_is_a_title_without_its_tags(void **state)
{
	(void)state;
	assert_string_equal(pasted_title(mem,
				"[Investigating] Logins fail [INC-2026-0042]"),
	    "Logins fail");
	assert_string_equal(pasted_title(mem, "[Resolved] Logins fail"),
	    "Logins fail");
	assert_string_equal(pasted_title(mem, "[Investigating] [Resolved] "
					      "Logins [beta] fail"),
	    "Logins [beta] fail");
	assert_string_equal(pasted_title(mem, "[Beta] Logins [INC-1]"),
	    "[Beta] Logins [INC-1]");
	assert_string_equal(pasted_title(mem, "[Investigating"),
	    "[Investigating");
	assert_string_equal(pasted_title(mem, "[Resolved] [INC-2026-0042]"),
	    "[INC-2026-0042]");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_frame_is_no_text),
		cmocka_unit_test(other_text_is_as_it_was),
		cmocka_unit_test(a_subject_is_a_title_without_its_tags),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
