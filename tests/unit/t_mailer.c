/* Messages as bytes: folding, encoding, quoted-printable, pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "text/mailer.h"

static void
headers(void **state)
{
	struct mailer m = MAILER_INIT;

	(void)state;
	mailer_words(&m, "Subject", "plain words");
	mailer_words(&m, "Subject", "a – b – c =?utf-8?Q?x?= d");
	mailer_words(&m, "Subject", "x é ü y");
	mailer_from(&m, "From", "Example Status <status@status.example>");
	mailer_from(&m, "From", "\"A, \\B\" <a@b.example>");
	mailer_from(&m, "From", "Zoë <z@b.example>");
	mailer_from(&m, "Reply-To", "");
	mailer_from(&m, "Reply-To", "a@b.example");
	mailer_header(&m, "List-Post", "NO");
	assert_null(m.refused);
	assert_string_equal(m.out.data,
	    "Subject: plain words\n"
	    "Subject: a =?utf-8?Q?=E2=80=93?= b =?utf-8?Q?=E2=80=93?= c\n"
	    " =?utf-8?Q?=3D=3Futf=2D8=3FQ=3Fx=3F=3D?= d\n"
	    "Subject: x =?utf-8?Q?=C3=A9_=C3=BC?= y\n"
	    "From: \"Example Status\" <status@status.example>\n"
	    "From: \"A, \\\\B\" <a@b.example>\n"
	    "From: =?utf-8?Q?Zo=C3=AB?= <z@b.example>\n"
	    "Reply-To: a@b.example\n"
	    "List-Post: NO\n");
	buf_free(&m.out);
}

static void
folds(void **state)
{
	struct mailer m = MAILER_INIT;
	struct buf b = BUF_INIT;
	char *rest, *line;

	(void)state;
	for (int i = 0; i < 40; i++)
		buf_printf(&b, "wört%d %s ", i, i % 3 == 0 ? "plain" : "日本");
	mailer_words(&m, "Subject", b.data);
	buf_clear(&b);
	for (int i = 0; i < 300; i++)
		buf_str(&b, "a");
	mailer_words(&m, "Subject", b.data);
	rest = m.out.data;
	while ((line = text_line(&rest)) != NULL) {
		assert_true(strlen(line) <= 78);
		assert_true(line[0] == ' ' || line[0] == 'S');
	}
	buf_free(&b);
	buf_free(&m.out);
}

static void
refuses(void **state)
{
	static const char *const bad[] = { "a\nBcc: x", "a\rb", "a\tb",
		"\x1b[31m", "\x7f", "\x01", "\xff", "\xc0\xaf" };
	struct job j;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		for (int k = 0; k < 4; k++) {
			struct mailer m = MAILER_INIT;
			char *raw;
			size_t n;

			job_begin(&j, "t", 0);
			if (k == 0)
				mailer_header(&m, "X-A", bad[i]);
			else if (k == 1)
				mailer_words(&m, "X-A", bad[i]);
			else
				mailer_mailbox(&m, "X-A", k == 2 ? bad[i] : "",
				    k == 3 ? bad[i] : "a@b.example");
			mailer_text(&m, "x\n");
			assert_int_equal(mailer_end(&m, &j, &raw, &n), ST_PERM);
			assert_non_null(strstr(j.why, "X-A"));
			job_end(&j);
		}
}

static void
quoted(void **state)
{
	static const struct {
		const char *in, *out;
	} t[] = {
		{ "a=b\n", "a=3Db\n" },
		{ "-- \nx \n\t\n", "--=20\nx=20\n=09\n" },
		{ "é", "=C3=A9\n" },
		{ "\x01\x1b", "=01=1B\n" },
		{ "a\r\nb\rc", "a\nb=0Dc\n" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct buf b = BUF_INIT;

		mailer_quoted(&b, t[i].in, false);
		assert_string_equal(b.data, t[i].out);
		buf_free(&b);
	}
	for (size_t n = 70; n < 160; n++) {
		struct buf in = BUF_INIT, b = BUF_INIT;
		char *rest, *line;

		for (size_t i = 0; i < n; i++)
			buf_str(&in, i % 7 == 0 ? "é" : i % 5 == 0 ? " " : "=");
		mailer_quoted(&b, in.data, false);
		rest = b.data;
		while ((line = text_line(&rest)) != NULL)
			assert_true(strlen(line) <= 76);
		buf_free(&in);
		buf_free(&b);
	}
}

/* A token's place is never broken, wherever it stands in a line. */
static void
holes(void **state)
{
	(void)state;
	for (size_t n = 0; n < 200; n++) {
		struct mailer m = MAILER_INIT;
		struct buf text = BUF_INIT;
		struct mail mail;
		struct job j;
		size_t seen = 0;

		job_begin(&j, "t", 0);
		m.holes = true;
		for (size_t i = 0; i < n; i++)
			buf_char(&text, 'x');
		for (size_t i = 0; i < 26; i++)
			buf_char(&text, MAILER_HOLE_TOKEN);
		buf_str(&text, "@in.example\n..\n");
		mailer_mailbox(&m, "To", "", "\x02");
		mailer_text(&m, text.data);
		assert_int_equal(mailer_end_mail(&m, &j, &mail), ST_OK);
		for (size_t i = 0; i < mail.n_pieces; i++)
			seen = seen * 10 + mail.pieces[i].hole;
		assert_int_equal(seen, HOLE_TO * 1000 + HOLE_UNSUBSCRIBE * 10);
		assert_int_equal(mail.n_pieces, 5);
		assert_non_null(strstr(mail.pieces[4].data, "\r\n...\r\n"));
		job_end(&j);
		buf_free(&text);
	}
}

