/*
 * What the bits of a row can't say of a scene (scene.h): each changes one
 * thing before it is decided.
 */
#ifndef TWEAKS_H
#define TWEAKS_H

#include "scene.h"
#include "text/ladder.h"

static void
timer(struct scene *s, int kind, int step)
{
	s->timer = (struct timer){ .id = 31,
		.event = 7,
		.kind = kind,
		.step = step,
		.round = 1,
		.since = NOW - 600,
		.due = NOW };
	s->m = (struct matter){ .conf = &s->conf,
		.stock = &stock,
		.people = &s->people,
		.timer = &s->timer,
		.event = &s->event,
		.open_draft = s->m.open_draft,
		.climbs = s->m.climbs,
		.n_climbs = s->m.n_climbs,
		.posts = s->m.posts,
		.n_posts = s->m.n_posts };
}

static void
t1(struct scene *s)
{
	timer(s, 1, 1);
}

static void
t1_fixed(struct scene *s)
{
	s->event.noc_state = STATE_RESOLVED;
	timer(s, 1, 1);
}

static void
t1_identified(struct scene *s)
{
	s->event.noc_state = STATE_IDENTIFIED;
	timer(s, 1, 1);
}

/* Reported a minute before, and handed off since this one came. */
static void
t1_twin(struct scene *s)
{
	timer(s, 1, 1);
	s->like[0] = s->event;
	s->like[0].id = 6;
	s->like[0].number = 41;
	s->like[0].phase = PH_HANDED_OFF;
	s->like[0].opened -= 60;
	s->like[0].handed_off = s->event.opened + 30;
	s->like[0].on_call = "comms1";
	s->m.twins = s->like;
	s->m.n_twins = 1;
}

static void
t1_twin_before(struct scene *s)
{
	t1_twin(s);
	s->like[0].handed_off = s->event.opened - 1;
}

static void
t1_twin_smaller(struct scene *s)
{
	t1_twin(s);
	s->like[0].severity = s->event.severity + 1;
}

static void
t1_twin_another(struct scene *s)
{
	t1_twin(s);
	s->like[0].on_call = "comms2";
}

static void
t1_sev4(struct scene *s)
{
	s->event.severity = 4;
	timer(s, 1, 1);
}

static void
t1_sev1(struct scene *s)
{
	s->event.severity = 1;
	s->conf.noc_list = "shift@example.net";
	timer(s, 1, 1);
}

static void
t1_gap(struct scene *s)
{
	s->people.oncall = NULL;
	timer(s, 1, 1);
}

static void
t1_no_paging(struct scene *s)
{
	s->conf.severity[2].ack = -1;
	timer(s, 1, 1);
}

static void
t2(struct scene *s)
{
	timer(s, 2, 1);
}

static void
t2_last(struct scene *s)
{
	timer(s, 2, 3);
}

/* Level 2 was called a while ago, and answered or not. */
static void
call(struct scene *s, int level, const char *whom, int64_t acked)
{
	s->climbs[0] = (struct climb){ .at = NOW - 500,
		.level = level,
		.kind = 3,
		.step = 2,
		.persons = whom,
		.by = "",
		.reason = "",
		.acked = acked,
		.acked_by = acked == 0 ? "" : "comms2" };
	s->m.climbs = s->climbs;
	s->m.n_climbs = 1;
}

static void
called(struct scene *s)
{
	call(s, 2, "lead,comms2", 0);
}

static void
called_support(struct scene *s)
{
	call(s, 2, "comms2,support", 0);
}

static void
called_twice(struct scene *s)
{
	call(s, 3, "exec,comms1", 0);
	s->climbs[1] = s->climbs[0];
	s->climbs[1].level = 2;
	s->m.n_climbs = 2;
	s->event.reached = 3;
}

static void
called_before(struct scene *s)
{
	call(s, 2, "comms2", NOW - 400);
	s->event.reached = 4;
}

static void
t3(struct scene *s)
{
	timer(s, 3, 1);
}

static void
t3_level2(struct scene *s)
{
	timer(s, 3, 2);
}

