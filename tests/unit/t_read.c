#include "flow/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"

#define FROM "From: Ann Ash <ann@example.net>\n"

static struct job job;
static struct conf conf = { .state = "", .limits = LIMITS_DEFAULT };

static int
setup(void **state)
{
	(void)state;
	log_open(LOG_TO_NOWHERE, "t_read");
	job_begin(&job, "t", 0);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	job_end(&job);
	return 0;
}

static double
child_seconds(void)
{
	struct rusage r;

	assert_int_equal(getrusage(RUSAGE_CHILDREN, &r), 0);
	return (double)r.ru_utime.tv_sec + (double)r.ru_stime.tv_sec +
	       ((double)r.ru_utime.tv_usec + (double)r.ru_stime.tv_usec) / 1e6;
}

static struct message
read_bytes(const void *p, size_t n)
{
	double before = child_seconds();
	struct message m;

	assert_int_equal(read_message(&job, &conf, p, n, false, &m), ST_OK);
	assert_true(child_seconds() - before < 2);
	assert_string_equal(job.why, "");
	return m;
}

static struct message
read_string(const char *s)
{
	return read_bytes(s, strlen(s));
}

static struct message
read_buf(struct buf *b)
{
	struct message m = read_bytes(b->data, b->len);

	buf_free(b);
	return m;
}

static struct message
read_file(const char *name)
{
	struct buf b = BUF_INIT;

	assert_int_equal(file_read(&job,
			     arena_printf(job.mem, "tests/mail/%s", name),
			     LIMIT_MAIL, &b),
	    ST_OK);
	return read_buf(&b);
}

static void
test_headers(void **state)
{
	struct message m = read_string(
	    "Received: by a\nReceived: by b\n" FROM
	    "Subject: =?utf-8?Q?a=0D=0ABcc:_x=40y=E2=80=AE?=\n =?utf-8?b?4oI=?="
	    " =?utf-8?b?rA==?=\nMessage-ID: <m@x>\nIn-Reply-To: <i@x>\n"
	    "References: <r1@x>\n <r2@x>\nDate: Wed, 4 Mar 2026 09:06:12 "
	    "-0500\n"
	    "\nack\n");

	(void)state;
	assert_int_equal(m.reading, READING_OK);
	assert_int_equal(m.n_received, 2);
	assert_int_equal(m.n_from, 1);
	assert_int_equal(m.n_from_mailboxes, 1);
	assert_string_equal(m.from_address, "ann@example.net");
	assert_string_equal(m.from_name, "Ann Ash");
	assert_string_equal(m.subject, "a Bcc: x@y\xe2\x82\xac");
	assert_string_equal(m.mid, "m@x");
	assert_int_equal(m.n_refs, 3);
	assert_string_equal(m.refs[0], "i@x");
	assert_string_equal(m.refs[1], "r2@x");
	assert_true(m.dated);
	assert_true(m.date_zoned);
	assert_int_equal(m.date_offset, -5 * 3600);
	assert_string_equal(m.reply, "ack");
	assert_true(m.alone);
}

static const struct {
	const char *from;
	size_t headers, mailboxes;
	bool group;
	const char *address, *name;
} froms[] = {
	{ "From: a@b.example\n", 1, 1, false, "a@b.example", "" },
	{ "From : <A.b@C.Example> (Ann)\n", 1, 1, false, "A.b@c.example", "" },
	{ "From: a@b.example (Ann Ash)\n", 1, 1, false, "a@b.example",
	    "Ann Ash" },
	{ "From: \"x@evil.example\" <a@b.example>\n", 1, 1, false,
	    "a@b.example", "x@evil.example" },
	{ "From: =?utf-8?q?=C3=84nn?= <a@b.example>\n", 1, 1, false,
	    "a@b.example", "Änn" },
	{ "From: a@b.example\nFrom: c@d.example\n", 2, 1, false, "a@b.example",
	    "" },
	{ "From: a@b.example, c@d.example\n", 1, 2, false, "", "" },
	{ "From: group: a@b.example;\n", 1, 1, true, "", "" },
	{ "From:\n", 1, 0, false, "", "" },
	{ "To: x\n", 0, 0, false, "", "" },
	{ "From: <a@b.example> <c@d.example>\n", 1, 1, false, "", "" },
	{ "From: <a@b.example> c\n", 1, 1, false, "", "" },
	{ "From: a@b.example (open\n", 1, 1, false, "", "" },
	{ "From: \"open <a@b.example>\n", 1, 1, false, "", "" },
	{ "From: a b@c.example\n", 1, 1, false, "", "" },
	{ "From: <@r.example:a@b.example>\n", 1, 1, false, "", "" },
};

