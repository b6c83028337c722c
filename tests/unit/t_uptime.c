/* Claims of events, and the uptime that they leave. */
#include "t.h"

#include "base/when.h"
#include "sample.h"
#include "text/spans.h"
#include "text/uptime.h"

enum { NOON = 20000 * DAY + 12 * HOUR };

static struct job job;
static struct public_update updates[5];

static int
begin(void **state)
{
	(void)state;
	job_begin(&job, "t", 0);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	job_end(&job);
	return 0;
}

/* "email-b=major_outage +0..+60 ...", times from SAMPLE_STARTED, in minutes. */
static const char *
spans(const struct public_event *e)
{
	struct span *s;
	size_t n = spans_of(job.mem, e, &s);
	char *out = arena_str(job.mem, "");

	for (size_t i = 0; i < n; i++) {
		char *until =
		    s[i].until == SPAN_OPEN
			? arena_str(job.mem, "open")
			: arena_printf(job.mem, "%+lld",
			      (long long)(s[i].until - SAMPLE_STARTED) / 60);

		out = arena_printf(job.mem, "%s%s%s=%s %+lld..%s", out,
		    i == 0 ? "" : " ", s[i].slug, words_level(s[i].level),
		    (long long)(s[i].since - SAMPLE_STARTED) / 60, until);
		assert_string_equal(s[i].event, e->event);
	}
	return out;
}

/* An update at a minute, saying one thing of email-b. */
static struct public_component said[8];

static struct public_event
event(size_t n, const enum state *states, const enum level *levels,
    const int *minutes)
{
	static struct public_update u[8];
	struct public_event e = sample_event(updates, 1);

	for (size_t i = 0; i < n; i++) {
		said[i] =
		    (struct public_component){ "email-b", "B", levels[i] };
		u[i] = updates[0];
		u[i].u = (int)i + 1;
		u[i].state = states[i];
		u[i].components = &said[i];
		u[i].n_components = 1;
		u[i].started = u[i].ended = 0;
		u[i].posted = u[i].first_posted =
		    SAMPLE_STARTED + minutes[i] * 60;
	}
	e.updates = u;
	e.n_updates = n;
	e.state = states[n - 1];
	return e;
}

static void
claims_of_an_event(void **state)
{
	struct public_event e = sample_event(updates, 1);

	(void)state;
	assert_string_equal(spans(&e), "email-b=partial_outage +0..open");
	e.started = 0;
	assert_string_equal(spans(&e), "email-b=partial_outage +22..open");
	e = sample_event(updates, 5);
	updates[4].ended = SAMPLE_STARTED + 123 * 60;
	assert_string_equal(spans(&e),
	    "email-b=partial_outage +0..+68 "
	    "email-b=degraded_performance +68..+123 "
	    "webmail=degraded_performance +68..+123");
	/* It was over before the last word but one: nothing is left of it. */
	updates[4].ended = SAMPLE_STARTED + 60 * 60;
	assert_string_equal(spans(&e), "email-b=partial_outage +0..+60");
}

#define I STATE_INVESTIGATING
#define R STATE_RESOLVED
#define P STATE_POSTMORTEM
#define O LEVEL_OPERATIONAL
#define X LEVEL_MAJOR
#define D LEVEL_DEGRADED

