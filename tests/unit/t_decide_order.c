/*
 * Deciding about two incidents that are one: who may merge and part them,
 * what is asked first, what becomes of both; and a false alarm that was public
 * is withdrawn as a whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tales.h"

#include "text/ladder.h"
#include "text/merging.h"

/* ---- the other ---- */

struct pair {
	struct event event;
	struct touch touches[2];
	struct people people;
	struct timer armed[2];
	struct draft draft;
	struct post post;
	struct matter m;
};

static struct pair *
pair_of(struct scene *s)
{
	struct pair *p = arena_alloc(s->j.mem, sizeof *p);

	memset(p, 0, sizeof *p);
	p->event = s->event;
	p->event.id = 8;
	p->event.number = 41;
	p->event.phase = PH_OWNED;
	p->event.state = STATE_NONE;
	p->event.closed = 0;
	p->event.disclosure = DISCLOSURE_FULL;
	p->event.owner = "comms2";
	p->event.severity = 3;
	p->touches[0] = (struct touch){ "webmail", LEVEL_DEGRADED, true };
	p->event.touches = p->touches;
	p->event.n_touches = 1;
	p->people = s->people;
	p->m = (struct matter){ .conf = &s->conf,
		.stock = &stock,
		.people = &p->people,
		.event = &p->event };
	s->m.other = &p->m;
	s->conf.url = "https://status.example/";
	return p;
}

static struct pair *
other(struct scene *s)
{
	return (struct pair *)((char *)(uintptr_t)s->m.other -
			       offsetof(struct pair, m));
}

static void
two(struct scene *s)
{
	(void)pair_of(s);
}

static void
itself(struct scene *s)
{
	pair_of(s)->event.id = 7;
}

static void
a_drill(struct scene *s)
{
	pair_of(s)->event.kind = "drill";
}

static void
closed(struct scene *s)
{
	pair_of(s)->event.phase = PH_CLOSED;
}

static void
nobody_on_call(struct scene *s)
{
	two(s);
	s->people.oncall = NULL;
}

static void
endorsed(struct scene *s)
{
	two(s);
	s->m.endorsed = true;
}

/* It is handed off by the severity that it gets. */
static void
not_handed_off(struct scene *s)
{
	struct pair *p = pair_of(s);

	p->event.phase = PH_OPEN;
	p->event.began = p->event.opened = NOW - 60;
	p->event.severity = 4;
	s->event.severity = 1;
	p->armed[0] = (struct timer){ .event = 8,
		.kind = T_HAND_OFF,
		.step = 1,
		.since = NOW - 60,
		.due = NOW + 840 };
	p->m.timers = p->armed;
	p->m.n_timers = 1;
}

/* Its promise stays. */
static void
promised(struct scene *s)
{
	struct pair *p = pair_of(s);

	p->event.phase = PH_PUBLIC;
	p->event.state = STATE_INVESTIGATING;
	p->event.next_update = NOW + 3000;
	p->armed[0] = (struct timer){ .event = 8,
		.kind = T_CADENCE,
		.step = 2,
		.since = NOW - 60,
		.due = NOW + 3000 };
	p->armed[1] = (struct timer){ .event = 8,
		.kind = T_PROPOSE,
		.step = 1,
		.since = NOW - 60,
		.due = NOW + 9000 };
	p->m.timers = p->armed;
	p->m.n_timers = 2;
	s->conf.severity[2].cadence = 600;
	p->post = (struct post){ .u = 1, .r = 1, .lists = "" };
	p->m.posts = &p->post;
	p->m.n_posts = 1;
}

static void
guarded(struct scene *s)
{
	struct pair *p = pair_of(s);

	p->draft = (struct draft){ .n = 3, .status = DRAFT_PENDING };
	p->m.open_draft = &p->draft;
}

/* ---- merged already ---- */

static void
merged(struct scene *s)
{
	struct pair *p = pair_of(s);

	s->event.phase = PH_MERGED;
	s->event.merged = 8;
	s->event.merged_at = NOW - 3600;
	s->event.before = merging_facts(s->j.mem, &p->event);
	merging_join(s->j.mem, &s->event, &p->event);
}

static void
merged_long(struct scene *s)
{
	merged(s);
	s->event.merged_at = NOW - DAY - 1;
}

static void
merged_lost(struct scene *s)
{
	merged(s);
	s->m.other = NULL;
}

static void
merged_endorsed(struct scene *s)
{
	merged(s);
	s->m.endorsed = true;
}

