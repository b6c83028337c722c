/*
 * When steps of timers fall due, which comes after which, and what starts and
 * ends with a verdict.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "text/ladder.h"
#include "text/timing.h"

enum { NOW = 1772640000 };

static struct person somebody = { .slug = "comms1",
	.name = "Comms One",
	.roles = ROLE_COMMS,
	.timezone = "America/Toronto" };
static struct person noc = { .slug = "noc1",
	.name = "NOC One",
	.roles = ROLE_NOC,
	.timezone = "UTC" };

struct fixture {
	struct conf conf;
	struct people people;
	struct event was;
	struct timer armed[3];
	struct timer fires;
	struct post post;
	struct matter m;
	struct verdict v;
};

static int
set(void **state)
{
	static struct fixture f;
	static struct person persons[2];

	memset(&f, 0, sizeof f);
	persons[0] = somebody;
	persons[1] = noc;
	f.conf = (struct conf){ .timezone = "UTC",
		.persons = persons,
		.n_persons = 2,
		.office = { 62, 9 * HOUR, 17 * HOUR },
		.remind = 20 * MINUTE,
		.draft_expires = 4 * HOUR,
		.room_sitrep = 30 * MINUTE,
		.room_left = HOUR,
		.disclosure_review = 3 * DAY };
	for (int i = 1; i <= 5; i++)
		f.conf.severity[i] = (struct severity){ .handoff = 15 * MINUTE,
			.ack = 5 * MINUTE,
			.first_post = 15 * MINUTE,
			.cadence = 2 * HOUR,
			.cadence_max = 4 * HOUR,
			.preview = 10 * MINUTE,
			.dwell = HOUR,
			.sitrep = HOUR,
			.postmortem = i <= 2 ? 5 * DAY : -1,
			.levels = i <= 2 ? 3 : 2,
			.office = i >= 4 };
	f.conf.severity[1].handoff = 0;
	f.conf.severity[1].cadence = HOUR;
	f.was = (struct event){ .id = 7,
		.kind = "incident",
		.phase = PH_HANDED_OFF,
		.severity = 2,
		.disclosure = DISCLOSURE_FULL,
		.owner = "",
		.opened = NOW - HOUR,
		.began = NOW - HOUR,
		.handed_off = NOW - 20 * MINUTE };
	f.m = (struct matter){
		.conf = &f.conf,
		.people = &f.people,
		.event = &f.was,
		.posts = &f.post,
		.timers = f.armed,
	};
	f.v.event = f.was;
	*state = &f;
	return 0;
}

static const struct timer *
armed(const struct verdict *v, int kind)
{
	for (size_t i = 0; i < v->n_arms; i++)
		if (v->arms[i].kind == kind)
			return &v->arms[i];
	return NULL;
}

static bool
cancelled(const struct verdict *v, int kind)
{
	for (size_t i = 0; i < v->n_cancels; i++)
		if (v->cancels[i] == kind)
			return true;
	return false;
}

static void
expect(const struct verdict *v, int kind, int step, int64_t due)
{
	const struct timer *t = armed(v, kind);

	if (t == NULL)
		fail_msg("T%d isn't armed", kind);
	assert_int_equal(t->step, step);
	assert_int_equal(t->due - NOW, due);
}

/* Of SEV2, counted from NOW; the cadence from its promise. */
static void
steps_are_due(void **state)
{
	static const struct {
		int kind, step;
		int64_t due;
	} rows[] = {
		/* clang-format off */
		{ T_ACK, 1, 5 * MINUTE }, { T_ACK, 2, 10 * MINUTE },
		{ T_ACK, 3, 15 * MINUTE },
		{ T_FIRST_POST, 1, 15 * MINUTE }, { T_FIRST_POST, 2, 25 * MINUTE },
		{ T_FIRST_POST, 3, 45 * MINUTE },
		{ T_CADENCE, 1, 40 * MINUTE }, { T_CADENCE, 2, 60 * MINUTE },
		{ T_CADENCE, 3, 70 * MINUTE }, { T_CADENCE, 4, 90 * MINUTE },
		{ T_SITREP, 1, HOUR }, { T_PREVIEW, 1, 10 * MINUTE },
		{ T_PREVIEW, 2, 15 * MINUTE }, { T_PREVIEW, 3, 4 * HOUR },
		{ T_DWELL, 1, HOUR }, { T_ROOM, 1, 30 * MINUTE },
		{ T_ROOM, 2, 45 * MINUTE }, { T_ROOM_LEFT, 1, HOUR },
		{ T_POSTMORTEM, 1, 7 * DAY }, { T_DISCLOSURE, 1, 3 * DAY },
		{ 99, 1, TIMING_NEVER - NOW }, { T_ACK, 9, TIMING_NEVER - NOW },
		/* clang-format on */
	};
	struct fixture *f = *state;

	f->was.next_update = NOW + HOUR;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(timing_due(&f->m, &f->was, rows[i].kind,
				     rows[i].step, NOW) -
				     NOW,
		    rows[i].due);
	f->was.severity = 3;
	assert_int_equal(timing_due(&f->m, &f->was, T_POSTMORTEM, 1, NOW),
	    TIMING_NEVER);
	/* Half of the cadence that was announced. */
	f->was.cadence = 12 * HOUR;
	assert_int_equal(timing_due(&f->m, &f->was, T_SITREP, 1, NOW),
	    NOW + 6 * HOUR);
}

