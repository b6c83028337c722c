#include "ext/confine.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>
#include <fcntl.h>

#ifdef __SANITIZE_ADDRESS__
#define LOCKED 0
#else
#define LOCKED 1
#endif

static enum status
echo(const void *in, size_t n, struct buf *out)
{
	buf_add(out, in, n);
	return ST_OK;
}

static enum status
refuse(const void *in, size_t n, struct buf *out)
{
	buf_add(out, in, n);
	return ST_PERM;
}

static enum status
crash(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n, (void)out;
	(void)raise(SIGKILL);
	return ST_OK;
}

static enum status
spin(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n, (void)out;
	for (volatile unsigned i = 0;; i++)
		;
	return ST_OK;
}

static enum status
quit_early(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n, (void)out;
	_exit(0);
}

static enum status
talk(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n;
	buf_reserve(out, CONFINE_MAX_OUT + 10);
	memset(out->data, 'x', CONFINE_MAX_OUT + 10);
	out->len = CONFINE_MAX_OUT + 10;
	return ST_OK;
}

static enum status
eat(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n, (void)out;
	for (;;) {
		char *p = malloc(1 << 20);

		if (p == NULL)
			abort();
		memset(p, 1, 1 << 20);
	}
}

static enum status
open_file(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n;
	buf_char(out, open("/etc/passwd", O_RDONLY) < 0 ? 'n' : 'y');
	return ST_OK;
}

static enum status
connect_out(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n;
	buf_char(out, socket(AF_INET, SOCK_STREAM, 0) < 0 ? 'n' : 'y');
	return ST_OK;
}

static enum status
run_program(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n;
	(void)execl("/bin/true", "true", (char *)NULL);
	buf_char(out, 'x');
	return ST_OK;
}

static enum status
run(confine_fn *fn, struct buf *out)
{
	struct job j;
	enum status st;

	job_begin(&j, "t", 0);
	st = confine_run(&j, fn, "hello", 5, out);
	job_end(&j);
	return st;
}

static void
test_bytes_come_back(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	buf_str(&out, "kept ");
	assert_int_equal(run(echo, &out), ST_OK);
	assert_string_equal(out.data, "kept hello");
	buf_free(&out);
}

static void
test_refusal_adds_nothing(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	buf_str(&out, "kept");
	assert_int_equal(run(refuse, &out), ST_NONE);
	assert_string_equal(out.data, "kept");
	assert_int_equal(run(crash, &out), ST_PERM);
	assert_int_equal(run(quit_early, &out), ST_PERM);
	assert_int_equal(run(talk, &out), ST_PERM);
	assert_string_equal(out.data, "kept");
	buf_free(&out);
}

static void
test_time_ends(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(run(spin, &out), ST_PERM);
	buf_free(&out);
}

static void
test_nothing_to_reach(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	if (!LOCKED)
		skip();
	assert_int_equal(run(open_file, &out), ST_OK);
	assert_string_equal(out.data, "n");
	assert_int_equal(run(connect_out, &out), ST_PERM);
	assert_int_equal(run(run_program, &out), ST_PERM);
	assert_int_equal(run(eat, &out), ST_PERM);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes_come_back),
		cmocka_unit_test(test_refusal_adds_nothing),
		cmocka_unit_test(test_time_ends),
		cmocka_unit_test(test_nothing_to_reach),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
