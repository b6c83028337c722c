#include "text/reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "text/flowed.h"

static const char *const site_banners[] = { "Beware of strangers" };
static const char *const site_disclaimers[] = { "Example Ltd, Toronto" };

static const struct writer writer = {
	.name = "Ann Ash",
	.address = "ann@example.net",
	.banners = site_banners,
	.n_banners = 1,
	.disclaimers = site_disclaimers,
	.n_disclaimers = 1,
};

static struct arena *mem;

static int
setup(void **state)
{
	(void)state;
	mem = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static struct reply
read_reply(const char *text)
{
	struct reply r;

	reply_read(mem, text, &writer, LIMIT_TEXT, &r);
	return r;
}

static void
assert_reply(const char *text, const char *want)
{
	struct reply r = read_reply(text);

	if (strcmp(r.text, want) != 0)
		print_error("of:\n%s\n", text);
	assert_string_equal(r.text, want);
}

/* Attributions, each above a quote that bears no marks. */
static const char *const attributions[] = {
	"On Wed, Mar 4, 2026 at 9:22 AM Desk <desk@status.example> wrote:",
	"On Mar 4, 2026, at 9:22 AM, Desk <desk@status.example> wrote:",
	"On 4/3/26 09:22, Desk wrote:",
	"On Wed, Mar 4, 2026 at 9:22 AM Desk <\ndesk@status.example> wrote:",
	"On Wed, Mar 4, 2026 at 9:22 AM The Status Desk of Example\n"
	"<desk@status.example>\nwrote:",
	"Am Mi., 4. März 2026 um 09:22 Uhr schrieb Desk <desk@x.example>:",
	"Am 04.03.2026 um 09:22 schrieb Desk:",
	"Desk <desk@x.example> schrieb am Mi., 4.\nMärz 2026, 09:22:",
	"Le mer. 4 mars 2026 à 09:22, Desk <desk@x.example> a écrit :",
	"Le 04/03/2026 à 09:22, Desk a écrit\xc2\xa0:",
	"El mié, 4 mar 2026 a las 9:22, Desk (<desk@x.example>) escribió:",
	"Il giorno mer 4 mar 2026 alle ore 09:22 Desk <desk@x.example> ha\n"
	"scritto:",
	"Op wo 4 mrt 2026 om 09:22 schreef Desk <desk@x.example>:",
	"Em qua., 4 de mar. de 2026 às 09:22, Desk <desk@x.example> "
	"escreveu:",
	"Den ons 4 mars 2026 kl 09:22 skrev Desk <desk@x.example>:",
	"Den ons. 4. mar. 2026 kl. 09.22 skrev Desk <desk@x.example>:",
	"ons. 4. mars 2026 kl. 09:22 skrev Desk <desk@x.example>:",
	"ke 4. maalisk. 2026 klo 9.22 Desk (desk@x.example) kirjoitti:",
	"śr., 4 mar 2026 o 09:22 Desk <desk@x.example> napisał(a):",
	"W dniu 4.03.2026 o 09:22, Desk pisze:",
	"ср, 4 мар. 2026 г. в 09:22, Desk <desk@x.example>:",
	"4 марта 2026 г., 09:22, Desk <desk@x.example> написал(а):",
	"ср, 4 бер. 2026 р. о 09:22 Desk <desk@x.example> пише:",
	"st 4. 3. 2026 v 9:22 odesílatel Desk <desk@x.example> napsal:",
	"Desk <desk@x.example> ezt írta (időpont: 2026. márc. 4., 9:22):",
	"Desk <desk@x.example>, 4 Mar 2026 Çar, 09:22 tarihinde şunu yazdı:",
	"În mie., 4 mar. 2026 la 09:22, Desk <desk@x.example> a scris:",
	"Στις Τετ 4 Μαρ 2026 στις 9:22, Desk <desk@x.example> έγραψε:",
	"Vào Th 4, 4 thg 3, 2026 vào lúc 09:22 Desk <desk@x.example> đã "
	"viết:",
	"2026年3月4日(水) 9:22 Desk <desk@x.example>:",
	"Desk <desk@x.example> 于2026年3月4日周三 09:22写道：",
	"在 2026年3月4日，上午9:22，Desk <desk@x.example> 写道：",
	"2026년 3월 4일 (수) 오전 9:22, Desk <desk@x.example>님이 작성:",
	"04.03.2026, 09:22, \"Desk\" <desk@x.example>:",
	"---- On Wed, 04 Mar 2026 09:22:00 +0000 Desk <desk@x.example> wrote "
	"----",
	"-----Original Message-----",
	"-----Ursprüngliche Nachricht-----",
	"-------- Message d'origine --------",
	"-------- Ein Wort, das wir nicht kennen --------\nVon: Desk\n"
	"Datum: 4.3.26 09:22 (GMT+01:00)\nAn: Ann\nBetreff: x",
	"________________________________",
	"From: Desk\nSent: Wednesday, March 4, 2026 2:17 PM\nTo: Ann\n"
	"Subject: x",
	"*From:* Desk <desk@x.example>\n*Date:* Wednesday\n*To:* Ann",
	"**Von:** Desk\n**Gesendet:** Mittwoch\n**An:** Ann\n**Betreff:** x",
	"De : Desk\nEnvoyé : mercredi\nÀ : Ann\nObjet : x",
	"From:\tDesk\n\nSent:\tWednesday\n\nTo:\tAnn\n\nSubject:\tx",
	"发件人：Desk\n发送时间：2026年3月4日\n收件人：Ann\n主题：x",
	"差出人: Desk\n送信日時: 2026年3月4日\n宛先: Ann\n件名: x",
	"##- Please write above this line -##",
	"---------- Forwarded message ---------",
	"Begin forwarded message:",
};

static void
test_boundaries(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof attributions / sizeof *attributions;
	     i++) {
		const char *a = attributions[i];

		assert_reply(arena_printf(mem,
				 "Yes, we look.\n\nMore.\n\n%s\n\nInternal "
				 "words.\n\nEnd",
				 a),
		    "Yes, we look.\n\nMore.");
		/* Nothing of it is lost. */
		assert_non_null(
		    strstr(read_reply(arena_printf(mem, "Yes\n%s\nEnd", a))
			       .quoted,
			"End"));
	}
}

