/* The block: what is a field, a command, a slip, and what is text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "mail_sample.h"
#include "text/grammar.h"
#include "text/markup.h"
#include "text/polite.h"

struct result {
	struct arena *mem;
	struct findings f;
	struct outline o;
};

static void
read_text(struct result *r, const char *text, bool html)
{
	static const char *banners[] = { "[EXTERNAL]", "CAUTION:" };
	static const struct brand brand = { "wholesale", "Example", "" };
	const struct grammar g = { &brand, banners, 2, html,
		LIMIT_BLOCK_LINES };

	memset(r, 0, sizeof *r);
	r->mem = r->f.mem = arena_new();
	grammar_read(&g, text, &r->f, &r->o);
}

/*
 * The outline in one line: fields as `Severity=2`, commands as `!ack`, a slip
 * as `~Severity`, then the findings as `E20@3`, then the text after `|`.
 */
static void
put_outline(const struct result *r, struct buf *out)
{
	for (size_t i = 0; i < r->o.n; i++) {
		const struct entry *e = &r->o.entries[i];
		const struct command *c = &e->verb.command;

		if (e->slip)
			buf_printf(out, "~%s ", field_name(e->key));
		else if (e->key != KEY_NONE)
			buf_printf(out, "%s=%s ", field_name(e->key), e->value);
		else if (*c->args != '\0')
			buf_printf(out, "!%s(%s) ", words_verb(c->verb),
			    c->args);
		else
			buf_printf(out, "!%s ", words_verb(c->verb));
	}
	for (size_t i = 0; i < r->f.n; i++)
		buf_printf(out, "%s@%u ", r->f.at[i].code, r->f.at[i].line);
	buf_printf(out, "|%s", r->o.parts.text);
	for (size_t i = 0; i < r->o.parts.n; i++) {
		const struct part *p = &r->o.parts.at[i];
		static const char *const kinds[] = { "int", "pub", "res",
			"end" };

		buf_printf(out, " [%s%s%s%s%s]%s", kinds[p->kind],
		    p->lang == NULL ? "" : ":", p->lang == NULL ? "" : p->lang,
		    p->brand == NULL ? "" : "@",
		    p->brand == NULL ? "" : p->brand, p->text);
	}
}

struct sample {
	const char *text, *gives;
};

static void
check(const struct sample *s, size_t n, bool html)
{
	for (size_t i = 0; i < n; i++) {
		struct buf got = BUF_INIT;
		struct result r;

		read_text(&r, s[i].text, html);
		put_outline(&r, &got);
		if (strcmp(got.data, s[i].gives) != 0)
			fail_msg("%s\n--- gives\n%s\n--- not\n%s", s[i].text,
			    got.data, s[i].gives);
		buf_free(&got);
		arena_free(r.mem);
	}
}

#define CHECK(s) check(s, sizeof(s) / sizeof *(s), false)

