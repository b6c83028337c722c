/*
 * War rooms, as one table of decisions: who opens, asks, works in and closes
 * one, what is proposed by rule, and who gets which mail of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tales.h"

/* ---- what the bits of a row can't say ---- */

static struct room rooms[2];
static struct room_member seats_of[3];
static struct action actions[1];

static void
put(struct scene *s, size_t n)
{
	s->m.rooms = rooms;
	s->m.n_rooms = n;
	if (room_is_open(&rooms[n - 1]))
		s->m.room = &rooms[n - 1];
}

static struct room *
proposal(enum room_rule rule)
{
	rooms[0] = (struct room){ .id = 3,
		.event = 7,
		.rule = rule,
		.proposed = NOW - 300,
		.proposed_by = rule == RULE_REQUEST ? "noc1" : "",
		.asked = NOW - 299,
		.refused_by = "",
		.opened_by = "",
		.chair = "",
		.scribe = "",
		.comms_lead = "",
		.noc_lead = "",
		.bridge = "",
		.closed_by = "",
		.review_by = "" };
	return &rooms[0];
}

/* Chair comms2; noc1 hasn't been heard of yet. */
static void
open(struct scene *s)
{
	struct room *r = proposal(RULE_SEV1);

	seats_of[0] = (struct room_member){ "comms2", NOW - 200 };
	seats_of[1] = (struct room_member){ "noc1", 0 };
	seats_of[2] = (struct room_member){ "support", NOW - 100 };
	r->opened = NOW - 200;
	r->opened_by = r->chair = "comms2";
	r->members = seats_of;
	r->n_members = 2;
	put(s, 1);
}

static void
open_support(struct scene *s)
{
	open(s);
	rooms[0].n_members = 3;
}

static void
pending(struct scene *s)
{
	(void)proposal(RULE_REQUEST);
	put(s, 1);
}

static void
refused(struct scene *s)
{
	proposal(RULE_REQUEST)->refused = NOW - 100;
	rooms[0].refused_by = "comms2";
	put(s, 1);
}

static void
sev1(struct scene *s)
{
	s->event.severity = 1;
}

static void
sev1_unowned(struct scene *s)
{
	s->event.severity = 1;
	s->people.last_noc = &persons[NOC1];
}

static void
alone(struct scene *s)
{
	s->request.only_word = true;
}

static void
unproved(struct scene *s)
{
	s->m.internal_only = true;
}

static void
bridge(struct scene *s)
{
	s->conf.bridge = "the usual one";
	s->request.bridge = "+1 555";
}

static void
no_level2(struct scene *s)
{
	sev1(s);
	s->people.level2.n = 0;
}

static void
no_lead(struct scene *s)
{
	no_level2(s);
	s->conf.n_persons = LEAD;
}

static void
no_writer(struct scene *s)
{
	s->people.last_noc = NULL;
}

static void
nobody(struct scene *s)
{
	s->people.last_noc = NULL;
	s->people.noc.n = 0;
	s->people.oncall = NULL;
}

/* war-room open / chair comms1 / scribe noc2 */
static void
seats(struct scene *s)
{
	s->commands[0].args = "open";
	s->commands[1].args = "chair comms1";
	s->commands[2].args = "scribe noc2";
}

/* ---- timers ---- */

static void
timer(struct scene *s, int kind, int step)
{
	const struct matter was = s->m;

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
		.climbs = s->climbs,
		.n_climbs = was.n_climbs,
		.rooms = was.rooms,
		.n_rooms = was.n_rooms,
		.room = was.room,
		.posts = was.posts,
		.n_posts = was.n_posts };
}

static void
t15(struct scene *s)
{
	timer(s, 15, 1);
}

static void
t15_sev1(struct scene *s)
{
	sev1(s);
	timer(s, 15, 1);
}

static void
t15_again(struct scene *s)
{
	(void)proposal(RULE_SEV2);
	put(s, 1);
	timer(s, 15, 1);
}

static void
t15_open(struct scene *s)
{
	open(s);
	timer(s, 15, 1);
}

static void
t15_other(struct scene *s)
{
	pending(s);
	timer(s, 15, 1);
}

static void
t16(struct scene *s)
{
	pending(s);
	rooms[0].asked = 0;
	timer(s, 16, 1);
}

static void
t16_asked(struct scene *s)
{
	pending(s);
	timer(s, 16, 1);
}

static void
t16_refused(struct scene *s)
{
	refused(s);
	timer(s, 16, 1);
}

static void
t16_none(struct scene *s)
{
	timer(s, 16, 1);
}

static void
missed(struct scene *s, int before)
{
	for (int i = 0; i < 2; i++)
		s->climbs[i] = (struct climb){ .at = NOW - 9000,
			.level = 1,
			.kind = i < before ? 4 : 2,
			.step = 2,
			.persons = "comms1",
			.by = "",
			.reason = "",
			.acked_by = "" };
	s->m.n_climbs = 2;
	timer(s, 4, 2);
}

static void
t4_third(struct scene *s)
{
	missed(s, 2);
}