static void
t3_level2_taken(struct scene *s)
{
	call(s, 2, "comms2", NOW - 400);
	timer(s, 3, 2);
}

static void
t3_level2_has_it(struct scene *s)
{
	t3_level2_taken(s);
	s->climbs[0].kind = 2;
}

static void
t2_level2_taken(struct scene *s)
{
	t3_level2_has_it(s);
	timer(s, 2, 2);
}

static void
t3_level3_untaken(struct scene *s)
{
	call(s, 3, "exec", NOW - 5000);
	timer(s, 3, 3);
}

static void
t3_level3_below_taken(struct scene *s)
{
	call(s, 2, "comms2", NOW - 100);
	timer(s, 3, 3);
}

static void
t4_level2_sev3(struct scene *s)
{
	s->event.severity = 3;
	timer(s, 4, 3);
}

static void
t4_due_again(struct scene *s)
{
	call(s, 1, "comms1", NOW);
	timer(s, 4, 2);
}

static void
t5(struct scene *s)
{
	timer(s, 5, 1);
}

static void
t5_list(struct scene *s)
{
	s->people.last_noc = NULL;
	s->conf.noc_list = "shift@example.net";
	timer(s, 5, 1);
}

static void
t5_nobody(struct scene *s)
{
	s->people.last_noc = NULL;
	timer(s, 5, 1);
}

static void
t6_all(struct scene *s)
{
	timer(s, 6, 2);
}

static void
t6_expires(struct scene *s)
{
	timer(s, 6, 3);
}

static void
t7(struct scene *s)
{
	timer(s, 7, 1);
}

static void
t10_weekly(struct scene *s)
{
	timer(s, 10, 2);
	s->timer.due = NOW - 1814400;
}

static void
t11(struct scene *s)
{
	timer(s, 11, 1);
}

static void
unknown_timer(struct scene *s)
{
	timer(s, 99, 1);
}

/* The reply address of a timer's question. */
static void
to_timer(struct scene *s, int kind)
{
	s->route.object = 't';
	s->route.number = kind;
}

static void
to_t4(struct scene *s)
{
	to_timer(s, 4);
}

static void
to_t4_called(struct scene *s)
{
	to_timer(s, 4);
	called(s);
}

static void
to_t5(struct scene *s)
{
	to_timer(s, 5);
}

static void
to_t7(struct scene *s)
{
	to_timer(s, 7);
}

static void
to_t2(struct scene *s)
{
	to_timer(s, 2);
}

static void
no_levels(struct scene *s)
{
	s->people.level3.n = 0;
}

static void
gap(struct scene *s)
{
	s->people.oncall = NULL;
}

static void
level4(struct scene *s)
{
	static const enum who top[] = { SEC };

	crowd(s, &s->people.level4, 1, top);
}

static void
t4_remind(struct scene *s)
{
	timer(s, 4, 1);
}

static void
t4_due(struct scene *s)
{
	timer(s, 4, 2);
}

static void
late_t1(struct scene *s)
{
	s->event.began = s->event.opened = NOW - 1000;
	s->m.mail.written = NOW;
}

static void
stranger(struct scene *s)
{
	s->sender.person = NULL;
	s->sender.trust = TRUST_A0;
	s->sender.address = "who@elsewhere.example";
}

static void
stranger_at_noc_list(struct scene *s)
{
	stranger(s);
	s->conf.noc_list = "shift@example.net";
}

static void
stranger_to_help(struct scene *s)
{
	stranger(s);
	s->route.place = PLACE_HELP;
}

static void
accepted(struct scene *s)
{
	static const char *none[] = { "who@elsewhere.example" };
	static const struct person who = { .slug = "who@elsewhere.example",
		.name = "who@elsewhere.example",
		.roles = ROLE_NOC,
		.addresses = none,
		.n_addresses = 1 };

	s->sender.trust = TRUST_A0;
	s->sender.person = &who;
	s->m.as_noc = true;
	s->m.confirmed = true;
}

static void
machine(struct scene *s)
{
	s->sender.machine = "auto";
}

