/* What a signature covers: text/sealed.c, the strict half of text/armor.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "text/armor.h"
#include "text/sealed.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define HEAD "Content-Type: multipart/signed; boundary=\"b\"\n\n"
#define MORE "it has more than two parts"
#define LESS "its signature is missing"

static const struct {
	const char *body, *flaw, *covered, *signature;
} parts[] = {
	{ "--b\nx: y\n\nyes\n--b\nsig\n--b--\n", NULL, "x: y\n\nyes", "sig" },
	{ "--b\r\n\r\nyes\r\n\r\n--b\r\nsig\r\n--b--\r\n", NULL, "\r\nyes\r\n",
	    "sig" },
	{ "no\n--b\nyes\n--b\nsig\n--b--\nno\n", NULL, "yes", "sig" },
	{ "--b \t\nyes\n--b\t\nsig\n--b--  \n", NULL, "yes", "sig" },
	{ "--b\nyes\n--b\nsig", NULL, "yes", "sig" },
	{ "--b\n--b\nsig\n--b--\n", NULL, "", "sig" },
	{ "--b\n--bb\n--b\nsig\n--b--\n--b\nno\n", NULL, "--bb", "sig" },
	{ "--b\nyes\n --b\n--b\nsig\n--b--", NULL, "yes\n --b", "sig" },
	{ "--b\nyes\n--b\nsig\n--b\nmore\n--b--\n", MORE, NULL, NULL },
	{ "--b\nyes\n--b\nsig\n--b\nmore", MORE, NULL, NULL },
	{ "--b\nyes\n--b--\n", LESS, NULL, NULL },
	{ "--b\nyes", LESS, NULL, NULL },
	{ "--b--\n--b\nyes\n--b\nsig\n", LESS, NULL, NULL },
	{ "yes", LESS, NULL, NULL },
	{ "", LESS, NULL, NULL },
};

static void
assert_span(const char *raw, struct span at, const char *want)
{
	assert_int_equal(at.len, strlen(want));
	assert_memory_equal(raw + at.at, want, at.len);
}

static void
one_of_two_parts(void **state)
{
	const struct limits most = LIMITS_DEFAULT;
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(parts); i++) {
		const char *raw = arena_printf(mem, HEAD "%s", parts[i].body);
		struct sealed_parts at;
		const char *flaw;
		struct scan s;

		scan_message(mem, &most, raw, strlen(raw), &s);
		assert_string_equal(s.boundary, "b");
		flaw = sealed_find(raw, strlen(raw), &s, &at);
		if (parts[i].flaw != NULL) {
			assert_string_equal(flaw, parts[i].flaw);
			continue;
		}
		assert_null(flaw);
		assert_span(raw, at.covered, parts[i].covered);
		assert_span(raw, at.signature, parts[i].signature);
	}
	arena_free(mem);
}

static void
line_ends(void **state)
{
	static const char *const pairs[][2] = {
		{ "", "" },
		{ "a", "a" },
		{ "a\nb\n", "a\r\nb\r\n" },
		{ "a\r\nb\r\n", "a\r\nb\r\n" },
		{ "\n\n", "\r\n\r\n" },
		{ "a\rb\r\r\n", "a\rb\r\r\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct buf b = BUF_INIT;

		sealed_canonical(pairs[i][0], strlen(pairs[i][0]), &b);
		assert_string_equal(b.data, pairs[i][1]);
		buf_free(&b);
	}
}

#define BEGIN "-----BEGIN PGP SIGNED MESSAGE-----\n"
#define SIG "-----BEGIN PGP SIGNATURE-----\n\niQ\n"
#define END "-----END PGP SIGNATURE-----\n"
#define TWICE "there is more than one in the mail"
#define OPEN "its end is missing"

static const struct {
	const char *text;
	enum armor_kind kind;
	const char *flaw, *inside, *outside;
} armors[] = {
	{ "yes\n", ARMOR_NONE, "", "", "" },
	{ BEGIN "Hash: SHA512\n\nyes\n" SIG END, ARMOR_SIGNED, "", "yes", "" },
	{ BEGIN "\nyes\n" SIG END, ARMOR_SIGNED, "", "yes", "" },
	{ "no\n" BEGIN "\nyes\n" SIG END "no\n", ARMOR_SIGNED, "", "yes",
	    "no\nno\n" },
	{ BEGIN "\n- - a\n- -----BEGIN PGP SIGNATURE-----\nb\n" SIG END,
	    ARMOR_SIGNED, "", "- a\n-----BEGIN PGP SIGNATURE-----\nb", "" },
	{ BEGIN "\r\nyes\r\n" SIG END, ARMOR_SIGNED, "", "yes", "" },
	{ BEGIN "\n\nyes\n\n" SIG END, ARMOR_SIGNED, "", "\nyes\n", "" },
	{ BEGIN "\n" SIG END, ARMOR_SIGNED, "", "", "" },
	/* in front of the blank line, where some programs show a text */
	{ BEGIN "no\n\nyes\n" SIG END, ARMOR_SIGNED,
	    "its text doesn't begin where it must", "", "" },
	{ BEGIN "\n-no\n" SIG END, ARMOR_SIGNED, "a dash in it isn't escaped",
	    "", "" },
	{ BEGIN "\nyes\n" SIG END BEGIN "\nno\n" SIG END, ARMOR_SIGNED, TWICE,
	    "", "" },
	{ BEGIN "\nyes\n" SIG SIG END, ARMOR_SIGNED, TWICE, "", "" },
	{ BEGIN "\nyes\n", ARMOR_SIGNED, OPEN, "", "" },
	{ BEGIN "\nyes\n" SIG, ARMOR_SIGNED, OPEN, "", "" },
	{ " " BEGIN "\nyes\n" SIG END, ARMOR_NONE, "", "", "" },
	{ "> " BEGIN "> \n> yes\n", ARMOR_NONE, "", "", "" },
	{ "-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\nno",
	    ARMOR_ENCRYPTED, "", "", "no" },
	{ "-----BEGIN PGP MESSAGE-----\n\nhQ\n", ARMOR_ENCRYPTED, OPEN, "",
	    "" },
};

static void
clear_signed(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(armors); i++) {
		struct armor a;

		armor_find(mem, armors[i].text, &a);
		assert_int_equal(a.kind, armors[i].kind);
		assert_string_equal(a.flaw, armors[i].flaw);
		assert_string_equal(a.inside, armors[i].inside);
		assert_string_equal(a.outside, armors[i].outside);
	}
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_of_two_parts),
		cmocka_unit_test(line_ends),
		cmocka_unit_test(clear_signed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
