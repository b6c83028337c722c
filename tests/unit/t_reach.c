/* When the pages of a step have reached nobody. */
#include "t.h"

#include <stdio.h>
#include <string.h>

#include "text/reach.h"

/* kind: m mail of a page, p pager by mail, c command; then status and tries */
struct row {
	const char *part;
	char kind;
	const char *person, *status;
	int tries;
};

static const struct {
	const char *what;
	struct row rows[6];
	size_t n, failed;
	int timer;
} cases[] = {
	/* clang-format off */
	{ "the one pager refuses", {
	  { "t1.1", 'm', "a", "sent", 0 }, { "t1.1", 'p', "a", "failed", 0 } },
	  2, 1, 2 },
	{ "one of two works", {
	  { "t1.1", 'm', "a", "sent", 0 }, { "t1.1", 'p', "a", "failed", 0 },
	  { "t1.1", 'c', "a", "sent", 0 } }, 3, 1, 0 },
	{ "one of two is on its way", {
	  { "t1.1", 'p', "a", "failed", 0 },
	  { "t1.1", 'p', "a", "waiting", 1 } }, 2, 0, 0 },
	{ "both fail, one a command that is tried again", {
	  { "t1.1", 'c', "a", "waiting", 1 },
	  { "t1.1", 'p', "a", "failed", 0 } }, 2, 1, 2 },
	{ "a command that wasn't tried yet", {
	  { "t1.1", 'c', "a", "waiting", 0 },
	  { "t1.1", 'p', "a", "failed", 0 } }, 2, 1, 0 },
	{ "the mail beside a pager decides nothing", {
	  { "t1.1", 'm', "a", "failed", 0 }, { "t1.1", 'p', "a", "sent", 0 } },
	  2, 0, 0 },
	{ "nor beside one that fails", {
	  { "t1.1", 'm', "a", "failed", 0 },
	  { "t1.1", 'p', "a", "failed", 0 } }, 2, 0, 0 },
	{ "without a pager the mail is the page", {
	  { "t1.1", 'm', "a", "failed", 0 } }, 1, 0, 2 },
	{ "two persons, one reached", {
	  { "t2.1", 'p', "a", "failed", 0 }, { "t2.1", 'p', "b", "sent", 0 } },
	  2, 0, 0 },
	{ "two persons, none", {
	  { "t2.1", 'p', "a", "failed", 0 }, { "t2.1", 'm', "a", "sent", 0 },
	  { "t2.1", 'm', "b", "failed", 0 } }, 3, 2, 2 },
	{ "a later step has paged since", {
	  { "t1.1", 'p', "a", "failed", 0 }, { "t2.1", 'p', "b", "sent", 0 } },
	  2, 0, 0 },
	{ "another timer's page is no later step", {
	  { "t1.1", 'p', "a", "failed", 0 }, { "t4.2", 'p', "b", "sent", 0 } },
	  2, 0, 2 },
	{ "T4 goes on in T4", { { "t4.3", 'p', "a", "failed", 0 } }, 1, 0, 4 },
	{ "no timer's page", { { "n3", 'p', "a", "failed", 0 } }, 1, 0, 0 },
	{ "t10 isn't t1", { { "t10.1", 'p', "a", "failed", 0 },
	  { "t1.1", 'p', "a", "sent", 0 } }, 2, 0, 10 },
	/* clang-format on */
};

static void
make(struct job *j, const struct row *r, int64_t id, struct letter *l)
{
	*l = (struct letter){ .id = id,
		.kind = r->kind == 'c' ? LETTER_COMMAND : LETTER_PAGE,
		.event = 1,
		.person = r->person,
		.status = r->status,
		.tries = r->tries,
		.mid = arena_printf(j->mem, "inc-2026-0042.%s%s@s.example",
		    r->part, r->kind == 'm' ? "" : ".page") };
}

static void
all_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct letter all[6];
		struct job j;
		int got;

		job_begin(&j, "test", 0);
		for (size_t k = 0; k < cases[i].n; k++)
			make(&j, &cases[i].rows[k], (int64_t)k + 1, &all[k]);
		got = reach_failed(all, cases[i].n, &all[cases[i].failed]);
		if (got != cases[i].timer)
			fail_msg("%s: T%d", cases[i].what, got);
		job_end(&j);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(all_cases) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