static void
test_fields(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ "Severity: 2\n\ntext", "Severity=2 |text" },
	{ "Severity=2\ntext", "Severity=2 |text" },
	{ "state = identified\nseverity: 2\n\nx", "Status=identified Severity=2 |x" },
	{ "**Severity:** 2\n\nx", "Severity=2 |x" },
	{ "**Severity**: 2\n\nx", "Severity=2 |x" },
	{ "**Severity: 2**\n\nx", "Severity=2 |x" },
	{ "Severity: **2**\n\nx", "Severity=2 |x" },
	{ "Component: \xe2\x80\x9c""email-b\xe2\x80\x9d\n\nx", "Components=email-b |x" },
	{ "Title: \"a b\" c\n\nx", "Title=\"a b\" c |x" },
	{ "*Title:* Some *bold* word\n\nx", "Title=Some *bold* word |x" },
	{ "SEVERITY : 2", "Severity=2 |" },
	{ "next update by: +2h", "Next-Update=+2h |" },
	{ "nextupdate: +2h", "Next-Update=+2h |" },
	{ "Next_Update: +2h", "Next-Update=+2h |" },
	{ "Severity\xef\xbc\x9a 2", "Severity=2 |" },
	{ "\xef\xbb\xbfSeverity: 2", "Severity=2 |" },
	{ "- Severity: 2\n* Component: email-b\n\nx", "Severity=2 Components=email-b |x" },
	{ "1. Severity: 2\n2) Component: email-b\n\nx", "Severity=2 Components=email-b |x" },
	{ "\xe2\x80\xa2 Severity: 2\n\xf0\x9f\x93\xa7 Component: email-b", "Severity=2 Components=email-b |" },
	{ "- one: two\n- three", "|- one: two\n- three" },
	{ "--- Public: fr", "| [pub:fr]" },
	{ "- ack\n- resolve", "|- ack\n- resolve" },
	{ "Components:\n  - email-a\n  - email-b\nSeverity: 2", "Components=email-a, email-b Severity=2 |" },
	{ "Components:\n  email-a\n  email-b\n\nx", "Components=email-a, email-b |x" },
	{ "Note:\n  one\n  two\n\nx", "Note=one two |x" },
	{ "Started at 13:40 UTC\nx", "|Started at 13:40 UTC\nx" },
	{ "solved", "|solved" },
	{ "Components:\n- email-a\n- email-b\n\n- text", "Components=email-a, email-b |- text" },
	{ "Components: email-a\n- text", "Components=email-a |- text" },
	{ "Title: a\n- text", "Title=a |- text" },
	{ "Logins fail.\nSeverity: 2\nComponent: email-b", "W42@2 |Logins fail.\nSeverity: 2\nComponent: email-b" },
	{ "Host: b\nService: imap\nEvent: down", "|Host: b\nService: imap\nEvent: down" },
	{ "Sev\xe2\x80\x8b" "erity:\xc2\xa0" "2", "Severity=2 |" },
	{ "Title: it\xe2\x80\x99s \xe2\x80\x9cslow\xe2\x80\x9d \xe2\x80\x93 b", "Title=it's \"slow\" \xe2\x80\x93 b |" },
	{ "Impact for end users: logins\n  time out,\n\tmail is queued\nNext: +2h", "End-User-Impact=logins time out, mail is queued Next-Update=+2h |" },
	{ "Impact for resellers:\n  none", "Reseller-Impact=none |" },
	{ "  Severity: 2\n  Since: 9:02\n\n  x", "Severity=2 Started=9:02 |  x" },
	{ "Title: a:b=c", "Title=a:b=c |" },
	{ "Since: 9:02\ncluster b pool exhausted", "Started=9:02 |cluster b pool exhausted" },
	{ "# a comment\nSeverity: 2\n# more\nack\n\nx", "Severity=2 !ack |x" },
	{ "# Heading\n\ntext", "|# Heading\n\ntext" },
	{ "Note: cluster B is slow", "Note=cluster B is slow |" },
	{ "Components: email-b\nComponents: webmail", "Components=email-b Components=webmail |" },
	{ "", "|" },
	{ "\n\n\n", "|" },
	{ "We saw this: it is slow", "|We saw this: it is slow" },
	{ "http://example.net/ is down", "|http://example.net/ is down" },
	{ "14:05 pool died", "|14:05 pool died" },
	{ "a key that is far too long to be one: x", "|a key that is far too long to be one: x" },
	{ "***Severity: 2***", "!severity |" },
		/* clang-format on */
	};

	(void)state;
	CHECK(samples);
}