static void
quiet_mail(struct scene *s)
{
	s->sender.quiet = true;
}

static void
on_page(struct scene *s)
{
	s->route.place = PLACE_PAGE;
}

static void
worded_title(struct scene *s)
{
	s->draft.title = "We were hacked";
}

static void
unproved_yes(struct scene *s)
{
	s->m.internal_only = true;
}

static void
unproved_and_noted(struct scene *s)
{
	s->m.internal_only = true;
	s->m.noted = true;
}

static void
ancient(struct scene *s)
{
	s->m.mail.ancient = true;
}

static void
related(struct scene *s)
{
	s->route.related = 6;
	s->route.related_name = "INC-2026-0041";
}

static void
alike(struct scene *s)
{
	s->like[0] = s->event;
	s->like[0].owner = "comms1";
	s->m.similar = s->like;
	s->m.n_similar = 1;
}

static void
drill(struct scene *s)
{
	s->request.drill = ASK_YES;
}

static void
no_drill(struct scene *s)
{
	s->request.drill = ASK_NO;
}

static void
in_drill(struct scene *s)
{
	s->event.kind = "drill";
}

static void
drill_again(struct scene *s)
{
	s->event.kind = "drill";
	s->request.drill = ASK_YES;
}

static void
drill_no_more(struct scene *s)
{
	s->event.kind = "drill";
	s->request.drill = ASK_NO;
}

static void
all_alike(struct scene *s)
{
	for (int i = 0; i < 5; i++)
		s->like[i] = s->event;
	s->m.similar = s->like;
	s->m.n_similar = 5;
}

static void
named_by_key(struct scene *s)
{
	s->route.named_by_key = true;
}

static void
title(struct scene *s)
{
	s->request.title = "Mail is slow";
}

static void
impact(struct scene *s)
{
	s->request.impact = IMPACT_CRITICAL;
}

static void
times(struct scene *s)
{
	s->request.started = (struct moment){ true, NOW - 700, "", "" };
	s->request.detected = (struct moment){ true, NOW - 600, "", "" };
	s->request.ended = (struct moment){ true, NOW - 100, "", "" };
}

static void
started(struct scene *s)
{
	s->request.started = (struct moment){ true, NOW - 700, "", "" };
}

static void
detected(struct scene *s)
{
	s->request.detected = (struct moment){ true, NOW - 600, "", "" };
}

static void
ended(struct scene *s)
{
	s->request.ended = (struct moment){ true, NOW - 50, "", "" };
}

static void
bare_component(struct scene *s)
{
	s->claim.level = LEVEL_UNSET;
}

static void
same_component(struct scene *s)
{
	s->claim.slug = "email-b";
}

static void
subject_component(struct scene *s)
{
	s->request.subject_component = "dns";
	s->request.subject_severity = 2;
}

static void
severity_and_reason(struct scene *s)
{
	s->request.reason = "only a few boxes";
}

static void
severity_1(struct scene *s)
{
	s->request.severity = 1;
}

static void
severity_5_paged(struct scene *s)
{
	s->armed[0] = (struct timer){ .kind = 2,
		.step = 1,
		.since = NOW - 60,
		.due = NOW + 240 };
	s->m.timers = s->armed;
	s->m.n_timers = 1;
}

static void
t3_armed(struct scene *s)
{
	severity_5_paged(s);
	s->armed[0].kind = 3;
}

static void
to_limited(struct scene *s)
{
	s->request.disclosure = DISCLOSURE_LIMITED;
}

static void
to_limited_and_handoff(struct scene *s)
{
	s->request.disclosure = DISCLOSURE_LIMITED;
	s->request.handoff_now = true;
}

static void
to_embargoed(struct scene *s)
{
	s->request.disclosure = DISCLOSURE_EMBARGOED;
}

static void
to_full(struct scene *s)
{
	s->request.disclosure = DISCLOSURE_FULL;
}

static void
to_full_unproved(struct scene *s)
{
	s->request.disclosure = DISCLOSURE_FULL;
	s->m.internal_only = true;
}

