/*
 * LMTP over bytes: every reply, and that replies, messages and recipients
 * don't depend on how the bytes are cut.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "text/lmtp.h"

#define LHLO "LHLO x\r\n"
#define OPEN LHLO "MAIL FROM:<a@b.example>\r\nRCPT TO:<incident@in.example>\r\n"
#define BYE "\r\n.\r\nQUIT\r\n"

enum {
	RCPT = 70,   /* as if the configuration said so */
	WINDOW = 12, /* bytes that are cut in all ways */
};

/* Everything that came out of one session. */
struct seen {
	struct buf out, mails;
	int closed;
};

static void
free_seen(struct seen *s)
{
	buf_free(&s->out);
	buf_free(&s->mails);
}

static void
drain(struct lmtp *l, struct seen *s, struct buf *mail)
{
	enum lmtp_event ev;

	while (!s->closed && (ev = lmtp_next(l)) != LMTP_WANT) {
		if (ev == LMTP_RCPT)
			lmtp_rcpt(l, strncmp(l->path.data, "no", 2) != 0);
		else if (ev == LMTP_BYTES)
			buf_add(mail, l->piece, l->piece_len);
		else if (ev == LMTP_END) {
			buf_printf(&s->mails, "[%s|%s|%zu|", l->from.data,
			    l->to.data, l->recipients);
			buf_add(&s->mails, mail->data, mail->len);
			buf_str(&s->mails, "]");
			buf_clear(mail);
			lmtp_done(l, l->from.data[0] != 't');
		} else
			s->closed = 1;
	}
}

/* Feeds pieces that end where `ends` says, the last of which is n. */
static struct seen
cut_session(const char *p, const size_t *ends, size_t n_ends, bool strict)
{
	struct seen s = { BUF_INIT, BUF_INIT, 0 };
	struct buf mail = BUF_INIT;
	size_t at = 0;
	struct lmtp l;

	lmtp_begin(&l, "in.example", 1000, RCPT, strict);
	for (size_t i = 0; i < n_ends; i++) {
		char *piece;

		if (ends[i] <= at)
			continue;
		/* Its own block, so that a read past its end shows. */
		piece = malloc(ends[i] - at);
		assert_non_null(piece);
		memcpy(piece, p + at, ends[i] - at);
		lmtp_feed(&l, piece, ends[i] - at);
		drain(&l, &s, &mail);
		free(piece);
		at = ends[i];
	}
	buf_add(&s.out, l.out.data, l.out.len);
	lmtp_free(&l);
	buf_free(&mail);
	return s;
}

static struct seen
session(const char *p, size_t n, size_t a, size_t b, bool strict)
{
	const size_t ends[] = { a, b, n };

	return cut_session(p, ends, 3, strict);
}

static void
same(const struct seen *x, const struct seen *y)
{
	assert_string_equal(x->out.data, y->out.data);
	assert_int_equal(x->mails.len, y->mails.len);
	assert_memory_equal(x->mails.data, y->mails.data, x->mails.len);
	assert_int_equal(x->closed, y->closed);
}

static struct seen
all_splits(const char *p, size_t n, bool strict)
{
	struct seen whole = session(p, n, n, n, strict);

	for (size_t a = 1; a <= n; a++) {
		struct seen one = session(p, n, a, a + 1, strict);

		same(&whole, &one);
		free_seen(&one);
		one = session(p, n, a, n - a, strict);
		same(&whole, &one);
		free_seen(&one);
	}
	return whole;
}

/* All ways to cut the WINDOW bytes from `at` on. */
static void
every_cut(const char *p, size_t n, size_t at, bool strict)
{
	struct seen whole = session(p, n, n, n, strict);

	for (unsigned mask = 0; mask < 1U << WINDOW; mask++) {
		size_t ends[WINDOW + 1], k = 0;
		struct seen one;

		for (size_t i = 0; i < WINDOW; i++)
			if (mask & 1U << i)
				ends[k++] = at + i;
		ends[k++] = n;
		one = cut_session(p, ends, k, strict);
		same(&whole, &one);
		free_seen(&one);
	}
	free_seen(&whole);
}

static size_t
count(const char *s, const char *what)
{
	size_t n = 0;

	for (; (s = strstr(s, what)) != NULL; s++)
		n++;
	return n;
}

