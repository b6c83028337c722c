/* Public mail, previews, archive entries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "copy.h"
#include "flow/compose.h"
#include "model/keys.h"
#include "sample.h"
#include "text/labels.h"

static struct job job;
static struct public_update updates[5];

static int
begin(void **state)
{
	(void)state;
	job_begin(&job, "t", SAMPLE_STARTED + 10000);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	job_end(&job);
	return 0;
}

static char *
compose(size_t n, size_t at, const struct list *l, const struct variant *v)
{
	struct conf c = sample_conf("templates", "/nowhere");
	struct public_event e = sample_event(updates, n);
	struct mail m;

	sample_read(&job, &e);
	if (compose_public(&job, &c, l, &e, at, v, &m) != ST_OK)
		fail_msg("%s", job.why);
	return copy_read(&job, &m);
}

static const struct variant text_only = { "", "", "text" };

static void
first_post(void **state)
{
	char *s = compose(1, 0, &sample_list, &text_only);

	(void)state;
	has(s, "To: TO\n");
	has(s, "From: \"Example Status\" <status@status.example>\n");
	has(s, "Message-ID: "
	       "<inc-2026-0042.u1.r1.example-status@status.example>\n"
	       "References: <inc-2026-0042@status.example>\n");
	has(s, "Date: Wed, 04 Mar 2026 14:24:40 +0000\n");
	has(s, "List-Unsubscribe: <https://status.example/u/TOKEN>,\n"
	       " <mailto:example-status-unsubscribe+TOKEN@in.status.example>"
	       "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n");
	has(s, "List-Id: Example <example-status.status.example>\n");
	has(s, "Sitrep-Components: email-b=partial_outage, "
	       "email-a=operational\n");
	has(s, "Sitrep-Next-Update: 2026-03-04T16:24:00Z\n");
	has(s, "Archived-At: <https://status.example/incident/2026/0042/#u1>");
	has(s, "Content-Type: text/plain; charset=utf-8\n");
	hasnt(s, "In-Reply-To");
	hasnt(s, "Auto-Submitted");
	hasnt(s, "text/html");
	has(s, "\n\nInvestigating - update 1\n"
	       "Email Cluster B: PARTIAL OUTAGE\n"
	       "https://status.example/incident/2026/0042/\n\nWe are");
	has(s, "Impact for resellers:\nThe mail administration");
	has(s, "Started: 4 Mar 2026 14:02 UTC (09:02 Toronto, 15:02 Paris)\n"
	       "Posted: 14:24 UTC\n"
	       "Next update: by 16:24 UTC (11:24 Toronto, 17:24 Paris)\n");
	has(s, "Not affected: Email Cluster A\n");
	has(s, "\n-- \nYou get this as a member of example-status");
	hasnt(s, "**");
	hasnt(s, "Earlier updates");
	hasnt(s, "Lasting");
}

static void
correction(void **state)
{
	char *s = compose(5, 2, &sample_list, &text_only);

	(void)state;
	has(s, "Subject: [Correction] Email");
	has(s, ".u2.r2.example-status@");
	has(s, "#u2r2>");
	has(s, "\n\nCorrection to update 2 (15:10 UTC): Webmail is still");
	has(s, "Earlier updates, newest first:\n\n4 Mar 2026 14:24 UTC "
	       "Investigating - update 1\n");
	hasnt(s, "update 3"); /* posted after it */
	hasnt(s, "some may still be slow");
}

static void
resolved(void **state)
{
	char *s = compose(5, 4, &sample_list, &text_only);

	(void)state;
	has(s, "Ended: 16:05 UTC (11:05 Toronto, 17:05 Paris)\n"
	       "Duration: 2 h 3 min\n");
	has(s, "Lasting effects: None; no mail was lost.\n");
	has(s, "We are sorry for the trouble");
	hasnt(s, "Next update");
	hasnt(s, "Sitrep-Next-Update");
	has(s, "Corrected 15:31 UTC: Webmail");
	assert_true(strstr(s, "update 3") < strstr(s, "update 2"));
	assert_true(strstr(s, "update 2") < strstr(s, "update 1"));
}

/* The sample with a postmortem behind it, or with one update alone. */
static char *
compose_last(size_t n, const struct variant *v, const struct public_update *u)
{
	struct conf c = sample_conf("templates", "/nowhere");
	static struct public_update all[6];
	struct public_event e = sample_event(all, 5);
	struct mail m;

	all[n - 1] = *u;
	e.updates = all;
	e.n_updates = n;
	e.state = u->state;
	e.ended = u->ended;
	sample_read(&job, &e);
	if (compose_public(&job, &c, &sample_list, &e, n - 1, v, &m) != ST_OK)
		fail_msg("%s", job.why);
	return copy_read(&job, &m);
}