static void
to_full_by_both(struct scene *s)
{
	static const struct person both = { .slug = "lead",
		.name = "Both",
		.roles = ROLE_COMMS_LEAD | ROLE_SECURITY };

	s->request.disclosure = DISCLOSURE_FULL;
	s->sender.person = &both;
}

static void
handoff_now(struct scene *s)
{
	s->request.handoff_now = true;
}

static void
handoff_to(struct scene *s)
{
	s->request.handoff = "comms2";
}

static void
alone(struct scene *s)
{
	s->request.only_word = true;
}

static void
alone_on_dns(struct scene *s)
{
	alone(s);
	s->request.subject_component = "dns";
}

static void
alone_at_sev1(struct scene *s)
{
	alone(s);
	s->request.subject_severity = 1;
}

static void
draft_object(struct scene *s)
{
	s->route.object = 'd';
}

static void
by_pager(struct scene *s)
{
	s->sender.page_target = true;
}

static void
in_words(struct scene *s)
{
	s->request.objection = true;
}

static void
monitoring_word(struct scene *s)
{
	s->request.opening_word = STATE_MONITORING;
}

static void
both_roles(struct scene *s)
{
	static const struct person both = { .slug = "noc1",
		.name = "Both",
		.roles = ROLE_NOC | ROLE_COMMS };

	s->sender.person = &both;
}

static void
next_hour(struct scene *s)
{
	s->request.next = (struct promise){ PROMISE_AFTER, 3600 };
}

static void
said_shortly(struct scene *s)
{
	s->draft.social = "Short.";
}

static void
says_shortly(struct scene *s)
{
	said_shortly(s);
	s->request.social = "Shorter.";
}

static void
next_at(struct scene *s)
{
	s->request.next = (struct promise){ PROMISE_AT, NOW + 1800 };
}

static void
next_too_long(struct scene *s)
{
	s->request.next = (struct promise){ PROMISE_AFTER, 90000 };
}

static void
next_past(struct scene *s)
{
	s->request.next = (struct promise){ PROMISE_AT, NOW - 60 };
}

static void
next_none(struct scene *s)
{
	s->request.next = (struct promise){ PROMISE_NONE, 0 };
}

static void
state_of_command(struct scene *s)
{
	s->commands[0].state = STATE_IDENTIFIED;
}

static void
public_line(struct scene *s)
{
	s->request.public_line = "One line.";
}

static void
section_empty(struct scene *s)
{
	s->section.text = "";
}

static void
section_internal(struct scene *s)
{
	s->section = (struct section){ .text = "Only for us." };
}

static void
hold_for(struct scene *s)
{
	s->commands[0].seconds = 1800;
}

static void
draft_held_by_stranger(struct scene *s)
{
	s->draft.status = DRAFT_HELD;
	s->draft.status_by = "who@elsewhere.example";
}

static void
ends_as(struct scene *s, enum draft_status how)
{
	s->draft.status = how;
	s->draft.status_by = "comms2";
	s->draft.status_at = NOW - 30;
	s->m.open_draft = NULL;
}

static void
approved(struct scene *s)
{
	ends_as(s, DRAFT_APPROVED);
	s->post.draft = 2;
}

static void
approved_by_gone(struct scene *s)
{
	approved(s);
	s->draft.status_by = "left";
}

static void
approved_then_corrected(struct scene *s)
{
	approved(s);
	s->post.draft = 3;
}

static void
discarded(struct scene *s)
{
	ends_as(s, DRAFT_DISCARDED);
}

static void
stale(struct scene *s)
{
	ends_as(s, DRAFT_STALE);
}

static void
superseded(struct scene *s)
{
	s->other = s->draft;
	s->other.n = 3;
	ends_as(s, DRAFT_SUPERSEDED);
	s->m.open_draft = &s->other;
}

static void
to_resolved(struct scene *s)
{
	s->draft.state = STATE_RESOLVED;
	s->draft.promise = (struct promise){ PROMISE_NONE, 0 };
	s->draft.components = "email-b=operational";
}

static void
addendum(struct scene *s)
{
	to_resolved(s);
	s->event.state = s->post.state = STATE_RESOLVED;
	s->event.ended = s->draft.ended = NOW - 90;
}