static void
t4_second(struct scene *s)
{
	missed(s, 1);
	s->climbs[1].kind = 4;
	s->climbs[1].step = 3;
}

static void
t4_open(struct scene *s)
{
	open(s);
	timer(s, 4, 2);
}

static void
t8(struct scene *s)
{
	open(s);
	rooms[0].scribe = "noc1";
	timer(s, 8, 1);
}

static void
t8_2(struct scene *s)
{
	open(s);
	timer(s, 8, 2);
}

static void
t9(struct scene *s)
{
	open(s);
	timer(s, 9, 1);
}

static void
t10(struct scene *s)
{
	open(s);
	rooms[0].closed = NOW - 100;
	rooms[0].review_by = "noc2";
	rooms[1] = rooms[0];
	rooms[1].review_by = "";
	s->m.room = NULL;
	put(s, 2);
	timer(s, 10, 1);
}

/* ---- words that call for one ---- */

static void
loss(struct scene *s)
{
	s->request.text = "There is data loss.";
}

static void
loss_again(struct scene *s)
{
	loss(s);
	(void)proposal(RULE_LOSS);
	put(s, 1);
}

static void
loss_noted(struct scene *s)
{
	loss(s);
	s->m.noted = true;
}

static void
no_loss(struct scene *s)
{
	s->request.text = "No data loss.";
}

static void
lasting(struct scene *s)
{
	s->request.lasting = "mail of an hour";
}

static void
lasting_none(struct scene *s)
{
	s->request.lasting = "none";
}

/* ---- the address of a proposal ---- */

static void
asked(struct scene *s)
{
	pending(s);
	s->route.object = 'w';
}

static void
asked_seats(struct scene *s)
{
	asked(s);
	rooms[0].chair = "lead";
	rooms[0].bridge = "+1 555";
}

static void
asked_refused(struct scene *s)
{
	refused(s);
	s->route.object = 'w';
}

static void
asked_open(struct scene *s)
{
	open(s);
	s->route.object = 'w';
}

static void
asked_nothing(struct scene *s)
{
	s->route.object = 'w';
}

/* ---- the address of the room ---- */

static void
elsewhere(struct scene *s)
{
	s->route.place = PLACE_WARROOM;
}

static void
here(struct scene *s)
{
	open(s);
	elsewhere(s);
}

static void
shut(struct scene *s)
{
	open(s);
	rooms[0].closed = NOW - 50;
	s->m.room = NULL;
	elsewhere(s);
}

static void
here_actions(struct scene *s)
{
	here(s);
	actions[0] = (struct action){ .text = "do it @noc2",
		.owner = "noc2",
		.due = "" };
	s->request.actions = actions;
	s->request.n_actions = 1;
	s->request.review = "Comms One";
}

static void
here_unknown(struct scene *s)
{
	here(s);
	s->request.review = "whoever";
}

static void
here_machine(struct scene *s)
{
	here(s);
	s->sender.machine = "auto";
}

static void
here_stranger(struct scene *s)
{
	here(s);
	s->sender.person = NULL;
}

static void
open_same(struct scene *s)
{
	open(s);
	s->draft.kind = POST_SAME;
}

static void
open_resolved(struct scene *s)
{
	open(s);
	s->draft.state = STATE_RESOLVED;
	s->draft.components = "email-b=operational";
	s->draft.promise = (struct promise){ PROMISE_NONE, 0 };
}

static void
t5_armed(struct scene *s)
{
	s->armed[0] = (struct timer){ .kind = 5, .step = 1, .due = NOW + 3000 };
	s->m.timers = s->armed;
	s->m.n_timers = 1;
}

/* ---- over ---- */

static void
over(struct scene *s)
{
	open(s);
	s->event.state = STATE_RESOLVED;
}

static void
over_named(struct scene *s)
{
	over(s);
	s->request.review = "noc2";
}

static void
over_wrong(struct scene *s)
{
	over(s);
	s->request.review = "whoever";
}

static void
over_before(struct scene *s)
{
	over(s);
	rooms[0].review_by = "sec";
}

static void
over_unowned(struct scene *s)
{
	over(s);
	s->event.owner = "";
}

static void
over_armed(struct scene *s)
{
	over(s);
	s->armed[0] = (struct timer){ .kind = 10, .step = 1, .due = NOW + 9 };
	s->m.timers = s->armed;
	s->m.n_timers = 1;
}

static void
over_sev3(struct scene *s)
{
	over(s);
	s->event.severity = 3;
}

static void
over_quiet(struct scene *s)
{
	open(s);
}

static void
over_here(struct scene *s)
{
	over(s);
	elsewhere(s);
}