/* Sentences that look a little like it. */
static const char *const own[] = {
	"On Thursday:\nwe move.",
	"On this day 3 customers wrote to us about mail.\nMore below.",
	"From: Toronto the traffic is fine.\nTo: Paris it isn't.",
	"Date: unknown\nTime: 14:05 UTC\nSite: Toronto",
	"We got this -------- not a line -------- and more",
	"Started 14:02, ended 14:20.\nThe vendor wrote nothing.",
	"The upstream wrote: we are on it.",
	"1. one\n2. two\n\n- three",
	"state = identified\n\n--- public ---\nWe found it.\n\n--- public: fr "
	"---\nTrouvé.",
	"Severity: 2\nComponent: email-b\n\nText, 10.0.0.1 and 10.0.0.2 fail",
	"Restart at 14:05 UTC\nSent from the NOC to the carrier, who has it",
	"# comment\nack",
};

static void
test_own_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		assert_reply(own[i], own[i]);
}

static void
test_below_quotes(void **state)
{
	struct reply r;

	(void)state;
	r = read_reply("On Wed, 4 Mar 2026 at 9:22, Desk wrote:\n> Publish?\n"
		       "> YES or no\n\nYes\n\n-- \nAnn\n");
	assert_string_equal(r.text, "Yes");
	assert_true(r.alone);
	assert_true(r.interleaved);
	assert_int_equal(r.cut_quote, 3);
	assert_int_equal(r.cut_signature, 2);

	r = read_reply("above\n\n> a question\n\nbelow\n\n> another\n\nend\n");
	assert_string_equal(r.text, "above\n\nbelow\n\nend");
	assert_true(r.interleaved);
	assert_false(r.alone);

	r = read_reply("Yes\n\n> quoted\n> more\n\n-- \nAnn Ash\n");
	assert_string_equal(r.text, "Yes");
	assert_false(r.interleaved);
	assert_true(r.alone);

	r = read_reply("> a quoted line that some mailer has wrapped because "
		       "it was too\nlong\n> and so on\n\nyes");
	assert_string_equal(r.text, "yes");

	/* A language that we don't know. */
	r = read_reply("Yes\n\nDesk <desk@x.example> zzz 2026 4 mm 9:22 qqq:\n"
		       "> Publish?\n");
	assert_string_equal(r.text, "Yes");

	r = read_reply("> only a quote\n> no more");
	assert_string_equal(r.text, "");
	assert_true(r.alone);
	assert_false(r.interleaved);
}

