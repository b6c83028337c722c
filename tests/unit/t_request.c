/* Whole mails: the worked ones in short, and what people write instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "flow/request.h"
#include "mail_sample.h"
#include "request_print.h"

struct sample {
	const char *who; /* slug, NULL: nobody */
	const char *subject, *reply, *gives;
};

static void
read_sample(struct job *j, const struct conf *c, const struct sample *s,
    struct request *r)
{
	const struct person *who = NULL;
	struct message m;

	for (size_t i = 0; s->who != NULL && i < c->n_persons; i++)
		if (strcmp(c->persons[i].slug, s->who) == 0)
			who = &c->persons[i];
	sample_message(s->subject, s->reply, &m);
	assert_int_equal(request_read(j, c, &m, who, r), ST_OK);
}

static void
check(const struct sample *s, size_t n)
{
	struct conf c;

	sample_conf(&c);
	for (size_t i = 0; i < n; i++) {
		struct buf got = BUF_INIT;
		struct request r;
		struct job j;
		int64_t now;

		assert_true(when_read_rfc3339(SAMPLE_DATE, &now));
		job_begin(&j, "test", now);
		read_sample(&j, &c, &s[i], &r);
		request_print(&r, j.mem, &got);
		if (strcmp(got.data + (got.len != 0), s[i].gives) != 0)
			fail_msg("%s | %s\n--- gives\n%s\n--- not\n%s",
			    s[i].subject, s[i].reply, got.data + (got.len != 0),
			    s[i].gives);
		buf_free(&got);
		job_end(&j);
	}
}

#define CHECK(s) check(s, sizeof(s) / sizeof *(s))

static void
test_worked(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	/* A phone, loose shorthand. */
	{ "noc1", "Sev2 cluster b: imap logins failing",
	    "Since: 9:02\npool exhausted on mbx-b07.int, half of logins time out.\nRestarting pool",
	    "started=2026-03-04T14:02:00Z/Toronto subject-severity=2 subject-component=\"email-b\" text" },
	/* Ack and draft from Outlook. */
	{ "comms1", "RE: YOU HAVE IT: Email Cluster B SEV2 [INTERNAL] [INC-2026-0042]",
	    "Ack\ndraft investigating\nTitle: Email Cluster B \xe2\x80\x93 some logins failing\n"
	    "Impact for resellers: the panel works\nImpact for end users: half of the logins time out\n"
	    "Next: +2h\n\nWe are investigating a problem with **Email Cluster B**.",
	    "!ack !draft:investigating title=\"Email Cluster B \xe2\x80\x93 some logins failing\" "
	    "resellers=\"the panel works\" endusers=\"half of the logins time out\" next=+7200s text" },
	{ "comms1", "Re: [PREVIEW] [INC-2026-0042] d2", "Yes", "!yes only-word" },
	/* Cause found, own words for the public. */
	{ "noc1", "Re: [INC-2026-0042] imap",
	    "state = identified\nseverity: 2\n\nldap3.int stuck, ETA 20m\n\n--- public ---\nWe have found the cause.",
	    "severity=2 state=identified text public" },
	{ "comms1", "Re: [INC-2026-0042] copy of update 2",
	    "Correct: 2\nReason: Webmail is still affected\n\nIMAP works. **Webmail logins still fail.**",
	    "reason=\"Webmail is still affected\" correct=2 text" },
	{ "noc1", "[INC-2026-0042] still broken", "investigating\nWebmail nodes still rejecting.",
	    "!investigating:investigating text" },
	/* Limited disclosure. */
	{ "noc1", "SEV1 DNS slow/unreachable from some networks",
	    "Components: dns-hosting = partial outage\nDisclosure: limited\nHandoff: now\n\nFlood at ns2/ns3",
	    "dns-hosting=partial_outage disclosure=limited handoff=now subject-severity=1 text" },
	/* Garbled: four lines to copy, the text kept. */
	{ "noc1", "api", "Sevreity: 2\nServcie: registrar api\nSince: 03/04 9am\nreslove\n\nTimeouts at .CA",
	    "text degraded E20@1 E20@2 E21@4 E23@3" },
	{ "comms1", "Re: [INC-2026-0042]", "resolved\nEnded: 13:05 UTC\n\nAll is well.",
	    "!resolve:resolved ended=2026-03-04T13:05:00Z/UTC text" },
		/* clang-format on */
	};

	(void)state;
	CHECK(samples);
}