static void
back_from_resolved(struct scene *s)
{
	s->event.state = STATE_RESOLVED;
}

static void
typo(struct scene *s)
{
	s->draft.typo = true;
}

static void
no_mail(struct scene *s)
{
	s->draft.notify = false;
}

/* Other lists than the draft's, and mail all the same. */
static void
elsewhere(struct scene *s)
{
	static const char *lists[] = { "example-status" };

	s->draft.lists = "b";
	s->draft.notify = false;
	s->request.lists = lists;
	s->request.n_lists = 1;
	s->request.notify = ASK_YES;
}

static void
own_impact(struct scene *s)
{
	s->draft.impact_text = "own";
}

static void
own_resellers(struct scene *s)
{
	s->draft.reseller_impact = "own";
}

static void
own_endusers(struct scene *s)
{
	s->draft.enduser_impact = "own";
}

static void
own_workaround(struct scene *s)
{
	s->draft.workaround = "own";
}

static void
own_lasting(struct scene *s)
{
	s->draft.lasting = "own";
}

static void
answered(struct scene *s)
{
	s->question.answered = NOW - 60;
}

static void
held_mail(struct scene *s)
{
	s->question.kind = QUESTION_HELD;
}

static void
page_object(struct scene *s)
{
	s->route.object = 't';
}

static void
every_field(struct scene *s)
{
	s->request.title = "New title";
	s->request.impact_text = "i";
	s->request.reseller_impact = "r";
	s->request.enduser_impact = "e";
	s->request.workaround = "w";
	s->request.lasting = "l";
	s->request.reason = "typing";
}

static void
internal_fields(struct scene *s)
{
	s->request.note = "n";
	s->request.cause = "c";
	s->request.fix = "f";
	s->request.prevention = "p";
	s->request.reason = "why";
	s->request.impact_text = "i";
}

static void
as_noc_and_late(struct scene *s)
{
	accepted(s);
	s->m.mail.written = NOW - 1000;
}

static void
limited_post(struct scene *s)
{
	s->post.limited = true;
}

static void
other_post(struct scene *s)
{
	s->post.u = 3;
}

static void
own_title(struct scene *s)
{
	s->draft.title = "Own title";
	s->draft.workaround = "Use the other one.";
	s->draft.promise = (struct promise){ PROMISE_AFTER, 1800 };
}

/* What comes after. */

static void
watched(struct scene *s)
{
	s->event.state = STATE_MONITORING;
}

static void
watched_on(struct scene *s)
{
	watched(s);
	s->commands[0].seconds = 1800;
	s->armed[0] = (struct timer){ .kind = 7,
		.step = 1,
		.since = NOW - 600,
		.due = NOW + 3000 };
	s->m.timers = s->armed;
	s->m.n_timers = 1;
}

static void
watched_a_minute(struct scene *s)
{
	watched(s);
	s->commands[0].seconds = 60;
}

static void
watched_too_long(struct scene *s)
{
	watched(s);
	s->commands[0].seconds = 90000;
}

static void
to_t7_watched(struct scene *s)
{
	watched(s);
	to_timer(s, 7);
}

static void
to_t10(struct scene *s)
{
	to_timer(s, 10);
}

static void
severity_4(struct scene *s)
{
	s->event.severity = 4;
}

/* By one who is NOC and security at once, and not proved for that. */
static void
loosens_too(struct scene *s)
{
	static const struct person both = { .slug = "noc1",
		.name = "Both",
		.roles = ROLE_NOC | ROLE_SECURITY };

	s->sender.person = &both;
	s->request.disclosure = DISCLOSURE_FULL;
}

static void
quiet_question(struct scene *s)
{
	s->question.kind = QUESTION_QUIET;
	s->event.ended = NOW - 60;
}

static void
quiet_answered(struct scene *s)
{
	quiet_question(s);
	s->question.answered = NOW - 30;
	s->question.answer = "quiet";
}

static void
by_key(struct scene *s)
{
	s->route.hit = HIT_KEY;
}