static void
expect_last(const char *input, const char *want)
{
	struct seen s = all_splits(input, strlen(input), false);
	size_t n = strlen(want);

	if (s.out.len < n || strcmp(s.out.data + s.out.len - n, want) != 0)
		fail_msg("%s gave %s", input, s.out.data);
	free_seen(&s);
}

/* What looks like the end of a message to somebody else, and isn't. */
static void
test_forms(void **state)
{
	static const struct {
		const char *in, *out;
		size_t n_in, n_out;
	} forms[] = {
#define FORM(in, out) { in, out, sizeof in - 1, sizeof out - 1 }
		/* clang-format off */
		FORM("\n.\n", "\n.\n"),
		FORM("\n.\r\n", "\n.\r\n"),
		FORM("\r\n.\n", "\r\n\n"),
		FORM("\r.\r", "\r.\r"),
		FORM("\r.\r\n", "\r.\r\n"),
		FORM("\r\n.\r", "\r\n\r"),
		FORM("\r\n.\0\r\n", "\r\n\0\r\n"),
		FORM("\r\n\0.\r\n", "\r\n\0.\r\n"),
		FORM("\r\0\n.\r\n", "\r\0\n.\r\n"),
		FORM("\r\n.\r\0\n", "\r\n\r\0\n"),
		FORM("\n\r.\r\n", "\n\r.\r\n"),
		FORM("\r\n.\r\r\n", "\r\n\r\r\n"),
		FORM("\r\r\n..\r\n", "\r\r\n.\r\n"),
		FORM("\r\n.x\r\n", "\r\nx\r\n"),
		FORM("\n.\r\r\n", "\n.\r\r\n"),
		FORM("\n\n.\n", "\n\n.\n"),
		FORM("\r\r\n.\n", "\r\r\n\n"),
		FORM("\n.\r", "\n.\r"),
		FORM("\r.\n", "\r.\n"),
		FORM("\0\r\n.\0", "\0\r\n\0"),
	/* clang-format on */
#undef FORM
	};

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		static const char smuggled[] =
		    "MAIL FROM:<evil@x>\r\nRCPT TO:<incident@in.example>\r\n"
		    "DATA\r\nSubject: second\r\n";
		struct buf in = BUF_INIT, want = BUF_INIT;
		struct seen s;
		size_t at;

		buf_str(&in, OPEN "DATA\r\nSubject: first\r\n\r\nx");
		at = in.len - 1;
		buf_add(&in, forms[i].in, forms[i].n_in);
		buf_str(&in, smuggled);
		buf_str(&in, BYE);
		buf_str(&want, "[a@b.example|incident@in.example|1|"
			       "Subject: first\r\n\r\nx");
		buf_add(&want, forms[i].out, forms[i].n_out);
		buf_str(&want, smuggled);
		buf_str(&want, "\r\n]");

		s = all_splits(in.data, in.len, false);
		assert_int_equal(s.mails.len, want.len);
		assert_memory_equal(s.mails.data, want.data, want.len);
		assert_int_equal(count(s.out.data, "250 2.0.0 taken"), 1);
		assert_true(s.closed);
		free_seen(&s);

		every_cut(in.data, in.len, at, false);
		every_cut(in.data, in.len, at, true);
		s = all_splits(in.data, in.len, true);
		if (memchr(forms[i].in, '\0', forms[i].n_in) == NULL &&
		    strcmp(forms[i].in, "\r\n.x\r\n") != 0) {
			assert_int_equal(s.mails.len, 0);
			assert_int_equal(count(s.out.data, "521 5.5.2"), 1);
			assert_true(s.closed);
		}
		free_seen(&s);
		buf_free(&in);
		buf_free(&want);
	}
}

