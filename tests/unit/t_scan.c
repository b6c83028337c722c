#include "text/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"

static struct arena *mem;
static struct limits limits = LIMITS_DEFAULT;

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

static struct scan
scan(const char *s)
{
	struct scan out;

	scan_message(mem, &limits, s, strlen(s), &out);
	return out;
}

static struct scan
scan_buf(struct buf *b)
{
	struct scan out;
	clock_t start = clock();

	scan_message(mem, &limits, b->data, b->len, &out);
	assert_true(clock() - start < CLOCKS_PER_SEC);
	buf_free(b);
	return out;
}

static void
test_line_ends(void **state)
{
	const char *mails[] = {
		"A: 1\nB: 2\n\nbody\n",
		"A: 1\r\nB: 2\r\n\r\nbody\r\n",
		"A: 1\rB: 2\r\rbody\r",
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct scan s = scan(mails[i]);

		assert_int_equal(s.n_headers, 2);
		assert_true(s.separated);
		assert_false(s.ragged);
		assert_memory_equal(mails[i] + s.body, "body", 4);
		assert_string_equal(s.limit, "");
		assert_string_equal(scan_value(mem, mails[i], &s.headers[1]),
		    "2");
	}
}

static void
test_headers(void **state)
{
	const char *m = "From a@b Mon\nSubject : one\n two\n\tthree\nX:\n\nb";
	struct scan s = scan(m);

	(void)state;
	assert_int_equal(s.n_headers, 2);
	assert_non_null(scan_find(&s, m, "subject"));
	assert_null(scan_find(&s, m, "Subj"));
	assert_string_equal(scan_value(mem, m, &s.headers[0]),
	    "one two\tthree");
	assert_string_equal(scan_value(mem, m, &s.headers[1]), "");
}

static void
test_no_body(void **state)
{
	(void)state;
	assert_false(scan("A: 1\nB: 2\n").separated);
	assert_false(scan("just words\n").separated);
	assert_int_equal(scan("just words\n").n_headers, 0);
	assert_false(scan("A: 1\nB: 2\n").ragged);
	assert_true(scan("A: 1\nwords of a broken header\nB: 2\n").separated);
	assert_true(scan("A: 1\nwords of a broken header\nB: 2\n").ragged);
	assert_int_equal(scan("").n_headers, 0);
}

static void
test_header_caps(void **state)
{
	struct buf b = BUF_INIT;
	struct scan s;

	(void)state;
	for (int i = 0; i < 1000000; i++)
		buf_str(&b, "X: y\n");
	buf_str(&b, "\nbody");
	s = scan_buf(&b);
	assert_string_equal(s.limit, "headers");
	assert_true(s.n_headers <= LIMIT_HEADERS);

	buf_str(&b, "To: ");
	for (int i = 0; i < LIMIT_HEADER; i++)
		buf_char(&b, 'x');
	buf_str(&b, "\nFrom: a@example.net\n\nbody");
	s = scan_buf(&b);
	assert_string_equal(s.limit, "headers");
	assert_int_equal(s.n_headers, 1); /* From is still there */
}

static void
add_multipart(struct buf *b, const char *boundary)
{
	buf_printf(b, "Content-Type: multipart/mixed; boundary=\"%s\"\n\n",
	    boundary);
}

static void
test_parts(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	add_multipart(&b, "x y");
	for (int i = 0; i < LIMIT_PARTS; i++)
		buf_str(&b, "--x y\n\nt\n");
	buf_str(&b, "--x y--\n");
	assert_string_equal(scan_buf(&b).limit, "");
	add_multipart(&b, "x");
	for (int i = 0; i < 200000; i++)
		buf_str(&b, "--x\n\n\n");
	assert_string_equal(scan_buf(&b).limit, "parts");
	/* Lines that only look so are no parts. */
	add_multipart(&b, "x");
	for (int i = 0; i < 200000; i++)
		buf_str(&b, "--y\n\n\n");
	assert_string_equal(scan_buf(&b).limit, "");
}