static void
turns_of_an_event(void **state)
{
	static const struct {
		size_t n;
		enum state states[5];
		enum level levels[5];
		int minutes[5], started, ended;
		const char *want;
	} all[] = {
		{ 2, { I, R }, { X, O }, { 10, 70 }, 0, 0,
		    "email-b=major_outage +0..+70" },
		/* The same again is one span. */
		{ 3, { I, I, R }, { X, X, O }, { 10, 20, 70 }, 0, 0,
		    "email-b=major_outage +0..+70" },
		{ 3, { I, I, R }, { X, D, D }, { 10, 20, 70 }, 0, 65,
		    "email-b=major_outage +0..+20 "
		    "email-b=degraded_performance +20..+65" },
		/* Opened again: between the two all was well. */
		{ 4, { I, R, I, R }, { X, O, D, O }, { 10, 70, 100, 130 }, 0, 0,
		    "email-b=major_outage +0..+70 "
		    "email-b=degraded_performance +100..+130" },
		/* A further word on what is over claims nothing. */
		{ 4, { I, R, R, P }, { X, X, X, X }, { 10, 70, 100, 130 }, 0, 0,
		    "email-b=major_outage +0..+70" },
		/* After the fact: what it was, while it lasted. */
		{ 1, { R }, { X }, { 300 }, 0, 45,
		    "email-b=major_outage +0..+45" },
		{ 1, { I }, { O }, { 10 }, 0, 0, "" },
		/* Ended before it began. */
		{ 2, { I, R }, { X, O }, { 10, 70 }, 0, -5, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct public_event e = event(all[i].n, all[i].states,
		    all[i].levels, all[i].minutes);

		if (all[i].ended != 0)
			for (size_t k = 0; k < e.n_updates; k++)
				if (e.updates[k].state == R)
					e.updates[k].ended =
					    SAMPLE_STARTED + all[i].ended * 60;
		assert_string_equal(spans(&e), all[i].want);
	}
}

static const struct span three[] = {
	{ "b", LEVEL_DEGRADED, NOON, NOON + 4 * HOUR, "INC-1" },
	{ "b", LEVEL_MAJOR, NOON + HOUR, NOON + 2 * HOUR, "INC-2" },
	{ "b", LEVEL_PARTIAL, NOON + 90 * 60, NOON + 3 * HOUR, "INC-3" },
};

static void
the_worst_counts(void **state)
{
	struct uptime u =
	    uptime_between(job.mem, three, 3, 0, NOON + DAY, NOON, NOON + DAY);

	(void)state;
	assert_int_equal(u.observed, DAY);
	assert_int_equal(u.seconds[LEVEL_DEGRADED], 2 * HOUR);
	assert_int_equal(u.seconds[LEVEL_MAJOR], HOUR);
	assert_int_equal(u.seconds[LEVEL_PARTIAL], HOUR);
	assert_int_equal(u.worst, LEVEL_MAJOR);
	assert_string_equal(u.event, "INC-2");
	/* 1 - 1.3 h of 24 h, rounded down */
	assert_int_equal(uptime_share(&u), 9458);
	assert_string_equal(uptime_percent(job.mem, 9458), "94.58 %");
	/* Twice the same claim is no more than once. */
	u = uptime_between(job.mem, (struct span[]){ three[1], three[1] }, 2, 0,
	    NOON + DAY, NOON, NOON + DAY);
	assert_int_equal(u.seconds[LEVEL_MAJOR], HOUR);
}

static void
what_is_observed(void **state)
{
	static const struct span open[] = { { "b", LEVEL_MAJOR, NOON, SPAN_OPEN,
	    "INC-1" } };
	struct uptime u;

	(void)state;
	/* Not before it existed, not after what is known. */
	u = uptime_between(job.mem, three, 3, NOON + 2 * HOUR, NOON + 5 * HOUR,
	    NOON, NOON + DAY);
	assert_int_equal(u.observed, 3 * HOUR);
	assert_int_equal(u.seconds[LEVEL_MAJOR], 0);
	assert_int_equal(u.seconds[LEVEL_PARTIAL], HOUR);
	u = uptime_between(job.mem, open, 1, 0, NOON + HOUR, NOON, NOON + DAY);
	assert_int_equal(u.seconds[LEVEL_MAJOR], HOUR);
	assert_int_equal(uptime_share(&u), 0);
	u = uptime_between(job.mem, open, 1, NOON + DAY, NOON + 2 * DAY, NOON,
	    NOON + DAY);
	assert_int_equal(u.observed, 0);
	assert_int_equal(u.worst, LEVEL_UNSET);
	assert_int_equal(uptime_share(&u), -1);
	assert_string_equal(uptime_percent(job.mem, -1), "");
}

static void
maintenance_is_apart(void **state)
{
	static const struct span some[] = {
		{ "b", LEVEL_MAINTENANCE, NOON, NOON + 12 * HOUR, "M" },
		{ "b", LEVEL_MAJOR, NOON + 6 * HOUR, NOON + 9 * HOUR, "I" },
	};
	struct uptime u =
	    uptime_between(job.mem, some, 2, 0, NOON + DAY, NOON, NOON + DAY);

	(void)state;
	assert_int_equal(u.seconds[LEVEL_MAINTENANCE], 9 * HOUR);
	assert_int_equal(uptime_share(&u), 8000); /* 3 h of 15 h */
	u = uptime_between(job.mem, some, 1, 0, NOON + 12 * HOUR, NOON,
	    NOON + DAY);
	assert_int_equal(uptime_share(&u), -1);
}

static void
no_perfect_rounding(void **state)
{
	struct span second = { "b", LEVEL_MAJOR, NOON, NOON + 1, "I" };
	struct uptime u = uptime_between(job.mem, &second, 1, 0,
	    NOON + 90 * DAY, NOON, NOON + 90 * DAY);

	(void)state;
	assert_string_equal(uptime_percent(job.mem, uptime_share(&u)),
	    "99.99 %");
	u = uptime_between(job.mem, NULL, 0, 0, NOON + DAY, NOON, NOON + DAY);
	assert_string_equal(uptime_percent(job.mem, uptime_share(&u)), "100 %");
	assert_string_equal(uptime_percent(job.mem, 9907), "99.07 %");
}

/* The days of a span add up to the span, wherever the midnights fall. */
static void
days_add_up(void **state)
{
	struct span s = { "b", LEVEL_PARTIAL, NOON - 5, NOON + 3 * DAY + 7,
		"I" };
	struct uptime days[6];
	int64_t sum = 0;

	(void)state;
	uptime_days(job.mem, &s, 1, NOON - DAY, NOON + 9 * DAY,
	    NOON - 12 * HOUR - DAY, 6, days);
	for (size_t i = 0; i < 6; i++)
		sum += days[i].seconds[LEVEL_PARTIAL];
	assert_int_equal(sum, 3 * DAY + 12);
	assert_int_equal(days[0].observed, 12 * HOUR);
	assert_int_equal(days[0].worst, LEVEL_OPERATIONAL);
	assert_int_equal(days[1].worst, LEVEL_PARTIAL);
	assert_int_equal(days[2].seconds[LEVEL_PARTIAL], DAY);
	assert_int_equal(days[5].worst, LEVEL_OPERATIONAL);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_of_an_event),
		cmocka_unit_test(turns_of_an_event),
		cmocka_unit_test(the_worst_counts),
		cmocka_unit_test(what_is_observed),
		cmocka_unit_test(maintenance_is_apart),
		cmocka_unit_test(no_perfect_rounding),
		cmocka_unit_test(days_add_up),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
