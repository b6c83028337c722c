#include "ext/confine.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <fcntl.h>

#include "ext/landlock.h"

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

static int
children(void)
{
	siginfo_t i;

	return waitid(P_ALL, 0, &i, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* Its end is waited for later, but for no longer than the job takes. */
static void
test_no_child_outlives_its_job(void **state)
{
	struct buf out = BUF_INIT;
	struct job j;

	(void)state;
	job_begin(&j, "t", 0);
	for (int i = 0; i < 3; i++) {
		pid_t last = j.dying;

		assert_int_equal(confine_run(&j, echo, "x", 1, &out), ST_OK);
		assert_true(last == 0 || kill(last, 0) != 0);
		assert_int_equal(children(), LOCKED);
	}
	job_leave(&j, 0);
	assert_int_equal(children(), 0);
	assert_int_equal(confine_run(&j, echo, "x", 1, &out), ST_OK);
	job_end(&j);
	assert_int_equal(children(), 0);
	assert_string_equal(out.data, "xxxx");
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

static bool
has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* VERSION */) >
	       0;
}

/*
 * A server that asks for one thing after another; 0: as it should be, else
 * which one was otherwise.
 */
static int
serve(bool tcp)
{
	char byte;
	int fd, none = open("/dev/null", O_RDONLY);
	const char *const mine[] = { "/etc/passwd", "/nowhere/to/be/seen" };
	enum status st;
	void *volatile some;
	struct job j;

	job_begin(&j, "t", 0);
	if (confine_limits(&j) != ST_OK)
		return 1;
	st = landlock_read_only(&j, mine, 2);
	if (st != (has_landlock() ? ST_OK : ST_NONE) ||
	    confine_server(&j, tcp) != ST_OK)
		return 1;
	fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || read(fd, &byte, 1) != 1 || close(fd) != 0)
		return 2;
	if (open("/dev/null", O_WRONLY) >= 0 || errno != EPERM ||
	    open("/dev/null", O_RDWR) >= 0 || open("/dev/null", 3) >= 0 ||
	    openat(none, "x", O_RDONLY | O_CREAT, 0600) >= 0 ||
	    open("/tmp", O_RDONLY | O_DIRECTORY | O_TMPFILE, 0600) >= 0 ||
	    open("/dev/null", O_RDONLY | O_TRUNC) >= 0 ||
	    syscall(SYS_creat, "/nowhere/x", 0600) >= 0 || errno != EPERM)
		return 3;
	if (unlink("/nowhere/x") == 0 || errno != EPERM ||
	    rename("/nowhere/x", "/nowhere/y") == 0 || errno != EPERM ||
	    mkdir("/nowhere/x", 0700) == 0 || errno != EPERM ||
	    chmod("/nowhere/x", 0700) == 0 || errno != EPERM)
		return 4;
	if (fork() >= 0 || errno != EPERM || kill(getppid(), 0) == 0 ||
	    mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
		-1, 0) != MAP_FAILED)
		return 5;
	if ((fd = socket(AF_UNIX, SOCK_STREAM, 0)) < 0 || listen(fd, 1) == 0 ||
	    errno != EPERM)
		return 6;
	if ((socket(AF_INET, SOCK_STREAM, 0) >= 0) != tcp ||
	    socket(AF_NETLINK, SOCK_RAW, 0) >= 0)
		return 7;
	free(some = malloc(1 << 20));
	if (some == NULL || (some = malloc((size_t)512 << 20)) != NULL)
		return 8;
	if (has_landlock() &&
	    (open("/etc/group", O_RDONLY) >= 0 || errno != EACCES ||
		open("/etc", O_RDONLY | O_DIRECTORY) >= 0 ||
		open("/etc/passwd", O_PATH) < 0))
		return 9;
	return 0;
}

static void
look_into_another(void)
{
	(void)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static void
run_another(void)
{
	(void)execl("/bin/true", "true", (char *)NULL);
}

/* The same of one that works on the store. */
static int
toil(void)
{
	struct job j;
	int fd;

	job_begin(&j, "t", 0);
	if (confine_worker(&j) != ST_OK)
		return 1;
	if ((fd = open("/dev/null", O_RDWR)) < 0 || close(fd) != 0)
		return 2;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return 3;
	return 0;
}

static void
be_counted(void (*deed)(void), int wrong)
{
	if (wrong == 0 && deed != NULL)
		deed();
	_exit(wrong);
}

static int
ended(pid_t pid)
{
	int status;

	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static int
ending(void (*deed)(void), bool tcp)
{
	pid_t pid = fork();

	if (pid == 0)
		be_counted(deed, serve(tcp));
	return ended(pid);
}

static int
worker_ending(void (*deed)(void))
{
	pid_t pid = fork();

	if (pid == 0)
		be_counted(deed, toil());
	return ended(pid);
}

static void
test_worker_runs_nothing(void **state)
{
	(void)state;
	if (!LOCKED)
		skip();
	assert_int_equal(worker_ending(NULL), 0);
	assert_int_equal(worker_ending(run_another), -SIGSYS);
	assert_int_equal(worker_ending(look_into_another), -SIGSYS);
}

static int
without_core(void)
{
	struct rlimit r;

	confine_no_core();
	return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0 ||
	       getrlimit(RLIMIT_CORE, &r) != 0 || r.rlim_max != 0;
}

static void
test_no_core(void **state)
{
	pid_t pid = fork();

	(void)state;
	if (pid == 0)
		_exit(LOCKED ? without_core() : 0);
	assert_int_equal(ended(pid), 0);
}

static void
test_server_only_serves(void **state)
{
	(void)state;
	if (!LOCKED)
		skip();
	assert_int_equal(ending(NULL, true), 0);
	assert_int_equal(ending(NULL, false), 0);
	assert_int_equal(ending(run_another, false), -SIGSYS);
	assert_int_equal(ending(look_into_another, false), -SIGSYS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes_come_back),
		cmocka_unit_test(test_no_child_outlives_its_job),
		cmocka_unit_test(test_refusal_adds_nothing),
		cmocka_unit_test(test_time_ends),
		cmocka_unit_test(test_nothing_to_reach),
		cmocka_unit_test(test_server_only_serves),
		cmocka_unit_test(test_worker_runs_nothing),
		cmocka_unit_test(test_no_core),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
