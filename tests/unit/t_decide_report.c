/*
 * Deciding about a month's report: how its draft is made, and which replies to
 * it count.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tales.h"

static const struct report_paper paper = { .year = 2026,
	.month = 2,
	.title = "February",
	.text = "All was well.",
	.source = "clock" };

static struct list lists[] = {
	{ .slug = "contracts", .kind = LIST_ACCOUNT },
	{ .slug = "open", .kind = LIST_OPEN },
	{ .slug = "open-too", .kind = LIST_OPEN },
	{ .slug = "staff", .kind = LIST_INTERNAL },
};

static void
with_lists(struct scene *s)
{
	s->conf.lists = lists;
	s->conf.n_lists = 4;
}

/* The event is a report, and d2 is one of its drafts. */
static void
report(struct scene *s)
{
	with_lists(s);
	s->event.kind = "report";
	s->event.title = "February";
	s->event.number = 2;
	s->event.severity = 5;
	s->event.state = STATE_NONE;
	s->event.n_touches = 0;
	s->draft.state = STATE_NONE;
	s->draft.title = "February";
	s->draft.components = "";
	s->draft.promise = (struct promise){ PROMISE_NONE, 0 };
	s->draft.facts = drafting_facts(&s->j, &s->event);
	s->post.state = STATE_NONE;
	s->post.next_update = 0;
}

static void
the_clock(struct scene *s)
{
	with_lists(s);
	s->m = (struct matter){ .conf = &s->conf,
		.stock = &stock,
		.people = &s->people,
		.report = &paper,
		.event = s->m.event,
		.open_draft = s->m.open_draft };
	s->people.last_noc = NULL;
}

static void
the_clock_again(struct scene *s)
{
	report(s);
	the_clock(s);
	s->people.oncall = &persons[COMMS2];
}

static void
nobody_on_call(struct scene *s)
{
	the_clock(s);
	s->people.oncall = NULL;
	s->conf.n_lists = 1;
}

static void
states_given(struct scene *s)
{
	report(s);
	s->commands[0].state = STATE_IDENTIFIED;
}

/* Nothing of it is waiting. */
static void
none_waits(struct scene *s)
{
	report(s);
	s->m.open_draft = NULL;
}

#define PAPER OWNED | OWN | ASKED | TOKEN