static const struct tale tales[] = {
	/* clang-format off */
/* opening: who may */
{ { "the lead opens", LEAD, TRUST_A1, PH_OWNED, OWNED | TOKEN, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, NULL,
  "T8.1 +1800; room opened () lead/ +lead -comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "an executive opens, with members", EXEC, TRUST_A1, PH_OWNED, OWNED | TOKEN, { VERB_WAR_ROOM }, "open noc1, Comms Two and sec", 0, "", PH_OWNED }, NULL,
  "T8.1 +1800; room opened () exec/ +exec -comms1 -noc2 -noc1 -comms2 -sec",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead copy, exec receipt, sec copy" },
{ { "comms opens for SEV1", COMMS1, TRUST_A1, PH_OWNED, OWNED | TOKEN, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, sev1,
  "email-b=major_outage; T8.1 +1800; room opened () comms2/ +comms1 -comms2 -noc2",
  "noc1 copy, noc2 copy, comms1 receipt, comms2 copy, lead copy, exec copy" },
{ { "comms asks for SEV2", COMMS1, TRUST_A1, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, NULL,
  "T16.1 +0; room asked for (request) / +comms1",
  "comms1 receipt" },
{ { "NOC asks, also for SEV1", NOC1, TRUST_A1, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open noc2", 0, "", PH_OWNED }, sev1,
  "email-b=major_outage; T16.1 +0; room asked for (request) / +noc1 -noc2",
  "noc1 receipt" },
{ { "security asks", SEC, TRUST_A1, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, NULL,
  "T16.1 +0; room asked for (request) / +sec",
  "sec receipt" },
{ { "support does not", SUPPORT, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "E42", PH_OWNED }, NULL,
  "",
  "support receipt" },
{ { "an administrator does not", ADMIN, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "E42", PH_OWNED }, NULL,
  "",
  "admin receipt" },
{ { "unproved, the lead", LEAD, TRUST_A1, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "E43", PH_OWNED }, NULL,
  "asks parked",
  "lead receipt" },
{ { "unproved, NOC", NOC1, TRUST_A0K, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "E43", PH_OWNED }, NULL,
  "asks parked",
  "noc1 receipt" },
{ { "a yes carries it out", LEAD, TRUST_A1, PH_OWNED, OWNED | CONFIRMED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, NULL,
  "T8.1 +1800; room opened () lead/ +lead -comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "an unproved yes as well: it is internal", LEAD, TRUST_A0K, PH_OWNED, OWNED | CONFIRMED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, unproved,
  "T8.1 +1800; room opened () lead/ +lead -comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "an unknown name", LEAD, TRUST_A1, PH_OWNED, OWNED | TOKEN, { VERB_WAR_ROOM }, "open noc1 nobody", 0, "E24", PH_OWNED }, NULL,
  "",
  "lead receipt" },
{ { "open twice", LEAD, TRUST_A2, PH_OWNED, OWNED | TOKEN, { VERB_WAR_ROOM }, "open", 0, "E14", PH_OWNED }, open,
  "",
  "lead receipt" },
{ { "open, and the event is closed", LEAD, TRUST_A2, PH_CLOSED, OWNED | POSTED | REPLY | TOKEN, { VERB_WAR_ROOM }, "open", 0, "E11", PH_CLOSED }, NULL,
  "",
  "lead receipt" },
{ { "asked for twice", NOC1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "E14", PH_OWNED }, pending,
  "",
  "noc1 receipt" },
{ { "asked for after a no", NOC1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, refused,
  "T16.1 +0; room asked for (request) / +noc1",
  "noc1 receipt" },
{ { "the lead opens beside a question", LEAD, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, pending,
  "T8.1 +1800; room opened () lead/ +lead -comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "no event", LEAD, TRUST_A2, PH_NONE, NO_EVENT, { VERB_WAR_ROOM }, "open", 0, "E10", PH_NONE }, alone,
  "",
  "lead receipt" },
{ { "with the report itself", LEAD, TRUST_A2, PH_NONE, NO_EVENT | TEXT, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, NULL,
  "owner lead; sev 3; full; T1 off; T2 off; T3.1 +900; T8.1 +1800; note \"Some words.\"; room opened () lead/ +lead -comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "members without commas", LEAD, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open noc1 sec", 0, "", PH_OWNED }, NULL,
  "T8.1 +1800; room opened () lead/ +lead -comms1 -noc2 -noc1 -sec",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy, sec copy" },
{ { "a bridge of its own", LEAD, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, bridge,
  "T8.1 +1800; room opened () lead/ +lead -comms1 -noc2 at +1 555",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "a bridge of its own, asked for", NOC1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, bridge,
  "T16.1 +0; room asked for (request) / +noc1 at +1 555",
  "noc1 receipt" },
{ { "a late mail asks", LEAD, TRUST_A2, PH_OWNED, OWNED | LATE_MAIL, { VERB_WAR_ROOM }, "open", 0, "E43 W40", PH_OWNED }, NULL,
  "asks parked",
  "lead receipt" },
{ { "an old mail asks", LEAD, TRUST_A2, PH_OWNED, OWNED | OLD_MAIL, { VERB_WAR_ROOM }, "open", 0, "E43", PH_OWNED }, NULL,
  "asks parked",
  "lead receipt" },
{ { "with text", LEAD, TRUST_A2, PH_OWNED, OWNED | TEXT, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, NULL,
  "T8.1 +1800; note \"Some words.\"; room opened () lead/ +lead -comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
/* opening: who sits where */
{ { "level 2 is the chair", COMMS1, TRUST_A2, PH_HANDED_OFF, TOKEN, { VERB_WAR_ROOM }, "open", 0, "", PH_HANDED_OFF }, sev1_unowned,
  "email-b=major_outage; T8.1 +1800; room opened () comms2/ +comms1 -comms2 -noc1",
  "noc1 copy, noc2 copy, comms1 receipt, comms2 copy, lead copy, exec copy" },
{ { "no level 2: the lead is", COMMS1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, no_level2,
  "email-b=major_outage; T8.1 +1800; room opened () lead/ +comms1 -lead -noc2",
  "noc1 copy, noc2 copy, comms1 receipt, comms2 copy, lead copy, exec copy" },
{ { "no lead either: the opener", COMMS1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, no_lead,
  "email-b=major_outage; T8.1 +1800; room opened () comms1/ +comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 receipt, comms2 copy, lead copy, exec copy" },
{ { "nobody of NOC wrote", LEAD, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, no_writer,
  "T8.1 +1800; room opened () lead/ +lead -comms1 -noc1",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "nobody of NOC at all, and a gap", LEAD, TRUST_A2, PH_HANDED_OFF, TOKEN, { VERB_WAR_ROOM }, "open", 0, "", PH_HANDED_OFF }, nobody,
  "T8.1 +1800; room opened () lead/ +lead",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "seats in the same mail", LEAD, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM, VERB_WAR_ROOM, VERB_WAR_ROOM }, "chair", 0, "", PH_OWNED }, seats,
  "T8.1 +1800; room opened posts () comms1/noc2 +lead -comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "seats of a request", NOC1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM, VERB_WAR_ROOM, VERB_WAR_ROOM }, "chair", 0, "", PH_OWNED }, seats,
  "T16.1 +0; room asked for posts (request) comms1/noc2 +noc1 -comms1 -noc2",
  "noc1 receipt" },
{ { "seats of what is not opened", SUPPORT, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM, VERB_WAR_ROOM, VERB_WAR_ROOM }, "chair", 0, "E42", PH_OWNED }, seats,
  "",
  "support receipt" },
/* proposed by rule */
{ { "SEV1 too long", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t15_sev1,
  "room put (sev1) /",
  "comms2 preview" },
{ { "SEV2 too long", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t15,
  "room put (sev2) /",
  "comms2 preview" },
{ { "once", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t15_again,
  "",
  "" },
{ { "not while one is open", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t15_open,
  "",
  "" },
{ { "another rule asks anew", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t15_other,
  "room put (sev2) /",
  "comms2 preview" },
{ { "a proposal goes to level 2", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t16,
  "room put (request) /",
  "comms2 preview" },
{ { "... not twice", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t16_asked,
  "",
  "" },
{ { "... not after a no", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t16_refused,
  "",
  "" },
{ { "... nor of nothing", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t16_none,
  "",
  "" },
{ { "... nor when it is over", NOC1, TRUST_A2, PH_CLOSED, OWNED | POSTED, { 0 }, "", 0, "", PH_CLOSED }, t16,
  "",
  "" },
{ { "the third missed promise", NOC1, TRUST_A2, PH_PUBLIC, OWNED | POSTED, { 0 }, "", 0, "", PH_PUBLIC }, t4_third,
  "calls L1: comms1; T4.3 +600; T16.1 +0; room (missed) /",
  "comms1 page" },
{ { "the second missed promise", NOC1, TRUST_A2, PH_PUBLIC, OWNED | POSTED, { 0 }, "", 0, "", PH_PUBLIC }, t4_second,
  "calls L1: comms1; T4.3 +600",
  "comms1 page" },
{ { "data loss in a note", NOC1, TRUST_A2, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, loss,
  "T16.1 +0; note \"There is data loss.\"; room (loss) /",
  "noc1 receipt, noc2 copy, comms1 copy" },
{ { "data loss in a note, again", NOC1, TRUST_A2, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, loss_again,
  "note \"There is data loss.\"",
  "noc1 receipt, noc2 copy, comms1 copy" },
{ { "no data loss", NOC1, TRUST_A2, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, no_loss,
  "note \"No data loss.\"",
  "noc1 receipt, noc2 copy, comms1 copy" },
{ { "lasting effects", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, lasting,
  "T16.1 +0; note \"Lasting effects: mail of an hour\"; room (loss) /",
  "noc1 receipt, noc2 copy, comms1 copy" },
{ { "no lasting effects", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, lasting_none,
  "note \"Lasting effects: none\"",
  "noc1 receipt, noc2 copy, comms1 copy" },
{ { "data loss, and it is over", NOC1, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { 0 }, "", 0, "", PH_CLOSED }, loss,
  "note \"There is data loss.\"",
  "noc1 receipt, noc2 copy, comms1 copy" },
{ { "data loss of a mail that was noted", NOC1, TRUST_A2, PH_OWNED, OWNED | TEXT | CONFIRMED, { 0 }, "", 0, "", PH_OWNED }, loss_noted,
  "",
  "noc1 receipt" },
{ { "data loss beside a request", NOC1, TRUST_A2, PH_OWNED, OWNED | TEXT, { VERB_WAR_ROOM }, "open", 0, "", PH_OWNED }, loss,
  "T16.1 +0; note \"There is data loss.\"; room asked for (request) / +noc1",
  "noc1 receipt, noc2 copy, comms1 copy" },
/* the answer of level 2 */
{ { "yes", COMMS2, TRUST_A1, PH_OWNED, OWNED | TOKEN | REPLY, { VERB_YES }, "", 0, "", PH_OWNED }, asked,
  "T8.1 +1800; room opened (request) comms2/ +comms2 -comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt, lead copy, exec copy" },
{ { "no", COMMS2, TRUST_A1, PH_OWNED, OWNED | TOKEN | REPLY, { VERB_NO }, "", 0, "", PH_OWNED }, asked,
  "room refused (request) /",
  "noc1 copy, comms2 receipt" },
{ { "yes to a request with seats", COMMS2, TRUST_A1, PH_OWNED, OWNED | TOKEN | REPLY, { VERB_YES }, "", 0, "", PH_OWNED }, asked_seats,
  "T8.1 +1800; room opened (request) lead/ +comms2 -lead -comms1 -noc2 at +1 555",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt, lead copy, exec copy" },
{ { "yes of the lead", LEAD, TRUST_A1, PH_OWNED, OWNED | TOKEN | REPLY, { VERB_YES }, "", 0, "", PH_OWNED }, asked,
  "T8.1 +1800; room opened (request) lead/ +lead -comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "yes of NOC", NOC1, TRUST_A1, PH_OWNED, OWNED | TOKEN | REPLY, { VERB_YES }, "", 0, "E42", PH_OWNED }, asked,
  "",
  "noc1 receipt" },
{ { "yes without the token", COMMS2, TRUST_A1, PH_OWNED, OWNED | REPLY, { VERB_YES }, "", 0, "E42", PH_OWNED }, asked,
  "",
  "comms2 receipt" },
{ { "yes, unproved", COMMS2, TRUST_A0K, PH_OWNED, OWNED | TOKEN | REPLY, { VERB_YES }, "", 0, "E43", PH_OWNED }, asked,
  "asks parked",
  "comms2 receipt" },
{ { "yes after no", COMMS2, TRUST_A2, PH_OWNED, OWNED | TOKEN | REPLY, { VERB_YES }, "", 0, "E14", PH_OWNED }, asked_refused,
  "",
  "comms2 receipt" },
{ { "no after yes", COMMS2, TRUST_A2, PH_OWNED, OWNED | TOKEN | REPLY, { VERB_NO }, "", 0, "E14", PH_OWNED }, asked_open,
  "",
  "comms2 receipt" },
{ { "yes to nothing", COMMS2, TRUST_A2, PH_OWNED, OWNED | TOKEN | REPLY, { VERB_YES }, "", 0, "E14", PH_OWNED }, asked_nothing,
  "",
  "comms2 receipt" },
{ { "yes when it is over", COMMS2, TRUST_A2, PH_CLOSED, OWNED | POSTED | TOKEN | REPLY, { VERB_YES }, "", 0, "E14", PH_CLOSED }, asked,
  "",
  "comms2 receipt" },
{ { "hold to it is no answer", COMMS1, TRUST_A2, PH_OWNED, OWNED | TOKEN | REPLY, { VERB_HOLD }, "", 0, "E14", PH_OWNED }, asked,
  "",
  "comms1 receipt" },
/* at work */
{ { "no room", NOC1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "join", 0, "E13", PH_OWNED }, NULL,
  "",
  "noc1 receipt" },
{ { "no room: sitrep", NOC1, TRUST_A2, PH_OWNED, OWNED | TEXT, { VERB_WAR_ROOM }, "sitrep", 0, "E13", PH_OWNED }, NULL,
  "note \"Some words.\"",
  "noc1 receipt, noc2 copy, comms1 copy" },
{ { "no room: scribe", NOC1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "scribe noc1", 0, "E13", PH_OWNED }, NULL,
  "",
  "noc1 receipt" },
{ { "no room: chair", LEAD, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "chair noc1", 0, "E13", PH_OWNED }, NULL,
  "",
  "lead receipt" },
{ { "no room: close", LEAD, TRUST_A2, PH_OWNED, OWNED | TEXT, { VERB_WAR_ROOM }, "close", 0, "E13", PH_OWNED }, NULL,
  "note \"Some words.\"",
  "noc1 copy, noc2 copy, comms1 copy, lead receipt" },
{ { "join", NOC2, TRUST_A1, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "join", 0, "", PH_OWNED }, open,
  "room joined (sev1) comms2/ +comms2 -noc1 +noc2",
  "noc2 receipt" },
{ { "join, named before", NOC1, TRUST_A1, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "join", 0, "", PH_OWNED }, open,
  "room joined (sev1) comms2/ +comms2 +noc1",
  "noc1 receipt" },
{ { "join others and me", NOC2, TRUST_A1, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "join sec, noc2", 0, "", PH_OWNED }, open,
  "room joined (sev1) comms2/ +comms2 -noc1 -sec +noc2",
  "noc2 receipt, sec copy" },
{ { "join somebody unknown", NOC2, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "join who", 0, "E24", PH_OWNED }, open,
  "",
  "noc2 receipt" },
{ { "support does not join", SUPPORT, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "join", 0, "E42", PH_OWNED }, open,
  "",
  "support receipt" },
{ { "support, once a member, does", SUPPORT, TRUST_A2, PH_OWNED, OWNED | TEXT, { VERB_WAR_ROOM }, "sitrep", 0, "", PH_OWNED }, open_support,
  "T8.1 +1800; note \"Some words.\"; room sitrep minute (sev1) comms2/ +comms2 -noc1 +support as sitrep",
  "noc1 copy, comms2 copy, support receipt" },
{ { "chair by the chair", COMMS2, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "chair lead", 0, "", PH_OWNED }, open,
  "room posts (sev1) lead/ +comms2 -noc1 -lead",
  "noc1 copy, comms2 receipt, lead copy" },
{ { "chair by the lead", LEAD, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "chair lead", 0, "", PH_OWNED }, open,
  "room posts (sev1) lead/ +comms2 -noc1 -lead",
  "noc1 copy, comms2 copy, lead receipt" },
{ { "chair by an executive", EXEC, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "chair exec", 0, "", PH_OWNED }, open,
  "room posts (sev1) exec/ +comms2 -noc1 -exec",
  "noc1 copy, comms2 copy, exec receipt" },
{ { "chair by NOC", NOC1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "chair noc1", 0, "E42", PH_OWNED }, open,
  "",
  "noc1 receipt" },
{ { "chair of nobody", COMMS2, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "chair", 0, "E24", PH_OWNED }, open,
  "",
  "comms2 receipt" },
{ { "chair of two", COMMS2, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "chair noc1, noc2", 0, "E24", PH_OWNED }, open,
  "",
  "comms2 receipt" },
{ { "chair of somebody unknown", COMMS2, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "chair who", 0, "E24", PH_OWNED }, open,
  "",
  "comms2 receipt" },
{ { "chair, unproved", COMMS2, TRUST_A1, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "chair lead", 0, "E43", PH_OWNED }, open,
  "asks parked",
  "comms2 receipt" },
{ { "scribe", NOC1, TRUST_A1, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "scribe noc2", 0, "", PH_OWNED }, open,
  "room posts (sev1) comms2/noc2 +comms2 -noc1 -noc2",
  "noc1 receipt, noc2 copy, comms2 copy" },
{ { "scribe of nobody", NOC1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "scribe", 0, "E24", PH_OWNED }, open,
  "",
  "noc1 receipt" },
{ { "scribe by support", SUPPORT, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "scribe noc1", 0, "E42", PH_OWNED }, open,
  "",
  "support receipt" },
{ { "sitrep", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT, { VERB_WAR_ROOM }, "sitrep", 0, "", PH_OWNED }, open,
  "T8.1 +1800; note \"Some words.\"; room sitrep minute (sev1) comms2/ +comms2 +noc1 as sitrep",
  "noc1 receipt, comms2 copy" },
{ { "sitrep on its line", NOC1, TRUST_A1, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "sitrep all is known", 0, "", PH_OWNED }, open,
  "T8.1 +1800; note \"all is known\"; room sitrep minute (sev1) comms2/ +comms2 +noc1 as sitrep",
  "noc1 receipt, comms2 copy" },
{ { "sitrep without words", NOC1, TRUST_A2, PH_OWNED, OWNED, { VERB_WAR_ROOM }, "sitrep", 0, "E24", PH_OWNED }, open,
  "",
  "noc1 receipt" },
{ { "sitrep by support", SUPPORT, TRUST_A2, PH_OWNED, OWNED | TEXT, { VERB_WAR_ROOM }, "sitrep", 0, "E42", PH_OWNED }, open,
  "note \"Some words.\"",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, support receipt" },
{ { "an older mail of the room", NOC1, TRUST_A2, PH_OWNED, OWNED | TEXT | LATE_MAIL, { VERB_WAR_ROOM }, "sitrep", 0, "W40", PH_OWNED }, open,
  "T8.1 +1800; note late \"Some words.\"; room sitrep minute (sev1) comms2/ +comms2 +noc1 as sitrep",
  "noc1 receipt, comms2 copy" },
/* the minutes */
{ { "a mail to the room", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, here,
  "note \"Some words.\"; room minute (sev1) comms2/ +comms2 +noc1 as minute",
  "noc1 receipt, comms2 copy" },
{ { "of one who is no member", SUPPORT, TRUST_A1, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, here,
  "note \"Some words.\"; room minute (sev1) comms2/ +comms2 -noc1 as minute",
  "noc1 copy, comms2 copy, support receipt" },
{ { "of one who isn't proved", NOC1, TRUST_A0K, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, here,
  "note unverified \"Some words.\"; room minute (sev1) comms2/ +comms2 +noc1 as minute",
  "noc1 receipt, comms2 copy" },
{ { "with actions and a name", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, here_actions,
  "note \"Some words.\"; room minute (sev1) comms2/ +comms2 +noc1 review comms1 action do it @noc2 as minute",
  "noc1 receipt, comms2 copy" },
{ { "with a name that nobody has", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, here_unknown,
  "note \"Some words.\"; room minute (sev1) comms2/ +comms2 +noc1 as minute",
  "noc1 receipt, comms2 copy" },
{ { "a draft of comms", COMMS1, TRUST_A1, PH_OWNED, OWNED | TEXT, { VERB_DRAFT }, "", 0, "", PH_OWNED }, here,
  "draft investigating \"Some words.\" by comms1, +3600; T2 off; T6.1 +600; room (sev1) comms2/ +comms2 -noc1",
  "noc1 copy, noc2 copy+check, comms1 preview, comms2 copy" },
{ { "without words", NOC1, TRUST_A1, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, here,
  "room (sev1) comms2/ +comms2 +noc1",
  "noc1 receipt" },
{ { "a note beside the room", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, open,
  "note \"Some words.\"",
  "noc1 receipt, noc2 copy, comms1 copy, comms2 copy" },
{ { "a mail to no room", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, elsewhere,
  "note \"Some words.\"",
  "noc1 receipt, noc2 copy, comms1 copy" },
{ { "a mail to a closed room", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, shut,
  "note \"Some words.\"",
  "noc1 receipt, noc2 copy, comms1 copy" },
{ { "a machine", NOC1, TRUST_A2, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, here_machine,
  "auto",
  "" },
{ { "a stranger", NOC1, TRUST_A0, PH_OWNED, OWNED | TEXT, { 0 }, "", 0, "", PH_OWNED }, here_stranger,
  "held",
  "" },
{ { "sitrep to the room", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT, { VERB_WAR_ROOM }, "sitrep", 0, "", PH_OWNED }, here,
  "T8.1 +1800; note \"Some words.\"; room sitrep minute (sev1) comms2/ +comms2 +noc1 as sitrep",
  "noc1 receipt, comms2 copy" },
/* the process in a room */
{ { "same: the room hears it", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | OWN | ASKED | TOKEN, { VERB_YES }, "", 0, "", PH_PUBLIC }, open_same,
  "next +7200; d2 approved by comms1; u2r1 investigating \"We are on it.\" email-b=partial_outage, next +7200; T2 off; T4.1 +6000; T5.1 +1800",
  "noc1 published, comms1 receipt, comms2 published" },
{ { "a post: promises and facts", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | OWN | ASKED | TOKEN, { VERB_YES }, "", 0, "", PH_PUBLIC }, open,
  "next +7200; d2 approved by comms1; u2r1 investigating \"We are on it.\" email-b=partial_outage, next +7200; T2 off; T4.1 +6000; T5.1 +1800",
  "noc1 published, noc2 published, comms1 receipt, comms2 published, lead published" },
{ { "a draft promises an hour", COMMS1, TRUST_A1, PH_OWNED, OWNED | TEXT, { VERB_DRAFT }, "", 0, "", PH_OWNED }, open,
  "draft investigating \"Some words.\" by comms1, +3600; T2 off; T6.1 +600",
  "noc1 copy, noc2 copy+check, comms1 preview, comms2 copy" },
{ { "the end: the room is left", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | OWN | ASKED | TOKEN, { VERB_YES }, "", 0, "", PH_PUBLIC }, open_resolved,
  "state resolved; ended +0; d2 approved by comms1; u2r1 resolved \"We are on it.\" email-b=operational, no promise; T2 off; timers off; T10.1 +604800; T9.1 +3600",
  "noc1 published, noc2 published, comms1 receipt, comms2 published, lead published" },
{ { "opened while facts are asked for", LEAD, TRUST_A2, PH_PUBLIC, OWNED | POSTED, { VERB_WAR_ROOM }, "open", 0, "", PH_PUBLIC }, t5_armed,
  "T5 off; T8.1 +1800; T5.1 +1800; room opened () lead/ +lead -comms1 -noc2",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt, exec copy" },
{ { "T8", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t8,
  "T8.2 +2100",
  "noc1 preview, comms2 preview" },
{ { "T8, level 3", NOC1, TRUST_A2, PH_OWNED, OWNED, { 0 }, "", 0, "", PH_OWNED }, t8_2,
  "calls L3: exec",
  "noc1 copy, comms2 copy, exec page" },
{ { "T9", NOC1, TRUST_A2, PH_CLOSED, OWNED | POSTED, { 0 }, "", 0, "", PH_CLOSED }, t9,
  "T9.1 +14400",
  "comms2 preview" },
{ { "a promise missed", NOC1, TRUST_A2, PH_PUBLIC, OWNED | POSTED, { 0 }, "", 0, "", PH_PUBLIC }, t4_open,
  "calls L1: comms1; T4.3 +600",
  "noc1 copy, comms1 page, comms2 copy" },
{ { "T10 goes to whom the room named", NOC1, TRUST_A2, PH_CLOSED, OWNED | POSTED, { 0 }, "", 0, "", PH_CLOSED }, t10,
  "T10.2 +1209000",
  "noc2 preview" },
/* closing */
{ { "by the chair", COMMS2, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "", PH_CLOSED }, over,
  "T8 off; T9 off; T10.1 +604800; note \"Some words.\"; room closed minute (sev1) comms2/ +comms2 -noc1 review comms1 as sitrep",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt, lead copy, exec copy" },
{ { "by an executive", EXEC, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "", PH_CLOSED }, over,
  "T8 off; T9 off; T10.1 +604800; note \"Some words.\"; room closed minute (sev1) comms2/ +comms2 -noc1 review comms1 as sitrep",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead copy, exec receipt" },
{ { "by the lead who is not the chair", LEAD, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "E42", PH_CLOSED }, over,
  "note \"Some words.\"",
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy, lead receipt" },
{ { "by NOC", NOC1, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "E42", PH_CLOSED }, over,
  "note \"Some words.\"",
  "noc1 receipt, noc2 copy, comms1 copy, comms2 copy" },
{ { "before it is over", COMMS2, TRUST_A2, PH_OWNED, OWNED | TEXT, { VERB_WAR_ROOM }, "close", 0, "E13", PH_OWNED }, open,
  "note \"Some words.\"",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt" },
{ { "without a closing sitrep", COMMS2, TRUST_A2, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_WAR_ROOM }, "close", 0, "E24", PH_CLOSED }, over,
  "",
  "comms2 receipt" },
{ { "unproved", COMMS2, TRUST_A1, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "E43", PH_CLOSED }, over,
  "note \"Some words.\"; asks parked",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt" },
{ { "postmortem named", COMMS2, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "", PH_CLOSED }, over_named,
  "T8 off; T9 off; T10.1 +604800; note \"Some words.\"; room closed minute (sev1) comms2/ +comms2 -noc1 review noc2 as sitrep",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt, lead copy, exec copy" },
{ { "postmortem named wrong", COMMS2, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "E24", PH_CLOSED }, over_wrong,
  "note \"Some words.\"",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt" },
{ { "postmortem named before", COMMS2, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "", PH_CLOSED }, over_before,
  "T8 off; T9 off; T10.1 +604800; note \"Some words.\"; room closed minute (sev1) comms2/ +comms2 -noc1 review sec as sitrep",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt, lead copy, exec copy" },
{ { "without an owner: the chair", COMMS2, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "", PH_CLOSED }, over_unowned,
  "T8 off; T9 off; T10.1 +604800; note \"Some words.\"; room closed minute (sev1) comms2/ +comms2 -noc1 review comms2 as sitrep",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt, lead copy, exec copy" },
{ { "T10 is armed", COMMS2, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "", PH_CLOSED }, over_armed,
  "T8 off; T9 off; note \"Some words.\"; room closed minute (sev1) comms2/ +comms2 -noc1 review comms1 as sitrep",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt, lead copy, exec copy" },
{ { "of SEV3", COMMS2, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "", PH_CLOSED }, over_sev3,
  "email-b=degraded_performance; T8 off; T9 off; T10.1 +604800; note \"Some words.\"; room closed minute (sev1) comms2/ +comms2 -noc1 review comms1 as sitrep",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt, lead copy, exec copy" },
{ { "of what was closed quietly", COMMS2, TRUST_A2, PH_CLOSED_QUIET, OWNED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "", PH_CLOSED_QUIET }, over_quiet,
  "T8 off; T9 off; note \"Some words.\"; room closed minute (sev1) comms2/ +comms2 -noc1 review comms1 as sitrep",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt, lead copy, exec copy" },
{ { "at its address", COMMS2, TRUST_A2, PH_CLOSED, OWNED | POSTED | TEXT | REPLY, { VERB_WAR_ROOM }, "close", 0, "", PH_CLOSED }, over_here,
  "T8 off; T9 off; T10.1 +604800; note \"Some words.\"; room closed minute (sev1) comms2/ +comms2 -noc1 review comms1 as sitrep",
  "noc1 copy, noc2 copy, comms1 copy, comms2 receipt, lead copy, exec copy" },
	/* clang-format on */
};

static bool
holds(const struct tale *t)
{
	struct scene s;
	bool good;

	scene_set(&s, &t->row);
	s.conf.bridge = "";
	if (t->tweak != NULL)
		t->tweak(&s);
	decide(&s.j, &s.m, &s.v);
	good = tale_words(t, &s);
	job_end(&s.j);
	return good;
}

static void
every_tale(void **state)
{
	(void)state;
	tales_hold(holds, tales, sizeof tales / sizeof *tales);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_tale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