/* NOW is Wednesday 16:00 UTC, 11:00 in Toronto. */
static void
office_hours(void **state)
{
	struct fixture *f = *state;
	struct event *e = &f->was;

	e->severity = 4;
	assert_int_equal(timing_due(&f->m, e, T_ACK, 1, NOW + 2 * HOUR),
	    NOW + 17 * HOUR + 5 * MINUTE);
	/* The owner's zone. */
	e->owner = "comms1";
	assert_int_equal(timing_due(&f->m, e, T_ACK, 1, NOW + 2 * HOUR),
	    NOW + 2 * HOUR + 5 * MINUTE);
	/* Else of who is on call. */
	e->owner = "";
	f->people.oncall = &somebody;
	assert_int_equal(timing_due(&f->m, e, T_ACK, 1, NOW + 2 * HOUR),
	    NOW + 2 * HOUR + 5 * MINUTE);
	/* A promise of the night is reminded of in the morning. */
	e->next_update = NOW + 12 * HOUR;
	assert_int_equal(timing_due(&f->m, e, T_CADENCE, 2, NOW),
	    NOW + 22 * HOUR);
	assert_int_equal(timing_due(&f->m, e, T_SITREP, 1, NOW + 12 * HOUR),
	    NOW + 13 * HOUR);
}

static void
hand_off(void **state)
{
	struct fixture *f = *state;
	struct event *e = &f->v.event;

	e->phase = PH_OPEN;
	e->opened = NOW;
	e->began = NOW - 5 * MINUTE;
	assert_false(timing_hand_off(&f->m, NOW, &f->v));
	expect(&f->v, T_HAND_OFF, 1, 10 * MINUTE);
	/* T0 is Detected, else Started, never later than the receipt. */
	e->started = NOW - 20 * MINUTE;
	e->detected = NOW - 2 * MINUTE;
	f->v.n_arms = 0;
	assert_false(timing_hand_off(&f->m, NOW, &f->v));
	expect(&f->v, T_HAND_OFF, 1, 13 * MINUTE);
	e->detected = NOW + DAY;
	f->v.n_arms = 0;
	assert_false(timing_hand_off(&f->m, NOW, &f->v));
	expect(&f->v, T_HAND_OFF, 1, 15 * MINUTE);
	/* As it is armed: nothing to do. */
	f->armed[0] = f->v.arms[0];
	f->m.n_timers = 1;
	f->v.n_arms = 0;
	assert_false(timing_hand_off(&f->m, NOW, &f->v));
	assert_int_equal(f->v.n_arms, 0);
	e->detected = NOW - 3 * MINUTE;
	assert_false(timing_hand_off(&f->m, NOW, &f->v));
	assert_true(cancelled(&f->v, T_HAND_OFF));
	expect(&f->v, T_HAND_OFF, 1, 12 * MINUTE);
	e->detected = 0;
	assert_true(timing_hand_off(&f->m, NOW, &f->v));
	e->severity = 1;
	assert_true(timing_hand_off(&f->m, NOW, &f->v));
	f->conf.severity[1].handoff = -1;
	assert_false(timing_hand_off(&f->m, NOW, &f->v));
	e->phase = PH_OWNED;
	assert_false(timing_hand_off(&f->m, NOW, &f->v));
}

static void
fires(struct fixture *f, int kind, int step, int64_t due)
{
	f->fires = (struct timer){ .id = 3,
		.kind = kind,
		.step = step,
		.since = f->was.handed_off,
		.due = due };
	f->m.timer = &f->fires;
	f->v.n_arms = 0;
	timing_next(&f->m, NOW, &f->v);
}

