/*
 * Deciding about what is public already: withdrawing it, removing its text,
 * reopening what was over; who may, what is drafted, what a yes makes of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tales.h"

/* ---- what is public ---- */

/* A second update: it is cluster B and the webmail, and identified. */
static void
second(struct scene *s)
{
	struct post *all = arena_array(s->j.mem, 2, sizeof *all);

	all[0] = all[1] = s->post;
	all[1].u = 2;
	all[1].state = STATE_IDENTIFIED;
	all[1].title = "Second";
	all[1].components = "email-b=major_outage,webmail=partial_outage";
	s->m.posts = all;
	s->m.n_posts = 2;
	s->event.state = STATE_IDENTIFIED;
}

static struct post *
last(struct scene *s)
{
	struct post *all = arena_array(s->j.mem, 2, sizeof *all);

	memcpy(all, s->m.posts, s->m.n_posts * sizeof *all);
	s->m.posts = all;
	return &all[s->m.n_posts - 1];
}

static void
wish(struct scene *s, enum amend amend, int u, const char *reason)
{
	s->request.amend = amend;
	s->request.correct = u;
	s->request.reason = reason;
}

/* ---- withdrawing ---- */

static void
no_number(struct scene *s)
{
	wish(s, AMEND_WITHDRAW, 0, "why");
}

static void
no_reason(struct scene *s)
{
	wish(s, AMEND_WITHDRAW, 1, NULL);
}

static void
only_one(struct scene *s)
{
	wish(s, AMEND_WITHDRAW, 1, "it was cluster A");
}

static void
the_last(struct scene *s)
{
	second(s);
	wish(s, AMEND_WITHDRAW, 2, "it was cluster A");
}

static void
the_first(struct scene *s)
{
	second(s);
	wish(s, AMEND_WITHDRAW, 1, "it was cluster A");
}

static void
the_last_of_nothing(struct scene *s)
{
	the_last(s);
	((struct post *)last(s) - 1)->kind = POST_WITHDRAWN;
}

static void
to_a_state(struct scene *s)
{
	the_last(s);
	s->request.state = STATE_MONITORING;
}

/* Which would end it: resolve does that. */
static void
to_the_end(struct scene *s)
{
	the_last(s);
	s->request.state = STATE_RESOLVED;
}

/* Over, and the last word of it isn't the end. */
static void
below_the_end(struct scene *s)
{
	the_last(s);
	s->event.state = STATE_RESOLVED;
	last(s)->state = STATE_POSTMORTEM;
}

static void
twice(struct scene *s)
{
	only_one(s);
	last(s)->kind = POST_WITHDRAWN;
}

static void
the_end(struct scene *s)
{
	the_last(s);
	last(s)->state = s->event.state = STATE_RESOLVED;
}

/* The end isn't the last word: one before it is withdrawn. */
static void
before_the_end(struct scene *s)
{
	the_end(s);
	s->request.correct = 1;
}

static void
an_end_before(struct scene *s)
{
	the_end(s);
	((struct post *)last(s) - 1)->state = STATE_RESOLVED;
	s->request.correct = 1;
}

static void
the_postmortem(struct scene *s)
{
	the_last(s);
	last(s)->state = STATE_POSTMORTEM;
	s->event.state = STATE_POSTMORTEM;
}

static void
end_of_a_postmortem(struct scene *s)
{
	the_end(s);
	s->event.state = STATE_POSTMORTEM;
}

/* ---- removing ---- */

static void
redact_nothing(struct scene *s)
{
	wish(s, AMEND_REDACT, 0, "secret");
}

static void
redact_no_reason(struct scene *s)
{
	wish(s, AMEND_REDACT, 1, NULL);
}

static void
redact_own_reason(struct scene *s)
{
	wish(s, AMEND_REDACT, 1, "it names Rosebud");
}

static void
redacts(struct scene *s)
{
	wish(s, AMEND_REDACT, 1, "Personal Data");
}