static void
test_signatures(void **state)
{
	(void)state;
	assert_reply("Yes\n-- \nAnn\nanything\nat all\n", "Yes");
	assert_reply("Yes\n--\nAnn\n", "Yes");
	assert_reply("yes\n\nSent from my iPhone\n", "yes");
	assert_reply("yes\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n",
	    "yes");
	assert_reply("ja\n\nVon meinem iPhone gesendet\n", "ja");
	assert_reply("oui\n\nEnvoyé de mon iPhone\n", "oui");
	assert_reply("はい\n\niPhoneから送信\n", "はい");
	assert_reply("Text.\n\nBest regards,\nAnn\n", "Text.");
	assert_reply("Text.\n\nThanks,\nAnn Ash\n+1 416 555 0134\n", "Text.");
	assert_reply("Text.\n\nMit freundlichen Grüßen\n\nAnn Ash\nNOC\n",
	    "Text.");
	assert_reply("Text.\n\nAnn Ash | NOC | +1 416 555 0134\n", "Text.");
	assert_reply("Text.\n\nA. Ash\nExample Networks\nann@example.net\n",
	    "Text.");
	assert_reply("Text.\n\nBob Birch\nbob@example.org\n+1 416 555 0199\n",
	    "Text.");
	assert_reply("Text.\n\nRegards, Ann\n", "Text.");
	assert_reply("Text.\n\nCONFIDENTIAL: this message is intended only "
		     "for\nits recipient.\n",
	    "Text.");
	assert_reply("Text.\n\nExample Ltd, Toronto, reg. 123\nmore\n",
	    "Text.");
	assert_reply("Text.\n\nAnn Ash\nThis e-mail and any attachments are "
		     "confidential.\n",
	    "Text.");
	/* A name isn't a signature where it says something. */
	assert_reply("Text.\n\nAnn Ash is on call.", "Text.\n\nAnn Ash is on "
						     "call.");
	assert_reply("Thanks", "Thanks");
	assert_reply("ack\n\nThanks,\nBob", "ack\n\nThanks,\nBob");
	/* Nine lines and more aren't a signature. */
	assert_reply("a\n\nRegards,\n1\n2\n3\n4\n5\n6\n7\n8\n9",
	    "a\n\nRegards,\n1\n2\n3\n4\n5\n6\n7\n8\n9");
}

static void
test_banners(void **state)
{
	struct reply r;

	(void)state;
	assert_reply("[EXTERNAL]\n\nack\n", "ack");
	assert_reply("[EXTERNAL] ack\n\ntext", "ack\n\ntext");
	assert_reply("CAUTION: This email originated from outside of the\n"
		     "organization. Do not click links.\n\nack",
	    "ack");
	assert_reply("*****\nCAUTION: external mail.\n*****\nack", "ack");
	assert_reply("Beware of strangers, they lie\n\nack", "ack");
	r = read_reply("[EXTERNAL]\n\nack\n");
	assert_int_equal(r.cut_signature, 1);
}

static void
test_shape(void **state)
{
	(void)state;
	assert_reply("", "");
	assert_reply("\n\n \n", "");
	assert_reply("\n\nack\ndraft\n\ntext\n\n\nmore\n\n",
	    "ack\ndraft\n\ntext\n\n\nmore");
	/* One line with its attribution. */
	assert_reply("yes On Wed, Mar 4, 2026 at 9:22 AM, x@y.example wrote:\n"
		     "> hi\n",
	    "yes");
}

/* Seconds; sanitized it takes some ten times as long. */
#ifdef __SANITIZE_ADDRESS__
enum { BOUND = 30 };
#else
enum { BOUND = 2 };
#endif

static void
test_limits(void **state)
{
	const char *lines[] = { "--\n", "> x\n", "On 1 Jan 2020 9:22\n",
		"From: a\n", "Regards,\n", "Sent from my iPhone\n", "\n", "x",
		"----- \n", "CONFIDENTIAL: intended\n",
		"A b On Mon, 4 Mar 2026 at 9:22, c wrote:\n> " };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct buf b = BUF_INIT;
		clock_t start = clock();
		struct reply r;

		while (b.len < 1024 * 1024)
			buf_str(&b, lines[i]);
		r = read_reply(b.data);
		assert_true(strlen(r.text) <= LIMIT_TEXT);
		assert_true(clock() - start < BOUND * CLOCKS_PER_SEC);
		buf_free(&b);
	}
}

static void
test_flowed(void **state)
{
	(void)state;
	assert_string_equal(flowed_join(mem, "a \nb\n\nc\n", false),
	    "a b\n\nc\n");
	assert_string_equal(flowed_join(mem, "a \nb\n", true), "ab\n");
	assert_string_equal(flowed_join(mem, "> a \n> b\nc\n", false),
	    "> a b\nc\n");
	assert_string_equal(flowed_join(mem, "> a \n>> b\n", false),
	    "> a \n>> b\n");
	assert_string_equal(flowed_join(mem, " From x\n >y\n-- \nsig\n", false),
	    "From x\n>y\n-- \nsig\n");
	assert_string_equal(flowed_join(mem, "a \n-- \nsig\n", false),
	    "a \n-- \nsig\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_boundaries),
		cmocka_unit_test(test_own_words),
		cmocka_unit_test(test_below_quotes),
		cmocka_unit_test(test_signatures),
		cmocka_unit_test(test_banners),
		cmocka_unit_test(test_shape),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_flowed),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
