#include "ext/gpg_keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hear.h"
#include "base/sanitized.h"
#include "base/when.h"

enum { GRACE_SECONDS = 5, DONE_BYTE = 'D' };
enum { SILENT = 3, ROUNDS = 15 }; /* of 20 ms */
enum { EXIT_CUT = 1, EXIT_SAID_NO, EXIT_NOT_LOCKED };

struct task { /* what the processes below get, by fork */
	const struct keeper *k;
	int pipe;
};

/* What checks signatures has no use for these. */
static const int needless[] = {
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(pivot_root),
	SCMP_SYS(chroot),
	SCMP_SYS(setns),
	SCMP_SYS(unshare),
	SCMP_SYS(bpf),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(kexec_load),
	SCMP_SYS(reboot),
};

/* 1. The worker, and whatever it starts. */

static int
shut_network(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	int bad;

	if (ctx == NULL)
		return -1;
	bad = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1,
		  SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)AF_UNIX)) != 0;
	for (size_t i = 0; i < sizeof needless / sizeof *needless; i++)
		bad = bad || seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM),
				 needless[i], 0) != 0;
	bad = bad || seccomp_load(ctx) != 0;
	seccomp_release(ctx);
	return bad ? -1 : 0;
}

static int
limit(int what, rlim_t most)
{
	struct rlimit r = { most, most };

	return setrlimit(what, &r);
}

static int
lock(enum keeper_access access)
{
	const rlim_t mib = (rlim_t)1024 * 1024;
	rlim_t file = access == KEEPER_WRITES ? KEEPER_FILE_MIB * mib : 0;

	(void)signal(SIGXFSZ, SIG_IGN); /* write() fails, and no more */
	if (limit(RLIMIT_CPU, KEEPER_CPU_SECONDS) != 0 ||
	    limit(RLIMIT_CORE, 0) != 0 || limit(RLIMIT_FSIZE, file) != 0 ||
	    (!SANITIZED && limit(RLIMIT_DATA, KEEPER_MEMORY_MIB * mib) != 0))
		return -1;
	return shut_network();
}

/* Nothing of ours is open below, and nothing of ours is in the environment. */
static int
furnish(const struct task *t)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0 || dup2(t->pipe, 3) != 3 || dup2(null, 0) != 0 ||
	    dup2(null, 1) != 1 || dup2(null, 2) != 2 ||
	    fcntl(3, F_SETFD, FD_CLOEXEC) != 0)
		return -1;
	if (close_range(4, ~0U, 0) != 0 && errno != ENOSYS)
		return -1;
	return clearenv() != 0 || chdir("/") != 0 ||
		       setenv("PATH", "/usr/bin:/bin", 1) != 0 ||
		       setenv("LANG", "C.UTF-8", 1) != 0 ||
		       setenv("GNUPGHOME", t->k->home, 1) != 0
		   ? -1
		   : 0;
}

_Noreturn static void
work(const struct task *t)
{
	struct buf out = BUF_INIT;
	char done = DONE_BYTE;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)umask(077);
	if (furnish(t) != 0 || lock(t->k->access) != 0)
		_exit(EXIT_NOT_LOCKED);
	if (t->k->fn(t->k->in, t->k->n, &out) != ST_OK)
		_exit(EXIT_SAID_NO);
	if (file_write_all(3, out.data, out.len) != 0 ||
	    file_write_all(3, &done, 1) != 0)
		_exit(EXIT_CUT);
	_exit(0);
}

/* 2. The keeper: what loses its parent below becomes its child. */

/* The next number of a list with blanks; 0: there is none. */
static pid_t
next_child(FILE *f)
{
	pid_t pid = 0;
	int c;

	while ((c = getc(f)) >= '0' && c <= '9')
		pid = pid * 10 + (c - '0');
	return pid;
}

/* Sends a signal to each child; false: they can't be listed. */
static bool
signal_children(int signal)
{
	FILE *f = fopen("/proc/thread-self/children", "re");
	pid_t pid;

	if (f == NULL)
		return false;
	while ((pid = next_child(f)) != 0)
		(void)kill(pid, signal);
	(void)fclose(f);
	return true;
}

