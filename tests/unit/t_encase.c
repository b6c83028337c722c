/* A mail with its body encrypted: text/encase.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/encase.h"

static const char mail[] = "From: a@b.c\n"
			   "Subject: one\n two\n"
			   "MIME-Version: 1.0\n"
			   "Content-Type: text/plain;\n charset=utf-8\n"
			   "X-Content-Type: no\n"
			   "\n"
			   "Content-Type: is text here\n\nsecret\n";

#define OUTER "From: a@b.c\nSubject: one\n two\nX-Content-Type: no\n"

static void
what_is_inside(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	encase_inside(mail, sizeof mail - 1, &b);
	assert_string_equal(b.data,
	    "Content-Type: text/plain;\r\n charset=utf-8\r\n\r\n"
	    "Content-Type: is text here\r\n\r\nsecret\r\n");
	buf_free(&b);
}

static void
expect_outside(const struct buf *b, const char *type)
{
	assert_int_equal(strncmp(b->data, OUTER, strlen(OUTER)), 0);
	assert_non_null(strstr(b->data, type));
	assert_null(strstr(b->data, "secret"));
	assert_null(strstr(b->data, "text here"));
	assert_null(strstr(b->data, "charset=utf-8"));
	assert_ptr_equal(strstr(b->data, "MIME-Version:"),
	    b->data + strlen(OUTER));
}

static void
what_is_outside(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	encase_cipher(mail, sizeof mail - 1, false, "ARMOUR\n", 7, &b);
	expect_outside(&b, "Content-Type: multipart/encrypted;");
	assert_non_null(
	    strstr(b.data, "\n\nARMOUR\n\n--=_sitrep_encrypted--\n"));
	buf_cut(&b, 0);
	encase_cipher(mail, sizeof mail - 1, true, "MIAG\n", 5, &b);
	expect_outside(&b, "Content-Type: application/pkcs7-mime;");
	assert_non_null(strstr(b.data, "\n\nMIAG\n"));
	buf_cut(&b, 0);
	encase_text(mail, sizeof mail - 1, "a word\n", &b);
	expect_outside(&b, "Content-Type: text/plain; charset=us-ascii\n");
	assert_non_null(strstr(b.data, "\n\na word\n"));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_inside),
		cmocka_unit_test(what_is_outside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