static const struct tale tales[] = {
	/* clang-format off */
/* the draft */
{ { "a month is over", NOC1, TRUST_A1, PH_NONE, NO_EVENT, { 0 }, "", DID_DRAFT, "", PH_OWNED }, the_clock,
  "owner comms1; sev 5; full; title February; draft none \"All was well.\" by program, no promise",
  "comms1 preview" },
{ { "drafted again, with another on call", NOC1, TRUST_A1, PH_OWNED, OWNED | OWN, { 0 }, "", DID_DRAFT, "", PH_OWNED }, the_clock_again,
  "owner comms2; d2 superseded by ; draft none \"All was well.\" by program, no promise",
  "comms2 preview" },
{ { "nobody is on call, no list is open", NOC1, TRUST_A1, PH_NONE, NO_EVENT, { 0 }, "", DID_DRAFT, "", PH_OWNED }, nobody_on_call,
  "sev 5; full; title February; draft none \"All was well.\" by program, no promise",
  "" },
/* replies that count */
{ { "yes", COMMS1, TRUST_A1, PH_OWNED, PAPER, { VERB_YES }, "", DID_POST, "", PH_PUBLIC }, report,
  NULL,
  "noc1 published, noc2 published, comms1 receipt, comms2 published, lead published" },
{ { "own words", COMMS1, TRUST_A1, PH_OWNED, PAPER | TEXT, { VERB_DRAFT }, "", DID_DRAFT, "", PH_OWNED }, report,
  "d2 superseded by comms1; draft none \"Some words.\" by comms1, no promise; T2 off", NULL },
{ { "a state with them is nothing", COMMS1, TRUST_A1, PH_OWNED, PAPER | TEXT, { VERB_DRAFT }, "", DID_DRAFT, "", PH_OWNED }, states_given,
  "d2 superseded by comms1; draft none \"Some words.\" by comms1, no promise; T2 off", NULL },
{ { "a draft without words keeps those that wait", COMMS1, TRUST_A1, PH_OWNED, PAPER, { VERB_DRAFT }, "", DID_DRAFT, "", PH_OWNED }, report,
  "d2 superseded by comms1; draft none \"We are on it.\" by comms1, no promise; T2 off", NULL },
{ { "a correction", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | TEXT | CORRECT, { VERB_CORRECT }, "", DID_DRAFT, "", PH_PUBLIC }, report,
  "draft none \"Some words.\" by comms1, corrects 1, no promise; T2 off", NULL },
{ { "no", COMMS1, TRUST_A1, PH_OWNED, PAPER, { VERB_NO }, "", DID_DISCARD, "", PH_OWNED }, report,
  "d2 discarded by comms1", NULL },
/* replies that don't */
{ { "a draft without words where none waits", COMMS1, TRUST_A1, PH_OWNED, OWNED, { VERB_DRAFT }, "", 0, "E24", PH_OWNED }, none_waits,
  "", NULL },
{ { "a second post", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | TEXT, { VERB_DRAFT }, "", 0, "E13", PH_PUBLIC }, report,
  NULL, NULL },
{ { "resolve", COMMS1, TRUST_A1, PH_OWNED, PAPER, { VERB_RESOLVE }, "", 0, "E13", PH_OWNED }, report,
  "", NULL },
{ { "ack", COMMS1, TRUST_A1, PH_OWNED, PAPER, { VERB_ACK }, "", 0, "E13", PH_OWNED }, report,
  "", NULL },
{ { "components are a note of it at most", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT | FACTS, { 0 }, "", DID_NOTE, "", PH_OWNED }, report,
  "note \"Some words.\"", NULL },
	/* clang-format on */
};

static bool
holds(const struct tale *t)
{
	struct scene s;
	bool good;

	scene_set(&s, &t->row);
	t->tweak(&s);
	decide(&s.j, &s.m, &s.v);
	good = tale_words(t, &s);
	good = tale_stands(&t->row, &s) && good;
	good = good && s.v.n_arms == 0;
	job_end(&s.j);
	return good;
}

static void
every_tale(void **state)
{
	(void)state;
	tales_hold(holds, tales, sizeof tales / sizeof *tales);
}

/* A new report, whole. */
static void
begins(void **state)
{
	static const struct row r = { .name = "new", .how = NO_EVENT };
	struct scene s;

	(void)state;
	scene_set(&s, &r);
	the_clock(&s);
	decide(&s.j, &s.m, &s.v);
	assert_string_equal(event_name(s.j.mem, &s.v.event), "REP-2026-02");
	assert_string_equal(s.v.event.title, "February");
	assert_string_equal(s.v.event.source, "clock");
	assert_true(s.v.save);
	assert_string_equal(s.v.draft.lists, "open,open-too");
	assert_true(s.v.draft.notify);
	assert_int_equal(s.v.n_cancels, 0);
	job_end(&s.j);
}

/* Own words go where the program's would have gone. */
static void
goes_to(void **state)
{
	static const struct row r = { .name = "own",
		.who = COMMS1,
		.trust = TRUST_A1,
		.phase = PH_OWNED,
		.how = PAPER | TEXT,
		.verbs = { VERB_DRAFT },
		.args = "",
		.codes = "" };
	struct scene s;

	(void)state;
	scene_set(&s, &r);
	report(&s);
	decide(&s.j, &s.m, &s.v);
	assert_string_equal(s.v.draft.lists, "open,open-too");
	assert_true(s.v.draft.notify);
	job_end(&s.j);
	scene_set(&s, &r);
	report(&s);
	s.conf.n_lists = 1;
	decide(&s.j, &s.m, &s.v);
	assert_string_equal(s.v.draft.lists, "");
	assert_false(s.v.draft.notify);
	job_end(&s.j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_tale),
		cmocka_unit_test(begins),
		cmocka_unit_test(goes_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
