/* What mails report about mails: one case for each kind of server and for
 * each rule of reading. */
#include "t.h"

#include <string.h>

#include "base/buf.h"
#include "text/bounce.h"
#include "text/bounce_status.h"

#define SERVER "Mail Delivery System <MAILER-DAEMON@mx.example>"
#define REPORT(who, action, status, code) \
	"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; " who \
	"\nAction: " action "\nStatus: " status "\nDiagnostic-Code: " code \
	"\n"

static const struct {
	const char *what;
	const char *from, *subject, *name, *value; /* one more header */
	const char *text, *report, *original;
	const char *want; /* class address status reason, "!" if given up */
} cases[] = {
	/* clang-format off */
	/* Reports, by their fields. */
	{ "no such user", SERVER, "Undelivered", NULL, NULL, "Sorry.\n",
	  REPORT("anna@shop.example", "failed", "5.1.1",
	    "smtp; 550 5.1.1 <anna@shop.example>: User unknown"), "",
	  "hard anna@shop.example 5.1.1 no-user!\n" },
	{ "the reply tells more than the status", SERVER, "x", NULL, NULL, "",
	  REPORT("a@shop.example", "failed", "5.0.0", "smtp; 552 5.2.2 full"),
	  "", "soft a@shop.example 5.2.2 full!\n" },
	{ "full, though it is called 5.1.1", SERVER, "x", NULL, NULL, "",
	  REPORT("a@shop.example", "failed", "5.1.1",
	    "smtp; 552 mailbox is over quota"), "",
	  "soft a@shop.example 5.1.1 full!\n" },
	{ "a folded sentence with codes in it", SERVER, "x", NULL, NULL, "",
	  REPORT("a@shop.example", "failed", "5.2.1",
	    "smtp; 550-5.2.1 receives mail at\n    550-5.2.1 a rate that "
	    "prevents more"), "", "soft a@shop.example 5.2.1 rate!\n" },
	{ "a delay", SERVER, "Delayed", NULL, NULL, "",
	  REPORT("a@shop.example", "delayed", "4.4.1",
	    "smtp; connect to mx: Connection refused"), "",
	  "delayed a@shop.example 4.4.1 network\n" },
	{ "expired", SERVER, "x", NULL, NULL, "",
	  REPORT("a@shop.example", "failed", "4.4.7", "smtp; x"), "",
	  "delayed a@shop.example 4.4.7 expired!\n" },
	{ "no host", SERVER, "x", NULL, NULL, "",
	  REPORT("a@shop.example", "failed", "5.4.4",
	    "X-Postfix; Host or domain name not found"), "",
	  "hard a@shop.example 5.4.4 no-host!\n" },
	{ "no host just now", SERVER, "x", NULL, NULL, "",
	  REPORT("a@shop.example", "failed", "4.4.3",
	    "X-Postfix; Host not found, try again"), "",
	  "soft a@shop.example 4.4.3 network!\n" },
	{ "unknown for a time, to the end", SERVER, "x", NULL, NULL, "",
	  REPORT("a@shop.example", "failed", "4.1.1",
	    "smtp; 450 4.1.1 User unknown in virtual alias table"), "",
	  "hard a@shop.example 4.1.1 no-user!\n" },
	{ "greylisted", SERVER, "x", NULL, NULL, "",
	  REPORT("a@shop.example", "delayed", "4.7.1",
	    "smtp; 451 4.7.1 Greylisting in action"), "",
	  "soft a@shop.example 4.7.1 rate\n" },
	{ "delivered", "Mail <postmaster@x.example>", "Success", NULL, NULL, "",
	  REPORT("a@shop.example", "relayed", "2.0.0", "smtp; 250 ok"), "",
	  "delivered a@shop.example - unsaid\n" },
	{ "two, one of them twice", SERVER, "x", NULL, NULL, "",
	  REPORT("a@shop.example", "failed", "5.1.1", "smtp; 550 no such user")
	  "\nFinal-Recipient: rfc822; b@shop.example\nAction: failed\n"
	  "Status: 5.2.2\n\nFinal-Recipient: rfc822; A@shop.example\n"
	  "Action: failed\nStatus: 5.2.2\n", "",
	  "hard a@shop.example 5.1.1 no-user!\n"
	  "soft b@shop.example 5.2.2 full!\n" },
	{ "RFC 6533", SERVER, "x", NULL, NULL, "",
	  REPORT("utf-8; \xc3\xa4nne@m\xc3\xbcnchen.example", "failed",
	    "5.1.1", "smtp; 550 x"), "",
	  "hard \xc3\xa4nne@m\xc3\xbcnchen.example 5.1.1 no-user!\n" },
	{ "an inner name gives way", SERVER, "x", NULL, NULL, "",
	  "Original-Recipient: rfc822;a@shop.example\n"
	  "Final-Recipient: rfc822;@gate.example:a@daemon\nAction: failed\n"
	  "Status: 5.2.0 (over quota)\n", "",
	  "soft a@shop.example 5.2.0 full!\n" },
	{ "the recipient stands in the text alone", SERVER, "x", NULL, NULL,
	  "  ----- fatal errors -----\n<a@shop.example>\n"
	  "    (reason: 550 Host unknown)\n",
	  "Final-Recipient: RFC822; @shop.example\nAction: failed\n"
	  "Status: 5.1.2\n", "", "hard a@shop.example 5.1.2 no-host!\n" },
	{ "refused after the text was sent", SERVER, "x", NULL, NULL,
	  "<a@shop.example>: host x said: 550 Unknown user a@shop.example\n"
	  "    (in reply to end of DATA command)\n",
	  REPORT("a@shop.example", "failed", "5.0.0",
	    "smtp; 550 Unknown user a@shop.example"), "",
	  "soft a@shop.example 5.0.0 filtered!\n" },
	{ "refused before a recipient was named", SERVER, "x", NULL, NULL,
	  "<a@shop.example>: host x said: 553 our.example does not exist\n"
	  "    (in reply to MAIL FROM command)\n",
	  REPORT("a@shop.example", "failed", "5.0.0",
	    "smtp; 553 our.example does not exist"), "",
	  "soft a@shop.example 5.0.0 policy!\n" },
	{ "disabled, though it is called unknown", SERVER, "x", NULL, NULL, "",
	  REPORT("a@shop.example", "failed", "5.2.1",
	    "smtp; 550 5.2.1 a@shop.example... User unknown"), "",
	  "soft a@shop.example 5.2.1 filtered!\n" },
	{ "a quoted name", SERVER, "x", NULL, NULL, "",
	  REPORT("\"jo doe\"@shop.example", "failed", "5.1.1", "smtp; 550 x"),
	  "", "hard \"jo doe\"@shop.example 5.1.1 no-user!\n" },
	{ "nobody knows the sender", SERVER, "x", NULL, NULL,
	  "<a@shop.example>: host x said: 550 Return path domain has no MX\n"
	  "    (in reply to RCPT TO command)\n",
	  REPORT("a@shop.example", "failed", "5.0.0",
	    "smtp; 550 Return path domain has no MX"), "",
	  "soft a@shop.example 5.0.0 policy!\n" },
	{ "words of a host name don't count", SERVER, "x", NULL, NULL, "",
	  REPORT("mailbox-full@shop.example", "failed", "5.7.1",
	    "smtp; 550 5.7.1 virus.example said no"), "",
	  "soft mailbox-full@shop.example 5.7.1 policy!\n" },

	/* What servers write for people. */
	{ "qmail", "MAILER-DAEMON@q.example", "failure notice", NULL, NULL,
	  "Hi. This is the qmail-send program at q.example.\n"
	  "I'm afraid I wasn't able to deliver your message.\n\n"
	  "<a@shop.example>:\n192.0.2.1 does not like recipient.\n"
	  "Remote host said: 550 5.1.1 User unknown\n\n"
	  "<b@shop.example>:\nSorry, mailbox is full. (#5.2.2)\n\n"
	  "--- Below this line is a copy of the message.\n\n"
	  "Return-Path: <us@status.example>\nTo: c@shop.example\n", "", "",
	  "hard a@shop.example 5.1.1 no-user!\n"
	  "soft b@shop.example 5.2.2 full!\n" },
	{ "exim, named in a header", SERVER, "Mail delivery failed",
	  "X-Failed-Recipients", "a@shop.example, b@shop.example",
	  "This is a permanent error. The following address(es) failed:\n\n"
	  "  a@shop.example\n    Unrouteable address\n"
	  "  b@shop.example\n    retry timeout exceeded\n", "", "",
	  "hard a@shop.example - no-host!\n"
	  "delayed b@shop.example - expired!\n" },
	{ "exim's warning", SERVER, "Warning: message 1 delayed 24 hours",
	  NULL, NULL,
	  "A message that you sent has not yet been delivered to one of its\n"
	  "recipients.\n\n  a@shop.example\n\nNo action is required.\n", "", "",
	  "delayed a@shop.example - unsaid\n" },
	{ "in the middle of a sentence", "Postmaster <postmaster@x.example>",
	  "Mail could not be delivered", NULL, NULL,
	  "Unable to deliver message to <a@shop.example>, please ask\n"
	  "help@x.example for assistance.\nUser unknown\n", "", "",
	  "hard a@shop.example - no-user!\n" },
	{ "a reply to we don't know what", "postmaster@x.example",
	  "Message delivery has failed", NULL, NULL,
	  "Unable to deliver message to: a@shop.example\n"
	  "Server mx failed with: 550 No such user here\n", "", "",
	  "hard a@shop.example - no-user!\n" },
	{ "a transcript", SERVER, "Returned mail", NULL, NULL,
	  "   ----- Transcript of session follows -----\n"
	  ">>> RCPT To:<a@shop.example>\n<<< 550 User Unknown\n"
	  ">>> DATA\n<<< 503 no recipient\n\n"
	  "   ----- Unsent message follows -----\nReceived: x\n", "", "",
	  "hard a@shop.example - no-user!\n" },
	{ "no word why", "postmaster@x.example",
	  "Delivery Status Notification (Failure)", NULL, NULL,
	  "Delivery to the following recipients failed.\n\n"
	  "       a@shop.example\n", "", "",
	  "hard a@shop.example - unsaid!\n" },
	{ "only what came back names it", "postmaster@x.example",
	  "Undeliverable Message", NULL, NULL,
	  "Message could not be delivered.\nError: mailbox full\n", "",
	  "From: us@status.example\nTo: Anna <a@shop.example>\n",
	  "soft a@shop.example - full!\n" },
	{ "a report as text", SERVER, "Delivery failure", NULL, NULL,
	  "Technical report:\n\nAction: failed\n"
	  "Final-Recipient: rfc822; a@shop.example\n"
	  "Diagnostic-Code: smtp; 550 5.1.1 User Unknown\nStatus: 5.1.1\n", "",
	  "", "hard a@shop.example 5.1.1 no-user!\n" },
	{ "JSON in a string",
	  "SES <no-reply@sns.example>", "Notification", NULL, NULL,
	  "{\"Message\" : \"{\\\"notificationType\\\":\\\"Bounce\\\","
	  "\\\"bounce\\\":{\\\"bouncedRecipients\\\":[{\\\"emailAddress\\\":"
	  "\\\"a@shop.example\\\",\\\"action\\\":\\\"failed\\\",\\\"status"
	  "\\\":\\\"5.1.1\\\",\\\"diagnosticCode\\\":\\\"smtp; 550 5.1.1 user "
	  "unknown\\\"}]}}\"}\n", "", "",
	  "hard a@shop.example 5.1.1 no-user!\n" },

	{ "named twice, each with its own reason", SERVER, "failure notice",
	  NULL, NULL,
	  "Unable to deliver your message.\n\n  a@shop.example\n"
	  "    552 mailbox full\n  b@shop.example\n    550 user unknown\n\n"
	  "  a@shop.example\n    552 mailbox full\n", "", "",
	  "soft a@shop.example - full!\n"
	  "hard b@shop.example - no-user!\n" },
	{ "nobody answered there", SERVER, "Delivery failure",
	  "X-Failed-Recipients", "a@shop.example",
	  "Delivery to a@shop.example failed permanently.\nThe recipient "
	  "server did not accept our requests to connect.\n", "", "",
	  "delayed a@shop.example - expired!\n" },
	{ "a language without a report", SERVER, "Teslim edilemeyen ileti",
	  NULL, NULL,
	  "\xc4\xb0letiniz al\xc4\xb1" "c\xc4\xb1ya teslim edilemedi:\n\n"
	  "<a@shop.example>: B\xc3\xb6yle bir kullan\xc4\xb1" "c\xc4\xb1 "
	  "yok\n", "", "", "hard a@shop.example - no-user!\n" },
	{ "a language that we don't know, but for the reply", SERVER, "Ni!",
	  "Return-Path", "<>", "Ni ni ni:\n\n<a@shop.example>\n"
	  "550 5.2.2 ni\n", "", "", "soft a@shop.example 5.2.2 full!\n" },
	{ "no blanks around an address", SERVER, "系统退信", NULL, NULL,
	  "邮件被退回:\n收件人地址：a@shop.example不存在\n", "", "",
	  "hard a@shop.example - no-user!\n" },

	/* Other machines, and people. */
	{ "away, from a thread about a bounce", "Anna <a@shop.example>",
	  "Automatic reply: Undeliverable: x", NULL, NULL,
	  "I am away, mail to me could not be delivered.\n", "", "",
	  "autoreply a@shop.example - unsaid\n" },
	{ "an answer that wants none", "Anna <a@shop.example>", "Hello",
	  "Return-Path", "<>", "I left the firm. Write to b@shop.example.\n",
	  "", "", "autoreply a@shop.example - unsaid\n" },
	{ "somebody hands on a report", "Anna <a@shop.example>",
	  "Fwd: Undeliverable: x", NULL, NULL, "See below.\n",
	  REPORT("b@shop.example", "failed", "5.1.1", "smtp; 550 x"), "", "" },
	{ "a list talks about it", "talk-bounces@lists.example",
	  "Talk Digest, Vol 4", "List-Id", "<talk.lists.example>",
	  "1. Undeliverable (Jo)\n\nDelivery failed: 550 5.1.1 "
	  "x@shop.example user unknown\n", "", "", "" },
	{ "a ticket", "Desk <desk@shop.example>", "[#7] Mail delivery problems",
	  NULL, NULL, "Mail from x to y@shop.example bounces: 550 5.1.1.\n"
	  "It could not be delivered since 14:00.\n", "", "", "" },
	{ "a vacation", "Anna <a@shop.example>", "Out of office: x",
	  "Auto-Submitted", "auto-replied", "I am away until Monday.\n", "", "",
	  "autoreply a@shop.example - unsaid\n" },
	{ "a server's words that we don't know", "postmaster@shop.example",
	  "notice", "Auto-Submitted", "auto-replied", "Nope.\n", "", "", "" },
	{ "a complaint without its form", "staff@mail.example",
	  "complaint about message from 192.0.2.1", NULL, NULL, "x\n", "",
	  "To: a@shop.example\n", "complaint a@shop.example - reported\n" },
	{ "somebody asks about a bounce", "Anna <a@shop.example>",
	  "Re: Undelivered Mail Returned to Sender", NULL, NULL,
	  "What is this?\n\n> <b@shop.example>: User unknown\n", "", "", "" },
	{ "somebody writes", "Anna <a@shop.example>", "Mail", NULL, NULL,
	  "My mail to b@shop.example could not be delivered. Why?\n", "", "",
	  "" },
	{ "a postmaster writes", "Jo <postmaster@shop.example>", "Outage", NULL,
	  NULL, "Is cluster B down? jo@shop.example\n", "", "", "" },
	/* clang-format on */
};