static void
redacts_withdrawn(struct scene *s)
{
	redacts(s);
	last(s)->kind = POST_WITHDRAWN;
}

static void
redacts_twice(struct scene *s)
{
	redacts(s);
	last(s)->kind = POST_REDACTED;
}

static void
redacts_titled(struct scene *s)
{
	redacts(s);
	s->request.title = "Mail";
}

static void
corrects_withdrawn(struct scene *s)
{
	last(s)->kind = POST_WITHDRAWN;
}

/* ---- a yes ---- */

static void
withdrawal(struct scene *s)
{
	s->draft.kind = POST_WITHDRAWN;
	s->draft.stock = false;
}

static void
withdrawal_of_last(struct scene *s)
{
	second(s);
	withdrawal(s);
	s->draft.correct = 2;
	s->draft.state = STATE_INVESTIGATING;
}

static void
withdrawal_of_first(struct scene *s)
{
	withdrawal_of_last(s);
	s->draft.correct = 1;
}

static void
removal(struct scene *s)
{
	s->conf.two_person = TWO_REDACT;
	s->draft.kind = POST_REDACTED;
	s->draft.stock = false;
	s->draft.author = "lead";
	s->draft.title = "Other";
	s->draft.notify = false;
	s->event.title = "Title";
}

static void
removal_by_one(struct scene *s)
{
	removal(s);
	s->conf.two_person = 0;
}

static void
removal_elsewhere(struct scene *s)
{
	removal(s);
	s->event.title = "Another";
}

static void
removal_of_first(struct scene *s)
{
	second(s);
	removal(s);
}

/* ---- reopening ---- */

static void
over(struct scene *s)
{
	last(s)->state = s->event.state = STATE_RESOLVED;
	s->event.ended = NOW - 3600;
}

static void
over_known(struct scene *s)
{
	over(s);
	s->request.state = STATE_IDENTIFIED;
}

static void
over_long(struct scene *s)
{
	over(s);
	s->event.closed = NOW - 7 * DAY - 1;
}

static void
explained(struct scene *s)
{
	over(s);
	s->event.state = STATE_POSTMORTEM;
}

static void
yes_over(struct scene *s)
{
	over(s);
	s->draft.promise = (struct promise){ PROMISE_AFTER, 7200 };
	s->draft.facts = drafting_facts(&s->j, &s->event);
}

static void
yes_over_long(struct scene *s)
{
	yes_over(s);
	s->event.closed = NOW - 7 * DAY - 1;
}

static void
yes_over_again(struct scene *s)
{
	yes_over(s);
	s->draft.state = STATE_POSTMORTEM;
	s->draft.promise = (struct promise){ PROMISE_NONE, 0 };
}

#define PUBLIC_NOW PH_PUBLIC, OWNED | POSTED
#define YES PH_PUBLIC, OWNED | OWN | ASKED | TOKEN | POSTED | CORRECT

/* ---- told after the fact ---- */

static void
with_times(struct scene *s)
{
	s->request.started = (struct moment){ true, NOW - 9000, "", "" };
	s->request.ended = (struct moment){ true, NOW - 8000, "", "" };
}

static void
by_field(struct scene *s)
{
	with_times(s);
	s->request.backfill = true;
}

static void
only_began(struct scene *s)
{
	s->request.started = (struct moment){ true, NOW - 9000, "", "" };
}

static void
was_noticed(struct scene *s)
{
	s->request.detected = (struct moment){ true, NOW - 9000, "", "" };
	s->request.ended = (struct moment){ true, NOW - 8000, "", "" };
}

static void
known_times(struct scene *s)
{
	s->event.started = NOW - 9000;
	s->event.ended = NOW - 8000;
}