static void
merged_closed(struct scene *s)
{
	merged(s);
	other(s)->event.phase = PH_CLOSED;
}

/* u1 investigating, u2 says where it is followed. */
static void
merged_public(struct scene *s)
{
	struct post *all = arena_array(s->j.mem, 2, sizeof *all);

	merged(s);
	all[0] = all[1] = s->post;
	all[1].u = 2;
	all[1].kind = POST_MERGED;
	all[1].state = STATE_RESOLVED;
	all[1].components = "email-b=operational";
	s->m.posts = all;
	s->m.n_posts = 2;
	s->event.state = STATE_RESOLVED;
}

/* Nothing but what was told after the fact. */
static void
merged_told(struct scene *s)
{
	merged(s);
	s->post.state = STATE_RESOLVED;
	s->event.state = STATE_RESOLVED;
}

/* ---- a yes ---- */

static void
yes_merge(struct scene *s)
{
	two(s);
	s->draft.kind = POST_MERGED;
	s->draft.stock = false;
	s->draft.state = STATE_RESOLVED;
	s->draft.reason = "INC-2026-0041";
	s->draft.components = "email-b=operational";
	s->draft.promise = (struct promise){ PROMISE_NONE, 0 };
}

static void
yes_merge_closed(struct scene *s)
{
	yes_merge(s);
	other(s)->event.phase = PH_VOID;
}

static void
yes_split(struct scene *s)
{
	merged_public(s);
	s->draft.facts = drafting_facts(&s->j, &s->event);
	s->draft.promise = (struct promise){ PROMISE_AFTER, 7200 };
}

static void
yes_split_late(struct scene *s)
{
	yes_split(s);
	s->event.merged_at = NOW - DAY - 1;
}

static void
yes_correction(struct scene *s)
{
	yes_split_late(s);
	s->draft.correct = 1;
}

/* ---- withdrawn as a whole ---- */

static void
all_of_it(struct scene *s)
{
	s->request.amend = AMEND_VOID;
	s->request.reason = "the probe was wrong";
}

static void
no_reason(struct scene *s)
{
	s->request.amend = AMEND_VOID;
}

static void
a_report(struct scene *s)
{
	all_of_it(s);
	s->event.kind = "report";
	s->event.state = STATE_NONE;
}

static void
explained(struct scene *s)
{
	all_of_it(s);
	s->event.state = STATE_POSTMORTEM;
}

static void
twice(struct scene *s)
{
	all_of_it(s);
	s->post.kind = POST_VOIDED;
	s->event.state = STATE_RESOLVED;
}

static void
over(struct scene *s)
{
	all_of_it(s);
	s->post.state = s->event.state = STATE_RESOLVED;
}

static void
yes_void(struct scene *s)
{
	s->draft.kind = POST_VOIDED;
	s->draft.stock = false;
	s->draft.components = "email-b=operational";
	s->draft.state = STATE_RESOLVED;
	s->draft.promise = (struct promise){ PROMISE_NONE, 0 };
}

#define PROVED OWNED | TOKEN
#define PUBLIC_NOW PH_PUBLIC, OWNED | POSTED | TOKEN
#define YES PH_PUBLIC, OWNED | OWN | ASKED | TOKEN | POSTED
#define YES_MERGED PH_MERGED, OWNED | OWN | ASKED | TOKEN | POSTED | REPLY