static void
test_components(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ NULL, "", "Components: email-b, webmail=degraded; api: major outage",
	    "email-b=unset webmail=degraded_performance registrar-api=major_outage" },
	{ NULL, "", "Affects: Email Cluster B", "email-b=unset" },
	{ NULL, "", "Affects: mail b (down)", "email-b=major_outage" },
	{ NULL, "", "Affects: dns-hosting partial outage", "dns-hosting=partial_outage" },
	{ NULL, "", "Affects: webmail is slow", "webmail=degraded_performance" },
	{ NULL, "", "Affects: webmail - offline.", "webmail=major_outage" },
	{ NULL, "", "Affects: webmail and api", "webmail=unset registrar-api=unset" },
	{ NULL, "", "Service: Email", "email-a=unset email-b=unset" },
	{ NULL, "", "Service: email = red", "email-a=major_outage email-b=major_outage" },
	{ NULL, "", "Service: webmail, WEBMAIL=up, webmail", "webmail=operational" },
	{ NULL, "", "Service: webmail\nAffected: api", "webmail=unset registrar-api=unset" },
	{ NULL, "", "Service: webmial", "degraded E22@1" },
	{ NULL, "", "Service: webmail, nosuch", "webmail=unset degraded E22@1" },
	{ NULL, "", "Service: webmail=borken", "degraded E24@1" },
	{ NULL, "", "Service: ,;, ,", "" },
	{ NULL, "", "Service:", "" },
		/* clang-format on */
	};
	struct sample s = { NULL, "", "Service: webmial", "" };
	struct request r;
	struct conf c;
	struct job j;

	(void)state;
	CHECK(samples);
	sample_conf(&c);
	job_begin(&j, "test", 1772633172);
	read_sample(&j, &c, &s, &r);
	assert_string_equal(r.findings[0].copy, "Service: webmail");
	assert_string_equal(r.findings[0].written, "Service: webmial");
	assert_non_null(strstr(r.findings[0].says, "webmail"));
	job_end(&j);
}

