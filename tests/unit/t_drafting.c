/* Stock texts, promises and what was chosen, as plain data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/limits.h"
#include "text/drafting.h"
#include "text/stock.h"
#include "text/stock_say.h"

enum { NOW = 1772640000 }; /* 2026-03-04T16:00:00Z */

static struct component components[] = {
	{ .slug = "a", .name = "A", .group = "" },
	{ .slug = "b", .name = "B", .group = "" },
	{ .slug = "c", .name = "C", .group = "" },
};

static struct touch touches[] = { { "a", LEVEL_PARTIAL, false },
	{ "b", LEVEL_PARTIAL, false }, { "c", LEVEL_PARTIAL, false } };

struct fixture {
	struct job j;
	struct conf conf;
	struct stock stock;
	struct post post;
	struct request request;
	struct matter m;
	struct event e;
};

static int
set(void **state)
{
	static struct fixture f;
	struct buf text = BUF_INIT;

	memset(&f, 0, sizeof f);
	job_begin(&f.j, "t", NOW);
	f.conf = (struct conf){ .components = components, .n_components = 3 };
	for (int i = 1; i <= 5; i++)
		f.conf.severity[i] =
		    (struct severity){ .cadence = 7200, .cadence_max = 14400 };
	assert_int_equal(file_read(&f.j, "templates/stock", LIMIT_CONF_FILE,
			     &text),
	    ST_OK);
	assert_int_equal(stock_read(&f.j, f.j.mem, "stock", text.data,
			     &f.stock),
	    ST_OK);
	buf_free(&text);
	f.post = (struct post){ .u = 1, .r = 1, .posted = NOW - 3600 };
	f.m = (struct matter){ .conf = &f.conf,
		.stock = &f.stock,
		.request = &f.request };
	f.e = (struct event){ .severity = 2,
		.title = "",
		.touches = touches,
		.n_touches = 3,
		.disclosure = DISCLOSURE_FULL };
	*state = &f;
	return 0;
}

static int
drop(void **state)
{
	struct fixture *f = *state;

	job_end(&f->j);
	return 0;
}

static void
stock_texts(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(stock_say(&f->j, &f->m, &f->e, STATE_INVESTIGATING,
				false),
	    "We are aware of a problem affecting A, B and C and are "
	    "investigating.");
	f->e.n_touches = 0;
	f->e.disclosure = DISCLOSURE_LIMITED;
	assert_string_equal(stock_say(&f->j, &f->m, &f->e, STATE_RESOLVED,
				false),
	    "The problem affecting our services is resolved.");
	f->e.n_touches = 1;
	assert_string_equal(stock_say(&f->j, &f->m, &f->e, STATE_MONITORING,
				true),
	    "A problem affects A. We are working on it. To protect the "
	    "service we are sharing limited detail; we will publish what we "
	    "can afterwards.");
	f->e.disclosure = DISCLOSURE_FULL;
	f->m.posts = &f->post;
	f->m.n_posts = 1;
	assert_string_equal(stock_say(&f->j, &f->m, &f->e, STATE_MONITORING,
				true),
	    "No change since 15:00 UTC. Work continues.");
	f->post.posted -= 86400;
	assert_string_equal(stock_say(&f->j, &f->m, &f->e, STATE_MONITORING,
				true),
	    "No change since 15:00 UTC on 3 Mar 2026. Work continues.");
}

static void
promises(void **state)
{
	struct fixture *f = *state;
	bool clipped;
	struct promise p;

	p = drafting_promise(&f->m, &f->e, &f->request.next, NOW, &clipped);
	assert_int_equal(p.value, 7200);
	f->request.next = (struct promise){ PROMISE_AFTER, 99999 };
	p = drafting_promise(&f->m, &f->e, &f->request.next, NOW, &clipped);
	assert_true(clipped);
	assert_int_equal(p.value, 14400);
	f->request.next = (struct promise){ PROMISE_AT, NOW + 600 };
	p = drafting_promise(&f->m, &f->e, &f->request.next, NOW, &clipped);
	assert_false(clipped);
	assert_int_equal(drafting_due(&f->conf, &f->e, &p, NOW + 60),
	    NOW + 600);
	/* Approved too late for it: the usual promise counts from posting. */
	assert_int_equal(drafting_due(&f->conf, &f->e, &p, NOW + 900),
	    NOW + 900 + 7200);
}

/* A cadence that was announced is the bound and the default. */
static void
long_running(void **state)
{
	struct fixture *f = *state;
	bool clipped;
	struct promise p;

	f->e.cadence = 43200;
	p = drafting_promise(&f->m, &f->e, &f->request.next, NOW, &clipped);
	assert_int_equal(p.value, 43200);
	f->request.next = (struct promise){ PROMISE_AFTER, 50000 };
	p = drafting_promise(&f->m, &f->e, &f->request.next, NOW, &clipped);
	assert_true(clipped);
	assert_int_equal(p.value, 43200);
	assert_int_equal(drafting_longest(&f->conf, &f->e), 43200);
	f->e.cadence = 3600;
	assert_int_equal(drafting_longest(&f->conf, &f->e), 14400);
	f->e.cadence = 0;
	assert_int_equal(drafting_longest(&f->conf, &f->e), 14400);
	assert_string_equal(stock_every(&f->j, &f->m, 43200),
	    "We now post an update every 12 hours.");
	assert_string_equal(stock_every(&f->j, &f->m, 3600),
	    "We now post an update every hour.");
	assert_string_equal(stock_every(&f->j, &f->m, 45000),
	    "We now post an update every 750 minutes.");
}