static void
list(const struct bounce *b, struct buf *out)
{
	for (size_t i = 0; i < b->n; i++)
		buf_printf(out, "%s %s %s %s%s\n",
		    bounce_class_word(b->at[i].class), b->at[i].address,
		    b->at[i].status[0] == '\0' ? "-" : b->at[i].status,
		    bounce_reason_word(b->at[i].reason),
		    b->at[i].given_up ? "!" : "");
}

static void
reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena *mem = arena_new();
		struct header headers[] = { { "From", cases[i].from },
			{ cases[i].name, cases[i].value } };
		struct message m = { .headers = headers,
			.n_headers = cases[i].name == NULL ? 1 : 2,
			.subject = cases[i].subject,
			.from_address = "a@shop.example" };
		struct bounce_parts p = { cases[i].text, "", cases[i].report,
			"", cases[i].original };
		struct buf got = BUF_INIT;
		struct bounce b;

		if (strstr(cases[i].from, "a@shop.example") == NULL)
			m.from_address = "mailer-daemon@mx.example";
		bounce_read(mem, &m, &p, &b);
		list(&b, &got);
		if (strcmp(got.data, cases[i].want) != 0)
			fail_msg("%s:\n%sinstead of\n%s", cases[i].what,
			    got.data, cases[i].want);
		buf_free(&got);
		arena_free(mem);
	}
}