static void
test_from(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof froms / sizeof *froms; i++) {
		struct message m =
		    read_string(arena_printf(job.mem, "%s\nx", froms[i].from));

		if (m.n_from != froms[i].headers ||
		    m.n_from_mailboxes != froms[i].mailboxes)
			print_error("of: %s", froms[i].from);
		assert_int_equal(m.n_from, froms[i].headers);
		assert_int_equal(m.n_from_mailboxes, froms[i].mailboxes);
		assert_int_equal(m.from_group, froms[i].group);
		assert_string_equal(m.from_address, froms[i].address);
		if (froms[i].address[0] != '\0')
			assert_string_equal(m.from_name, froms[i].name);
	}
}

static void
test_readings(void **state)
{
	struct message m;

	(void)state;
	assert_int_equal(read_string("").reading, READING_EMPTY);
	m = read_string(FROM "Subject: x\n");
	assert_int_equal(m.reading, READING_UNPARSED);
	assert_string_equal(m.from_address, "ann@example.net");
	assert_int_equal(read_string("no header\n\nx").reading,
	    READING_UNPARSED);
	assert_int_equal(read_bytes("\0\0\0", 3).reading, READING_UNPARSED);
	/* Line ends. */
	assert_string_equal(read_string("A: 1\r\n\r\na\r\nb\r\n").reply,
	    "a\nb");
	assert_string_equal(read_string("A: 1\r\ra\rb\r").reply, "a\nb");
	/* NUL and a long line. */
	m = read_bytes("A: 1\n\na\0b", 9);
	assert_string_equal(m.reply, "a\xef\xbf\xbd"
				     "b");
	assert_true(m.repaired);
}

#define BASE64 "\nContent-Transfer-Encoding: base64"

static const struct {
	const char *type, *body, *want;
	bool repaired;
} charsets[] = {
	{ "text/plain", "caf\xc3\xa9", "café", false },
	{ "text/plain", "caf\xe9 \x93x\x94", "café “x”", true },
	{ "text/plain; charset=utf-8", "caf\xe9", "caf\xef\xbf\xbd", true },
	{ "text/plain; charset=utf-8", "\xc0\xaf\xed\xa0\x80",
	    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
	    true },
	{ "text/plain; charset=iso-8859-1", "\x96\xe9", "–é", false },
	{ "text/plain; charset=\"windows-1251\"", "\xe4\xe0", "да", false },
	{ "text/plain; charset=koi8-r", "\xc4\xc1", "да", false },
	{ "text/plain; charset=Shift_JIS", "\x82\xcd\x82\xa2", "はい", false },
	{ "text/plain; charset=iso-2022-jp", "\x1b$B$O$$\x1b(B", "はい",
	    false },
	{ "text/plain; charset=gb2312", "\xca\xc7", "是", false },
	{ "text/plain; charset=big5", "\xac\x4f", "是", false },
	{ "text/plain; charset=euc-kr", "\xb3\xd7", "네", false },
	{ "text/plain; charset=windows-1255", "\xeb\xef", "כן", false },
	{ "text/plain; charset=utf-16" BASE64, "//5qAGEA", "ja", false },
	{ "text/plain; charset=utf-16be" BASE64, "AGoAYQ==", "ja", false },
	{ "text/plain; charset=ibm850", "\x82t\x82", "été", false },
	{ "text/plain; charset=iso-2022-cn-ext", "a\x1b$*Hb\xff",
	    "a$*Hb\xef\xbf\xbd", true },
	{ "text/plain; charset=nonsense", "a\xffz", "a\xef\xbf\xbdz", true },
	{ "text/plain; charset=utf-7", "+AGE-", "+AGE-", false },
	{ "text/plain; charset=", "a", "a", false },
};