/* Shown again, a stock text keeps the sentence that was added to it. */
static void
again(void **state)
{
	struct fixture *f = *state;
	struct draft old, new;

	f->m.posts = &f->post;
	f->m.n_posts = 1;
	drafting_make(&f->j, &f->m, &f->e, STATE_MONITORING, "", &old);
	old.cadence = 43200;
	drafting_again(&f->j, &f->m, &f->e, &old, &new);
	assert_string_equal(new.text,
	    "No change since 15:00 UTC. Work continues.\n\n"
	    "We now post an update every 12 hours.");
	assert_int_equal(new.cadence, 43200);
	old.cadence = 0;
	old.text = f->stock.text[STOCK_DELAY];
	drafting_again(&f->j, &f->m, &f->e, &old, &new);
	assert_non_null(strstr(new.text, "We are watching the result.\n\n"));
	assert_non_null(strstr(new.text, f->stock.text[STOCK_DELAY]));
	old.text = "short";
	drafting_again(&f->j, &f->m, &f->e, &old, &new);
	assert_null(strstr(new.text, f->stock.text[STOCK_DELAY]));
}

static void
stock_mistakes(void **state)
{
	struct fixture *f = *state;
	struct stock s;

	assert_int_equal(stock_read(&f->j, f->j.mem, "stock",
			     "same = x\nwrong\n", &s),
	    ST_PERM);
	assert_non_null(strstr(f->j.why, "stock:2:"));
	job_forget(&f->j);
	assert_int_equal(stock_read(&f->j, f->j.mem, "stock", "same = x\n", &s),
	    ST_PERM);
	assert_non_null(strstr(f->j.why, "investigating"));
}

static void
changes(void **state)
{
	struct fixture *f = *state;
	struct touch worse = { "b", LEVEL_MAJOR, false };
	char *before = drafting_facts(&f->j, &f->e);

	assert_string_equal(drafting_changes(&f->j, &f->conf, before, &f->e),
	    "");
	f->e.severity = 1;
	assert_string_equal(drafting_changes(&f->j, &f->conf, before, &f->e),
	    "Severity: 1, before: 2\n");
	f->e.severity = 2;
	f->e.touches = &worse;
	f->e.n_touches = 1;
	assert_string_equal(drafting_changes(&f->j, &f->conf, before, &f->e),
	    "Components: B (outage), before: A (partial outage); "
	    "B (partial outage); C (partial outage)\n");
	f->e.n_touches = 0;
	assert_non_null(strstr(drafting_changes(&f->j, &f->conf, before, &f->e),
	    "Components: none, before: A"));
}

/* Over before anybody was told: what it was, when, and nobody is mailed. */
static void
after_the_fact(void **state)
{
	struct fixture *f = *state;
	struct draft d;
	struct post p;
	static const char *none[] = { "" };
	struct person who = { .slug = "comms1", .addresses = none };
	struct sender sender = { .person = &who };

	f->e.phase = PH_CLOSED_QUIET;
	f->e.began = NOW - 900;
	f->e.ended = NOW - 360;
	f->m.sender = &sender;
	drafting_make(&f->j, &f->m, &f->e, STATE_RESOLVED, "", &d);
	assert_string_equal(d.components,
	    "a=partial_outage,b=partial_outage,c=partial_outage");
	assert_int_equal(d.started, NOW - 900);
	assert_false(d.notify);
	f->request.notify = ASK_YES;
	f->e.started = NOW - 1000;
	drafting_make(&f->j, &f->m, &f->e, STATE_RESOLVED, "", &d);
	assert_true(d.notify);
	assert_int_equal(d.started, NOW - 1000);
	drafting_post(&f->j, &f->m, &f->e, &d, &p);
	assert_true(p.backfill);
	assert_int_equal(p.impact, IMPACT_MAJOR);
	assert_int_equal(p.ended, NOW - 360);
	/* Its correction is one of what was told after the fact. */
	f->m.posts = &p;
	f->m.n_posts = 1;
	d.correct = 1;
	f->post = p;
	f->m.posts = &f->post;
	drafting_post(&f->j, &f->m, &f->e, &d, &p);
	assert_true(p.backfill);
	/* An addendum is none. */
	d.correct = 0;
	drafting_post(&f->j, &f->m, &f->e, &d, &p);
	assert_false(p.backfill);
}

static void
postmortem(void **state)
{
	struct fixture *f = *state;
	struct draft d;

	f->e.phase = PH_CLOSED;
	f->e.state = STATE_RESOLVED;
	f->m.posts = &f->post;
	f->m.n_posts = 1;
	f->request.cause = "c";
	f->request.components_given = true; /* says nothing once it is over */
	drafting_make(&f->j, &f->m, &f->e, STATE_POSTMORTEM, "Why.", &d);
	assert_string_equal(d.components,
	    "a=operational,b=operational,c=operational");
	assert_string_equal(d.review.cause, "c");
	assert_string_equal(d.review.problem, "");
	assert_int_equal(d.promise.kind, PROMISE_NONE);
	drafting_make(&f->j, &f->m, &f->e, STATE_RESOLVED, "More.", &d);
	assert_string_equal(d.review.cause, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(stock_texts, set, drop),
		cmocka_unit_test_setup_teardown(promises, set, drop),
		cmocka_unit_test_setup_teardown(long_running, set, drop),
		cmocka_unit_test_setup_teardown(again, set, drop),
		cmocka_unit_test_setup_teardown(stock_mistakes, set, drop),
		cmocka_unit_test_setup_teardown(changes, set, drop),
		cmocka_unit_test_setup_teardown(after_the_fact, set, drop),
		cmocka_unit_test_setup_teardown(postmortem, set, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