static const struct tale tales[] = {
	/* clang-format off */
{ { "retract without a number", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", 0, "E24", PH_PUBLIC }, no_number, "note \"Reason: why\"", NULL },
{ { "retract without a reason", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", 0, "E24", PH_PUBLIC }, no_reason, "", NULL },
{ { "retract by NOC", NOC1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", 0, "E42", PH_PUBLIC }, only_one, "", NULL },
{ { "retract unproved waits", COMMS1, TRUST_A0K, PUBLIC_NOW, { VERB_RETRACT }, "", DID_PARK, "E43", PH_PUBLIC }, only_one, NULL, NULL },
{ { "retract the only one", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", DID_DRAFT, "", PH_PUBLIC }, only_one,
  "draft investigating \"This update is withdrawn.\" by comms1, corrects 1, no promise; T2 off; T6.1 +600", NULL },
{ { "retract the last", SEC, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", DID_DRAFT | DID_PROPOSE, "", PH_PUBLIC }, the_last,
  NULL, NULL },
{ { "retract the last, and nothing stands", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", DID_DRAFT, "", PH_PUBLIC }, the_last_of_nothing,
  "draft identified \"This update is withdrawn.\" by comms1, corrects 2, no promise; T2 off; T6.1 +600", NULL },
{ { "retract one before", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", DID_DRAFT, "", PH_PUBLIC }, the_first,
  "draft investigating \"This update is withdrawn.\" by comms1, corrects 1, no promise; T2 off; T6.1 +600", NULL },
{ { "retract to a state", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", DID_DRAFT, "", PH_PUBLIC }, to_a_state,
  "draft monitoring \"This update is withdrawn.\" by comms1, corrects 2, no promise; T2 off; T6.1 +600", NULL },
{ { "retract to an end", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", DID_DRAFT, "", PH_PUBLIC }, to_the_end,
  "draft identified \"This update is withdrawn.\" by comms1, corrects 2, no promise; T2 off; T6.1 +600", NULL },
{ { "retract a postmortem opens nothing", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_RETRACT }, "", DID_DRAFT, "", PH_CLOSED }, below_the_end,
  "draft resolved \"This update is withdrawn.\" by comms1, corrects 2, no promise; T2 off; T6.1 +600", NULL },
{ { "retract, with components", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | FACTS, { VERB_RETRACT }, "", DID_DRAFT, "", PH_PUBLIC }, the_last, NULL, NULL },
{ { "retract of what is over, with components", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | FACTS | REPLY, { VERB_RETRACT }, "", DID_DRAFT, "", PH_CLOSED }, before_the_end, NULL, NULL },
{ { "retract, and text", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | TEXT, { VERB_RETRACT }, "", DID_DRAFT | DID_NOTE, "", PH_PUBLIC }, only_one,
  "draft investigating \"This update is withdrawn.\" by comms1, corrects 1, no promise; T2 off; T6.1 +600; note \"Some words.\"", NULL },
{ { "retract twice", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", 0, "E14", PH_PUBLIC }, twice, "", NULL },
{ { "retract the end", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_RETRACT }, "", 0, "E13", PH_CLOSED }, the_end, "", NULL },
{ { "retract before the end", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_RETRACT }, "", DID_DRAFT, "", PH_CLOSED }, before_the_end, NULL, NULL },
{ { "retract an earlier end", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_RETRACT }, "", DID_DRAFT, "", PH_CLOSED }, an_end_before, NULL, NULL },
{ { "retract a postmortem", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_RETRACT }, "", DID_DRAFT, "", PH_CLOSED }, the_postmortem, NULL, NULL },
{ { "retract the end below a postmortem", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_RETRACT }, "", DID_DRAFT, "", PH_CLOSED }, end_of_a_postmortem, NULL, NULL },
{ { "retract while embargoed", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | EMBARGO, { VERB_RETRACT }, "", 0, "E46", PH_PUBLIC }, only_one, "", NULL },
{ { "correct what is withdrawn", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | TEXT | CORRECT, { 0 }, "", DID_DRAFT, "", PH_PUBLIC }, corrects_withdrawn,
  "draft investigating \"Some words.\" by comms1, corrects 1, no promise; T2 off; T6.1 +600", NULL },
{ { "retract, by field", COMMS1, TRUST_A1, PUBLIC_NOW, { 0 }, "", DID_DRAFT, "", PH_PUBLIC }, only_one,
  "draft investigating \"This update is withdrawn.\" by comms1, corrects 1, no promise; T2 off; T6.1 +600", NULL },
/* removing */
{ { "redact without a number", LEAD, TRUST_A1, PUBLIC_NOW, { VERB_REDACT }, "", 0, "E24", PH_PUBLIC }, redact_nothing, "note \"Reason: secret\"", NULL },
{ { "redact without a reason", LEAD, TRUST_A1, PUBLIC_NOW, { VERB_REDACT }, "", 0, "E24", PH_PUBLIC }, redact_no_reason, "", NULL },
{ { "redact with own words", LEAD, TRUST_A1, PUBLIC_NOW, { VERB_REDACT }, "", 0, "E24", PH_PUBLIC }, redact_own_reason, "", NULL },
{ { "redact by comms", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_REDACT }, "", 0, "E42", PH_PUBLIC }, redacts, "", NULL },
{ { "redact", LEAD, TRUST_A1, PUBLIC_NOW, { VERB_REDACT }, "", DID_DRAFT, "", PH_PUBLIC }, redacts,
  "draft investigating \"The text of this update was removed.\" by lead, corrects 1, no promise; T2 off; T6.1 +600",
  "noc2 copy+check, lead preview, exec preview, sec preview" },
{ { "redact, with a title", LEAD, TRUST_A1, PUBLIC_NOW, { VERB_REDACT }, "", DID_DRAFT, "", PH_PUBLIC }, redacts_titled, NULL, NULL },
{ { "redact while embargoed", LEAD, TRUST_A1, PH_PUBLIC, OWNED | POSTED | EMBARGO, { VERB_REDACT }, "", DID_DRAFT, "", PH_PUBLIC }, redacts, NULL, NULL },
{ { "redact what is withdrawn", LEAD, TRUST_A1, PUBLIC_NOW, { VERB_REDACT }, "", DID_DRAFT, "", PH_PUBLIC }, redacts_withdrawn, NULL, NULL },
{ { "redact twice", LEAD, TRUST_A1, PUBLIC_NOW, { VERB_REDACT }, "", 0, "E14", PH_PUBLIC }, redacts_twice, "", NULL },
/* a yes */
{ { "yes to a withdrawal", COMMS1, TRUST_A1, YES, { VERB_YES }, "", DID_CORRECT, "", PH_PUBLIC }, withdrawal,
  "d2 approved by comms1; u1r2 investigating \"We are on it.\" email-b=partial_outage, no promise",
  "noc1 published, noc2 published, comms1 receipt, comms2 published, lead published, exec published" },
{ { "yes to that of the last", COMMS1, TRUST_A1, YES, { VERB_YES }, "", DID_CORRECT, "", PH_PUBLIC }, withdrawal_of_last,
  "state investigating; d2 approved by comms1; u2r2 investigating \"We are on it.\" email-b=partial_outage, no promise", NULL },
{ { "yes to that of one before", COMMS1, TRUST_A1, YES, { VERB_YES }, "", DID_CORRECT, "", PH_PUBLIC }, withdrawal_of_first,
  "d2 approved by comms1; u1r2 investigating \"We are on it.\" email-b=partial_outage, no promise", NULL },
{ { "security's yes to one", SEC, TRUST_A1, YES, { VERB_YES }, "", DID_CORRECT, "", PH_PUBLIC }, withdrawal, NULL, NULL },
{ { "security's yes to other words", SEC, TRUST_A1, YES, { VERB_YES }, "", 0, "E42", PH_PUBLIC }, NULL, NULL, NULL },
{ { "one person removes nothing", LEAD, TRUST_A1, YES, { VERB_YES }, "", 0, "E44", PH_PUBLIC }, removal, "", NULL },
{ { "comms is no second", COMMS1, TRUST_A1, YES, { VERB_YES }, "", 0, "E44", PH_PUBLIC }, removal, "", NULL },
{ { "two do", SEC, TRUST_A1, YES, { VERB_YES }, "", DID_CORRECT, "", PH_PUBLIC }, removal,
  "title Other; d2 approved by sec; u1r2 investigating \"We are on it.\" email-b=partial_outage, no promise, no mail", NULL },
{ { "the title of another stays", EXEC, TRUST_A1, YES, { VERB_YES }, "", DID_CORRECT, "", PH_PUBLIC }, removal_of_first, NULL, NULL },
{ { "another title stays", EXEC, TRUST_A1, YES, { VERB_YES }, "", DID_CORRECT, "", PH_PUBLIC }, removal_elsewhere,
  "d2 approved by exec; u1r2 investigating \"We are on it.\" email-b=partial_outage, no promise, no mail", NULL },
{ { "one does, where one is enough", LEAD, TRUST_A1, YES, { VERB_YES }, "", DID_CORRECT, "", PH_PUBLIC }, removal_by_one, NULL, NULL },
{ { "removed while embargoed", EXEC, TRUST_A1, PH_PUBLIC, OWNED | OWN | ASKED | TOKEN | POSTED | CORRECT | EMBARGO, { VERB_YES }, "", DID_CORRECT, "", PH_PUBLIC }, removal, NULL, NULL },
/* reopening */
{ { "reopen by support", SUPPORT, TRUST_A1, PH_CLOSED, POSTED | REPLY, { VERB_REOPEN }, "", 0, "E42", PH_CLOSED }, over, "", NULL },
{ { "reopen", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY | TEXT, { VERB_REOPEN }, "", DID_DRAFT, "", PH_CLOSED }, over,
  "draft investigating \"Some words.\" by comms1, +7200; T2 off; T6.1 +600", NULL },
{ { "reopen, the cause known", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY | TEXT, { VERB_REOPEN }, "", DID_DRAFT, "", PH_CLOSED }, over_known,
  "draft identified \"Some words.\" by comms1, +7200; T2 off; T6.1 +600", NULL },
{ { "reopen by NOC is a proposal", NOC1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY | TEXT, { VERB_REOPEN }, "", DID_DRAFT | DID_PROPOSE | DID_NOTE, "", PH_CLOSED }, over, NULL, NULL },
{ { "reopen too late", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_REOPEN }, "", 0, "E13", PH_CLOSED }, over_long, "", NULL },
{ { "reopen what is explained", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_REOPEN }, "", 0, "E13", PH_CLOSED }, explained, "", NULL },
{ { "reopen what is open", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_REOPEN }, "", 0, "E13", PH_PUBLIC }, NULL, "", NULL },
{ { "reopen what never was public", COMMS1, TRUST_A1, PH_CLOSED_QUIET, REPLY, { VERB_REOPEN }, "", 0, "E13", PH_CLOSED_QUIET }, NULL, "", NULL },
{ { "yes to a reopening", COMMS1, TRUST_A1, PH_CLOSED, OWNED | OWN | ASKED | TOKEN | POSTED | REPLY, { VERB_YES }, "", DID_POST, "", PH_PUBLIC }, yes_over,
  NULL, NULL },
{ { "yes, too late", COMMS1, TRUST_A1, PH_CLOSED, OWNED | OWN | ASKED | TOKEN | POSTED | REPLY, { VERB_YES }, "", 0, "E13", PH_CLOSED }, yes_over_long, "", NULL },
/* told after the fact */
{ { "backfill", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | FACTS, { VERB_BACKFILL }, "", DID_OPEN | DID_DRAFT, "", PH_CLOSED_QUIET }, with_times, NULL, NULL },
{ { "backfill, by field", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | FACTS, { 0 }, "", DID_OPEN | DID_DRAFT, "", PH_CLOSED_QUIET }, by_field, NULL, NULL },
{ { "backfill, both ways", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | FACTS, { VERB_BACKFILL }, "", DID_OPEN | DID_DRAFT, "", PH_CLOSED_QUIET }, by_field, NULL, NULL },
{ { "backfill refused, both ways", SUPPORT, TRUST_A1, PH_NONE, NO_EVENT | TEXT | FACTS, { VERB_BACKFILL }, "", DID_OPEN, "E42", PH_HANDED_OFF }, by_field, NULL, NULL },
{ { "backfill, and a draft", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | FACTS, { VERB_RESOLVE }, "", DID_OPEN | DID_DRAFT, "", PH_OWNED }, by_field, NULL, NULL },
{ { "backfill by NOC is a proposal", NOC1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | FACTS, { VERB_BACKFILL }, "", DID_OPEN | DID_DRAFT | DID_PROPOSE, "", PH_CLOSED_QUIET }, with_times, NULL, NULL },
{ { "backfill without times", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | FACTS, { VERB_BACKFILL }, "", DID_OPEN, "E24", PH_OWNED }, NULL, NULL, NULL },
{ { "backfill without an end", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | FACTS, { VERB_BACKFILL }, "", DID_OPEN, "E24", PH_OWNED }, only_began, NULL, NULL },
{ { "backfill of what was noticed", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | FACTS, { VERB_BACKFILL }, "", DID_OPEN | DID_DRAFT, "", PH_CLOSED_QUIET }, was_noticed, NULL, NULL },
{ { "backfill what ended quietly", COMMS1, TRUST_A1, PH_CLOSED_QUIET, REPLY | TEXT, { VERB_BACKFILL }, "", DID_DRAFT, "", PH_CLOSED_QUIET }, known_times, NULL, NULL },
{ { "backfill what is public", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_BACKFILL }, "", 0, "E13", PH_PUBLIC }, with_times, NULL, NULL },
{ { "yes to a postmortem ends nothing", COMMS1, TRUST_A1, PH_CLOSED, OWNED | OWN | ASKED | TOKEN | POSTED | REPLY, { VERB_YES }, "", DID_POST, "", PH_CLOSED }, yes_over_again, NULL, NULL },
	/* clang-format on */
};

static void
every_tale(void **state)
{
	(void)state;
	tales_hold(tale_holds, tales, sizeof tales / sizeof *tales);
}

/* What a withdrawal says of services, and a removal of its title. */
static void
falls_back(void **state)
{
	static const struct row r = { "", LEAD, TRUST_A1, PUBLIC_NOW,
		{ VERB_RETRACT }, "", 0, "", PH_PUBLIC };
	struct scene s;

	(void)state;
	scene_set(&s, &r);
	the_last(&s);
	decide(&s.j, &s.m, &s.v);
	assert_string_equal(s.v.draft.components, "email-b=partial_outage");
	assert_int_equal(s.v.draft.state, STATE_INVESTIGATING);
	assert_string_equal(s.v.draft.reason, "it was cluster A");
	job_end(&s.j);
	scene_set(&s, &r);
	the_last_of_nothing(&s);
	decide(&s.j, &s.m, &s.v);
	assert_string_equal(s.v.draft.components,
	    "email-b=operational,webmail=operational");
	job_end(&s.j);
	scene_set(&s, &r);
	s.commands[0].verb = VERB_REDACT;
	redacts(&s);
	s.event.title = "Rosebud";
	decide(&s.j, &s.m, &s.v);
	assert_string_equal(s.v.draft.title,
	    "Email Cluster B – partial outage");
	assert_string_equal(s.v.draft.reason, "personal data");
	assert_false(s.v.draft.notify);
	job_end(&s.j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_tale),
		cmocka_unit_test(falls_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