static void
test_values(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ NULL, "", "Sev: P1", "severity=1" }, { NULL, "", "Prio: high", "severity=2" },
	{ NULL, "", "Severity: 2 (major)", "severity=2" }, { NULL, "", "Severity: SEV-4", "severity=4" },
	{ NULL, "", "Severity: disaster", "severity=1" }, { NULL, "", "Severity: info", "severity=5" },
	{ NULL, "", "Severity: 0", "degraded E24@1" }, { NULL, "", "Severity: 22", "degraded E24@1" },
	{ NULL, "", "Severity: 2/3", "degraded E24@1" }, { NULL, "", "Severity: 1.5", "degraded E24@1" },
	{ NULL, "", "Severity: dunno", "degraded E24@1" },
	{ NULL, "", "Severity: 2\nSev: 3", "severity=3 degraded W43@2" },
	{ "noc1", "", "!resolve\n!monitoring", "!resolve:resolved !monitoring:monitoring degraded W43@2" },
	{ "noc1", "", "!resolve\n!resolved", "!resolve:resolved !resolve:resolved" },
	{ NULL, "", "Severity: 2\nSev: 2", "severity=2" },
	{ NULL, "", "sev2", "!severity:2 severity=2 only-word" },
	{ NULL, "", "severity 4 one node only", "!severity:4 severity=4 reason=\"one node only\" only-word" },
	{ NULL, "", "Status: cause known", "state=identified" }, { NULL, "", "Phase: Fix deployed", "state=monitoring" },
	{ NULL, "", "Status: over", "state=resolved" }, { NULL, "", "Status: scheduled", "degraded E24@1" },
	{ NULL, "", "Status: identifed", "degraded E24@1" },
	{ NULL, "", "Impact: major", "impact=major" }, { NULL, "", "Impact: DEGRADED", "impact=minor" },
	{ NULL, "", "Impact: logins fail", "impact=\"logins fail\"" },
	{ NULL, "", "Disclosure: limited", "disclosure=limited" }, { NULL, "", "TLP: CLEAR", "disclosure=full" },
	{ NULL, "", "TLP: AMBER+STRICT", "disclosure=embargoed" }, { NULL, "", "Visibility: TLP:GREEN", "disclosure=embargoed" },
	/* Fails closed. */
	{ NULL, "", "Disclosure: limted", "disclosure=embargoed degraded E24@1" },
	{ NULL, "", "Disclsure: limited", "disclosure=limited degraded E20@1" },
	{ NULL, "", "Disclsure: full", "degraded E20@1" },
	{ NULL, "", "TLP: purple", "disclosure=embargoed" },
	{ NULL, "", "Disclosure: embargoed\nDisclosure: full", "disclosure=embargoed degraded W43@2" },
	{ NULL, "", "Next: +90m", "next=+5400s" }, { NULL, "", "Next update by: 16:00", "next=2026-03-04T16:00:00Z" },
	{ NULL, "", "Next: 2 hours", "next=+7200s" }, { NULL, "", "Next-Update: none", "next=none" },
	{ NULL, "", "Next: asap", "degraded E23@1" }, { NULL, "", "Next: 9:00", "next=2026-03-05T09:00:00Z" },
	{ NULL, "", "publish identified next +2h", "!publish:identified next=+7200s only-word" },
	{ NULL, "", "publish next update by 16:00", "!publish next=2026-03-04T16:00:00Z only-word" },
	{ NULL, "", "publish identified next soonish", "!publish:identified degraded E23@1" },
	{ NULL, "", "Notify: no", "notify=no" }, { NULL, "", "Notify: maybe", "degraded E24@1" },
	{ NULL, "", "Correct: 3 typo", "correct=3/typo" }, { NULL, "", "Fixes: u3", "correct=3" },
	{ NULL, "", "Correct: update 3", "correct=3" }, { NULL, "", "Correct: the last", "degraded E24@1" },
	{ NULL, "", "correct u3 typo", "!correct:3 correct=3/typo only-word" },
	{ NULL, "", "correct 2: wrong host", "!correct:2 reason=\"wrong host\" correct=2 only-word" },
	{ NULL, "", "Handoff: now", "handoff=now" }, { NULL, "", "Handoff: comms1", "handoff=\"comms1\"" },
	{ NULL, "", "handoff Lena", "!handoff handoff=\"commslead\" only-word" },
	{ NULL, "", "handoff comms1@example.net", "!handoff handoff=\"comms1\" only-word" },
	{ NULL, "", "handoff", "!handoff handoff=now only-word" },
	{ NULL, "", "handoff Bob", "!handoff degraded E24@1" },
	{ NULL, "", "Lists: all", "list=example-status list=resellers-fr" },
	{ NULL, "", "List: example-status; nosuch", "list=example-status degraded E24@1" },
	{ NULL, "", "Brand: wholesale", "" }, { NULL, "", "Brand: nosuch", "degraded E24@1" },
	{ NULL, "", "Lang: fr", "lang=\"fr\"" }, { NULL, "", "Lang: 12", "degraded E24@1" },
	{ NULL, "", "Note: one\nInternal: two", "note=\"one two\"" },
	{ NULL, "", "Cause: x\nRoot cause: y", "cause=\"y\" degraded W43@2" },
	{ NULL, "", "Window: 2026-03-15 04:00-07:00 UTC", "degraded E24@1" },
	{ NULL, "", "hold +30m", "!hold:1800s only-word objection" },
	{ NULL, "", "Since: 10 min ago\nDetected: now", "started=2026-03-04T13:56:12Z/ detected=2026-03-04T14:06:12Z/" },
	{ "commslead", "", "Since: 14:30", "started=2026-03-04T13:30:00Z/Berlin" },
	{ NULL, "", "Incident: INC-2026-0042\nnew", "!new incident=\"INC-2026-0042\"" },
		/* clang-format on */
	};

	(void)state;
	CHECK(samples);
}

static void
test_subjects(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ NULL, "Re: Sev2 cluster b: x", "", "subject-severity=2 subject-component=\"email-b\"" },
	{ NULL, "RE: Fwd: [EXTERNAL] [INC-2026-0042] SEV-1 api: x", "", "subject-severity=1 subject-component=\"registrar-api\"" },
	{ NULL, "AW: WG: P1: dns: x", "", "subject-severity=1 subject-component=\"dns-hosting\"" },
	{ NULL, "Re[2]: S3 Webmail: x", "", "subject-severity=3 subject-component=\"webmail\"" },
	{ NULL, "cluster b: x", "", "subject-component=\"email-b\"" },
	{ NULL, "Email Cluster A: x: y", "", "subject-component=\"email-a\"" },
	{ NULL, "severity 2 - webmail: x", "", "subject-severity=2 subject-component=\"webmail\"" },
	{ NULL, "webmail down", "", "" }, { NULL, "Webmail is: down", "", "" },
	{ NULL, "sev9 x", "", "" }, { NULL, "sev22 x", "", "" }, { NULL, "p1.5 x", "", "" },
	{ NULL, "Several things: x", "", "" }, { NULL, "S3cret bucket", "", "" },
	{ NULL, "Problem with Sev2", "", "" }, { NULL, "P2P is slow", "", "" },
	{ NULL, "", "", "" }, { NULL, ":", "", "" }, { NULL, "[", "", "" }, { NULL, "Re:", "", "" },
	{ NULL, "Sev\xe2\x80\x8b" "2 x", "", "subject-severity=2" },
		/* clang-format on */
	};

	(void)state;
	CHECK(samples);
}

