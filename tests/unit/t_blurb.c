/* Short texts of public updates: which are worth one, and what they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "sample.h"
#include "text/blurb.h"

static struct job job;
static struct conf conf;
static struct labels words;
static struct public_update updates[5];
static struct public_event event;
static struct posting posting;

static int
begin(void **state)
{
	(void)state;
	job_begin(&job, "t", SAMPLE_STARTED);
	conf = sample_conf("templates", "/nowhere");
	event = sample_event(updates, 5);
	assert_int_equal(labels_load(&job, "templates", "", "en", &words),
	    ST_OK);
	sample_read(&job, &event);
	posting = (struct posting){ .mem = job.mem,
		.conf = &conf,
		.words = &words,
		.event = &event };
	return 0;
}

static int
end(void **state)
{
	(void)state;
	job_end(&job);
	return 0;
}

static void
says(size_t i, size_t most, const char *want)
{
	assert_string_equal(blurb_text(&posting, i, most, BLURB_LINK), want);
}

static void
as_said(void **state)
{
	(void)state;
	says(0, 280,
	    "[Investigating] Email Cluster B – some logins failing: We are "
	    "investigating a problem with logins to mailboxes on Email Cluster "
	    "B. Next update by 16:24 UTC. "
	    "https://status.example/incident/2026/0042/#u1");
	says(2, 500,
	    "[Correction] Email Cluster B – some logins failing: We have found "
	    "the cause and are reversing a software update in our login "
	    "service. Next update by 17:00 UTC. "
	    "https://status.example/incident/2026/0042/#u2r2");
	says(4, 280,
	    "[Resolved] Email Cluster B – some logins failing: This problem is "
	    "over. https://status.example/incident/2026/0042/#u4");
}

/* At the end of a word, and never longer than it may be. */
static void
cuts(void **state)
{
	const char *url = "https://status.example/incident/2026/0042/#u1";

	(void)state;
	says(0, 160,
	    "[Investigating] Email Cluster B – some logins failing: We are "
	    "investigating a problem with logins to… Next update by 16:24 UTC. "
	    "https://status.example/incident/2026/0042/#u1");
	for (size_t most = 60; most < 300; most++) {
		const char *s = blurb_text(&posting, 0, most, BLURB_LINK);
		const char *own = blurb_text(&posting, 0, most + 40, 0);
		size_t n = text_columns(s);

		assert_true(n - strlen(url) + BLURB_LINK <= most);
		assert_true(text_columns(own) <= most + 40);
		assert_true(text_ends(s, url));
		assert_true(text_is_utf8(s, strlen(s)));
		if (strstr(s, "…") != NULL)
			assert_true(strstr(s, " …") == NULL);
	}
}

/* Wide characters count twice; one that is cut isn't halved. */
static void
wide(void **state)
{
	struct public_update *u = &updates[0];

	(void)state;
	u->prose = NULL;
	u->title = "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e";
	u->text =
	    "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c\xac"
	    "\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5"
	    "\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"
	    "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c\xac";
	event.first_title = u->title;
	for (size_t most = 60; most < 140; most++) {
		const char *s = blurb_text(&posting, 0, most + 40, 0);

		assert_true(text_columns(s) <= most + 40);
		assert_true(text_is_utf8(s, strlen(s)));
	}
}

/* A link of the text is left to the page. */
static void
links(void **state)
{
	(void)state;
	updates[0].prose = NULL;
	updates[0].text = "See our notes <https://a.example/b> on it. More.";
	says(0, 280,
	    "[Investigating] Email Cluster B – some logins failing: See our "
	    "notes… Next update by 16:24 UTC. "
	    "https://status.example/incident/2026/0042/#u1");
	updates[0].text = "Version 2.5 of it.x fails? Yes. More.";
	says(0, 280,
	    "[Investigating] Email Cluster B – some logins failing: Version "
	    "2.5 of it.x fails? Next update by 16:24 UTC. "
	    "https://status.example/incident/2026/0042/#u1");
	updates[0].text = "";
	says(0, 280,
	    "[Investigating] Email Cluster B – some logins failing. Next "
	    "update by 16:24 UTC. "
	    "https://status.example/incident/2026/0042/#u1");
	updates[0].kind = POST_WITHDRAWN;
	updates[0].text = "It isn't so.";
	says(0, 280,
	    "[Withdrawn] Email Cluster B – some logins failing. Next update "
	    "by 16:24 UTC. https://status.example/incident/2026/0042/#u1");
}

static void
which(void **state)
{
	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_true(blurb_told(&event, i));
	/* The same state again is none, a worse impact is. */
	updates[3].state = STATE_IDENTIFIED;
	assert_false(blurb_told(&event, 3));
	updates[3].impact = IMPACT_MAJOR;
	assert_true(blurb_told(&event, 3));
	updates[3].impact = IMPACT_NONE;
	assert_false(blurb_told(&event, 3));
	updates[3].state = STATE_MONITORING;
	updates[3].kind = POST_SAME;
	assert_false(blurb_told(&event, 3));
	/* A typing error, what was removed, and a report. */
	updates[2].typo = true;
	assert_false(blurb_told(&event, 2));
	updates[4].removed = true;
	assert_false(blurb_told(&event, 4));
	updates[4].removed = false;
	updates[4].kind = POST_REDACTED;
	assert_false(blurb_told(&event, 4));
	/* The holding statement is the first word. */
	updates[0].kind = POST_AUTO;
	assert_true(blurb_told(&event, 0));
	event.report = true;
	assert_false(blurb_told(&event, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(as_said, begin, end),
		cmocka_unit_test_setup_teardown(cuts, begin, end),
		cmocka_unit_test_setup_teardown(wide, begin, end),
		cmocka_unit_test_setup_teardown(links, begin, end),
		cmocka_unit_test_setup_teardown(which, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