static struct public_update
review(void)
{
	static struct public_update all[5];
	struct public_update u = sample_event(all, 5).updates[4];

	u.u = 5;
	u.state = STATE_POSTMORTEM;
	u.posted = u.first_posted = SAMPLE_STARTED + 9 * 86400;
	u.text = "For two hours **logins** failed.";
	u.lasting = "";
	u.enduser_impact = "Half of all logins failed.";
	u.review = (struct review){ "A pool ran full.", "A larger pool; ;alarm",
		"Pools apart by 20 Mar;", "PR-2474" };
	return u;
}

static void
postmortem(void **state)
{
	struct variant both = { "", "", "both" };
	struct public_update u = review();
	char *s = compose_last(6, &text_only, &u);

	(void)state;
	has(s, "Subject: [Postmortem] Email Cluster B");
	has(s, "Sitrep-State: postmortem\n");
	has(s, "\n\nPostmortem - update 5\n"
	       "https://status.example/incident/2026/0042/\n\n"
	       "Incident date: 4 Mar 2026 14:02 UTC \xe2\x80\x93 16:05 UTC "
	       "(2 h 3 min)\nIncident number: INC-2026-0042\n\n"
	       "Summary:\nFor two hours logins failed.\n\n"
	       "What happened:\n4 Mar 2026 14:02 UTC  Started\n"
	       "14:24 UTC  Investigating (update 1)\n"
	       "15:10 UTC  Identified (update 2)\n"
	       "15:45 UTC  Monitoring (update 3)\n16:05 UTC  Ended\n"
	       "16:12 UTC  Resolved (update 4)\n\n"
	       "Impact:\nEmail Cluster B: Partial outage\nWebmail: Degraded\n"
	       "\nImpact for end users:\nHalf of all logins failed.\n\n"
	       "Root cause:\nA pool ran full.\n\n"
	       "What we are doing:\n- A larger pool\n- alarm\n"
	       "- Pools apart by 20 Mar\n\nProblem: PR-2474\n\n"
	       "The Example team\n\nPosted: 13 Mar 14:02 UTC");
	hasnt(s, "ONLINE");
	hasnt(s, "Not affected");
	hasnt(s, "Lasting effects");
	s = compose_last(6, &both, &u);
	has(s, "<li dir=\"auto\">Pools apart by 20 Mar</li>");
	assert_true(strstr(s, ">What happened<") < strstr(s, ">Root cause<"));
}

/* What wasn't said has no section; a "no change" is no news. */
static void
short_postmortem(void **state)
{
	struct public_update u = review();
	char *s;

	(void)state;
	u.review = (struct review)REVIEW_NONE;
	u.started = 0;
	u.enduser_impact = "";
	s = compose_last(6, &text_only, &u);
	has(s, "Incident date: 4 Mar 2026\nIncident number");
	has(s, "What happened:\n4 Mar 2026 14:24 UTC  Investigating");
	has(s, "Webmail: Degraded\n\nThe Example team\n");
	u.started = SAMPLE_STARTED;
	u.ended = 0;
	s = compose_last(6, &text_only, &u);
	has(s, "Incident date: 4 Mar 2026 14:02 UTC\nIncident number");
	hasnt(s, "UTC  Ended");
	u.u = 1;
	u.started = 0;
	s = compose_last(1, &text_only, &u);
	has(s, "What happened:\n\nImpact:\n");
}

static void
after_the_fact(void **state)
{
	static struct public_update all[5];
	struct public_update u = sample_event(all, 5).updates[0];
	char *s;

	(void)state;
	u.state = STATE_RESOLVED;
	u.backfill = true;
	u.next_update = 0;
	u.ended = SAMPLE_STARTED + 540;
	u.posted = u.first_posted = SAMPLE_STARTED + 2 * 86400;
	s = compose_last(1, &text_only, &u);
	has(s, "Subject: [Resolved] Email");
	has(s, "Affected: Email Cluster B (Partial outage)\n"
	       "Started: 4 Mar 2026 14:02 UTC (09:02 Toronto, 15:02 Paris)\n"
	       "Ended: 14:11 UTC (09:11 Toronto, 15:11 Paris)\n"
	       "Duration: 9 min\nPosted after the fact on 6 Mar 2026\n");
	has(s, "Not affected: Email Cluster A");
	hasnt(s, "PARTIAL OUTAGE");
}

static void
variants(void **state)
{
	struct variant auckland = { "fr", "Pacific/Auckland", "text" };
	struct variant html = { "", "", "html" }, both = { "", "", "both" };
	struct list l = sample_list;
	char *s = compose(1, 0, &l, &auckland);

	(void)state;
	has(s, "14:02 UTC (5 mars 03:02 Auckland)");
	has(s, "Le message ci-dessous est en anglais.");
	hasnt(s, "Toronto");
	s = compose(1, 0, &l, &html);
	has(s, "Content-Type: text/html");
	hasnt(s, "text/plain");
	has(s, "href=\"https://status.example/u/TOKEN\"");
	s = compose(1, 0, &l, &both);
	assert_true(strstr(s, "text/plain") < strstr(s, "text/html"));
	l.subject = SUBJECT_STABLE;
	l.prefix = "Example";
	l.kind = LIST_ACCOUNT;
	s = compose(5, 2, &l, &text_only);
	has(s, "Subject: [Example] Email Cluster B");
	hasnt(s, "[Correction]");
	hasnt(s, "List-Subscribe");
}