/* RFC 5965: each recipient that it names; not-spam is none. */
static void
complaints(void **state)
{
	static const struct {
		const char *report, *want;
	} all[] = {
		{ "Feedback-Type: abuse\nOriginal-Rcpt-To: <a@shop.example>\n"
		  "Original-Rcpt-To: <b@shop.example>\n",
		    "complaint a@shop.example - reported\n"
		    "complaint b@shop.example - reported\n" },
		{ "Feedback-Type: Abuse\nVersion: 1\n",
		    "complaint c@shop.example - reported\n" },
		{ "Feedback-Type: not-spam\nOriginal-Rcpt-To: a@x.example\n",
		    "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct arena *mem = arena_new();
		struct message m = { .subject = "x", .from_address = "" };
		struct bounce_parts p = { "", "", "", all[i].report,
			"To: c@shop.example\n" };
		struct buf got = BUF_INIT;
		struct bounce b;

		bounce_read(mem, &m, &p, &b);
		list(&b, &got);
		assert_string_equal(got.data, all[i].want);
		buf_free(&got);
		arena_free(mem);
	}
}

static void
codes(void **state)
{
	static const struct {
		const char *text, *status;
	} all[] = {
		{ "550 5.1.1 x", "5.1.1" },
		{ "host 5.6.7.8 said 550-5.7.26 x", "5.7.26" },
		{ "Version 5.1.2 says 550 5.2.2", "5.2.2" },
		{ "550 5.0.0 x (#5.1.1)", "5.1.1" },
		{ "MTA v4.6.1 x4.5.6 1.2.3", "" },
		{ "5.1.1234", "" },
		{ "2.0.0", "" },
		{ "250 2.0.0 ok", "2.0.0" },
		{ "", "" },
	};
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_string_equal(bounce_status_find(mem, all[i].text),
		    all[i].status);
	assert_true(bounce_status_replied("x: 550 no"));
	assert_false(bounce_status_replied("port 5500, 1550 of it"));
	arena_free(mem);
}

/* Nothing is read twice over: a flood of addresses ends at the most. */
static void
floods(void **state)
{
	struct arena *mem = arena_new();
	struct message m = { .subject = "failure notice", .from_address = "" };
	struct header h = { "From", SERVER };
	struct bounce_parts p = { "", "", "", "", "" };
	struct buf text = BUF_INIT;
	struct bounce b;

	(void)state;
	for (int i = 0; i < 1500; i++)
		buf_printf(&text, "<u%d@shop.example>:\nUser unknown\n", i);
	m.headers = &h;
	m.n_headers = 1;
	p.text = text.data;
	bounce_read(mem, &m, &p, &b);
	assert_int_equal(b.n, BOUNCE_MOST);
	buf_free(&text);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reads),
		cmocka_unit_test(complaints), cmocka_unit_test(codes),
		cmocka_unit_test(floods) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