static void
test_commands(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ "ack", "!ack |" }, { "Ack.", "!ack |" }, { "ACK!!", "!ack |" },
	{ "!ack", "!ack |" }, { "/ack", "!ack |" }, { "**Ack**", "!ack |" },
	{ "got it", "!ack |" }, { "Got it, thanks!", "!ack |" },
	{ "ack, on it", "!ack |" }, { "On it.", "!ack |" },
	{ "mine", "!ack |" }, { "taking", "!ack |" },
	{ "Mine is broken too", "|Mine is broken too" },
	{ "ack\ndraft investigating\n\nx", "!ack !draft(investigating) |x" },
	{ "ack?", "|ack?" }, { "resolved?", "|resolved?" },
	{ "publish", "!publish |" }, { "Publish now", "!publish |" },
	{ "publish as resolved", "!publish(resolved) |" },
	{ "publish monitoring next +2h", "!publish(monitoring) |" },
	{ "publish next +2h", "!publish |" },
	{ "draft fix deployed", "!draft(fix deployed) |" },
	{ "publish the fix tomorrow", "|publish the fix tomorrow" },
	{ "publish identifed", "E21@1 |" },
	{ "publish tomorrow", "E21@1 |" },
	    { "publish in progress", "E21@1 |" },
	{ "Draft attached, please read", "|Draft attached, please read" },
	{ "resolve", "!resolve |" }, { "Resolved", "!resolve |" },
	{ "fixed", "!monitoring |" },
	{ "fixed, pool restarted", "|fixed, pool restarted" },
	{ "Fixed: pool restarted", "|Fixed: pool restarted" },
	{ "same", "!same |" }, { "no change", "!same |" },
	{ "no-change.", "!same |" }, { "No change since 14:05", "|No change since 14:05" },
	{ "severity 1", "!severity |" }, { "sev2", "!severity |" },
	{ "SEV-1", "!severity |" }, { "sev 3 one node only", "!severity(one node only) |" },
	{ "severity high", "!severity |" },
	{ "severity 9", "E24@1 |" }, { "sev 0", "E24@1 |" },
	{ "severity is unclear to me", "|severity is unclear to me" },
	{ "handoff now", "!handoff |" }, { "handoff", "!handoff |" },
	{ "hand-off to comms1", "!handoff(comms1) |" },
	{ "assign Lena Fischer", "!handoff(Lena Fischer) |" },
	{ "assign the ticket to bob", "|assign the ticket to bob" },
	{ "correct u3 typo", "!correct |" }, { "correct 2", "!correct |" },
	{ "correct 2: wrong host", "!correct(wrong host) |" },
	{ "Correct, that is right", "|Correct, that is right" },
	{ "hold", "!hold |" }, { "hold +30m", "!hold(+30m) |" },
	{ "wait 30 min", "!hold(30 min) |" },
	{ "hold, ns2 is wrong", "!hold(ns2 is wrong) |" },
	{ "hold music is broken", "|hold music is broken" },
	{ "Wait times are long", "|Wait times are long" },
	{ "no", "!no |" }, { "No.", "!no |" },
	{ "no, wrong cluster", "!no(wrong cluster) |" },
	{ "no - wrong cluster", "!no(wrong cluster) |" },
	{ "no \xe2\x80\x94 wrong cluster", "!no(wrong cluster) |" },
	{ "No mail delivery on b", "|No mail delivery on b" },
	{ "Stop sending", "|Stop sending" }, { "stop", "!stop |" },
	{ "wrong: it is cluster a", "!wrong(it is cluster a) |" },
	{ "void monitoring glitch", "!void(monitoring glitch) |" },
	{ "false alarm", "!void |" }, { "False alarm, a probe", "!void(a probe) |" },
	{ "False alarm rates are up", "|False alarm rates are up" },
	{ "note", "!note |" }, { "note 0042", "!note(0042) |" },
	{ "note that b is slow", "|note that b is slow" },
	{ "show INC-2026-0042", "!show(INC-2026-0042) |" },
	{ "help", "!help |" }, { "Help needed with b", "|Help needed with b" },
	{ "who", "!who |" }, { "who knows why", "|who knows why" },
	{ "list", "!list |" }, { "new", "!new |" }, { "accept", "!accept |" },
	{ "new pool is broken", "|new pool is broken" },
	{ "1", "!yes |" }, { "1 node down", "|1 node down" },
	{ "1. restarted b", "|1. restarted b" }, { "-1", "|-1" },
	{ "escalate l2 nobody answers", "!escalate(l2 nobody answers) |" },
	{ "war-room open noc2", "!war-room(open noc2) |" },
	{ "warroom sitrep", "!war-room(sitrep) |" },
	{ "War-room: open.", "!war-room(open) |" },
	{ "war-room open noc2, sec1\nchair commslead\nScribe: NOC Two\njoin noc1\n\nx",
	    "!war-room(open noc2, sec1) !war-room(chair commslead) !war-room(Scribe: NOC Two) !war-room(join noc1) |x" },
	{ "war-room sitrep\nKnown: all\nDoing: b", "!war-room(sitrep) |Known: all\nDoing: b" },
	{ "war-room close\nPostmortem: comms1\n\nDone.", "!war-room(close) |Postmortem: comms1\n\nDone." },
	{ "war-room close please", "!war-room(close please) |" },
	{ "war-room close to the lift", "|war-room close to the lift" },
	{ "War room is full", "|War room is full" },
	{ "chair commslead", "|chair commslead" },
	{ "ack\nchair commslead", "!ack |chair commslead" },
	{ "war-room open\nchair of the room is noc1", "!war-room(open) |chair of the room is noc1" },
	{ "merge 0042", "!merge(0042) |" }, { "merge conflict in git", "|merge conflict in git" },
	{ "not yet +60m", "!not yet(+60m) |" },
	{ "delay 30m vendor is late", "!delay(vendor is late) |" },
	{ "delay 2h, the vendor", "!delay(the vendor) |" },
	{ "delay 30m", "!delay |" }, { "delay", "E24@1 |" },
	{ "delay -30m late", "E24@1 |" }, { "delay 0m late", "E24@1 |" },
	{ "delay 9999999h late", "E24@1 |" },
	{ "delay 20 min on the queue", "|delay 20 min on the queue" },
	{ "Delay in mail delivery", "|Delay in mail delivery" },
	{ "full", "!full |" }, { "Full outage of b", "|Full outage of b" },
	{ "limited until 16:00", "!limited(until 16:00) |" },
	{ "start", "!maintenance |" }, { "Start of the outage 9:02", "|Start of the outage 9:02" },
	{ "extend +30m", "!maintenance(+30m) |" },
	{ "ack\nresolve", "!ack !resolve |" },
		/* clang-format on */
	};

	(void)state;
	CHECK(samples);
}