static void
same_bytes(void **state)
{
	struct variant both = { "", "", "both" };
	char *a = compose(2, 1, &sample_list, &both);

	(void)state;
	/* Later posts don't change a mail that is composed again. */
	assert_string_equal(a, compose(5, 1, &sample_list, &both));
}

static void
special(void **state)
{
	struct conf c = sample_conf("templates", "/nowhere");
	struct public_event e = sample_event(updates, 4);
	struct mail m;
	char *s;

	(void)state;
	updates[3].kind = POST_SAME;
	updates[3].limited = updates[3].backfill = true;
	updates[3].title = "Another title";
	updates[3].lang = "fr";
	updates[3].posted += 24 * 3600;
	sample_read(&job, &e);
	assert_int_equal(compose_public(&job, &c, &sample_list, &e, 3,
			     &text_only, &m),
	    ST_OK);
	s = copy_read(&job, &m);
	has(s, "Monitoring - update 3 (no change)\n");
	has(s, "Title: Another title\n");
	has(s, "Subject: [Monitoring] Email Cluster B");
	has(s, "Details that would help an attacker are left out");
	has(s, "within three days of the end.");
	has(s, "The message below is in French.");
	has(s, "Content-Language: en, fr");
	has(s, "Posted: 5 Mar 15:45 UTC");
	has(s, "Posted after the fact on 4 Mar 2026");
}

static void
preview(void **state)
{
	struct conf c = sample_conf("templates", "/nowhere");
	struct public_event e = sample_event(updates, 5);
	struct promise after = { PROMISE_AFTER, 7200 }, none = { 0 };
	struct preview p;

	(void)state;
	sample_read(&job, &e);
	updates[3].posted = updates[3].first_posted = updates[3].next_update =
	    0;
	assert_int_equal(compose_preview(&job, &c, &e, 3, &after, &p), ST_OK);
	has(p.text, "Posted: when you approve\n");
	has(p.text, "Next update: 2 h after posting\n");
	hasnt(p.text, "Earlier");
	hasnt(p.text, "Leave");
	hasnt(p.text, "1970");
	assert_string_equal(p.subject,
	    "[Monitoring] Email Cluster B – some logins failing "
	    "[INC-2026-0042]");
	has(p.ruled, p.text);
	updates[4].posted = updates[4].first_posted = updates[4].ended = 0;
	assert_int_equal(compose_preview(&job, &c, &e, 4, &none, &p), ST_OK);
	has(p.text, "Ended: when you approve\nDuration: computed");
	hasnt(p.text, "Next update");
	hasnt(p.text, "1970");
}

static void
archive(void **state)
{
	struct conf c = sample_conf("templates", "/nowhere");
	struct public_event e = sample_event(updates, 2);
	struct buf b = BUF_INIT;

	(void)state;
	sample_read(&job, &e);
	updates[0].reseller_impact = "From here\n>From there\nFrom\n";
	assert_int_equal(compose_archive(&job, &c, &e, 0, &b), ST_OK);
	assert_ptr_equal(strstr(b.data,
			     "From sitrep Wed Mar  4 14:24:40 2026\nFrom: "),
	    b.data);
	has(b.data, "\n>From here\n>>From there\nFrom\n");
	has(b.data, "Message-ID: <inc-2026-0042.u1.r1@status.example>\n");
	hasnt(b.data, "List-Unsubscribe");
	hasnt(b.data, "\nTo:");
	hasnt(b.data, "Leave");
	assert_int_equal(b.data[b.len - 1], '\n');
	assert_int_equal(b.data[b.len - 2], '\n');
	buf_free(&b);
}

/* A hostile template mistake names its file; nothing is half composed. */
static void
no_templates(void **state)
{
	struct conf c = sample_conf("/nonexistent", "/nowhere");
	struct public_event e = sample_event(updates, 1);
	struct mail m;

	(void)state;
	assert_int_equal(compose_public(&job, &c, &sample_list, &e, 0,
			     &text_only, &m),
	    ST_PERM);
	has(job.why, "/nonexistent/en/words");
	job_forget(&job);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_post),
		cmocka_unit_test(correction),
		cmocka_unit_test(resolved),
		cmocka_unit_test(postmortem),
		cmocka_unit_test(short_postmortem),
		cmocka_unit_test(after_the_fact),
		cmocka_unit_test(variants),
		cmocka_unit_test(same_bytes),
		cmocka_unit_test(special),
		cmocka_unit_test(preview),
		cmocka_unit_test(archive),
		cmocka_unit_test(no_templates),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