/* false: there are no more children. */
static bool
reap(int options)
{
	pid_t pid;

	do
		pid = waitpid(-1, NULL, options);
	while (pid > 0 || (pid < 0 && errno == EINTR));
	return pid == 0;
}

/*
 * What is about to end gets the time for it; asked to go, an agent takes its
 * sockets and locks with it.
 */
static void
dismiss(const sigset_t *child)
{
	const struct timespec moment = { 0, 20 * 1000000L };

	for (int i = 0; i < ROUNDS && reap(WNOHANG); i++) {
		if (i >= SILENT && !signal_children(SIGTERM))
			return;
		(void)sigtimedwait(child, NULL, &moment);
	}
}

/* Kills what there is; children that they leave come up in the next round. */
static void
sweep(void)
{
	for (int round = 0; round < 1000 && reap(WNOHANG); round++) {
		if (!signal_children(SIGKILL))
			return;
		(void)waitpid(-1, NULL, 0);
	}
}

/* Its status, or -1: its time is over. */
static int
await(pid_t worker, const sigset_t *child)
{
	int64_t until = when_steady() + INT64_C(1000) * KEEPER_WALL_SECONDS;
	int status;

	for (;;) {
		int64_t left = until - when_steady();
		struct timespec t = { left / 1000, left % 1000 * 1000000 };
		pid_t pid = waitpid(worker, &status, WNOHANG);

		if (pid == worker)
			return status;
		if (left <= 0 || (pid < 0 && errno != EINTR))
			return -1;
		(void)sigtimedwait(child, NULL, &t);
	}
}

_Noreturn static void
keep(struct task *t)
{
	sigset_t child;
	pid_t worker;
	int status;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)setpgid(0, 0);
	for (int s = 1; s < NSIG; s++)
		(void)signal(s, SIG_DFL);
	(void)sigemptyset(&child);
	(void)sigprocmask(SIG_SETMASK, &child, NULL);
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0 || (worker = fork()) < 0)
		_exit(EXIT_NOT_LOCKED);
	if (worker == 0)
		work(t);
	(void)close(t->pipe);
	(void)sigaddset(&child, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &child, NULL);
	status = await(worker, &child);
	dismiss(&child);
	sweep();
	_exit(
	    status != -1 && WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_CUT);
}

/* 3. This side. */

static enum status
verdict(struct job *j, int status, bool complete)
{
	int code = status != -1 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	if (code == EXIT_NOT_LOCKED)
		return job_fail(j, ST_TEMP,
		    "gpg can't be confined: no memory, or the kernel takes no "
		    "filter");
	if (code == EXIT_SAID_NO)
		return ST_NONE;
	if (code == 0 && complete)
		return ST_OK;
	return job_fail(j, ST_PERM, "gpg gave no complete answer in %d s",
	    KEEPER_WALL_SECONDS);
}

enum status
gpg_keeper_run(struct job *j, const struct keeper *k, struct buf *out)
{
	struct task t = { k, -1 };
	size_t start = out->len;
	bool complete;
	enum status st;
	int fd[2];
	pid_t pid;

	if (pipe2(fd, O_CLOEXEC) != 0)
		return job_fail(j, ST_TEMP, "cannot make a pipe: %s",
		    strerror(errno));
	t.pipe = fd[1];
	if ((pid = fork()) == 0)
		keep(&t);
	(void)close(fd[1]);
	if (pid < 0) {
		(void)close(fd[0]);
		return job_fail(j, ST_TEMP, "cannot start a process: %s",
		    strerror(errno));
	}
	complete =
	    hear(fd[0], INT64_C(1000) * (KEEPER_WALL_SECONDS + GRACE_SECONDS),
		KEEPER_MAX_OUT, NULL, out) == 0 &&
	    out->len > start && out->data[out->len - 1] == DONE_BYTE;
	(void)close(fd[0]);
	/* Never killed: the keeper ends at its own deadline, and sweeps. */
	st = verdict(j, hear_end(pid), complete);
	buf_cut(out, st == ST_OK ? out->len - 1 : start);
	return st;
}
