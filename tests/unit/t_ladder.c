/*
 * When each step of each timer is due (specification, section 2.5), by
 * severity; what a changed severity does to them; ladders that had ended;
 * office hours.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scene.h"
#include "text/ladder.h"
#include "text/timing.h"

enum { NEVER = TIMING_NEVER };

/* An event of a severity, handed off long ago, with a promise in two hours. */
static void
stage(struct scene *s, int severity, enum phase phase)
{
	const struct row r = { .phase = phase };

	scene_set(s, &r);
	s->conf.severity[1].preview = 5 * MINUTE;
	s->conf.severity[1].cadence = HOUR;
	s->conf.severity[1].postmortem = 3 * DAY;
	s->conf.severity[4].cadence = DAY;
	for (int i = 1; i <= 4; i++)
		s->conf.severity[i].sitrep = s->conf.severity[i].cadence / 2;
	s->event.severity = severity;
	s->event.next_update = NOW + 2 * HOUR;
	s->v.event = s->event;
	s->v.outcome = "";
}

static int64_t
at(const char *s)
{
	int64_t t = 0;

	assert_true(when_read_rfc3339(s, &t));
	return t;
}

static void
steps(void **state)
{
	/* seconds after NOW, a Wednesday 16:00, for SEV1 to SEV3 */
	static const struct {
		int kind, step;
		int64_t after[3];
	} rows[] = {
		{ T_ACK, 1, { 5 * MINUTE, 5 * MINUTE, 5 * MINUTE } },
		{ T_ACK, 2, { 10 * MINUTE, 10 * MINUTE, 10 * MINUTE } },
		{ T_ACK, 3, { 15 * MINUTE, 15 * MINUTE, 15 * MINUTE } },
		{ T_ACK, 4, { NEVER, NEVER, NEVER } },
		{ T_FIRST_POST, 1, { 15 * MINUTE, 15 * MINUTE, 15 * MINUTE } },
		{ T_FIRST_POST, 2, { 25 * MINUTE, 25 * MINUTE, 25 * MINUTE } },
		{ T_FIRST_POST, 3, { 45 * MINUTE, 45 * MINUTE, 45 * MINUTE } },
		{ T_CADENCE, 1, { 100 * MINUTE, 100 * MINUTE, 100 * MINUTE } },
		{ T_CADENCE, 2, { 120 * MINUTE, 120 * MINUTE, 120 * MINUTE } },
		{ T_CADENCE, 3, { 130 * MINUTE, 130 * MINUTE, 130 * MINUTE } },
		{ T_CADENCE, 4, { 150 * MINUTE, 150 * MINUTE, 150 * MINUTE } },
		{ T_SITREP, 1, { 30 * MINUTE, HOUR, HOUR } },
		{ T_PREVIEW, 1, { 5 * MINUTE, 10 * MINUTE, 10 * MINUTE } },
		{ T_PREVIEW, 2, { 10 * MINUTE, 15 * MINUTE, 15 * MINUTE } },
		{ T_PREVIEW, 3, { 4 * HOUR, 4 * HOUR, 4 * HOUR } },
		{ T_DWELL, 1, { HOUR, HOUR, HOUR } },
		{ T_ROOM, 1, { 30 * MINUTE, 30 * MINUTE, 30 * MINUTE } },
		{ T_ROOM, 2, { 45 * MINUTE, 45 * MINUTE, 45 * MINUTE } },
		{ T_ROOM_LEFT, 1, { HOUR, HOUR, HOUR } },
		{ T_POSTMORTEM, 1, { 5 * DAY, 7 * DAY, NEVER } },
		{ T_POSTMORTEM, 2, { 12 * DAY, 14 * DAY, NEVER } },
		{ T_DISCLOSURE, 1, { 3 * DAY, 3 * DAY, 3 * DAY } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int sev = 1; sev <= 3; sev++) {
			int64_t want = rows[i].after[sev - 1], due;
			struct scene s;

			stage(&s, sev, PH_HANDED_OFF);
			due = timing_due(&s.m, &s.event, rows[i].kind,
			    rows[i].step, NOW);
			if (due != (want == NEVER ? NEVER : NOW + want))
				fail_msg("T%d.%d SEV%d: %lld", rows[i].kind,
				    rows[i].step, sev, (long long)(due - NOW));
			job_end(&s.j);
		}
}

/* SEV4 counts office hours, step by step; its promise is as public as any. */
static void
office(void **state)
{
	static const struct {
		int kind, step;
		const char *since, *promise, *due;
	} rows[] = {
		{ T_ACK, 1, "2026-03-06T16:50:00Z", NULL,
		    "2026-03-06T16:55:00Z" },
		{ T_ACK, 2, "2026-03-06T16:50:00Z", NULL,
		    "2026-03-09T09:00:00Z" }, /* they close just then */
		{ T_ACK, 2, "2026-03-06T16:53:00Z", NULL,
		    "2026-03-09T09:03:00Z" },
		{ T_FIRST_POST, 1, "2026-03-07T12:00:00Z", NULL,
		    "2026-03-09T09:15:00Z" },
		{ T_FIRST_POST, 2, "2026-03-06T16:40:00Z", NULL,
		    "2026-03-09T09:05:00Z" },
		{ T_CADENCE, 1, "2026-03-06T12:00:00Z", "2026-03-07T12:00:00Z",
		    "2026-03-09T09:00:00Z" },
		{ T_CADENCE, 2, "2026-03-06T12:00:00Z", "2026-03-07T12:00:00Z",
		    "2026-03-09T09:00:00Z" },
		{ T_CADENCE, 3, "2026-03-06T12:00:00Z", "2026-03-07T12:00:00Z",
		    "2026-03-09T09:10:00Z" },
		{ T_CADENCE, 1, "2026-03-06T12:00:00Z", "2026-03-09T09:10:00Z",
		    "2026-03-09T09:00:00Z" },
		{ T_SITREP, 1, "2026-03-06T12:00:00Z", NULL,
		    "2026-03-07T00:00:00Z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scene s;
		int64_t due;

		stage(&s, 4, PH_HANDED_OFF);
		if (rows[i].promise != NULL)
			s.event.next_update = at(rows[i].promise);
		due = timing_due(&s.m, &s.event, rows[i].kind, rows[i].step,
		    at(rows[i].since));
		if (due != at(rows[i].due))
			fail_msg("T%d.%d of %s: %s", rows[i].kind, rows[i].step,
			    rows[i].since, when_rfc3339(s.j.mem, due));
		job_end(&s.j);
	}
}

/* In whose zone: the owner's, else that of who is on call, else the house. */
static void
zones(void **state)
{
	const int64_t since = at("2026-03-04T07:00:00Z");
	struct scene s;

	(void)state;
	stage(&s, 4, PH_OWNED);
	persons[COMMS1].timezone = "Australia/Lord_Howe"; /* 18:00 there */
	persons[COMMS2].timezone = "Pacific/Apia";        /* 20:00 */
	s.event.owner = "comms2";
	assert_int_equal(timing_due(&s.m, &s.event, T_FIRST_POST, 1, since),
	    at("2026-03-04T20:15:00Z"));
	s.event.owner = "";
	assert_int_equal(timing_due(&s.m, &s.event, T_FIRST_POST, 1, since),
	    at("2026-03-04T22:15:00Z"));
	s.people.oncall = NULL;
	assert_int_equal(timing_due(&s.m, &s.event, T_FIRST_POST, 1, since),
	    at("2026-03-04T09:15:00Z"));
	job_end(&s.j);
}

/* ---- another severity ---- */

/* What is armed of a kind afterwards, "step@seconds from NOW"; "" if none. */
static const char *
armed_after(struct scene *s, int kind)
{
	timing_follow(&s->m, NOW, &s->v);
	for (size_t i = 0; i < s->v.n_arms; i++)
		if (s->v.arms[i].kind == kind)
			return arena_printf(s->j.mem, "%d@%lld",
			    s->v.arms[i].step,
			    (long long)(s->v.arms[i].due - NOW));
	return "";
}

static void
renewed(void **state)
{
	static const struct {
		int from, to, kind, step;
		int64_t since, due; /* from NOW */
		const char *becomes;
	} rows[] = {
		{ 2, 1, T_SITREP, 1, -600, 3000, "1@1200" },
		{ 1, 2, T_SITREP, 1, -600, 1200, "1@3000" },
		{ 2, 1, T_SITREP, 1, -7000, 200, "1@-5200" }, /* overdue */
		{ 2, 1, T_PREVIEW, 1, -60, 540, "1@240" },
		{ 2, 1, T_PREVIEW, 3, -60, 14340, "" }, /* the same */
		/* a promise is kept; raised, it is sooner */
		{ 2, 1, T_CADENCE, 2, 0, 7200, "2@3600" },
		{ 1, 2, T_CADENCE, 2, 0, 3600, "2@7200" },
		{ 2, 3, T_CADENCE, 2, 0, 7200, "" },
		/* level 3 isn't called any more */
		{ 2, 3, T_FIRST_POST, 3, -2000, 700, "" },
		{ 2, 3, T_FIRST_POST, 2, -2000, -500, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum phase ph =
		    rows[i].kind == T_FIRST_POST ? PH_OWNED : PH_PUBLIC;
		struct scene s;
		const char *have;

		stage(&s, rows[i].from, ph);
		s.event.state =
		    ph == PH_PUBLIC ? STATE_INVESTIGATING : STATE_NONE;
		s.v.event = s.event;
		s.v.event.severity = rows[i].to;
		s.armed[0] = (struct timer){ .kind = rows[i].kind,
			.step = rows[i].step,
			.since = NOW + rows[i].since,
			.due = NOW + rows[i].due };
		s.m.timers = s.armed;
		s.m.n_timers = 1;
		have = armed_after(&s, rows[i].kind);
		if (strcmp(have, rows[i].becomes) != 0)
			fail_msg("row %zu: %s", i, have);
		job_end(&s.j);
	}
}

/*
 * A ladder that ended at level 2 goes on to level 3 where it stood, counted
 * from its own start: also of an event that never was handed off, and where
 * somebody had answered, so that level 2 was not called.
 */
static void
resumed(void **state)
{
	static const struct {
		enum phase phase;
		int from, to, kind, step; /* the last that fired */
		const char *becomes;
	} rows[] = {
		{ PH_HANDED_OFF, 3, 2, T_ACK, 2, "3@-1100" },
		{ PH_OWNED, 3, 1, T_ACK, 2, "" }, /* somebody has it */
		{ PH_OWNED, 3, 2, T_FIRST_POST, 2, "3@700" },
		{ PH_PUBLIC, 3, 2, T_CADENCE, 3, "4@7000" },
		{ PH_PUBLIC, 3, 2, T_CADENCE, 4, "" },
		{ PH_PUBLIC, 3, 4, T_CADENCE, 3, "" },
		{ PH_OWNED, 2, 1, T_FIRST_POST, 3, "" },
		{ PH_OWNED, 3, 2, T_PREVIEW, 3, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct timer fired = { .kind = rows[i].kind,
			.step = rows[i].step,
			.since = NOW - 2000 };
		struct scene s;
		const char *have;

		stage(&s, rows[i].from, rows[i].phase);
		if (rows[i].phase == PH_PUBLIC)
			s.event.state = STATE_INVESTIGATING;
		if (rows[i].phase == PH_OWNED)
			s.event.handed_off = 0;
		s.v.event = s.event;
		s.v.event.severity = rows[i].to;
		s.m.fired = &fired;
		s.m.n_fired = 1;
		have = armed_after(&s, rows[i].kind);
		if (strcmp(have, rows[i].becomes) != 0)
			fail_msg("row %zu: %s", i, have);
		job_end(&s.j);
	}
}

/* The reminder, where there is time for it before the promise itself. */
static void
reminders(void **state)
{
	static const struct {
		int severity;
		const char *now, *promise;
		int step;
		const char *due;
	} rows[] = {
		{ 2, "2026-03-04T12:00:00Z", "2026-03-04T14:00:00Z", 1,
		    "2026-03-04T13:40:00Z" },
		{ 2, "2026-03-04T12:00:00Z", "2026-03-04T12:20:00Z", 2,
		    "2026-03-04T12:20:00Z" },
		{ 4, "2026-03-06T12:00:00Z", "2026-03-09T10:00:00Z", 1,
		    "2026-03-09T09:40:00Z" },
		{ 4, "2026-03-06T12:00:00Z", "2026-03-07T12:00:00Z", 2,
		    "2026-03-09T09:00:00Z" }, /* both on Monday morning */
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct timer *t = NULL;
		struct scene s;

		stage(&s, rows[i].severity, PH_PUBLIC);
		s.v.event.next_update = at(rows[i].promise);
		s.v.post.state = STATE_INVESTIGATING;
		s.v.did = DID_POST;
		timing_follow(&s.m, at(rows[i].now), &s.v);
		for (size_t k = 0; k < s.v.n_arms; k++)
			if (s.v.arms[k].kind == T_CADENCE)
				t = &s.v.arms[k];
		assert_non_null(t);
		assert_int_equal(t->step, rows[i].step);
		assert_int_equal(t->due, at(rows[i].due));
		job_end(&s.j);
	}
}

/* The step after one that fires. */
static void
next(void **state)
{
	static const struct {
		int severity, kind, step;
		int64_t due;         /* from NOW, of the one that fires */
		const char *becomes; /* "": nothing comes after it */
	} rows[] = {
		{ 2, T_ACK, 1, 0, "2@300" },
		{ 3, T_ACK, 2, 0, "" },
		{ 2, T_FIRST_POST, 2, 0, "3@1200" },
		{ 2, T_CADENCE, 1, -1200, "2@0" },
		{ 2, T_CADENCE, 2, 0, "3@600" },
		{ 2, T_CADENCE, 3, 0, "4@1200" },
		{ 2, T_CADENCE, 4, 0, "" },
		{ 2, T_SITREP, 1, 0, "" },
		/* of many that were slept through, one */
		{ 2, T_POSTMORTEM, 2, -15 * DAY, "2@518400" },
		{ 2, T_ROOM_LEFT, 1, -9 * HOUR, "1@10800" },
		{ 2, 99, 1, 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		static const int64_t start[] = { [T_ACK] = 5 * MINUTE,
			[T_FIRST_POST] = 25 * MINUTE,
			[T_CADENCE] = 0 };
		int64_t back =
		    rows[i].kind <= T_CADENCE ? start[rows[i].kind] : 0;
		const char *have = "";
		struct scene s;

		stage(&s, rows[i].severity, PH_PUBLIC);
		s.timer = (struct timer){ .kind = rows[i].kind,
			.step = rows[i].step,
			.since = NOW - back,
			.due = NOW + rows[i].due };
		s.m.timer = &s.timer;
		timing_next(&s.m, NOW, &s.v);
		if (s.v.n_arms != 0)
			have =
			    arena_printf(s.j.mem, "%d@%lld", s.v.arms[0].step,
				(long long)(s.v.arms[0].due - NOW));
		if (strcmp(have, rows[i].becomes) != 0)
			fail_msg("row %zu: %s", i, have);
		job_end(&s.j);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps),
		cmocka_unit_test(office),
		cmocka_unit_test(zones),
		cmocka_unit_test(renewed),
		cmocka_unit_test(resumed),
		cmocka_unit_test(reminders),
		cmocka_unit_test(next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