static void
test_charsets(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
		struct message m = read_string(
		    arena_printf(job.mem, FROM "Content-Type: %s\n\n%s\n",
			charsets[i].type, charsets[i].body));

		assert_string_equal(m.reply, charsets[i].want);
		assert_int_equal(m.repaired, charsets[i].repaired);
	}
}

static void
test_fixtures(void **state)
{
	struct message m = read_file("outlook-html.eml");

	(void)state;
	assert_string_equal(m.subject, "RE: Café – mail");
	assert_true(m.from_html);
	assert_string_equal(m.reply,
	    "Ack\n**Title:** Email Cluster B – logins fail\nNext: +2h\n\n"
	    "We are restoring capacity.");
	assert_null(strstr(m.reply, "hidden"));
	assert_non_null(strstr(m.quoted, "Internal words"));
	assert_int_equal(m.n_attachments, 1);
	assert_string_equal(m.attachments[0].name, "logo.png");

	m = read_file("flowed-delsp.eml");
	assert_string_equal(m.from_name, "One, NOC");
	assert_string_equal(m.from_address, "noc1@example.net");
	assert_string_equal(m.reply,
	    "Since: 9:02\n\n=?this is no word?= but text,which goeson");
	assert_string_equal(m.quoted, "> quotedwords\n>> deeper\n");

	m = read_file("attachments.eml");
	assert_string_equal(m.reply, "See below.");
	assert_true(m.winmail);
	assert_true(m.forwarded);
	assert_int_equal(m.n_attachments, 6);
	assert_string_equal(m.attachments[0].note, "calendar");
	assert_string_equal(m.attachments[1].name, "résumé .exe");
	assert_string_equal(m.attachments[3].name, "notes.txt");
	assert_string_equal(m.attachments[4].type, "message/rfc822");
	assert_string_equal(m.attachments[5].note, "undecodable");
}

static void
test_marks(void **state)
{
	struct message m;

	(void)state;
	m = read_string("Content-Type: multipart/encrypted; boundary=b\n\n"
			"--b\nContent-Type: application/pgp-encrypted\n\n"
			"Version: 1\n--b--\n");
	assert_true(m.encrypted);
	assert_true(m.no_text);
	assert_true(
	    read_string(FROM "\n-----BEGIN PGP MESSAGE-----\n\nx\n").encrypted);
	m = read_string(
	    FROM "\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nack\n"
		 "- -- dash\n-----BEGIN PGP SIGNATURE-----\n\nx\n"
		 "-----END PGP SIGNATURE-----\n");
	assert_true(m.is_signed);
	assert_string_equal(m.reply, "ack\n-- dash");
	assert_true(read_string(FROM "\n\xf0\x9f\x91\x8d\n").reaction);
	assert_true(read_string(FROM "\nAnn reacted via Gmail\n").reaction);
	assert_false(read_string(FROM "\nok \xf0\x9f\x91\x8d\n").reaction);
	assert_true(read_string("Subject: WG: x\n\nx").forwarded);
	assert_string_equal(read_string("Subject: Re: [EXTERNAL] "
					"[INC-2026-0042] x\n\nx")
				.subject,
	    "Re: [INC-2026-0042] x");
	assert_false(read_string("Date: 32 Foo\n\nx").dated);
	assert_false(read_string("Date: Wed, 4 Mar 2026 09:06:12 +0000\n\nx")
			 .date_zoned);
}