static void
test_slips(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ "Sevreity: 2\nServcie: registrar api\nSince: 03/04 9am\nreslove\n\nx",
	    "~Severity ~Components Started=03/04 9am E20@1 E20@2 E21@4 |x" },
	{ "Afects: webmail\nack", "~Components !ack E20@1 |" },
	{ "war-room", "E24@1 |" }, { "war-room opne noc2", "E21@1 |" },
	{ "war-room\nchair noc1", "E24@1 |chair noc1" },
	{ "akc", "E21@1 |" }, { "pubish", "E21@1 |" },
	{ "pubish identified next +2h\n\nx", "E21@1 |x" },
	{ "Titel: x", "~Title E20@1 |" }, { "Tilte: x", "~Title E20@1 |" },
	{ "Tutke: x", "|Tutke: x" }, /* two letters of five */
	{ "IP: 10.0.0.1 is down", "|IP: 10.0.0.1 is down" },
	{ "PS: all fine", "|PS: all fine" },
	{ "Update: b is slow", "|Update: b is slow" },
	{ "Hey: x", "|Hey: x" }, { "One 2", "|One 2" }, { "DNS slow", "|DNS slow" }, { "API down", "|API down" },
	{ "it is wrogn everywhere", "|it is wrogn everywhere" },
	{ "Afects: webmail,\n  api\nack", "~Components !ack E20@1 |" },
		/* clang-format on */
	};

	(void)state;
	CHECK(samples);
}

static void
test_frame(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ "Hi\nack", "!ack |" }, { "Hello team,\n\nack", "!ack |" },
	{ "Good morning\nack", "!ack |" }, { "Team,\nack", "!ack |" },
	{ "Hi Comms One,\nack", "!ack |" },
	{ "Hi cluster b down", "|Hi cluster b down" },
	{ "Hello world is down on b", "|Hello world is down on b" },
	{ "Hi all, b is down", "|Hi all, b is down" },
	{ "[EXTERNAL] Be careful\n\nHi,\nack", "!ack |" },
	{ "CAUTION: this came from outside\nack", "!ack |" },
	{ "ack\nthanks\nSeverity: 2", "!ack |Severity: 2" },
	{ "ack\n--\nNoc One", "!ack |Noc One" },
	{ "ack\nquit\nx", "!ack |x" },
	{ "Thanks\nfor the fish", "|Thanks\nfor the fish" },
	{ "ack\n\nresolve", "!ack |resolve" },
	{ "x\n!resolve\n/etc is full", "W42@2 |x\n!resolve\n/etc is full" },
	{ "/etc is full", "|/etc is full" },
		/* clang-format on */
	};

	(void)state;
	CHECK(samples);
}

