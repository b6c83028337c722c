#include "ext/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hear.h"
#include "base/sanitized.h"
#include "base/text.h"

/* What the child says: LOCKED_BYTE, how many bytes, these, DONE_BYTE. */
enum { LOCKED_BYTE = 'L', DONE_BYTE = 'D' };
enum { BEFORE = 1 + sizeof(uint64_t) };
enum { EXIT_CUT = 1, EXIT_SAID_NO, EXIT_NOT_LOCKED };

/* What glibc needs for memory, time and the end; all else is death. */
static const int allowed[] = {
	SCMP_SYS(write),
	SCMP_SYS(brk),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(futex),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(getrandom),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

/* A library that asks for these is told no and goes on. */
static const int refused[] = {
	SCMP_SYS(rt_sigaction), /* gpgme wants to ignore SIGPIPE */
	SCMP_SYS(sysinfo), /* qsort() would know how much memory there is */
	SCMP_SYS(open),
	SCMP_SYS(openat),
	SCMP_SYS(stat),
	SCMP_SYS(newfstatat),
	SCMP_SYS(access),
	SCMP_SYS(faccessat),
	SCMP_SYS(readlink),
};

/* What serving files over sockets needs besides `allowed`. */
static const int serving[] = {
	SCMP_SYS(read),
	SCMP_SYS(readv),
	SCMP_SYS(pread64),
	SCMP_SYS(lseek),
	SCMP_SYS(close),
	SCMP_SYS(fstat),
	SCMP_SYS(stat),
	SCMP_SYS(newfstatat),
	SCMP_SYS(statx),
	SCMP_SYS(fcntl),
	SCMP_SYS(writev),
	SCMP_SYS(sendfile),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(epoll_wait),
	SCMP_SYS(epoll_pwait),
	SCMP_SYS(epoll_ctl),
	SCMP_SYS(accept4),
	SCMP_SYS(connect),
	SCMP_SYS(shutdown),
	SCMP_SYS(sendto),
	SCMP_SYS(sendmsg),
	SCMP_SYS(recvfrom),
	SCMP_SYS(recvmsg),
	SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt),
	SCMP_SYS(getsockname),
	SCMP_SYS(getpeername),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(nanosleep),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(sysinfo),
};

/* Nobody asks for these by chance. */
static const int deadly[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
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

#define ADD_ALL(ctx, action, calls) \
	add_all(ctx, action, calls, sizeof(calls) / sizeof *(calls))

static int
add_all(scmp_filter_ctx ctx, uint32_t action, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (seccomp_rule_add(ctx, action, calls[i], 0) != 0)
			return -1;
	return 0;
}

/* Memory, but none that can be run. */
static int
add_memory(scmp_filter_ctx ctx)
{
	if (seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
		SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) != 0)
		return -1;
	return seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

static int
reader_rules(scmp_filter_ctx ctx)
{
	if (ADD_ALL(ctx, SCMP_ACT_ALLOW, allowed) != 0 ||
	    ADD_ALL(ctx, SCMP_ACT_ERRNO(EACCES), refused) != 0)
		return -1;
	return add_memory(ctx);
}

/* openat2() keeps its flags where no filter sees them: it isn't among them. */
static int
add_open_to_read(scmp_filter_ctx ctx)
{
	const scmp_datum_t writes = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;

	if (seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
		SCMP_A1(SCMP_CMP_MASKED_EQ, writes, O_RDONLY)) != 0)
		return -1;
	return seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, writes, O_RDONLY));
}

static int
add_sockets(scmp_filter_ctx ctx, bool tcp)
{
	static const int families[] = { AF_UNIX, AF_INET, AF_INET6 };

	for (int i = 0; i < (tcp ? 3 : 1); i++)
		if (seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
			SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i])) != 0)
			return -1;
	return 0;
}

static int
server_rules(scmp_filter_ctx ctx, bool tcp)
{
	if (ADD_ALL(ctx, SCMP_ACT_ALLOW, allowed) != 0 ||
	    ADD_ALL(ctx, SCMP_ACT_ALLOW, serving) != 0 ||
	    ADD_ALL(ctx, SCMP_ACT_KILL_PROCESS, deadly) != 0 ||
	    add_open_to_read(ctx) != 0 || add_sockets(ctx, tcp) != 0)
		return -1;
	return add_memory(ctx);
}