/* What brings the library down when it sees it. */
static void
test_traps(void **state)
{
	struct buf b = BUF_INIT;
	struct message m;

	(void)state;
	buf_str(&b, "From: ");
	for (int i = 0; i < 64000; i++)
		buf_str(&b, "a:");
	buf_str(&b, "\nSubject: kept\n\nx");
	m = read_buf(&b);
	assert_int_equal(m.reading, READING_LIMITS);
	assert_string_equal(m.limit, "headers");
	assert_string_equal(m.subject, "kept");

	buf_str(&b, "From: ");
	for (int i = 0; i < 8000; i++)
		buf_str(&b, "a:");
	buf_str(&b, "\nSubject: x\n\nx");
	m = read_buf(&b);
	assert_int_equal(m.reading, READING_OK);
	assert_true(m.from_group);

	buf_str(&b, FROM);
	for (int i = 0; i < 1000000; i++)
		buf_str(&b, "x: y\n");
	buf_str(&b, "\nx");
	m = read_buf(&b);
	assert_int_equal(m.reading, READING_LIMITS);
	assert_string_equal(m.from_address, "ann@example.net");

	buf_str(&b, FROM "Content-Type: multipart/mixed; boundary=b\n\n");
	for (int i = 0; i < 200000; i++)
		buf_str(&b, "--b\n\nx\n");
	m = read_buf(&b);
	assert_int_equal(m.reading, READING_LIMITS);
	assert_string_equal(m.limit, "parts");
	assert_string_equal(m.from_address, "ann@example.net");

	m = read_string(
	    FROM "Content-Type: multipart/mixed; "
		 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffffffff"
		 "fgggggggggghh=\"\xe4\"\n\n--x\nack\n");
	assert_int_equal(m.reading, READING_OK);
	assert_string_equal(m.reply, "--x\nack");

	m = read_string("Content-Type: multipart/mixed\n\nack\n");
	assert_string_equal(m.reply, "ack");
	m = read_string("Content-Type: multipart/mixed; boundary=\"\"\n\nack");
	assert_string_equal(m.reply, "ack");
	m = read_string("Content-Type: multipart/mixed; boundary=\"a\n b\";"
			"boundary=c\n\n--a b\n\nack\n--a b--\n");
	assert_string_equal(m.reply, "ack");
}

static void
test_big(void **state)
{
	struct buf b = BUF_INIT;
	struct message m;

	(void)state;
	buf_str(&b, FROM "\nack\n\n");
	for (int i = 0; i < 1024 * 1024; i++)
		buf_char(&b, 'x');
	m = read_buf(&b);
	assert_int_equal(m.reading, READING_OK);
	assert_true(m.text_cut);
	assert_true(strlen(m.reply) <= LIMIT_TEXT);

	/* A long quote below a short answer isn't too long. */
	buf_str(&b, FROM "\nack\n\n");
	for (int i = 0; i < 200000; i++)
		buf_str(&b, "> quoted\n");
	m = read_buf(&b);
	assert_false(m.text_cut);
	assert_string_equal(m.reply, "ack");

	buf_str(&b, FROM "Content-Transfer-Encoding: base64\n\n");
	while (b.len < LIMIT_MAIL)
		buf_str(&b, "YWNrCgphY2sKYWNrCg==\n");
	m = read_buf(&b);
	assert_int_equal(m.reading, READING_OK);

	buf_str(&b, FROM "Content-Type: text/html; charset=iso-2022-jp\n\n");
	while (b.len < LIMIT_MAIL)
		buf_str(&b, "<div><b>\x1b$B\x80");
	m = read_buf(&b);
	assert_int_equal(m.reading, READING_OK);
	assert_true(text_is_utf8(m.reply, strlen(m.reply)));
}