static const struct tale tales[] = {
	/* clang-format off */
/* who may */
{ { "merge by support", SUPPORT, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0041", 0, "E42", PH_OWNED }, two, "", NULL },
{ { "merge unproved waits", COMMS1, TRUST_A1, PH_OWNED, OWNED, { VERB_MERGE }, "0041", DID_PARK, "E43", PH_OWNED }, two, NULL, NULL },
{ { "merge into nothing", COMMS1, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0041", 0, "E10", PH_OWNED }, NULL, "", NULL },
{ { "merge into itself", COMMS1, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0042", 0, "E13", PH_OWNED }, itself, "", NULL },
{ { "merge into a drill", COMMS1, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0041", 0, "E13", PH_OWNED }, a_drill, "", NULL },
{ { "merge into what is over", COMMS1, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0041", 0, "E13", PH_OWNED }, closed, "", NULL },
{ { "merge what is over", COMMS1, TRUST_A1, PH_CLOSED, PROVED, { VERB_MERGE }, "0041", 0, "E11", PH_CLOSED }, two, "", NULL },
{ { "merge, and a report", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | TOKEN, { VERB_MERGE }, "0041", DID_OPEN, "E10", PH_OWNED }, NULL, NULL, NULL },
{ { "merge, and no report", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TOKEN, { VERB_MERGE }, "0041", 0, "E10", PH_NONE }, NULL, NULL, NULL },
/* what isn't public */
{ { "merge by NOC is asked for", NOC1, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0041", DID_ORDER, "", PH_OWNED }, two,
  NULL, "noc1 receipt, comms1 preview" },
{ { "merge by NOC, nobody on call", NOC1, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0041", 0, "E42", PH_OWNED }, nobody_on_call, NULL, NULL },
{ { "merge by NOC, said yes to", NOC1, TRUST_A1, PH_OWNED, OWNED | CONFIRMED, { VERB_MERGE }, "0041", DID_ORDER, "", PH_MERGED }, endorsed, NULL,
  "noc1 copy, noc2 copy, comms1 copy, comms2 copy" },
{ { "merge", COMMS1, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0041", DID_ORDER, "", PH_MERGED }, two, NULL, NULL },
{ { "merge, and a draft waits", COMMS1, TRUST_A1, PH_OWNED, PROVED | OWN, { VERB_MERGE }, "0041", DID_ORDER, "", PH_MERGED }, two, NULL, NULL },
{ { "merge raises to a hand-off", COMMS1, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0041", DID_ORDER, "", PH_MERGED }, not_handed_off, NULL, NULL },
{ { "merge keeps a promise", COMMS1, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0041", DID_ORDER, "", PH_MERGED }, promised, NULL, NULL },
{ { "merge of what is limited drops a draft", COMMS1, TRUST_A1, PH_OWNED, PROVED | LIMITED, { VERB_MERGE }, "0041", DID_ORDER, "", PH_MERGED }, guarded, NULL, NULL },
{ { "merge, and the other has a draft", COMMS1, TRUST_A1, PH_OWNED, PROVED, { VERB_MERGE }, "0041", DID_ORDER, "", PH_MERGED }, guarded, NULL, NULL },
/* apart again */
{ { "split what isn't merged", COMMS1, TRUST_A1, PH_OWNED, PROVED, { VERB_SPLIT }, "0042", 0, "E13", PH_OWNED }, two, "", NULL },
{ { "split without the other", COMMS1, TRUST_A1, PH_MERGED, PROVED, { VERB_SPLIT }, "0042", 0, "E13", PH_MERGED }, merged_lost, "", NULL },
{ { "split a day later", COMMS1, TRUST_A1, PH_MERGED, PROVED, { VERB_SPLIT }, "0042", 0, "E13", PH_MERGED }, merged_long, "", NULL },
{ { "split by support", SUPPORT, TRUST_A1, PH_MERGED, PROVED, { VERB_SPLIT }, "0042", 0, "E42", PH_MERGED }, merged, "", NULL },
{ { "split by NOC is asked for", NOC1, TRUST_A1, PH_MERGED, PROVED, { VERB_SPLIT }, "0042", DID_ORDER, "", PH_MERGED }, merged, NULL, "noc1 receipt, comms1 preview" },
{ { "split by NOC, said yes to", NOC1, TRUST_A1, PH_MERGED, OWNED | CONFIRMED, { VERB_SPLIT }, "0042", DID_ORDER | DID_HAND_OFF, "", PH_HANDED_OFF }, merged_endorsed, NULL, NULL },
{ { "split", COMMS1, TRUST_A1, PH_MERGED, PROVED, { VERB_SPLIT }, "0042", DID_ORDER | DID_ACK, "", PH_OWNED }, merged, NULL, NULL },
{ { "split from what is over", COMMS1, TRUST_A1, PH_MERGED, PROVED, { VERB_SPLIT }, "0042", DID_ORDER | DID_ACK, "", PH_OWNED }, merged_closed, NULL, NULL },
/* public */
{ { "merge what is public", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_MERGE }, "0041", DID_DRAFT, "", PH_PUBLIC }, two,
  "draft resolved \"This incident is now followed as INC-2026-0041.\" by comms1, no promise; T2 off; T6.1 +600", NULL },
{ { "merge what is public into such", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_MERGE }, "0041", DID_DRAFT, "", PH_PUBLIC }, promised,
  "draft resolved \"This incident is now followed as INC-2026-0041: https://status.example/incident/2026/0041/\" by comms1, no promise; T2 off; T6.1 +600", NULL },
{ { "merge what is public, by NOC", NOC1, TRUST_A1, PUBLIC_NOW, { VERB_MERGE }, "0041", DID_DRAFT | DID_PROPOSE, "", PH_PUBLIC }, two, NULL, NULL },
{ { "yes to a merge", COMMS1, TRUST_A1, YES, { VERB_YES }, "", DID_POST | DID_ORDER, "", PH_MERGED }, yes_merge, NULL, NULL },
{ { "yes to a merge into what is over", COMMS1, TRUST_A1, YES, { VERB_YES }, "", 0, "E13", PH_PUBLIC }, yes_merge_closed, "", NULL },
{ { "split what is public", COMMS1, TRUST_A1, PH_MERGED, PROVED | POSTED | REPLY, { VERB_SPLIT }, "0042", DID_DRAFT, "", PH_MERGED }, merged_public,
  "draft investigating \"This incident is followed here again.\" by comms1, +7200; T2 off; T6.1 +600", NULL },
{ { "split what is public, in own words", COMMS1, TRUST_A1, PH_MERGED, PROVED | POSTED | REPLY | PUBLIC, { VERB_SPLIT }, "0042", DID_DRAFT, "", PH_MERGED }, merged_public, NULL, NULL },
{ { "split what was told after the fact", COMMS1, TRUST_A1, PH_MERGED, PROVED | POSTED | REPLY, { VERB_SPLIT }, "0042", DID_DRAFT, "", PH_MERGED }, merged_told, NULL, NULL },
{ { "yes to a split", COMMS1, TRUST_A1, YES_MERGED, { VERB_YES }, "", DID_POST | DID_ORDER, "", PH_PUBLIC }, yes_split, NULL, NULL },
{ { "yes to a split, too late", COMMS1, TRUST_A1, YES_MERGED, { VERB_YES }, "", 0, "E13", PH_MERGED }, yes_split_late, "", NULL },
{ { "yes to a correction of what is merged", COMMS1, TRUST_A1, YES_MERGED, { VERB_YES }, "", DID_CORRECT, "", PH_MERGED }, yes_correction, NULL, NULL },
{ { "reopen what is merged", COMMS1, TRUST_A1, PH_MERGED, PROVED | POSTED | REPLY, { VERB_REOPEN }, "", 0, "E13", PH_MERGED }, merged_public, "", NULL },
/* withdrawn as a whole */
{ { "retract all without a reason", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", 0, "E24", PH_PUBLIC }, no_reason, "", NULL },
{ { "retract all by NOC", NOC1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", 0, "E42", PH_PUBLIC }, all_of_it, NULL, NULL },
{ { "retract all of a report", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", 0, "E13", PH_PUBLIC }, a_report, NULL, NULL },
{ { "retract all of nothing", COMMS1, TRUST_A1, PH_OWNED, PROVED, { VERB_RETRACT }, "", 0, "E13", PH_OWNED }, all_of_it, NULL, NULL },
{ { "retract all after a postmortem", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_RETRACT }, "", 0, "E13", PH_CLOSED }, explained, NULL, NULL },
{ { "retract all twice", COMMS1, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_RETRACT }, "", 0, "E13", PH_CLOSED }, twice, NULL, NULL },
{ { "retract all", COMMS1, TRUST_A1, PUBLIC_NOW, { VERB_RETRACT }, "", DID_DRAFT, "", PH_PUBLIC }, all_of_it, NULL, NULL },
{ { "retract all, in own words", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | TEXT, { VERB_RETRACT }, "", DID_DRAFT, "", PH_PUBLIC }, all_of_it,
  "draft resolved \"Some words.\" by comms1, no promise; T2 off; T6.1 +600", NULL },
{ { "retract all of what is over", SEC, TRUST_A1, PH_CLOSED, OWNED | POSTED | REPLY, { VERB_RETRACT }, "", DID_DRAFT, "", PH_CLOSED }, over, NULL, NULL },
{ { "retract all while limited", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | LIMITED, { VERB_RETRACT }, "", DID_DRAFT, "", PH_PUBLIC }, all_of_it, NULL, NULL },
{ { "yes to it", SEC, TRUST_A1, YES, { VERB_YES }, "", DID_POST, "", PH_CLOSED }, yes_void, NULL, NULL },
	/* clang-format on */
};

static void
test_tales(void **state)
{
	(void)state;
	tales_hold(tale_holds, tales, sizeof tales / sizeof *tales);
}

/* ---- what becomes of the other ---- */

static const struct verdict *
play(struct scene *s, const char *name, void (*tweak)(struct scene *))
{
	for (size_t i = 0; i < sizeof tales / sizeof *tales; i++)
		if (strcmp(tales[i].row.name, name) == 0) {
			scene_set(s, &tales[i].row);
			tweak(s);
			decide(&s->j, &s->m, &s->v);
			return s->v.second;
		}
	fail_msg("no tale %s", name);
	return NULL;
}

static void
test_winner(void **state)
{
	struct scene s;
	const struct verdict *v = play(&s, "merge", two);

	(void)state;
	assert_non_null(v);
	assert_true(v->save);
	assert_int_equal(v->adopts, 7);
	assert_int_equal(v->event.id, 8);
	assert_int_equal(v->event.severity, 2);
	assert_int_equal(v->event.n_touches, 2);
	assert_string_equal(v->event.touches[1].slug, "email-b");
	assert_int_equal(other(&s)->event.n_touches, 1);
	assert_int_equal(s.v.event.merged, 8);
	assert_int_equal(s.v.event.closed, NOW);
	assert_int_equal(s.v.order, ORDER_MERGED);
	job_end(&s.j);

	v = play(&s, "merge raises to a hand-off", not_handed_off);
	assert_int_equal(v->n_arms != 0, 1);
	assert_int_equal(v->arms[v->n_arms - 1].kind, T_HAND_OFF);
	assert_int_equal(v->arms[v->n_arms - 1].due, NOW);
	job_end(&s.j);

	v = play(&s, "merge keeps a promise", promised);
	for (size_t i = 0; i < v->n_arms; i++)
		assert_int_not_equal(v->arms[i].kind, T_CADENCE);
	for (size_t i = 0; i < v->n_cancels; i++)
		assert_int_not_equal(v->cancels[i], T_CADENCE);
	assert_int_equal(v->event.next_update, NOW + 3000);
	job_end(&s.j);

	v = play(&s, "merge of what is limited drops a draft", guarded);
	assert_int_equal(v->event.disclosure, DISCLOSURE_LIMITED);
	assert_int_equal(v->n_moves, 1);
	assert_int_equal(v->moves[0].status, DRAFT_DISCARDED);
	job_end(&s.j);
}

static void
test_parted(void **state)
{
	struct scene s;
	const struct verdict *v = play(&s, "split", merged);

	(void)state;
	assert_non_null(v);
	assert_int_equal(v->adopts, 0);
	assert_int_equal(v->event.severity, 3);
	assert_int_equal(v->event.n_touches, 1);
	assert_string_equal(v->event.touches[0].slug, "webmail");
	assert_int_equal(s.v.event.merged, 0);
	assert_int_equal(s.v.event.closed, 0);
	job_end(&s.j);
	assert_null(play(&s, "split from what is over", merged_closed));
	job_end(&s.j);
}

/* Said of the winner after the merge, it stays. */
static void
test_facts(void **state)
{
	struct arena *mem = arena_new();
	struct touch of_loser[] = { { "a", LEVEL_MAJOR, true },
		{ "b", LEVEL_PARTIAL, true }, { "c", LEVEL_DEGRADED, true } };
	struct touch of_winner[] = { { "a", LEVEL_DEGRADED, true },
		{ "d", LEVEL_PARTIAL, false } };
	struct event loser = { .severity = 1,
		.started = 100,
		.touches = of_loser,
		.n_touches = 3 };
	struct event winner = { .severity = 3,
		.started = 0,
		.touches = of_winner,
		.n_touches = 2 };
	const char *before = merging_facts(mem, &winner);

	(void)state;
	merging_join(mem, &loser, &winner);
	assert_int_equal(winner.severity, 1);
	assert_int_equal(winner.started, 100);
	assert_int_equal(winner.n_touches, 4);
	assert_int_equal(winner.touches[0].level, LEVEL_MAJOR);
	winner.touches[2].level = LEVEL_MAJOR; /* b, since */
	winner.severity = 2;
	merging_part(mem, &loser, before, &winner);
	assert_int_equal(winner.severity, 2);
	assert_int_equal(winner.started, 0);
	assert_int_equal(winner.n_touches, 3);
	assert_int_equal(winner.touches[0].level, LEVEL_DEGRADED);
	assert_string_equal(winner.touches[2].slug, "b");
	merging_part(mem, &loser, "", &winner);
	assert_int_equal(winner.severity, 2);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tales),
		cmocka_unit_test(test_winner),
		cmocka_unit_test(test_parted),
		cmocka_unit_test(test_facts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