/* d2 tells of what ended quietly. */
static void
told_after(struct scene *s)
{
	to_resolved(s);
	s->event.ended = s->draft.ended = NOW - 60;
	s->draft.components = "email-b=partial_outage";
	s->draft.notify = false;
}

static void
over(struct scene *s)
{
	s->event.state = s->post.state = STATE_RESOLVED;
	s->post.components = "email-b=operational";
}

static void
why(struct scene *s)
{
	s->request.cause = "c";
	s->request.fix = "f";
	s->request.prevention = "p";
	s->request.problem = "PR-1";
}

static void
over_and_why(struct scene *s)
{
	over(s);
	why(s);
}

static void
over_to_full(struct scene *s)
{
	over(s);
	s->request.disclosure = DISCLOSURE_FULL;
}

static void
over_to_limited(struct scene *s)
{
	over(s);
	s->request.disclosure = DISCLOSURE_LIMITED;
}

static void
explained(struct scene *s)
{
	over(s);
	s->event.state = s->post.state = STATE_POSTMORTEM;
	s->post.review = (struct review){ "C", "F", "P", "PR-2" };
}

static void
explained_anew(struct scene *s)
{
	explained(s);
	why(s);
}

/* d2 is a postmortem. */
static void
why_waits(struct scene *s)
{
	over(s);
	to_resolved(s);
	s->draft.state = STATE_POSTMORTEM;
	s->draft.review = (struct review){ "C", "F", "P", "PR-2" };
}

static void
why_waits_too_long(struct scene *s)
{
	why_waits(s);
	s->event.state = STATE_POSTMORTEM;
}

/* comms1 is on call and wants comms2 to have it for an hour. */
static void
swap_wish(struct scene *s)
{
	s->held[0] = (struct shift){ .role = ROLE_COMMS, .level = 1 };
	s->m.held = s->held;
	s->m.n_held = 1;
	s->request.swap_with = "comms2";
	s->request.swap_until =
	    (struct moment){ .given = true, .at = NOW + 3600 };
}

static void
swap_with_self(struct scene *s)
{
	swap_wish(s);
	s->request.swap_with = "comms1";
}

static void
swap_without_role(struct scene *s)
{
	swap_wish(s);
	s->request.swap_with = "noc1";
}

static void
swap_off_duty(struct scene *s)
{
	swap_wish(s);
	s->m.n_held = 0;
}

static void
swap_in_the_past(struct scene *s)
{
	swap_wish(s);
	s->request.swap_until.at = NOW;
}

static void
swap_for_weeks(struct scene *s)
{
	swap_wish(s);
	s->request.swap_until.at = NOW + 14 * 86400 + 1;
}

/* That was asked for; the question is the sender's. */
static void
swap_asked(struct scene *s)
{
	swap_wish(s);
	s->question.kind = QUESTION_SWAP;
	s->swap = (struct swap){ .id = 3,
		.message = 9,
		.role = ROLE_COMMS,
		.level = 1,
		.giver = "comms1",
		.taker = "comms2",
		.until = NOW + 3600 };
	s->m.swaps = &s->swap;
	s->m.n_swaps = 1;
}

static void
swap_given(struct scene *s)
{
	swap_asked(s);
	s->swap.giver_yes = NOW - 60;
}

static void
swap_taken(struct scene *s)
{
	swap_asked(s);
	s->swap.taker_yes = NOW - 60;
}

static void
swap_refused(struct scene *s)
{
	swap_asked(s);
	s->swap.refused = NOW - 60;
}

static void
swap_over(struct scene *s)
{
	swap_asked(s);
	s->swap.until = NOW;
}

static void
swap_ended(struct scene *s)
{
	swap_asked(s);
	s->m.n_held = 0;
}

/* ---- nobody of Marketing answers ---- */

static void
t3_holding(struct scene *s)
{
	timer(s, T_FIRST_POST, 3);
	s->timer.since = NOW - 2700;
	s->conf.holding = 2;
}

static void
t3_holding_sev1_only(struct scene *s)
{
	t3_holding(s);
	s->conf.holding = 1;
}