static void
pieces(void **state)
{
	struct arena *mem = arena_new();
	struct mail m;

	(void)state;
	mailer_pieces(mem, ".a\n..\r\nb\rc\n\x01.", 13, false, &m);
	assert_int_equal(m.n_pieces, 1);
	assert_string_equal(m.pieces[0].data,
	    "..a\r\n...\r\nb\rc\r\n\x01.\r\n");
	mailer_pieces(mem, "", 0, false, &m);
	assert_int_equal(m.size, 0);
	arena_free(mem);
}

static void
original(void **state)
{
	static const struct {
		const char *raw;
		size_t n;
		const char *type;
	} t[] = {
		{ "Subject: x\n\ny\n", 14, "message/rfc822" },
		{ "Subject: x\n\n\xff", 13, "8bit" },
		{ "a\0b\n", 4, "base64" },
		{ "a\rb\n", 4, "base64" },
		{ "\n--=_original-0-\n", 17, "--=_original-1---\n" },
		{ "", 0, "message/rfc822" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct mailer m = MAILER_INIT;

		mailer_original(&m, "see below\n", t[i].raw, t[i].n);
		assert_non_null(strstr(m.out.data, t[i].type));
		buf_free(&m.out);
	}
}

/* Contents first, then whole messages; without any a text alone. */
static void
digest(void **state)
{
	char one[] = "Subject: a\n\nx\n", two[] = "Subject: b\n\n=3D\n";
	const struct mailer_part parts[] = { { "a", one, sizeof one - 1 },
		{ "b", two, sizeof two - 1 } };
	struct mailer m = MAILER_INIT;

	(void)state;
	mailer_digest(&m, "t", parts, 2);
	assert_string_equal(m.out.data,
	    "MIME-Version: 1.0\n"
	    "Content-Type: multipart/mixed; boundary=\"=_mixed\"\n\n"
	    "--=_mixed\n"
	    "Content-Type: text/plain; charset=utf-8\n"
	    "Content-Transfer-Encoding: quoted-printable\n\nt\n"
	    "--=_mixed\n"
	    "Content-Type: multipart/digest; boundary=\"=_digest\"\n\n"
	    "--=_digest\nContent-Type: message/rfc822\n\n"
	    "Subject: a\n\nx\n\n"
	    "--=_digest\nContent-Type: message/rfc822\n\n"
	    "Subject: b\n\n=3D\n\n"
	    "--=_digest--\n\n--=_mixed--\n");
	buf_clear(&m.out);
	mailer_digest(&m, "t", NULL, 0);
	assert_string_equal(m.out.data,
	    "MIME-Version: 1.0\n"
	    "Content-Type: text/plain; charset=utf-8\n"
	    "Content-Transfer-Encoding: quoted-printable\n\nt\n");
	buf_free(&m.out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers),
		cmocka_unit_test(digest),
		cmocka_unit_test(folds),
		cmocka_unit_test(refuses),
		cmocka_unit_test(quoted),
		cmocka_unit_test(holes),
		cmocka_unit_test(pieces),
		cmocka_unit_test(original),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