static void
test_replies(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		/* clang-format off */
	{ "MAIL FROM:<a@b>\r\n", "503 5.5.1 LHLO comes first\r\n" },
	{ "RCPT TO:<a@b>\r\n", "503 5.5.1 LHLO comes first\r\n" },
	{ "DATA\r\n", "503 5.5.1 LHLO comes first\r\n" },
	{ "EHLO x\r\n", "500 5.5.1 there is no such command here\r\n" },
	{ "HELO x\r\n", "500 5.5.1 there is no such command here\r\n" },
	{ "LHLO\r\n", "501 5.5.4 LHLO takes a name\r\n" },
	{ "noop\r\n", "250 2.0.0 here\r\n" },
	{ "\r\n", "500 5.5.1 there is no such command here\r\n" },
	{ LHLO "BDAT 5 LAST\r\n", "500 5.5.1 there is no such command here\r\n" },
	{ LHLO "RCPT TO:<a@b>\r\n", "503 5.5.1 MAIL comes first\r\n" },
	{ LHLO "DATA\r\n", "503 5.5.1 there is no recipient\r\n" },
	{ LHLO "VRFY a\r\n", "252 2.0.0 send a mail and see\r\n" },
	{ LHLO "RSET\r\n", "250 2.0.0 forgotten\r\n" },
	{ LHLO "QUIT\r\n", "221 2.0.0 bye\r\n" },
	{ LHLO "mail from:<>\r\n", "250 2.1.0 go on\r\n" },
	{ LHLO "MAIL FROM:<a@b> SIZE=1000\r\n", "250 2.1.0 go on\r\n" },
	{ LHLO "MAIL FROM:<a@b> SIZE=1001\r\n",
	  "552 5.3.4 the message is too big\r\n" },
	{ LHLO "MAIL FROM:<a@b> SIZE=99999999999999999999999999\r\n",
	  "552 5.3.4 the message is too big\r\n" },
	{ LHLO "MAIL FROM:<a@b> SIZE=x\r\n",
	  "501 5.5.4 SIZE= takes a number of octets\r\n" },
	{ LHLO "MAIL FROM:<a@b> BODY=8BITMIME SMTPUTF8 SIZE=1\r\n",
	  "250 2.1.0 go on\r\n" },
	{ LHLO "MAIL FROM:<a@b> RET=HDRS\r\n",
	  "555 5.5.4 this parameter isn't offered\r\n" },
	{ LHLO "MAIL FROM:a@b\r\n", "501 5.5.4 MAIL takes FROM:<address>\r\n" },
	{ LHLO "MAIL FROM:<a@b\r\n", "501 5.5.4 MAIL takes FROM:<address>\r\n" },
	{ LHLO "MAIL FROM:<a@b>x\r\n",
	  "501 5.5.4 MAIL takes FROM:<address>\r\n" },
	{ LHLO "MAIL FROM:<a@b>\r\nMAIL FROM:<a@b>\r\n",
	  "503 5.5.1 there is a sender already\r\n" },
	{ LHLO "MAIL FROM:<a@b>\r\nRSET\r\nDATA\r\n",
	  "503 5.5.1 there is no recipient\r\n" },
	{ LHLO "MAIL FROM:<a@b>\r\nRCPT TO:<nobody@x>\r\n",
	  "550 5.1.1 there is no such address here\r\n" },
	{ LHLO "MAIL FROM:<a@b>\r\nRCPT TO:<nobody@x>\r\nDATA\r\n",
	  "503 5.5.1 there is no recipient\r\n" },
	{ LHLO "MAIL FROM:<a@b>\r\nRCPT TO:<>\r\n",
	  "501 5.5.4 RCPT takes TO:<address>\r\n" },
	{ OPEN "RCPT TO:<c@d> NOTIFY=NEVER\r\n",
	  "555 5.5.4 this parameter isn't offered\r\n" },
	{ OPEN "DATA now\r\n", "501 5.5.4 DATA takes nothing\r\n" },
	{ OPEN "DATA\r\n.\r\n", "250 2.0.0 taken\r\n" },
	{ "NOOP\n", "220 in.example LMTP sitrep\r\n" },
	{ "NOOP\nNOOP\r\n", "500 5.5.2 a command is one line of text\r\n" },
	{ "NOOP\rNOOP\r\n", "500 5.5.2 a command is one line of text\r\n" },
	{ "NO\033OP\r\n", "500 5.5.2 a command is one line of text\r\n" },
		/* clang-format on */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_last(cases[i].in, cases[i].out);
}