static int
lock_calls(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int bad;

	if (ctx == NULL)
		return -1;
	bad = reader_rules(ctx) != 0 || seccomp_load(ctx) != 0;
	seccomp_release(ctx);
	return bad ? -1 : 0;
}

static int
limit(int what, rlim_t most)
{
	struct rlimit r = { most, most };

	return setrlimit(what, &r);
}

enum { STATM = 160, DATA_FIELD = 6 }; /* of /proc/PID/statm, proc(5) */

/* Data (heap and the like) that this process has now, in bytes; 0: unknown. */
static rlim_t
data_now(void)
{
	char line[STATM] = "";
	const char *s = line;
	int64_t pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (f == NULL)
		return errno == ENOENT; /* no /proc at all: as if none */
	if (fgets(line, sizeof line, f) == NULL)
		line[0] = '\0';
	(void)fclose(f);
	for (int i = 0; i < DATA_FIELD; i++)
		if (!text_take_int(&s, &pages))
			return 0;
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static enum status
load_or_fail(struct job *j, scmp_filter_ctx ctx, int bad)
{
	bad = bad != 0 || ctx == NULL || seccomp_load(ctx) != 0;
	if (ctx != NULL)
		seccomp_release(ctx);
	return bad ? job_fail(j, ST_TEMP,
			 "a child can't be confined: the kernel takes no "
			 "filter")
		   : ST_OK;
}

enum status
confine_limits(struct job *j)
{
	rlim_t more = (rlim_t)CONFINE_SERVER_MIB * 1024 * 1024, now;

	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (SANITIZED)
		return ST_OK;
	if ((now = data_now()) == 0 || limit(RLIMIT_DATA, now + more) != 0 ||
	    limit(RLIMIT_NPROC, 0) != 0)
		return job_fail(j, ST_TEMP,
		    "the web child can't be confined: it gets no limits");
	return ST_OK;
}

enum status
confine_server(struct job *j, bool tcp)
{
	scmp_filter_ctx ctx;

	if (SANITIZED)
		return ST_OK;
	ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	return load_or_fail(j, ctx, ctx == NULL ? -1 : server_rules(ctx, tcp));
}

enum status
confine_worker(struct job *j)
{
	scmp_filter_ctx ctx;

	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (SANITIZED)
		return ST_OK;
	ctx = seccomp_init(SCMP_ACT_ALLOW);
	return load_or_fail(j, ctx,
	    ctx == NULL ? -1 : ADD_ALL(ctx, SCMP_ACT_KILL_PROCESS, deadly));
}

/* A sanitizer looks into its own process, as a debugger does. */
void
confine_no_core(void)
{
	(void)limit(RLIMIT_CORE, 0);
	if (!SANITIZED)
		(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

bool
confine_is_built(void)
{
	return !SANITIZED;
}

/*
 * Order matters: files go last of the limits, the filter after them.  A
 * sanitizer maps terabytes and reads /proc, so under one only time is limited.
 */
static int
lock(void)
{
	rlim_t more = (rlim_t)CONFINE_MEMORY_MIB * 1024 * 1024, now;

	if (limit(RLIMIT_CPU, CONFINE_CPU_SECONDS) != 0 ||
	    limit(RLIMIT_CORE, 0) != 0)
		return -1;
	if (SANITIZED)
		return 0;
	if ((now = data_now()) == 0 || limit(RLIMIT_DATA, now + more) != 0 ||
	    limit(RLIMIT_FSIZE, 0) != 0 || limit(RLIMIT_NOFILE, 0) != 0)
		return -1;
	return lock_calls();
}

_Noreturn static void
child(confine_load *load, confine_fn *fn, const void *in, size_t in_len, int fd)
{
	struct buf out = BUF_INIT;
	char locked = LOCKED_BYTE;
	uint64_t n = 0;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGPIPE, SIG_DFL);
	if (dup2(fd, 3) != 3)
		_exit(EXIT_NOT_LOCKED);
	if (!SANITIZED) {
		(void)close(0);
		(void)close(1);
		(void)close(2);
	}
	if (close_range(4, ~0U, 0) != 0 && errno != ENOSYS)
		_exit(EXIT_NOT_LOCKED);
	if (load != NULL && load() != NULL)
		_exit(EXIT_NOT_LOCKED);
	if (lock() != 0 || file_write_all(3, &locked, 1) != 0)
		_exit(EXIT_NOT_LOCKED);
	buf_add(&out, &n, sizeof n);
	if (fn(in, in_len, &out) != ST_OK)
		_exit(EXIT_SAID_NO);
	n = out.len - sizeof n;
	memcpy(out.data, &n, sizeof n);
	buf_char(&out, DONE_BYTE);
	/* At once: each piece of it would wake the parent. */
	if (file_write_all(3, out.data, out.len) != 0)
		_exit(EXIT_CUT);
	_exit(0);
}

/* A sanitizer has its word after it: there the pipe ends it. */
static bool
is_complete(const struct buf *out, size_t start)
{
	size_t got = out->len - start;
	uint64_t n;

	if (got <= BEFORE || out->data[start] != LOCKED_BYTE)
		return false;
	memcpy(&n, out->data + start + 1, sizeof n);
	return n <= CONFINE_MAX_OUT && got - BEFORE - 1 == n &&
	       out->data[out->len - 1] == DONE_BYTE;
}

/* Of one that gave no complete answer, or died of a sanitizer after it. */
static enum status
verdict(struct job *j, int status, bool locked, bool complete)
{
	/* It has read nothing yet: whatever ended it, it wasn't the bytes. */
	if (!locked)
		return job_fail(j, ST_TEMP,
		    "the reader can't be confined: no memory, or a library "
		    "is missing; `sitrep check` says which");
	if (status != -1 && WIFEXITED(status) &&
	    WEXITSTATUS(status) == EXIT_SAID_NO)
		return ST_NONE;
	if (complete && status != -1 && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 0)
		return ST_OK;
	if (status != -1 && WIFSIGNALED(status))
		return job_fail(j, ST_PERM,
		    "the confined reader was ended by signal %d",
		    WTERMSIG(status));
	return job_fail(j, ST_PERM,
	    "the confined reader gave no complete answer");
}

/* The two bytes around the answer, or all of it. */
static void
strip(struct buf *out, size_t start, bool keep)
{
	size_t n = keep ? out->len - start - BEFORE - 1 : 0;

	buf_reserve(out, 1);
	memmove(out->data + start, out->data + start + BEFORE, n);
	out->len = start + n;
	out->data[out->len] = '\0';
}

enum status
confine_start(struct job *j, confine_load *load, confine_fn *fn, const void *in,
    size_t in_len, struct confined *out)
{
	int fd[2];

	*out = (struct confined){ 0 };
	if (pipe2(fd, O_CLOEXEC) != 0)
		return job_fail(j, ST_TEMP, "cannot make a pipe: %s",
		    strerror(errno));
	*out = (struct confined){ .pid = fork(), .fd = fd[0] };
	if (out->pid == 0)
		child(load, fn, in, in_len, fd[1]);
	(void)close(fd[1]);
	if (out->pid > 0)
		return ST_OK;
	(void)close(fd[0]);
	*out = (struct confined){ 0 };
	return job_fail(j, ST_TEMP, "cannot start a process: %s",
	    strerror(errno));
}

/* What is to be waited for. */
static pid_t
let_go(struct confined *c, bool alive)
{
	pid_t pid = c->pid;

	(void)close(c->fd);
	if (alive)
		(void)kill(pid, SIGKILL);
	*c = (struct confined){ 0 };
	return pid;
}

void
confine_leave(struct job *j, struct confined *c)
{
	if (c->pid != 0)
		job_leave(j, let_go(c, true));
}

void
confine_drop(struct confined *c)
{
	if (c->pid != 0)
		(void)hear_end(let_go(c, true));
}

enum status
confine_finish(struct job *j, struct confined *c, struct buf *out)
{
	size_t start = out->len;
	bool ended =
	    hear(c->fd, INT64_C(1000) * CONFINE_WALL_SECONDS, CONFINE_MAX_OUT,
		SANITIZED ? NULL : is_complete, out) == 0;
	bool complete = ended && is_complete(out, start);
	bool locked = out->len > start && out->data[start] == LOCKED_BYTE;
	enum status st = ST_OK;

	if (SANITIZED || !complete)
		st = verdict(j, hear_end(let_go(c, !ended)), locked, complete);
	strip(out, start, st == ST_OK);
	return st;
}

enum status
confine_run(struct job *j, confine_fn *fn, const void *in, size_t in_len,
    struct buf *out)
{
	struct confined c;
	enum status st = confine_start(j, NULL, fn, in, in_len, &c);

	if (st == ST_OK)
		st = confine_finish(j, &c, out);
	confine_leave(j, &c);
	return st;
}