static void
test_spaced(void **state)
{
	static const struct sample html[] = {
		/* clang-format off */
	{ "Ack\n\ndraft investigating\n\nTitle: x\n\nthe text\n\nCause: y",
	    "!ack !draft(investigating) Title=x |the text\n\nCause: y" },
	{ "Ack\n\n\nresolve", "!ack |resolve" },
	{ "Ack\nresolve\n\nTitle: x", "!ack !resolve |Title: x" },
	{ "Ack\n\nidentified as a switch", "!ack |identified as a switch" },
		/* clang-format on */
	};
	static const struct sample plain[] = {
		/* clang-format off */
	{ "publish identified\n\nCause: a switch", "!publish(identified) |Cause: a switch" },
	{ "Ack\n\ndraft\n\nTitle: x\n\nNext: +2h\n\ntext", "!ack !draft Title=x Next-Update=+2h |text" },
		/* clang-format on */
	};

	(void)state;
	check(html, sizeof html / sizeof *html, true);
	CHECK(plain);
}

static void
test_sections(void **state)
{
	static const struct sample samples[] = {
		/* clang-format off */
	{ "state = identified\n\nldap3 stuck\n\n--- public ---\nWe found it.",
	    "Status=identified |ldap3 stuck [pub]We found it." },
	{ "a\n=== public ===\nb\n--- internal\nc", "|a [pub]b [int]c" },
	{ "--- public ---\nb\n--- public: fr ---\nc", "| [pub]b [pub:fr]c" },
	{ "--- public ---\nb\n--- fr ---\nc", "| [pub]b [pub:fr]c" },
	{ "--- fr ---\nc", "| [int:fr]c" },
	{ "--- public: fr, wholesale ---\nc", "| [pub:fr@wholesale]c" },
	{ "---public---\nb", "| [pub]b" }, { "--- PUBLIC\nb", "| [pub]b" },
	{ "**--- public ---**\nb", "| [pub]b" },
	{ "\xe2\x80\x94 public \xe2\x80\x94\nb", "| [pub]b" },
	{ "--- resellers ---\nb\n--- end users ---\nc", "| [res]b [end]c" },
	/* In doubt internal. */
	{ "--- public ---\nb\n-- internal --\nc", "| [pub]b [int]c" },
	{ "--- public ---\nb\n\xe2\x80\x94 internal\nc", "| [pub]b [int]c" },
	{ "--- public ---\nb\n--- interal ---\nc", "E20@3 | [pub]b [int]c" },
	{ "--- public ---\nb\n--- private ---\nc", "E20@3 | [pub]b [int]c" },
	{ "--- public ---\nb\n--- NOC only ---\nc", "E20@3 | [pub]b [int]c" },
	{ "--- public: nobrand ---\nc", "E20@1 | [int]c" },
	{ "--- pubic ---\nc", "E20@1 | [int]c" },
	{ "--- public ---\nb\n--- Update 2 ---\nc", "E20@3 | [pub]b [int]c" },
	{ "a\n--- Update 2 ---\nc", "|a\n--- Update 2 ---\nc" },
	{ "-- public\nb", "E20@1 | [int]b" },
	{ "a\n---\nb\n-----\nc", "|a\n---\nb\n-----\nc" },
	{ "public\nb", "E21@1 |b" },
		/* clang-format on */
	};

	(void)state;
	CHECK(samples);
}

static void
test_limits(void **state)
{
	struct buf text = BUF_INIT;
	struct result r;
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_printf(&text, "Note: line %d\n", i);
	buf_str(&text, "Severity: 1\n\ntext");
	read_text(&r, text.data, false);
	assert_int_equal(r.o.n, 200);
	for (size_t i = 0; i < r.f.n; i++)
		n += strcmp(r.f.at[i].code, "E33") == 0;
	assert_int_equal(n, 1);
	assert_int_equal(r.f.at[0].line, 201);
	assert_true(r.o.degraded);
	assert_string_equal(r.o.parts.text, "text");
	arena_free(r.mem);
	/* A folded value doesn't grow for ever. */
	buf_clear(&text);
	buf_str(&text, "Title: x\n");
	for (int i = 0; i < 8000; i++)
		buf_str(&text, " folded\n");
	read_text(&r, text.data, false);
	assert_true(strlen(r.o.entries[0].value) < 10000);
	arena_free(r.mem);
	buf_free(&text);
}