/* One reply for each recipient, and only after the message. */
static void
test_recipients(void **state)
{
	static const char in[] = LHLO
	    "MAIL FROM:<a@b>\r\nRCPT TO:<one@x>\r\nRCPT TO:<no@x>\r\n"
	    "RCPT TO:<two@x>\r\nDATA\r\nhi\r\n.\r\n"
	    "MAIL FROM:<t@b>\r\nRCPT TO:<\"a b\"@x>\r\nRCPT TO:<@r,@s:c@x>\r\n"
	    "DATA\r\n..hi\r\n.\r\nQUIT\r\nNOOP\r\n";
	struct seen s = all_splits(in, sizeof in - 1, false);

	(void)state;
	assert_string_equal(s.mails.data,
	    "[a@b|one@x|2|hi\r\n][t@b|\"a b\"@x|2|.hi\r\n]");
	assert_int_equal(count(s.out.data, "250 2.0.0 taken\r\n"), 2);
	assert_int_equal(count(s.out.data, "451 4.3.0 try again later\r\n"), 2);
	assert_int_equal(count(s.out.data, "250 2.0.0 here"), 0);
	assert_true(s.closed);
	free_seen(&s);
}

static void
test_many_recipients(void **state)
{
	struct buf in = BUF_INIT;
	struct seen s;

	(void)state;
	buf_str(&in, LHLO "MAIL FROM:<a@b>\r\n");
	for (int i = 0; i < 1000; i++)
		buf_printf(&in, "RCPT TO:<r%d@x>\r\n", i);
	buf_str(&in, "DATA\r\nhi\r\n.\r\n");
	s = session(in.data, in.len, 5000, 9000, false);
	assert_int_equal(count(s.out.data, "250 2.1.5"), RCPT);
	assert_int_equal(count(s.out.data, "452 4.5.3"), 1000 - RCPT);
	assert_int_equal(count(s.out.data, "250 2.0.0 taken"), RCPT);
	assert_false(s.closed);
	free_seen(&s);
	buf_free(&in);
}

/* Around the limit, with the CRLF on either side of it. */
static void
test_long_line(void **state)
{
	(void)state;
	for (size_t n = LIMIT_LMTP_LINE - 4; n < LIMIT_LMTP_LINE + 4; n++) {
		struct buf in = BUF_INIT;
		struct seen s;

		for (size_t i = 0; i < n; i++)
			buf_char(&in, 'x');
		buf_str(&in, "\r\nNOOP\r\n");
		for (size_t a = n - 1; a < n + 5; a++) {
			s = session(in.data, in.len, a, a + 1, false);
			assert_int_equal(count(s.out.data, "500 5.5."), 1);
			assert_int_equal(count(s.out.data, "250 2.0.0"), 1);
			free_seen(&s);
		}
		buf_free(&in);
	}
	{
		struct buf in = BUF_INIT;
		struct seen s;

		for (size_t i = 0; i < 10000; i++)
			buf_char(&in, 'x');
		buf_str(&in, "\r\nNOOP\r\n");
		s = session(in.data, in.len, 3000, 9000, false);
		assert_int_equal(count(s.out.data, "500 5.5.2"), 1);
		assert_int_equal(count(s.out.data, "250 2.0.0"), 1);
		free_seen(&s);
		buf_free(&in);
	}
}

/* Garbage is put up with for a while. */
static void
test_garbage(void **state)
{
	struct buf in = BUF_INIT;
	struct seen s;

	(void)state;
	for (int i = 0; i < 100; i++)
		buf_str(&in, "\x7f\x01 GET / HTTP/1.1\r\n");
	s = all_splits(in.data, in.len, false);
	assert_true(s.closed);
	assert_int_equal(count(s.out.data, "421 4.7.0"), 1);
	assert_int_equal(count(s.out.data, "500 5.5.2"), 20);
	free_seen(&s);
	buf_free(&in);
}

static void
test_offers(void **state)
{
	static const char *const offers[] = { "PIPELINING",
		"ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8" };
	struct seen s = session(LHLO, 8, 8, 8, false);

	(void)state;
	for (size_t i = 0; i < sizeof offers / sizeof *offers; i++)
		assert_int_equal(count(s.out.data, offers[i]), 1);
	assert_int_equal(count(s.out.data, "250 SIZE 1000\r\n"), 1);
	assert_int_equal(count(s.out.data, "CHUNKING"), 0);
	free_seen(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_replies),
		cmocka_unit_test(test_recipients),
		cmocka_unit_test(test_many_recipients),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_garbage),
		cmocka_unit_test(test_offers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
