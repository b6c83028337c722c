/* Programs that are started under limits, and that none is left:
 * ext/gpg_keeper.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ext/gpg_keeper.h"

extern char **environ;

static enum status
keep(gpg_fn *fn, const void *in, size_t n, struct buf *out)
{
	struct keeper k = { "/nowhere", KEEPER_READS, fn, in, n };
	struct job j;
	enum status st;

	job_begin(&j, "test", 0);
	st = gpg_keeper_run(&j, &k, out);
	job_end(&j);
	return st;
}

static enum status
echo(const void *in, size_t n, struct buf *out)
{
	buf_add(out, in, n);
	return ST_OK;
}

static void
bytes_come_back(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	buf_str(&out, "before ");
	assert_int_equal(keep(echo, "a\0b", 3, &out), ST_OK);
	assert_int_equal(out.len, 10);
	assert_memory_equal(out.data, "before a\0b", 10);
	buf_free(&out);
}

static enum status
refuse(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n;
	buf_str(out, "not for you");
	return ST_NONE;
}

static enum status
crash(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n, (void)out;
	(void)raise(SIGKILL);
	return ST_OK;
}

static enum status
babble(const void *in, size_t n, struct buf *out)
{
	(void)in, (void)n;
	buf_reserve(out, KEEPER_MAX_OUT * 2UL);
	memset(out->data, 'x', KEEPER_MAX_OUT * 2UL);
	out->len = KEEPER_MAX_OUT * 2UL;
	return ST_OK;
}

static void
what_fails_says_nothing(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(keep(refuse, NULL, 0, &out), ST_NONE);
	assert_int_equal(keep(crash, NULL, 0, &out), ST_PERM);
	assert_int_equal(keep(babble, NULL, 0, &out), ST_PERM);
	assert_int_equal(out.len, 0);
	buf_free(&out);
}

/* A process that made itself a daemon, deaf to a polite word. */
static enum status
daemonize(const void *in, size_t n, struct buf *out)
{
	int fd[2];
	pid_t pid = 0;

	(void)in, (void)n;
	if (pipe(fd) != 0)
		return ST_NONE;
	if (fork() == 0) {
		(void)setsid();
		(void)signal(SIGTERM, SIG_IGN);
		if (fork() == 0) {
			pid = getpid();
			if (write(fd[1], &pid, sizeof pid) == sizeof pid)
				(void)sleep(600);
		}
		_exit(0);
	}
	if (read(fd[0], &pid, sizeof pid) != sizeof pid)
		return ST_NONE;
	buf_add(out, &pid, sizeof pid);
	return ST_OK;
}

static void
no_daemon_is_left(void **state)
{
	struct buf out = BUF_INIT;
	pid_t pid;

	(void)state;
	assert_int_equal(keep(daemonize, NULL, 0, &out), ST_OK);
	assert_int_equal(out.len, sizeof pid);
	memcpy(&pid, out.data, sizeof pid);
	assert_int_equal(kill(pid, 0), -1);
	assert_int_equal(errno, ESRCH);
	buf_free(&out);
}

static bool
can_open(int family)
{
	int fd = socket(family, SOCK_STREAM, 0);

	if (fd >= 0)
		(void)close(fd);
	return fd >= 0;
}

/* The filter is inherited by what is run. */
static enum status
look_around(const void *in, size_t n, struct buf *out)
{
	struct rlimit core;

	(void)in, (void)n;
	(void)getrlimit(RLIMIT_CORE, &core);
	buf_printf(out, "%d%d%d core %d;", can_open(AF_UNIX), can_open(AF_INET),
	    can_open(AF_INET6), (int)core.rlim_max);
	for (char **e = environ; *e != NULL; e++)
		buf_printf(out, "%s;", *e);
	buf_printf(out, "%d%d", system("x=$(mktemp) && ! echo x > $x && rm $x"),
	    system("python3 -c 'import socket as s; s.socket(s.AF_UNIX)' && "
		   "! python3 -c 'import socket as s; s.socket()'"));
	return ST_OK;
}

static void
it_is_cut_off(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(setenv("SECRET", "word", 1), 0);
	assert_int_equal(keep(look_around, NULL, 0, &out), ST_OK);
	assert_string_equal(out.data,
	    "100 core 0;PATH=/usr/bin:/bin;LANG=C.UTF-8;GNUPGHOME=/nowhere;00");
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_come_back),
		cmocka_unit_test(what_fails_says_nothing),
		cmocka_unit_test(no_daemon_is_left),
		cmocka_unit_test(it_is_cut_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