static void
t3_holding_worded(struct scene *s)
{
	t3_holding(s);
	s->draft.title = "Tokyo is down";
	s->event.title = "Tokyo is down";
}

static void
t3_holding_identified(struct scene *s)
{
	t3_holding(s);
	s->draft.state = STATE_IDENTIFIED;
	s->draft.text = "Cause of Email Cluster B found.";
}

static void
t3_holding_low(struct scene *s)
{
	t3_holding(s);
	s->conf.severity[2].levels = 1;
}

static void
t3_low(struct scene *s)
{
	t3_holding_low(s);
	s->conf.holding = 0;
}

static void
t3_first_low(struct scene *s)
{
	t3_holding_low(s);
	timer(s, T_FIRST_POST, 1);
}

static void
t3_first_low_without(struct scene *s)
{
	t3_first_low(s);
	s->conf.holding = 0;
}

static void
t4_low(struct scene *s)
{
	timer(s, T_CADENCE, 4);
	s->conf.severity[2].levels = 2;
	s->conf.holding = 2;
}

static void
noc_stock(struct scene *s)
{
	s->conf.noc_may_publish = NOC_MAY_STOCK;
}

static void
noc_full(struct scene *s)
{
	s->conf.noc_may_publish = NOC_MAY_FULL;
}

static void
noc_armed(struct scene *s)
{
	noc_stock(s);
	s->armed[0] =
	    (struct timer){ .id = 4, .kind = T_FIRST_POST, .step = 2 };
	s->armed[1] = (struct timer){ .id = 5, .kind = T_ACK, .step = 3 };
	s->m.timers = s->armed;
	s->m.n_timers = 2;
}

static void
noc_no_ack(struct scene *s)
{
	noc_stock(s);
	s->conf.severity[2].ack = -1;
}

static void
noc_stock_own_title(struct scene *s)
{
	noc_stock(s);
	s->draft.title = "Tokyo is down";
}

static void
t2_asks(struct scene *s)
{
	t2_last(s);
	noc_armed(s);
	s->armed[1].id = s->timer.id;
}

static void
t2_asks_not_yet(struct scene *s)
{
	t2_asks(s);
	timer(s, T_ACK, 2);
}

static void
t2_asks_full(struct scene *s)
{
	t2_asks(s);
	noc_full(s);
}

static void
t2_asks_another(struct scene *s)
{
	t2_asks(s);
	s->armed[1].id = s->timer.id + 1;
}

static void
t2_asks_own_title(struct scene *s)
{
	t2_asks(s);
	s->draft.title = s->event.title = "Tokyo is down";
}

static void
t2_asks_duty(struct scene *s)
{
	static const enum who writers[] = { SUPPORT };

	t2_asks(s);
	crowd(s, &s->people.writers, 1, writers);
}

static void
posted_by_itself(struct scene *s)
{
	ends_as(s, DRAFT_APPROVED);
	s->draft.status_by = "";
}

/* Signed, the event named, after the draft or before. */
static void
signed_after(struct scene *s)
{
	s->sender.signed_at = s->draft.created;
	s->route.hit = HIT_KEY;
}

static void
signed_before(struct scene *s)
{
	s->sender.signed_at = s->draft.created - 1;
	s->route.hit = HIT_KEY;
}

static void
signed_elsewhere(struct scene *s)
{
	s->sender.signed_at = s->draft.created;
	s->route.hit = HIT_ADDRESS;
}

static void
signed_confirmed(struct scene *s)
{
	signed_after(s);
	s->m.confirmed = true;
}

/* ---- later, less often ---- */

static void
delay(struct scene *s)
{
	s->commands[0].seconds = 1800;
	s->event.next_update = NOW + 600;
}

static void
delay_overdue(struct scene *s)
{
	delay(s);
	s->event.next_update = NOW - 600;
}

static void
delay_long(struct scene *s)
{
	delay(s);
	s->commands[0].seconds = 90000;
}

static void
delay_then_same(struct scene *s)
{
	delay(s);
	s->commands[1].args = "";
}