static void
test_answers(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ "comms1", "", "Yes please", "!yes only-word" }, { "comms1", "", "OK \xf0\x9f\x91\x8d", "!yes only-word" },
	{ "comms1", "", "Yes.\n\nThanks,\nComms One", "!yes only-word" },
	{ "comms1", "", "\xf0\x9f\x91\x8d yes", "!yes only-word" },
	{ "comms1", "", "Yes\n\nComms Two", "!yes text yes-extra" },
	{ "comms1", "", "Yes but drop the last sentence", "text yes-extra" },
	{ "comms1", "", "Looks good to me, thanks", "text yes-extra" }, { "comms1", "", "LGTM", "text yes-extra" },
	{ "comms1", "", "looks good, but webmail?", "text" }, { "comms1", "", "I do", "text" },
	{ "comms1", "", "yes if NOC agrees", "text yes-extra" }, { "comms1", "", "Yes?", "text yes-extra" },
	{ "comms1", "", "Hi,\n\nyes but later", "text yes-extra" },
	{ "comms1", "", "yes\nSeverity: 2", "!yes severity=2 yes-extra" },
	{ "comms1", "", "1", "!yes only-word" }, { "comms1", "", "1 node is down", "text" },
	{ "comms1", "", "\xf0\x9f\x91\x8d", "" },
	{ "comms1", "", "no", "!no only-word objection" }, { "comms1", "", "No, wrong cluster", "!no only-word objection" },
	{ "noc1", "", "wrong component", "text objection" }, { "noc1", "", "hold on, ns2", "text objection" },
	{ "noc1", "", "no change", "!same only-word" },
	{ "comms1", "", "Ack\n\nThanks\nComms One", "!ack only-word" },
	{ "comms1", "", "ack\n\nlooking at it", "!ack text" },
	{ "comms1", "", "publish\n\nThanks,\nComms One", "!publish only-word" },
	{ "noc1", "", "fixed, pool restarted", "text opening=monitoring" },
	{ "noc1", "", "Fixed", "!monitoring:monitoring only-word" },
	{ "noc1", "", "fixed by restarting the pool", "text opening=monitoring" },
	{ "noc1", "", "Resolved: pool restarted", "text opening=resolved" },
	{ "noc1", "", "Ended: 13:00 UTC\n\n**Resolved** at 9:40", "ended=2026-03-04T13:00:00Z/UTC text opening=resolved" },
	{ "noc1", "", "Solved nothing yet", "text" }, { "noc1", "", "not fixed", "text" },
	{ "noc1", "", "fixed IP range of customer x", "text" }, { "noc1", "", "fixed by 10:00", "text" },
	{ "noc1", "", "fixed, but webmail still fails", "text" }, { "noc1", "", "fixed?", "text" },
	{ "noc1", "", "Fixed, not sure yet", "text" }, { "noc1", "", "Monitoring: 5 alerts on b", "text" },
	{ "noc1", "", "Monitoring shows errors", "text" }, { "noc1", "", "done, watching it", "text opening=resolved" },
	{ "noc1", "", "Resolver is down", "text" },
		/* clang-format on */
	};

	(void)state;
	CHECK(samples);
}

static void
test_public(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ "comms1", "", "publish\n\nsee ![x](http://y/z.png)", "!publish text refused degraded E25@3" },
	{ "comms1", "", "publish\n\na <b>bold</b> word", "!publish text refused degraded E25@3" },
	{ "comms1", "", "publish\n\nsee <https://example.net> a < b", "!publish text" },
	{ "noc1", "", "a <b>word</b>", "text" },
	{ "noc1", "", "publish\n\na <b>word</b>", "!publish text" },
	{ "noc1", "", "x <b>\n--- public ---\nfine\n\n<img src=x>", "text public refused degraded E25@5" },
	{ "noc1", "", "--- public ---\nfine\n--- internal ---\n<b>x</b>", "public internal" },
	{ "noc1", "", "--- resellers ---\na\nb\n--- end users ---\nc", "resellers=\"a b\" endusers=\"c\"" },
	{ "noc1", "", "ack\n--- public ---\nx\n--- private ---\ny", "!ack public internal degraded E20@4" },
		/* clang-format on */
	};

	(void)state;
	CHECK(samples);
}