static void
test_yes(void **state)
{
	static const struct speaker who = { "Comms One", "comms1",
		"Chris O'Neil" };
	static const char *const yes[] = { "Yes", "yes.", "YES!!", "y", "ok",
		"OK \xf0\x9f\x91\x8d", "Okay", "Yes please", "Yes, please!",
		"approve", "Approved", "go", "1", "+1",
		"Yes\n\nThanks\nComms One", "Yes, thank you.\n-- \nChris",
		"\xf0\x9f\x91\x8d yes", "**Yes**", "\"Yes\"",
		"Yes\xc2\xa0please", "Yes comms1", "ok, approved", "Yes :)",
		"yes :-)", "yes ;)", "Yes (thanks)", "Yes...",
		"yes \xe2\x9c\x85", "yes\xe2\x80\xa6",
		"Yes \xe2\x80\x93 O\xe2\x80\x99Neil" };
	static const char *const no[] = { "", "\xf0\x9f\x91\x8d", "thanks",
		"Yes but drop the last sentence", "yes if noc agrees", "yes?",
		"Yes\xef\xbc\x9f", "yes \xf0\x9f\x91\x8e", "ok \xe2\x9d\x8c",
		"yes \xf0\x9f\xa4\x94", "-1", "no", "yes/no", "yes, no",
		"not yes", "yes later", "y n", "Yes Bob", "yes 2", "1/2",
		"Comms One", "yes, hold", "yesterday", "ok so b is down",
		"yes\n\nwe see it too", "go away", "<yes>", "yes=no", "8",
		"don't approve", "ok 1", "# yes", "#yes", "1 1",
		"yes \xe2\x9c\x8b", "yes :(", "Yes:-(", "ok :'(", "yes =(",
		"yes :/", "yes >:(", "yes ):", "yes :|", "yes ???",
		"yes \xf0\x9f\x98\xa2", "yes \xf0\x9f\x98\x9e",
		"yes \xe2\x98\xb9" };
	static const struct speaker odd = { "Will Hold", "stop", "But If" };

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (!polite_yes(&who, yes[i]))
			fail_msg("\"%s\" isn't a yes", yes[i]);
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (polite_yes(&who, no[i]))
			fail_msg("\"%s\" is a yes", no[i]);
	assert_false(polite_yes(&odd, "yes hold"));
	assert_false(polite_yes(&odd, "yes but if"));
	assert_false(polite_yes(NULL, "yes Chris"));
}

static void
test_objections(void **state)
{
	static const char *const yes[] = { "no", "No, wrong", "Wrong cluster",
		"stop!", "STOP", "hold on", "Hold, please", "**No**", "\"no\"",
		"wait", "nope, webmail", "Nein, es ist Cluster A" };
	static const char *const no[] = { "yes", "", "Nothing", "now", "Noted",
		"not fixed", "Holding", "stopped", "a no", "note" };

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (!polite_objects(yes[i]))
			fail_msg("\"%s\" doesn't object", yes[i]);
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (polite_objects(no[i]))
			fail_msg("\"%s\" objects", no[i]);
}

static void
test_markup(void **state)
{
	static const char *const bad[] = { "![x](http://example.net/x.png)",
		"a\n![x][y]\n\n[y]: http://example.net", "![x]\n\n[x]: /y",
		"<b>bold</b>", "a <img src=x onerror=alert(1)> b",
		"<script>alert(1)</script>", "</div>", "<br/>", "<!-- x -->",
		"<!DOCTYPE html>", "<?php", "<![CDATA[x]]>", "<div\nclass=x>",
		"<time>", "x <a href=\"y\">z</a>", "  <table", "<IMG SRC=x>",
		"**<u>x</u>**", "> <b>x</b>" };
	static const char *const good[] = { "", "a < b", "a<b", "1 <2> 3",
		"<https://example.net/x?y=1>", "<mailto:x@example.net>",
		"<noc@example.net>", "x <- y", "a << b", "<3", "Warning!",
		"![not closed", "Really![] no", "[x](http://example.net)",
		"\\<b>", "a -> b", "if x <limit then", "**bold** _it_ `code`",
		"x > y", "![x] and nothing more" };
	size_t line;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (markup_find(bad[i], &line) == NULL)
			fail_msg("\"%s\" isn't found", bad[i]);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (markup_find(good[i], &line) != NULL)
			fail_msg("\"%s\" is found", good[i]);
	assert_non_null(markup_find("a\nb\n\nc <b>\n", &line));
	assert_int_equal(line, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_slips),
		cmocka_unit_test(test_frame),
		cmocka_unit_test(test_spaced),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_yes),
		cmocka_unit_test(test_objections),
		cmocka_unit_test(test_markup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