static void
every_12h(struct scene *s)
{
	s->commands[0].seconds = 43200;
}

static void
every_12h_then_2h(struct scene *s)
{
	every_12h(s);
	next_hour(s);
}

static void
every_25h(struct scene *s)
{
	s->commands[0].seconds = 90000;
}

static void
every_12h_of_sev4(struct scene *s)
{
	every_12h(s);
	s->event.severity = 4;
	s->conf.severity[4].cadence_max = 259200;
}

static void
every_12h_resolved(struct scene *s)
{
	every_12h(s);
	s->request.state = STATE_RESOLVED;
}

static void
announces(struct scene *s)
{
	s->draft.cadence = 43200;
	s->draft.promise = (struct promise){ PROMISE_AFTER, 43200 };
}

static void
announced(struct scene *s)
{
	s->event.cadence = 43200;
}

static void
announced_and_due(struct scene *s)
{
	announced(s);
	s->draft.promise = (struct promise){ PROMISE_AFTER, 43200 };
}

/* ---- what a draft says too much of ---- */

static const struct note flood = { .text = "a ddos, 140 Gbps" };
static const struct note long_note = {
	.text = "we have found that the pool ran out of connections at noon"
};

static void
says_hole(struct scene *s)
{
	s->request.text = "See {{hole}}.";
}

static void
says_vendor(struct scene *s)
{
	s->request.text = "Cisco looks at it.";
}

static void
has_hole(struct scene *s)
{
	s->draft.text = "See {{hole}}.";
}

static void
has_vendor(struct scene *s)
{
	s->draft.text = "Cisco looks at it.";
}

static void
shown_vendor(struct scene *s)
{
	has_vendor(s);
	s->draft.marks = "vendor: cisco\n";
}

static void
has_note_words(struct scene *s)
{
	s->draft.text = long_note.text;
	s->m.written = &long_note;
	s->m.n_written = 1;
}

static void
attacked(struct scene *s)
{
	s->m.written = &flood;
	s->m.n_written = 1;
}

static void
attack_subject(struct scene *s)
{
	s->event.subject = "ddos on dns";
}

static void
says_full(struct scene *s)
{
	s->request.disclosure = DISCLOSURE_FULL;
}

static void
says_full_again(struct scene *s)
{
	says_full(s);
	s->event.disclosed = true;
}

static void
attack_full(struct scene *s)
{
	attacked(s);
	says_full(s);
}

static void
attack_limited(struct scene *s)
{
	attacked(s);
	s->request.disclosure = DISCLOSURE_LIMITED;
}

static void
attack_embargo(struct scene *s)
{
	attacked(s);
	s->request.disclosure = DISCLOSURE_EMBARGOED;
}

static void
attack_review(struct scene *s)
{
	attack_limited(s);
	s->draft.state = STATE_POSTMORTEM;
}

/* ---- two persons ---- */

static void
says_flood(struct scene *s)
{
	s->request.text = "A flood, 140 Gbps.";
}

static void
says_time(struct scene *s)
{
	s->request.text = "It began at 14:05.";
}

static void
says_title(struct scene *s)
{
	s->request.title = "Some logins fail";
}

static void
two_limited(struct scene *s)
{
	s->conf.two_person = TWO_LIMITED;
}

static void
one_exec(struct scene *s)
{
	s->draft.author = "exec";
}

static void
two_exec(struct scene *s)
{
	one_exec(s);
	two_limited(s);
}

static void
of_before(struct scene *s)
{
	s->draft.facts = "none\nemail-b=partial_outage\n2\nfull";
}

static void
two_sev1(struct scene *s)
{
	s->conf.two_person = TWO_SEV1;
	s->event.severity = 1;
	s->draft.facts = drafting_facts(&s->j, &s->event);
}

static void
says_flood_again(struct scene *s)
{
	says_flood(s);
	s->request.title = s->post.title;
}

static void
says_attack(struct scene *s)
{
	s->request.text = flood.text;
}

static void
t3_holding_attacked(struct scene *s)
{
	t3_holding(s);
	attacked(s);
}

#endif