/* What the reader of the mail says about it. */
static void
test_losses(void **state)
{
	static const struct {
		struct message m;
		const char *gives;
	} samples[] = {
		/* clang-format off */
		{ { .reply = "", .encrypted = true, .no_text = true }, "E30@0" },
		{ { .reply = "", .winmail = true, .no_text = true }, "E31@0" },
		{ { .reply = "", .no_text = true }, "E34@0" },
		{ { .reply = "x", .text_cut = true }, "text E33@0" },
		{ { .reply = "x", .cut = true, .repaired = true }, "text E33@0 W48@0" },
		{ { .reply = "publish\n\nx\n\ny", .interleaved = true }, "!publish text degraded W41@0" },
		{ { .reply = "looks odd\n\nyes it does", .interleaved = true }, "text" },
		{ { .reply = "Yes", .interleaved = true, .alone = true }, "!yes only-word" },
		{ { .reply = "Yes", .reaction = true }, "" },
		{ { .reply = "x", .flaw = "it is old" }, "text E32@0" },
		{ { .reply = "x", .sealed = true, .outside = true }, "text W42@0" },
		/* what is signed names its event, and says yes all the same */
		{ { .reply = "Incident: 42\n\nyes", .sealed = true }, "!yes incident=\"42\" only-word" },
		{ { .reply = "Incident: 42\nYes please", .sealed = true }, "!yes incident=\"42\" only-word" },
		{ { .reply = "Incident: 42\n\nyes" }, "incident=\"42\" text" },
		{ { .reply = "Incident: 42\nIncidentally no\n\nyes", .sealed = true }, "incident=\"42\" text" },
		{ { .reply = "Incident: 42\n 43\n\nyes", .sealed = true }, "incident=\"42 43\" text" },
		{ { .reply = "Incident: 42\nyes, but wait", .sealed = true }, "incident=\"42\" text yes-extra" },
		/* clang-format on */
	};
	struct conf c;

	(void)state;
	sample_conf(&c);
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct message m = samples[i].m;
		struct buf got = BUF_INIT;
		struct request r;
		struct job j;

		m.subject = m.from_name = "";
		job_begin(&j, "test", 1772633172);
		assert_int_equal(request_read(&j, &c, &m, NULL, &r), ST_OK);
		request_print(&r, j.mem, &got);
		assert_string_equal(got.data + (got.len != 0),
		    samples[i].gives);
		buf_free(&got);
		job_end(&j);
	}
}

/* Encoded line ends and controls in a value never reach a field. */
static void
test_hostile(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ NULL, "", "Title: a\rBcc: x", "title=\"a\"" },
	{ NULL, "", "Title: a\x1b[31mb\x07", "title=\"a[31mb\"" },
	{ NULL, "", "Title: \xe2\x80\xae" "evil", "title=\"evil\"" },
	{ NULL, "", "Title: a\xe2\x80\xa8" "b", "title=\"a b\"" },
	{ NULL, "", "Title: <script>alert(1)</script>", "title=\"<script>alert(1)</script>\"" },
		/* clang-format on */
	};
	struct buf text = BUF_INIT;
	struct sample s = { NULL, "", NULL, "" };
	struct request r;
	struct conf c;
	struct job j;

	(void)state;
	check(samples + 1, sizeof samples / sizeof *samples - 1);
	sample_conf(&c);
	job_begin(&j, "test", 1772633172);
	read_sample(&j, &c, &samples[0], &r);
	assert_string_equal(r.title, "a");
	buf_str(&text, "Title: ");
	for (int i = 0; i < 200; i++)
		buf_str(&text, "\xc3\xa9");
	buf_str(&text, "\nImpact: ");
	for (int i = 0; i < 3000; i++)
		buf_str(&text, "long ");
	s.reply = text.data;
	read_sample(&j, &c, &s, &r);
	assert_int_equal(strlen(r.title), 2 * 90);
	assert_int_equal(r.n_findings, 2);
	assert_string_equal(r.findings[0].code, "E24");
	assert_string_equal(r.findings[1].code, "E33");
	assert_true(text_is_utf8(r.impact_text, strlen(r.impact_text)));
	job_end(&j);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worked),
		cmocka_unit_test(test_components),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_public),
		cmocka_unit_test(test_losses),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