static void
next_steps(void **state)
{
	struct fixture *f = *state;

	fires(f, T_ACK, 1, NOW - 15 * MINUTE);
	expect(&f->v, T_ACK, 2, -10 * MINUTE);
	fires(f, T_ACK, 3, NOW);
	assert_int_equal(f->v.n_arms, 0);
	fires(f, 99, 1, NOW);
	assert_int_equal(f->v.n_arms, 0);
	/* By the promise as it was computed. */
	f->was.next_update = f->v.event.next_update = NOW + 5 * HOUR;
	fires(f, T_CADENCE, 1, NOW);
	expect(&f->v, T_CADENCE, 2, 20 * MINUTE);
	fires(f, T_CADENCE, 2, NOW);
	expect(&f->v, T_CADENCE, 3, 10 * MINUTE);
	/* What repeats fires once for all that was slept through. */
	fires(f, T_POSTMORTEM, 2, NOW - 20 * DAY);
	expect(&f->v, T_POSTMORTEM, 2, DAY);
	/* Somebody of another zone took it between: the steps keep apart. */
	f->v.event.severity = 4;
	fires(f, T_FIRST_POST, 1, NOW + 20 * MINUTE);
	expect(&f->v, T_FIRST_POST, 2, 30 * MINUTE);
	/* SEV3 climbs to level 2. */
	f->v.event.severity = 3;
	fires(f, T_FIRST_POST, 2, NOW);
	assert_int_equal(f->v.n_arms, 0);
}

/* The holding statement comes however low the clock climbs. */
static void
holding(void **state)
{
	struct fixture *f = *state;

	f->conf.severity[2].levels = 1;
	fires(f, T_FIRST_POST, 1, NOW);
	assert_int_equal(f->v.n_arms, 0);
	f->conf.holding = 1;
	fires(f, T_FIRST_POST, 1, NOW);
	assert_int_equal(f->v.n_arms, 0);
	f->conf.holding = 2;
	fires(f, T_FIRST_POST, 1, NOW - 5 * MINUTE);
	expect(&f->v, T_FIRST_POST, 3, 25 * MINUTE);
	fires(f, T_ACK, 1, NOW);
	assert_int_equal(f->v.n_arms, 0);
	/* Raised to a severity that has one. */
	f->m.timer = NULL;
	f->was.severity = 3;
	f->armed[0] = (struct timer){ .kind = T_FIRST_POST,
		.step = 2,
		.since = f->was.handed_off };
	f->m.fired = f->armed;
	f->m.n_fired = 1;
	f->v.n_arms = 0;
	timing_follow(&f->m, NOW, &f->v);
	expect(&f->v, T_FIRST_POST, 3, 25 * MINUTE);
}

static void
ladders(void **state)
{
	(void)state;
	assert_null(ladder_rung(T_ACK, 0));
	assert_true(ladder_climbs(ladder_rung(T_ACK, 1), 1));
	assert_false(ladder_climbs(ladder_rung(T_ACK, 2), 1));
}

/* Another severity computes what is armed anew, from its start. */
static void
another_severity(void **state)
{
	struct fixture *f = *state;

	f->was.severity = 3;
	f->was.phase = f->v.event.phase = PH_PUBLIC;
	f->was.state = f->v.event.state = STATE_INVESTIGATING;
	f->was.next_update = f->v.event.next_update = NOW + 100 * MINUTE;
	f->v.event.severity = 1;
	f->armed[0] = (struct timer){ .id = 1,
		.kind = T_CADENCE,
		.step = 1,
		.since = NOW - 20 * MINUTE,
		.due = NOW + 80 * MINUTE };
	f->m.n_timers = 1;
	timing_follow(&f->m, NOW, &f->v);
	assert_true(cancelled(&f->v, T_CADENCE));
	expect(&f->v, T_CADENCE, 1, 20 * MINUTE);
	/* Lowered: what was promised is kept. */
	f->was.severity = 1;
	f->v = (struct verdict){ .event = f->was };
	f->v.event.severity = 3;
	timing_follow(&f->m, NOW, &f->v);
	assert_int_equal(f->v.n_arms, 0);
	/* A step that the lower severity hasn't is taken back. */
	f->armed[0].kind = T_FIRST_POST;
	f->armed[0].step = 3;
	timing_follow(&f->m, NOW, &f->v);
	assert_true(cancelled(&f->v, T_FIRST_POST));
	assert_null(armed(&f->v, T_FIRST_POST));
}

