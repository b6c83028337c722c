/*
 * Lines that a war room collects, and words of a note that call for one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text/actions.h"
#include "text/grave.h"

struct sample {
	const char *mail, *gives; /* text|owner|due; =review +more */
};

static const struct sample samples[] = {
	/* clang-format off */
	{ "Action: order a disk @noc2 by Friday", "order a disk @noc2 by Friday|noc2|Friday;" },
	{ "action : call", "call||;" },
	{ "**Action:** call @a", "call @a|a|;" },
	{ "- Action: x by 1 April, 9:00", "x by 1 April, 9:00||1 April, 9:00;" },
	{ "* Action: a\n\xe2\x80\xa2 Action: b", "a||;b||;" },
	{ "Action: mail a@b.example by hand by Monday @noc1", "mail a@b.example by hand by Monday @noc1|noc1|Monday @noc1;" },
	{ "Action: @noc1, look", "@noc1, look|noc1|;" },
	{ "Action:", "" }, { "Action: \n", "" },
	{ "Actionable: no", "+more" },
	{ "The action: none", "+more" },
	{ "We are done.\nPostmortem: Comms One\nAction: x", "x||;=Comms One+more" },
	{ "Postmortem: a\npostmortem: b", "=b" },
	{ "\n - \n", "" },
	/* clang-format on */
};

static void
lines_are_kept_as_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct request r = { .text = samples[i].mail };
		struct arena *mem = arena_new();
		struct buf b = BUF_INIT;

		actions_read(mem, samples[i].mail, &r);
		for (size_t k = 0; k < r.n_actions; k++)
			buf_printf(&b, "%s|%s|%s;", r.actions[k].text,
			    r.actions[k].owner, r.actions[k].due);
		if (r.review != NULL)
			buf_printf(&b, "=%s", r.review);
		buf_str(&b, r.more ? "+more" : "");
		assert_string_equal(b.data, samples[i].gives);
		buf_free(&b);
		arena_free(mem);
	}
}

static void
no_mail_brings_more_than_fifty(void **state)
{
	struct arena *mem = arena_new();
	struct request r = { .text = "" };
	struct buf b = BUF_INIT;

	(void)state;
	for (int i = 0; i < 70; i++)
		buf_str(&b, "Action: again\n");
	actions_read(mem, b.data, &r);
	assert_int_equal(r.n_actions, 50);
	buf_free(&b);
	arena_free(mem);
}

static void
words_that_call_for_a_room(void **state)
{
	static const char *const grave[] = { "data loss", "There is DATA LOSS",
		"we lost data", "the private key leaked",
		"no data loss on a, data loss on b" };
	static const char *const light[] = { "", "no data loss",
		"Without loss of data.", "not a data loss", "lost database?",
		"key account" };

	(void)state;
	for (size_t i = 0; i < sizeof grave / sizeof *grave; i++)
		if (!grave_says(grave[i]))
			fail_msg("%s isn't grave", grave[i]);
	for (size_t i = 0; i < sizeof light / sizeof *light; i++)
		if (grave_says(light[i]))
			fail_msg("%s is grave", light[i]);
	assert_true(grave_lasts("mail of an hour"));
	assert_false(grave_lasts("none"));
	assert_false(grave_lasts("None."));
	assert_false(grave_lasts("no data was lost"));
	assert_false(grave_lasts(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_kept_as_written),
		cmocka_unit_test(no_mail_brings_more_than_fifty),
		cmocka_unit_test(words_that_call_for_a_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