/*
 * With every limit at its greatest the library still bears what gets through:
 * the child isn't killed for memory, time or its stack.
 */
static void
test_greatest_limits(void **state)
{
	const struct limits usual = conf.limits;
	struct buf b = BUF_INIT;
	char *name = arena_alloc(job.mem, LIMIT_PARAM_NAME_MAX + 1);

	(void)state;
	conf.limits = (struct limits){ .header_block = LIMIT_HEADER_BLOCK_MAX,
		.header = LIMIT_HEADER_MAX,
		.headers = LIMIT_HEADERS_MAX,
		.parts = LIMIT_PARTS_MAX,
		.depth = LIMIT_DEPTH_MAX,
		.param_name = LIMIT_PARAM_NAME_MAX,
		.text = LIMIT_TEXT_MAX,
		.markdown = LIMIT_MARKDOWN_MAX,
		.block_lines = LIMIT_BLOCK_LINES_MAX,
		.rcpt = LIMIT_RCPT_MAX };

	/* Parts full of short headers. */
	buf_str(&b, FROM "Content-Type: multipart/mixed; boundary=b\n\n");
	for (int i = 0; i < LIMIT_PARTS_MAX; i++) {
		buf_str(&b, "--b\n");
		for (int k = 0; k < LIMIT_HEADERS_MAX; k++)
			buf_str(&b, k % 2 == 0 ? "a:a\n" : "Content-X: a\n");
		buf_str(&b, "\nack\n");
	}
	assert_int_equal(read_buf(&b).reading, READING_OK);

	/* One within the other. */
	buf_str(&b, FROM);
	for (int i = 0; i < LIMIT_DEPTH_MAX; i++)
		buf_printf(&b,
		    "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i,
		    i);
	buf_str(&b, "\nack\n");
	assert_int_equal(read_buf(&b).reading, READING_OK);

	/* Groups of groups, in every header that may hold them. */
	for (int i = 0; i < 7; i++) {
		buf_str(&b, i == 0 ? "From: " : i == 1 ? "To: " : "Cc: ");
		for (int k = 0; k < LIMIT_HEADER_MAX / 2 - 8; k++)
			buf_str(&b, "a:");
		buf_char(&b, '\n');
	}
	buf_str(&b, "\nack\n");
	assert_int_equal(read_buf(&b).reading, READING_OK);

	/* Names and values of parameters. */
	memset(name, 'n', LIMIT_PARAM_NAME_MAX);
	name[LIMIT_PARAM_NAME_MAX] = '\0';
	buf_str(&b, FROM "Content-Type: multipart/mixed; boundary=b");
	while (b.len < LIMIT_HEADER_MAX - 200)
		buf_printf(&b, ";\n %s=\"\xff\xfe\"", name);
	buf_str(&b, "\n\n--b\n\nack\n");
	assert_int_equal(read_buf(&b).reading, READING_OK);

	/* As much text as is taken. */
	buf_str(&b, FROM "\n");
	while (b.len < 2 * LIMIT_TEXT_MAX)
		buf_str(&b, "> a\nb: c -- d\n-- \n");
	assert_int_equal(read_buf(&b).reading, READING_OK);
	conf.limits = usual;
}

static void
test_cut(void **state)
{
	const char *s = FROM "Content-Type: multipart/mixed; boundary=b\n\n"
			     "--b\nContent-Transfer-Encoding: base64\n\nYWNr";
	struct message m;

	(void)state;
	assert_int_equal(read_message(&job, &conf, s, strlen(s), true, &m),
	    ST_OK);
	assert_true(m.cut);
	assert_int_equal(m.reading, READING_OK);
	assert_string_equal(m.reply, "ack");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_from),
		cmocka_unit_test(test_readings),
		cmocka_unit_test(test_charsets),
		cmocka_unit_test(test_fixtures),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_traps),
		cmocka_unit_test(test_big),
		cmocka_unit_test(test_greatest_limits),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