static void
test_depth(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	add_multipart(&b, "0");
	for (int i = 1; i < 1000; i++) {
		char name[20];

		buf_printf(&b, "--%d\n", i - 1);
		(void)snprintf(name, sizeof name, "%d", i);
		add_multipart(&b, name);
	}
	assert_string_equal(scan_buf(&b).limit, "parts");
	/* 1,000 one after the other aren't deep, but too many. */
	add_multipart(&b, "a");
	for (int i = 0; i < 50; i++)
		buf_str(&b, "--a\nContent-Type: multipart/mixed; boundary=b\n"
			    "\n--b\n\n--b--\n");
	assert_string_equal(scan_buf(&b).limit, "");
}

/* The byte that a mask hits, and what follows. */
static const char *
masked(const char *m, const struct scan *s, size_t i)
{
	assert_true(i < s->n_masks);
	return m + s->masks[i];
}

static void
test_masks(void **state)
{
	const char *longname =
	    "Content-Type: multipart/mixed; "
	    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl"
	    "mnopqrst=\"\xe4\"; boundary=x\n\nbody";
	const char *none = "Content-Type: multipart/mixed\n\nbody";
	const char *pieces = "Content-Type: multipart/mixed;\n boundary*0=a;\n"
			     " boundary*1=b\n\nbody";
	const char *twice = "Content-Type: text/plain\n"
			    "Content-Type: multipart/mixed; boundary=a\n\n";
	const char *nested = "Content-Type: multipart/digest; boundary=a\n\n"
			     "--a\nContent-Type: message/rfc822\n\n";
	struct scan s = scan(longname);

	(void)state;
	assert_memory_equal(masked(longname, &s, 0), "Content-Type", 12);
	s = scan(none);
	assert_memory_equal(masked(none, &s, 0), "Content-Type", 12);
	s = scan(pieces);
	assert_memory_equal(masked(pieces, &s, 0), "Content-Type", 12);
	s = scan(twice);
	assert_memory_equal(masked(twice, &s, 0), "Content-Type: m", 15);
	s = scan(nested);
	assert_int_equal(s.n_masks, 2);
	assert_memory_equal(masked(nested, &s, 0), "digest", 6);
	assert_memory_equal(masked(nested, &s, 1), "message", 7);
	s = scan("Content-Type: text/plain; charset=utf-8\n\nbody");
	assert_int_equal(s.n_masks, 0);
}

/* Each limit as it is given, here smaller than by default. */
static void
test_given_limits(void **state)
{
	const struct limits usual = limits;
	struct buf b = BUF_INIT;

	(void)state;
	limits.headers = 100;
	for (int i = 0; i < 100; i++)
		buf_str(&b, "X: y\n");
	assert_string_equal(scan(arena_printf(mem, "%s\nt", b.data)).limit, "");
	assert_string_equal(scan(arena_printf(mem, "%sX: y\n\nt", b.data))
				.limit,
	    "headers");
	limits.header_block = 400;
	assert_string_equal(scan(arena_printf(mem, "%s\nt", b.data)).limit,
	    "headers");
	limits = usual;
	limits.header = 12;
	assert_string_equal(scan("Subject: ab\n\nt").limit, "");
	assert_string_equal(scan("Subject: abc\n\nt").limit, "headers");
	limits = usual;
	limits.parts = 2;
	buf_clear(&b);
	add_multipart(&b, "x");
	buf_str(&b, "--x\n\n1\n--x\n\n2\n");
	assert_string_equal(scan(b.data).limit, "");
	buf_str(&b, "--x\n\n3\n");
	assert_string_equal(scan(b.data).limit, "parts");
	limits = usual;
	limits.depth = 1;
	buf_clear(&b);
	add_multipart(&b, "x");
	buf_str(&b, "--x\n");
	assert_string_equal(scan(b.data).limit, "");
	add_multipart(&b, "y");
	assert_string_equal(scan(b.data).limit, "parts");
	limits = usual;
	limits.param_name = 20;
	assert_int_equal(scan("Content-Type: a/b; n2345678901234567890=1\n\nt")
			     .n_masks,
	    0);
	assert_int_equal(scan("Content-Type: a/b; n23456789012345678901=1\n\nt")
			     .n_masks,
	    1);
	limits = usual;
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_no_body),
		cmocka_unit_test(test_header_caps),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_masks),
		cmocka_unit_test(test_given_limits),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
