/* Who wrote, and how well that is proved: flow/sender.c, text/machine.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/log.h"
#include "flow/sender.h"
#include "header_text.h"
#include "text/dkim.h"
#include "text/machine.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *noc1_addresses[] = { "noc1@example.net",
	"noc.one@mail.example", "One@noc.example.org" };
static const char *noc1_page[] = { "5550134@pager.example", "|/bin/page" };
static const char *comms1_addresses[] = { "comms1@example.net" };
static struct person persons[] = {
	{ .slug = "noc1",
	    .addresses = noc1_addresses,
	    .n_addresses = COUNT(noc1_addresses),
	    .page = noc1_page,
	    .n_page = COUNT(noc1_page),
	    .roles = ROLE_NOC },
	{ .slug = "comms1",
	    .addresses = comms1_addresses,
	    .n_addresses = 1,
	    .roles = ROLE_COMMS },
};
static struct list lists[] = { { .slug = "example-status",
    .from_address = "status@status.example" } };

static struct conf
conf(void)
{
	return (struct conf){ .domain = "in.status.example",
		.host = "status.example",
		.authserv = "in.status.example",
		.delimiter = "+",
		.status_address = "incident@in.status.example",
		.persons = persons,
		.n_persons = COUNT(persons),
		.lists = lists,
		.n_lists = 1 };
}

#define HOP "Received: from mx by in.status.example; Wed, 4 Mar 2026 14:06\n"
#define FROM "From: NOC One <noc1@example.net>\n"
#define REST "To: incident@in.status.example\nSubject: Sev2 cluster b\n"
#define OURS "Authentication-Results: in.status.example; "
#define PASS OURS "dmarc=pass header.from=example.net\n"
#define PATH "Return-Path: <noc1@example.net>\n"

struct want {
	enum trust trust;
	const char *machine;
	const char *headers;
};

static void
judge(struct job *j, const struct conf *c, const char *headers,
    const char *envelope_from, struct sender *out)
{
	struct envelope e = { .source = "lmtp",
		.actor = "",
		.from = envelope_from,
		.recipient = "incident@in.status.example" };
	struct message m = header_message(j->mem, headers);

	assert_int_equal(sender_judge(j, c, &m, &e, out), ST_OK);
}

static void
run(const struct want *table, size_t n)
{
	struct conf c = conf();
	struct job j;
	int wrong = 0;

	job_begin(&j, "t", 1000);
	for (size_t i = 0; i < n; i++) {
		struct sender s;

		judge(&j, &c, table[i].headers, "noc1@example.net", &s);
		if (s.trust == table[i].trust &&
		    strcmp(s.machine, table[i].machine) == 0)
			continue;
		print_error("trust %d machine \"%s\" for row %zu:\n%s\n",
		    s.trust, s.machine, i, table[i].headers);
		wrong++;
	}
	job_end(&j);
	assert_int_equal(wrong, 0);
}

/* Where a header of ours may stand, and where it's a forgery. */
static void
whose_results(void **state)
{
	static const struct want table[] = {
		/* clang-format off */
		{ TRUST_A1, "", PASS HOP FROM REST },
		{ TRUST_A1, "", PATH "Delivered-To: x@y.example\nX-Original-To: x@y.example\n" PASS HOP FROM REST },
		{ TRUST_A1, "", PASS PATH HOP FROM REST },
		{ TRUST_A1, "", "X-Spam-Status: No\nDKIM-Filter: x\nReceived-SPF: pass\n" PASS HOP FROM REST },
		{ TRUST_A1, "", "Authentication-Results: other.example; dmarc=fail\n" PASS HOP FROM REST },
		{ TRUST_A1, "", PASS HOP HOP HOP FROM REST },
		{ TRUST_A1, "", PASS FROM REST },
		{ TRUST_A1, "", PATH PASS FROM REST },
		{ TRUST_A1, "", "AUTHENTICATION-RESULTS: IN.STATUS.EXAMPLE; dmarc=pass header.from=example.net\n" HOP FROM REST },
		{ TRUST_A1, "", "Authentication-Results:\n in.status.example;\n dkim=pass\n header.d=example.net\n" HOP FROM REST },
		{ TRUST_A1, "", PASS HOP "From: noc1@EXAMPLE.net\n" REST },
		{ TRUST_A1, "", PASS HOP "From: NOC1@example.net\n" REST },
		{ TRUST_A1, "", PASS HOP "From: \"Boss <boss@other.example>\" <noc1@example.net>\n" REST },
		{ TRUST_A1, "", OURS "dkim=pass header.d=example.org\n" HOP "From: one@noc.example.org\n" REST },

		/* Below our Received, whoever says so. */
		{ TRUST_A0K, "", HOP PASS FROM REST },
		{ TRUST_A0K, "", HOP FROM REST PASS },
		{ TRUST_A0K, "", HOP PASS HOP FROM REST },
		{ TRUST_A0K, "", PATH HOP PASS FROM REST },
		{ TRUST_A0K, "", FROM REST PASS },
		{ TRUST_A0K, "", FROM PASS HOP REST },
		{ TRUST_A0K, "", "Subject: x\n" PASS FROM },
		{ TRUST_A0K, "", "MIME-Version: 1.0\n" PASS HOP FROM },
		{ TRUST_A0K, "", "received: from a by b\n" PASS FROM REST },
		/* The topmost speaks, whatever stands below. */
		{ TRUST_A0K, "", OURS "dmarc=none\n" PASS HOP FROM REST },
		{ TRUST_A0K, "", OURS "none\n" PASS FROM REST },
		{ TRUST_A0K, "", OURS "dmarc=temperror\n" HOP PASS FROM REST },
		{ TRUST_A0K, "", OURS "dmarc=(\n" PASS HOP FROM REST },
		{ TRUST_A0, "", OURS "dmarc=fail header.from=example.net\n" HOP FROM REST },
		{ TRUST_A0, "", OURS "dmarc=fail header.from=example.net\n" PASS HOP FROM REST },
		{ TRUST_A0, "", OURS "dmarc=fail\n" HOP PASS FROM REST },
		/* Several of ours are one: OpenDMARC's and OpenDKIM's. */
		{ TRUST_A1, "", PASS OURS "dkim=pass header.d=example.net; dkim-atps=neutral\n" HOP FROM REST },
		{ TRUST_A1, "", OURS "dmarc=none header.from=example.net\n" OURS "dkim=pass header.d=example.net\n" HOP FROM REST },
		{ TRUST_A1, "", OURS "spf=fail smtp.mailfrom=x\n" PASS HOP FROM REST },
		{ TRUST_A0, "", PASS OURS "dmarc=fail\n" HOP FROM REST },
		{ TRUST_A0K, "", PASS OURS "dkim=pass header.d=example.net(.evil.example\n" HOP FROM REST },
		{ TRUST_A0K, "", OURS "dkim=pass header.d=evil.example(\n" PASS HOP FROM REST },
		{ TRUST_A0K, "", PASS OURS "dmarc=none\n" HOP FROM REST },
		{ TRUST_A0K, "", OURS "dmarc=none\n" HOP OURS "dkim=pass header.d=example.net\n" FROM REST },
		/* Without a Received the second may be the sender's. */
		{ TRUST_A0K, "", OURS "dmarc=none\n" OURS "dkim=pass header.d=example.net\n" FROM REST },
		{ TRUST_A0K, "", OURS "dmarc=none\n" OURS "dkim=pass header.d=example.net\n" FROM HOP REST },
		/* SPF as the sender tells it, and a filter that believes him. */
		{ TRUST_A0K, "", PASS HOP "Received-SPF: pass\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP FROM REST "RECEIVED-SPF: pass\n" },
		{ TRUST_A0K, "", PASS HOP OURS "spf=pass smtp.mailfrom=example.net\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP HOP OURS "dkim=pass\n" FROM REST },
		{ TRUST_A1, "", PASS HOP "Authentication-Results: other.example; spf=pass smtp.mailfrom=example.net\n" FROM REST },
		{ TRUST_A1, "", PASS OURS "dkim=pass header.d=example.net\n" HOP "Received-SPF: pass\n" FROM REST },
		{ TRUST_A1, "", "Received-SPF: pass\n" PASS HOP FROM REST },
		{ TRUST_A0, "", OURS "dmarc=fail\n" HOP "Received-SPF: pass\n" FROM REST },
		/* Nothing of ours. */
		{ TRUST_A0K, "", HOP FROM REST },
		{ TRUST_A0K, "", FROM REST },
		{ TRUST_A0K, "", "Authentication-Results: mx.example; dmarc=pass header.from=example.net\n" HOP FROM REST },
		{ TRUST_A0K, "", "Authentication-Results: status.example; dmarc=pass header.from=example.net\n" HOP FROM REST },
		{ TRUST_A0K, "", "Authentication-Results: in.status.example.evil.example; dmarc=pass\n" HOP FROM REST },
		{ TRUST_A0K, "", "Authentication-Results: evil.example (in.status.example); dmarc=pass\n" HOP FROM REST },
		{ TRUST_A0K, "", "X-Authentication-Results: in.status.example; dmarc=pass\n" HOP FROM REST },
		{ TRUST_A0K, "", "Authentication-Results-Original: in.status.example; dmarc=pass\n" HOP FROM REST },
		{ TRUST_A0K, "", "ARC-Authentication-Results: i=1; in.status.example; dmarc=pass\n" HOP FROM REST },
		{ TRUST_A0K, "", "Received-SPF: pass\nX-DKIM: pass\n" HOP FROM REST },
		/* Of ours, but no proof for this From. */
		{ TRUST_A0K, "", OURS "spf=pass smtp.mailfrom=noc1@example.net\n" HOP FROM REST },
		{ TRUST_A0K, "", OURS "dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example\n" HOP FROM REST },
		{ TRUST_A0K, "", OURS "dmarc=pass header.from=evil.example\n" HOP FROM REST },
		{ TRUST_A0K, "", OURS "dkim=pass header.d=net\n" HOP FROM REST },
		{ TRUST_A0K, "", OURS "dkim=pass header.d=example.net(.example.com\n" HOP FROM REST },
		{ TRUST_A0K, "", OURS "dkim=pass header.i=@example.net.evil.example\n" HOP FROM REST },
		{ TRUST_A0K, "", OURS "dmarc=permerror header.from=example.net; dkim=temperror header.d=example.net\n" HOP FROM REST },
		/* clang-format on */
	};

	(void)state;
	run(table, COUNT(table));
}

/* A pass for somebody else's domain never makes a person of him. */
static void
look_alikes(void **state)
{
	static const char *const addresses[] = { "noc1@examp1e.net",
		"noc1@example.net.evil.example", "noc1@evil.example",
		"noc1@sub.example.net", "noc1@example.com", "noc1@xample.net",
		"noc1@\xd0\xb5xample.net" /* Cyrillic */,
		"noc1@xn--xample-9uf.net", "noc1@ex\xc3\xa4mple.net",
		"n\xd0\xbe"
		"c1@example.net",
		"noc1+x@example.net", "noc1.@example.net", "noc1 @example.net",
		"\"noc1\"@example.net", "noc1@example.net.",
		"noc1@@example.net", "noc1@evil.example@example.net",
		"noc1%example.net@evil.example", "noc1@[example.net]",
		"noc1@example\xe3\x80\x82net", "\xe2\x84\xaaoc1@example.net",
		"noc1@EXAMPLE.NET.EVIL.EXAMPLE", "noc1\xe2\x80\x8b@example.net",
		"noc1@example.net\xe2\x80\xae", "noc1@example,net",
		"root@example.net", "noc@example.net", "", "@", "@example.net",
		"noc1", "noc1@", "noc1@net" };
	struct conf c = conf();
	struct job j;

	(void)state;
	job_begin(&j, "t", 1000);
	for (size_t i = 0; i < COUNT(addresses); i++) {
		const char *at = strrchr(addresses[i], '@');
		struct message m = header_message(j.mem,
		    arena_printf(j.mem,
			OURS "dmarc=pass; dkim=pass header.d=%s\n" HOP REST,
			at == NULL || at[1] == '\0' ? "x.example" : at + 1));
		struct envelope e = { .source = "lmtp",
			.from = "noc1@example.net",
			.recipient = "incident@in.status.example" };
		struct sender s;

		m.n_from = m.n_from_mailboxes = 1;
		m.from_address = addresses[i];
		m.from_name = "NOC One <noc1@example.net>";
		assert_int_equal(sender_judge(&j, &c, &m, &e, &s), ST_OK);
		if (s.person != NULL || s.trust != TRUST_A0)
			fail_msg("%s is class %d", addresses[i], s.trust);
	}
	job_end(&j);
}

/* Which From, if there are several things that could be one. */
static void
authors(void **state)
{
	static const struct want table[] = {
		/* clang-format off */
		{ TRUST_A0, "unauth:from", PASS HOP FROM FROM REST },
		{ TRUST_A0, "unauth:from", PASS HOP FROM REST "From: evil@evil.example\n" },
		{ TRUST_A0, "unauth:from", PASS HOP "From: evil@evil.example\n" FROM REST },
		{ TRUST_A0, "unauth:from", PASS HOP FROM "FROM: evil@evil.example\n" REST },
		{ TRUST_A0, "unauth:from", PASS HOP "From: noc1@example.net, evil@evil.example\n" REST },
		{ TRUST_A0, "unauth:from", PASS HOP "From: evil@evil.example, noc1@example.net\n" REST },
		{ TRUST_A0, "unauth:from", PASS HOP "From: noc1@example.net <evil@evil.example>\n" REST },
		{ TRUST_A0, "unauth:from", PASS HOP "From: NOC: noc1@example.net;\n" REST },
		{ TRUST_A0, "unauth:from", PASS HOP "From: NOC:;\n" REST },
		{ TRUST_A0, "unauth:from", PASS HOP "From:\n" REST },
		{ TRUST_A0, "unauth:from", PASS HOP "From: <>\n" REST },
		{ TRUST_A0, "unauth:from", PASS HOP "From: noc1\n" REST },
		{ TRUST_A0, "unauth:from", PASS HOP REST },
		{ TRUST_A0, "unauth:from", PASS HOP "Sender: noc1@example.net\n" REST },
		{ TRUST_A0, "unauth:from", PASS HOP "Reply-To: noc1@example.net\nResent-From: noc1@example.net\n" REST },
		{ TRUST_A0, "", PASS HOP "From: evil@evil.example\nSender: noc1@example.net\nReply-To: noc1@example.net\n" REST },
		{ TRUST_A0, "", PASS HOP "From: \"noc1@example.net\" <evil@evil.example>\n" REST },
		{ TRUST_A0, "", PASS HOP "From: \"NOC One\" <evil@evil.example>\n" REST },
		{ TRUST_A1, "", PASS HOP FROM "Sender: evil@evil.example\n" REST },
		/* clang-format on */
	};

	(void)state;
	run(table, COUNT(table));
}

#define SIG "DKIM-Signature: v=1; a=rsa-sha256; d=example.net; s=s1; "

/* Passed, and yet with room for words that nobody signed. */
static void
room(void **state)
{
	static const struct want table[] = {
		/* clang-format off */
		{ TRUST_A1, "", PASS HOP SIG "t=1772633170; h=from; b=x\n" FROM "Date: x\nContent-Type: text/plain\n" REST },
		{ TRUST_A1, "", PASS HOP "DKIM-Signature: v=1; d=evil.example; l=5; b=x\n" FROM REST },
		{ TRUST_A1, "", PASS HOP SIG "h=from; z=l=5; b=l\n" FROM REST },
		{ TRUST_A1, "", PASS HOP FROM REST "X-A: 1\nX-A: 2\nComments: a\nComments: b\n" },
		{ TRUST_A0K, "", PASS HOP SIG "l=5; h=from; b=x\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP SIG "h=from;\n\tl =\n 0;b=x\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP "dkim-signature: l=5; d = EXAMPLE.net\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP SIG "b=x\n" SIG "l=5; b=x\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP "Subject: Sev1 other\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP FROM REST "subject: Sev1 other\n" },
		{ TRUST_A0K, "", PASS HOP "Date: a\nDate: b\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP "Message-ID: <a@b>\nMessage-ID: <c@d>\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP "In-Reply-To: <a@b>\nIn-Reply-To: <c@d>\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP "References: <a@b>\nReferences: <c@d>\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP "Content-Type: text/html\nContent-Type: text/plain\n" FROM REST },
		{ TRUST_A0K, "", PASS HOP "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n" FROM REST },
		{ TRUST_A0, "", OURS "dmarc=fail\n" HOP SIG "l=5; b=x\n" FROM REST },
		/* clang-format on */
	};

	(void)state;
	run(table, COUNT(table));
}

static void
signed_at(void **state)
{
	static const struct {
		bool found;
		int64_t at;
		const char *headers;
	} table[] = {
		{ true, 1772633170, SIG "t=1772633170; b=x\n" FROM },
		{ true, 1772633170, SIG "t = 1772633170 ; b=x\n" FROM },
		{ true, 5, SIG "t=9; b=x\n" SIG "t=5; b=x\n" FROM },
		{ true, 5, SIG "t=5; b=x\n" SIG "t=9; b=x\n" FROM },
		{ true, 9,
		    SIG "t=9\n"
			"DKIM-Signature: d=evil.example; t=5\n" FROM },
		{ true, 9, "DKIM-Signature: t=9; d=exam\n ple.net\n" FROM },
		{ false, 0, SIG "b=x; xt=5; bt=5\n" FROM },
		{ false, 0, SIG "t=; b=x\n" FROM },
		{ false, 0, SIG "t=-5; b=x\n" FROM },
		{ false, 0, "DKIM-Signature: t=5; b=x\n" FROM },
		{ false, 0, "DKIM-Signature:\n" FROM },
		{ false, 0, "X-DKIM-Signature: d=example.net; t=5\n" FROM },
		{ false, 0, "DKIM-Signature: d=net; t=5\n" FROM },
		{ false, 0, SIG "t=5\n" },
		{ false, 0, FROM },
	};
	struct job j;

	(void)state;
	job_begin(&j, "t", 1000);
	for (size_t i = 0; i < COUNT(table); i++) {
		struct message m = header_message(j.mem, table[i].headers);
		int64_t at = 0;

		if (dkim_signed_at(&m, &at) != table[i].found ||
		    at != table[i].at)
			fail_msg("%lld: %s", (long long)at, table[i].headers);
	}
	job_end(&j);
}

static void
pages_and_trust(void **state)
{
	static const char pager[] =
	    OURS "dmarc=pass header.from=pager.example\n" HOP
		 "From: 5550134@pager.example\n" REST;
	struct conf c = conf();
	struct sender s;
	struct job j;

	(void)state;
	job_begin(&j, "t", 1000);
	judge(&j, &c, pager, "5550134@pager.example", &s);
	assert_int_equal(s.trust, TRUST_A0K);
	assert_true(s.page_target);
	assert_string_equal(s.person->slug, "noc1");
	judge(&j, &c, HOP FROM REST, "x@y.example", &s);
	assert_true(s.unverified);
	assert_false(s.page_target);
	c.trust_open = true;
	judge(&j, &c, HOP FROM REST, "x@y.example", &s);
	assert_int_equal(s.trust, TRUST_A1);
	assert_false(s.unverified);
	judge(&j, &c, OURS "dmarc=fail\n" HOP FROM REST, "x@y.example", &s);
	assert_int_equal(s.trust, TRUST_A1);
	judge(&j, &c, pager, "5550134@pager.example", &s);
	assert_int_equal(s.trust, TRUST_A0K);
	judge(&j, &c, HOP FROM FROM REST, "x@y.example", &s);
	assert_int_equal(s.trust, TRUST_A0);
	assert_null(s.person);
	judge(&j, &c, HOP "From: stranger@x.example\n" REST, "x@y.example", &s);
	assert_int_equal(s.trust, TRUST_A0);
	c.trust_open = false;
	c.authserv = "";
	judge(&j, &c, "Authentication-Results: ; dmarc=pass\n" HOP FROM REST,
	    "x@y.example", &s);
	assert_int_equal(s.trust, TRUST_A0K);
	job_end(&j);
}

/* A stranger's proof is kept: it decides whether he may be answered. */
static void
strangers(void **state)
{
	struct conf c = conf();
	struct sender s;
	struct job j;

	(void)state;
	job_begin(&j, "t", 1000);
	judge(&j, &c,
	    OURS "dmarc=pass header.from=x.example\n" HOP
		 "From: a@x.example\n" REST,
	    "a@x.example", &s);
	assert_int_equal(s.trust, TRUST_A0);
	assert_int_equal(s.proof, PROOF_PASS);
	judge(&j, &c, HOP "From: a@x.example\n" REST, "a@x.example", &s);
	assert_int_equal(s.proof, PROOF_NONE);
	job_end(&j);
}

static void
our_own(void **state)
{
	struct conf c = conf();
	struct message m;
	struct envelope e = { .source = "post",
		.actor = "root",
		.from = "",
		.recipient = "incident@in.status.example" };
	struct keys k = { .list.n = 1 };
	struct sender s;
	struct job j;

	(void)state;
	job_begin(&j, "t", 1000);
	m = header_message(j.mem, FROM REST "Auto-Submitted: yes\n");
	assert_int_equal(sender_judge(&j, &c, &m, &e, &s), ST_OK);
	assert_int_equal(s.trust, TRUST_A2);
	assert_string_equal(s.machine, "");
	assert_string_equal(s.person->slug, "noc1");

	e.source = "lmtp";
	e.recipient = "Example-Status-unsubscribe+x@in.status.example";
	m = header_message(j.mem,
	    arena_printf(j.mem,
		"Message-ID: <w1@status.example>\n"
		"Sitrep-Self: %s\n" FROM REST,
		keys_self(&j, &k,
		    "example-status-unsubscribe+x@in.status.example "
		    "w1@status.example")));
	assert_true(sender_is_self(&j, &k, &m, &e));
	e.recipient = "other-unsubscribe+x@in.status.example";
	assert_false(sender_is_self(&j, &k, &m, &e));
	m.mid = "w2@status.example";
	assert_false(sender_is_self(&j, &k, &m, &e));
	m = header_message(j.mem, FROM REST);
	assert_false(sender_is_self(&j, &k, &m, &e));
	m = header_message(j.mem, "Sitrep-Self:\nSitrep-Self: x\n" REST);
	assert_false(sender_is_self(&j, &k, &m, &e));
	job_end(&j);
}

/* Each of these mails, of a known person with proof, is never answered. */
static const char *const auto_headers[] = { "Auto-Submitted: auto-replied",
	"Auto-Submitted: auto-generated", "Auto-Submitted: auto-notified",
	"auto-submitted: AUTO-REPLIED (vacation)", "Auto-Submitted: yes",
	"Auto-Submitted: auto-replied; owner-email=\"a@b.example\"",
	"Auto-Submitted: notice", "Precedence: bulk", "Precedence: BULK",
	"Precedence: list", "Precedence: junk", "Precedence: auto_reply",
	"precedence: bulk (list)", "X-Precedence: bulk",
	"Preference: auto_reply", "List-Id: <x.lists.example>",
	"List-ID: A list <x.lists.example>", "List-Id: x",
	"List-Post: <mailto:x@lists.example>", "List-Post: NO",
	"List-Unsubscribe: <mailto:x@lists.example>",
	"List-Help: <mailto:x@lists.example>", "Mailing-List: list x@y.example",
	"X-Mailing-List: x@y.example", "X-BeenThere: x@y.example",
	"X-Mailman-Version: 2.1", "X-Loop: x@y.example",
	"X-Loop: somebody else", "X-Autoreply: yes", "X-Auto-Reply: 1",
	"X-Autoreply-From: a@b.example", "X-Autorespond: x",
	"X-Autoresponder: x", "X-Autoreply-Domain: b.example",
	"X-Autogenerated: Reply", "X-Auto-Generated: true",
	"X-Mail-Autoreply: vacation", "X-Amazon-Auto-Reply: true",
	"X-Vacation: on", "X-Away-Message: x", "X-Cron-Env: <SHELL=/bin/sh>",
	"X-Failed-Recipients: a@b.example", "X-FC-MachineGenerated: true",
	"X-POST-MessageClass: 9; Autoresponder", "Delivered-To: Autoresponder",
	"Content-Type: multipart/report; report-type=delivery-status; "
	"boundary=x",
	"Content-Type: MULTIPART/REPORT;boundary=x",
	"Content-Type: multipart/report; report-type=disposition-notification",
	"Content-Type: message/delivery-status",
	"Content-Type: message/feedback-report", "Return-Path: <>" };

static const char *const auto_subjects[] = { "Automatic reply: Sev2",
	"Automatic reply", "AUTOMATIC REPLY: x", "Autoreply: x",
	"Auto-Reply: x", "Auto Reply to: x", "Autoreply from a@b.example",
	"Auto-Response: x", "Automated reply: x", "Automated response",
	"Out of Office", "Out of office: Re: x", "Out of Office Re: x",
	"Out of Office AutoReply: x", "Out of Office auto-reply: x",
	"Out of the office", "Out of the office until Monday",
	"Out of the Office (back 5 March)", "Out of office - x",
	"Out-of-office: x", "[EXTERNAL] Automatic reply: x",
	"[EXT] [WARN] Out of Office: x", "Vacation reply: x",
	"Vacation response", "On vacation", "On vacation until 5 March",
	"Away from the office: x", "Away from my mail",
	"AUTO: Peter is out of the office (returning 05.03.2026)",
	"I am out of the office until 5 March", "Peter is on vacation",
	"Re: x - I am on vacation until Monday", "Abwesenheitsnotiz: x",
	"Abwesenheit: x", "Abwesend: x", "Automatische Antwort: x",
	"Abwesenheitsnotiz", "R\xc3\xa9ponse automatique : x",
	"R\xc3\xa9ponse automatique: x", "Absence du bureau : x",
	"Absent du bureau", "Absent du bureau jusqu'au 5 mars",
	"Respuesta autom\xc3\xa1tica: x", "Fuera de la oficina: x",
	"Fuera de oficina", "Risposta automatica: x", "Fuori sede: x",
	"Fuori ufficio: x", "Resposta autom\xc3\xa1tica: x",
	"Automatisch antwoord: x", "Afwezig: x", "Afwezigheidsbericht: x",
	"Autosvar: x", "Automatiskt svar: x", "Fr\xc3\xa5nvaro: x",
	"Automatisk svar: x", "Automaattinen vastaus: x",
	"Odpowied\xc5\xba automatyczna: x", "Poza biurem: x",
	"Automatick\xc3\xa1 odpov\xc4\x9b\xc4\x8f: x",
	"Automatikus v\xc3\xa1lasz: x", "R\xc4\x83spuns automat: x",
	"Otomatik yan\xc4\xb1t: x",
	"\xce\x91\xcf\x85\xcf\x84\xcf\x8c\xce\xbc\xce\xb1\xcf\x84\xce\xb7 "
	"\xce\xb1\xcf\x80\xce\xac\xce\xbd\xcf\x84\xce\xb7\xcf\x83\xce\xb7: x",
	"\xd0\x90\xd0\xb2\xd1\x82\xd0\xbe\xd0\xbe\xd1\x82\xd0\xb2\xd0\xb5\xd1"
	"\x82: x",
	"\xe8\x87\xaa\xe5\x8b\x95\xe5\xbf\x9c\xe7\xad\x94: x",
	"\xe8\x87\xaa\xe5\x8a\xa8\xe7\xad\x94\xe5\xa4\x8d: x",
	"\xe8\x87\xaa\xe5\x8b\x95\xe5\x9b\x9e\xe8\xa6\x86\xef\xbc\x9a x",
	"\xec\x9e\x90\xeb\x8f\x99 \xed\x9a\x8c\xec\x8b\xa0: x" };

/* Mail of people about just these things is no automatic mail. */
static const char *const human_headers[] = { "Auto-Submitted: no",
	"Auto-Submitted: No (manual)",
	"Auto-Submitted:", "Precedence: first-class", "Precedence: normal",
	"Precedence: special-delivery", "Precedence: bulky", "X-Autoreply: no",
	"X-Autogenerated: false", "X-Mailer: bulk",
	"Content-Type: multipart/related; type=\"multipart/report\"",
	"Content-Type: multipart/reported", "X-Priority: 1",
	"X-Original-To: autoresponder", "Comments: List-Id: x",
	"In-Reply-To: <inc-2026-0042.d2@status.example>",
	"References: <inc-2026-0042@status.example>",
	"Message-ID: <x@mail.status.example.org>",
	"Message-ID: <status.example@example.net>",
	"Message-ID: <x@notstatus.example>",
	"Subject: Out of office replies loop on cluster B",
	"Subject: Automatic replying broken on mx3",
	"Subject: Automatic reply-to header is broken",
	"Subject: Autoreply/vacation service down",
	"Subject: Vacation reply service fails",
	"Subject: autoresponder: not sending on cluster a",
	"Subject: Out of office365 logins", "Subject: out of disk",
	"Subject: Absences page shows errors",
	"Subject: Mail delivery failed for all of cluster B",
	"Subject: Undelivered mail piles up",
	"Subject: Delivery Status Notification (Failure) for customers",
	"Subject: MAILER-DAEMON floods", "Subject: Poissa\xc3\xb6 x",
	"Subject: Sev2 autoreply: broken", "Subject: auto reply",
	"Subject: RE: Automatic reply: x" };

static const char *const loops[] = { "Message-ID: <x@status.example>",
	"Message-ID: <x@in.status.example>", "Message-ID: <x@STATUS.example>",
	"Message-ID: <inc-2026-0042.u1.r1.example-status@status.example>",
	"List-Id: Example status <example-status.status.example>",
	"List-Id: <other.status.example>",
	"List-Id: example-status.status.example",
	"X-Loop: incident@in.status.example", "X-Loop: status.example",
	"Sitrep-Event: INC-2026-0042", "Sitrep-Internal: yes",
	"Sitrep-Update: 1", "Sitrep-Kind: digest", "Sitrep-Result: ok" };

static void
machine_of(const char *line, const char *envelope_from, const char *want)
{
	struct conf c = conf();
	struct sender s;
	struct job j;
	char *text;

	job_begin(&j, "t", 1000);
	text = arena_printf(j.mem, "%s" HOP FROM "%s%s\n",
	    text_istarts(line, "Return-Path") ? line : PASS,
	    text_istarts(line, "Subject:") ? "" : "Subject: Sev2 cluster b\n",
	    line);
	if (text_istarts(line, "Return-Path"))
		text = arena_printf(j.mem, "%s\n" PASS HOP FROM REST, line);
	judge(&j, &c, text, envelope_from, &s);
	if (strcmp(s.machine, want) != 0)
		fail_msg("%s: \"%s\", not \"%s\"", line, s.machine, want);
	if (*s.machine == '\0' && s.trust != TRUST_A1)
		fail_msg("%s: class %d", line, s.trust);
	job_end(&j);
}

static void
machines(void **state)
{
	static const char *const nulls[] = { "", "<>", "MAILER-DAEMON",
		"mailer-daemon@mx.example" };
	char line[400];

	(void)state;
	for (size_t i = 0; i < COUNT(auto_headers); i++)
		machine_of(auto_headers[i], "noc1@example.net", "auto");
	for (size_t i = 0; i < COUNT(auto_subjects); i++) {
		snprintf(line, sizeof line, "Subject: %s", auto_subjects[i]);
		machine_of(line, "noc1@example.net", "auto");
	}
	for (size_t i = 0; i < COUNT(nulls); i++)
		machine_of("X-A: b", nulls[i], "auto");
	for (size_t i = 0; i < COUNT(loops); i++) {
		machine_of(loops[i], "noc1@example.net", "loop");
		machine_of(loops[i], "", "loop");
	}
	for (size_t i = 0; i < COUNT(human_headers); i++)
		machine_of(human_headers[i], "noc1@example.net",
		    strcmp(human_headers[i], "Subject: auto reply") == 0
			? "auto"
			: "");
}

/* Acted on, but never answered. */
static void
quiet(void **state)
{
	static const char *const lines[] = { "X-Auto-Response-Suppress: All",
		"X-Auto-Response-Suppress: DR, OOF, AutoReply",
		"x-auto-response-suppress: oof",
		"X-RT-Loop-Prevention: example.net", "X-OTRS-Loop: x" };
	static const char *const froms[] = { "owner-x@lists.example",
		"x-owner@lists.example", "x-bounces@lists.example",
		"x-bounces+noc1=example.net@lists.example",
		"bounces+12-ab@mailer.example", "bounce-77@mailer.example",
		"x-request@lists.example", "noreply@x.example",
		"No-Reply@x.example", "do-not-reply@x.example",
		"x-return-12-noc1=example.net@lists.example",
		"postmaster@x.example", "majordomo@x.example" };
	static const char *const people[] = { "noc1@example.net",
		"SRS0=ab=cd=example.net=noc1@forward.example",
		"prvs=1234567890=noc1@example.net", "bouncer@x.example",
		"owner@x.example", "request@x.example", "noc-one@x.example" };
	struct conf c = conf();
	struct sender s;
	struct job j;

	(void)state;
	job_begin(&j, "t", 1000);
	for (size_t i = 0; i < COUNT(lines); i++) {
		judge(&j, &c,
		    arena_printf(j.mem, PASS HOP FROM "%s\n", lines[i]),
		    "noc1@example.net", &s);
		if (!s.quiet || *s.machine != '\0' || s.trust != TRUST_A1)
			fail_msg("%s", lines[i]);
	}
	for (size_t i = 0; i < COUNT(froms); i++) {
		judge(&j, &c, PASS HOP FROM REST, froms[i], &s);
		if (!s.quiet || *s.machine != '\0' || s.trust != TRUST_A1)
			fail_msg("%s", froms[i]);
		judge(&j, &c,
		    arena_printf(j.mem, HOP "From: %s\n" REST, froms[i]),
		    "a@x.example", &s);
		if (!s.quiet)
			fail_msg("From: %s", froms[i]);
	}
	for (size_t i = 0; i < COUNT(people); i++) {
		judge(&j, &c, PASS HOP FROM REST, people[i], &s);
		if (s.quiet || *s.machine != '\0')
			fail_msg("%s", people[i]);
	}
	judge(&j, &c, PASS HOP FROM "X-Auto-Response-Suppress: NDR\n",
	    "noc1@example.net", &s);
	assert_false(s.quiet);
	job_end(&j);
}

static void
circles(void **state)
{
	struct conf c = conf();
	struct buf b = BUF_INIT;
	struct sender s;
	struct job j;

	(void)state;
	job_begin(&j, "t", 1000);
	buf_str(&b, PASS);
	for (int i = 0; i < LIMIT_RECEIVED; i++)
		buf_str(&b, HOP);
	buf_str(&b, FROM REST);
	judge(&j, &c, b.data, "noc1@example.net", &s);
	assert_string_equal(s.machine, "");
	buf_str(&b, HOP);
	judge(&j, &c, b.data, "noc1@example.net", &s);
	assert_string_equal(s.machine, "loop");
	judge(&j, &c, HOP "From: incident@in.status.example\n" REST,
	    "x@y.example", &s);
	assert_string_equal(s.machine, "loop");
	judge(&j, &c, HOP "From: status@status.example\n" REST, "x@y.example",
	    &s);
	assert_string_equal(s.machine, "loop");
	judge(&j, &c, HOP "From: MAILER-DAEMON@x.example\n" REST, "x@y.example",
	    &s);
	assert_string_equal(s.machine, "auto");
	buf_free(&b);
	job_end(&j);
}

/* Whatever comes to -bounces is a bounce, and nothing else. */
static void
bounces(void **state)
{
	struct conf c = conf();
	struct envelope e = { .source = "lmtp",
		.from = "noc1@example.net",
		.recipient = "example-status-bounces+x@in.status.example" };
	struct message m;
	struct sender s;
	struct job j;

	(void)state;
	job_begin(&j, "t", 1000);
	m = header_message(j.mem, PASS HOP FROM REST);
	assert_int_equal(sender_judge(&j, &c, &m, &e, &s), ST_OK);
	assert_string_equal(s.machine, "bounce");
	e.from = "";
	m = header_message(j.mem, HOP "Auto-Submitted: auto-replied\n");
	assert_int_equal(sender_judge(&j, &c, &m, &e, &s), ST_OK);
	assert_string_equal(s.machine, "bounce");
	assert_true(s.null_sender);
	job_end(&j);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(whose_results), cmocka_unit_test(look_alikes),
		cmocka_unit_test(authors), cmocka_unit_test(room),
		cmocka_unit_test(signed_at), cmocka_unit_test(pages_and_trust),
		cmocka_unit_test(strangers), cmocka_unit_test(our_own),
		cmocka_unit_test(machines), cmocka_unit_test(quiet),
		cmocka_unit_test(circles), cmocka_unit_test(bounces)
	};

	log_open(LOG_TO_NOWHERE, "t");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