static void
what_follows(void **state)
{
	struct fixture *f = *state;
	struct verdict *v = &f->v;

	/* Handed off: the ack and the first post are owed. */
	f->was.phase = PH_OPEN;
	v->did = DID_HAND_OFF;
	timing_follow(&f->m, NOW, v);
	expect(v, T_ACK, 1, 5 * MINUTE);
	expect(v, T_FIRST_POST, 1, 15 * MINUTE);
	/* Posted: the promise, the facts, the dwell; no first post. */
	f->was.phase = PH_HANDED_OFF;
	*v = (struct verdict){ .event = f->was, .did = DID_POST };
	v->event.phase = PH_PUBLIC;
	v->event.state = v->post.state = STATE_MONITORING;
	v->event.next_update = NOW + HOUR;
	timing_follow(&f->m, NOW, v);
	expect(v, T_CADENCE, 1, 40 * MINUTE);
	expect(v, T_SITREP, 1, HOUR);
	expect(v, T_DWELL, 1, HOUR);
	assert_true(cancelled(v, T_FIRST_POST));
	/* No time to remind of it. */
	v->n_arms = 0;
	v->event.next_update = NOW + 10 * MINUTE;
	timing_follow(&f->m, NOW, v);
	expect(v, T_CADENCE, 2, 10 * MINUTE);
	/* The end: the postmortem, and what was held back. */
	*v = (struct verdict){ .event = f->was, .did = DID_POST };
	v->event.phase = PH_CLOSED;
	v->event.state = v->post.state = STATE_RESOLVED;
	v->event.disclosure = DISCLOSURE_LIMITED;
	timing_follow(&f->m, NOW, v);
	expect(v, T_POSTMORTEM, 1, 7 * DAY);
	expect(v, T_DISCLOSURE, 1, 3 * DAY);
	assert_null(armed(v, T_CADENCE));
	/* There is nothing to tell of what was a false alarm. */
	*v = (struct verdict){ .event = f->was };
	v->event.phase = PH_VOID;
	v->event.disclosure = DISCLOSURE_LIMITED;
	timing_follow(&f->m, NOW, v);
	assert_null(armed(v, T_DISCLOSURE));
	/* An addendum starts nothing anew. */
	f->was.state = STATE_RESOLVED;
	f->was.phase = PH_CLOSED;
	f->was.disclosure = DISCLOSURE_LIMITED;
	v->n_arms = 0;
	timing_follow(&f->m, NOW, v);
	assert_int_equal(v->n_arms, 0);
	/* Nothing at all of what is no event. */
	*v = (struct verdict){ .event = { .phase = PH_NONE } };
	timing_follow(&f->m, NOW, v);
	assert_int_equal(v->n_arms + v->n_cancels, 0);
}

static void
drafts_and_notes(void **state)
{
	struct fixture *f = *state;
	struct verdict *v = &f->v;

	v->has_draft = true;
	v->draft.author = "";
	timing_follow(&f->m, NOW, v);
	assert_null(armed(v, T_PREVIEW));
	v->draft.author = "comms1";
	timing_follow(&f->m, NOW, v);
	expect(v, T_PREVIEW, 1, 10 * MINUTE);
	/* Held: it is asked again when it was said, else it expires. */
	*v = (struct verdict){ .event = f->was, .n_moves = 1, .hold = HOUR };
	v->moves[0] =
	    (struct draft){ .status = DRAFT_HELD, .created = NOW - HOUR };
	timing_follow(&f->m, NOW, v);
	expect(v, T_PREVIEW, 1, HOUR);
	assert_int_equal(armed(v, T_PREVIEW)->since, NOW + HOUR - 10 * MINUTE);
	v->hold = 0;
	v->n_arms = 0;
	timing_follow(&f->m, NOW, v);
	expect(v, T_PREVIEW, 3, 3 * HOUR);
	/* A word of the NOC puts the question for facts off. */
	f->was.phase = PH_PUBLIC;
	*v = (struct verdict){ .event = f->was, .has_note = true };
	v->note.author = "comms1";
	timing_follow(&f->m, NOW, v);
	assert_null(armed(v, T_SITREP));
	v->note.author = "noc1";
	timing_follow(&f->m, NOW, v);
	expect(v, T_SITREP, 1, HOUR);
}

static void
taking_back(void **state)
{
	struct fixture *f = *state;
	struct verdict *v = &f->v;

	timing_start(&f->m, NOW, v, T_DWELL);
	timing_start(&f->m, NOW, v, T_SITREP);
	timing_cancel(v, T_DWELL);
	assert_null(armed(v, T_DWELL));
	assert_non_null(armed(v, T_SITREP));
	timing_cancel(v, T_DWELL);
	assert_int_equal(v->n_cancels, 1);
	timing_cancel(v, 0);
	assert_int_equal(v->n_arms, 0);
	timing_cancel(v, T_ACK);
	assert_int_equal(v->n_cancels, 2);
}

#define TEST(f) cmocka_unit_test_setup(f, set)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(steps_are_due),
		TEST(office_hours),
		TEST(hand_off),
		TEST(next_steps),
		TEST(holding),
		TEST(ladders),
		TEST(another_severity),
		TEST(what_follows),
		TEST(drafts_and_notes),
		TEST(taking_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
