/*
 * check --sandbox: whether the children of serve can do what they must not.
 * Each deed is tried from inside a child that is confined as the real one is.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/check_in.h"
#include "cmd/child.h"
#include "cmd/web.h"
#include "ext/confine.h"

enum { BIG = 1024 * 1024 * 1024, THROUGH = 1, NOT_CONFINED = 2 };

/* ---- deeds: true is that it got through ---- */

static bool
read_store(const struct conf *c)
{
	char path[4096];

	(void)snprintf(path, sizeof path, "%s/sitrep.db", c->state);
	return open(path, O_RDONLY | O_CLOEXEC) >= 0 ||
	       open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0 ||
	       open(c->path, O_RDONLY | O_CLOEXEC) >= 0;
}

static bool
write_file(const struct conf *c)
{
	char path[4096];
	int fd;

	(void)snprintf(path, sizeof path, "%s/sandbox~", c->state);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0)
		(void)unlink(path);
	return fd >= 0;
}

static bool
make_socket(const struct conf *c)
{
	(void)c;
	return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0;
}

static bool
run_program(const struct conf *c)
{
	(void)c;
	(void)execl("/bin/sh", "sh", "-c", "exit 1", (char *)NULL);
	return false;
}

static bool
start_process(const struct conf *c)
{
	pid_t pid = fork();

	(void)c;
	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool
look_elsewhere(const struct conf *c)
{
	char byte;
	struct iovec here = { &byte, 1 }, there = { &byte, 1 };

	(void)c;
	return process_vm_readv(getppid(), &here, 1, &there, 1, 0) == 1;
}

static bool
take_memory(const struct conf *c)
{
	char *volatile p = malloc(BIG);

	(void)c;
	if (p == NULL)
		return false;
	for (size_t i = 0; i < BIG; i += 4096)
		p[i] = 1;
	return true;
}

static bool
compute_on(const struct conf *c)
{
	volatile unsigned i = 0;

	(void)c;
	while (i < 2)
		i ^= 1;
	return true;
}

/* Whoever waits for it sees whether a core was written. */
static bool
leave_core(const struct conf *c)
{
	(void)c;
	abort();
}

enum deed {
	READ = 1 << 0,
	WRITE = 1 << 1,
	SOCKET = 1 << 2,
	RUN = 1 << 3,
	FORK = 1 << 4,
	LOOK = 1 << 5,
	MEMORY = 1 << 6,
	LOOP = 1 << 7,
	CORE = 1 << 8,
	ALL = (1 << 9) - 1,
};

static const struct attempt {
	enum deed bit;
	const char *what;
	bool (*deed)(const struct conf *c);
} attempts[] = {
	{ READ, "read the store or the configuration", read_store },
	{ WRITE, "write a file", write_file },
	{ SOCKET, "make a network socket", make_socket },
	{ RUN, "run a program", run_program },
	{ FORK, "start a process", start_process },
	{ LOOK, "look into another process", look_elsewhere },
	{ MEMORY, "take 1 GiB of memory", take_memory },
	{ LOOP, "compute for ever", compute_on },
	{ CORE, "leave a core dump as it breaks", leave_core },
};

/* ---- the children ---- */

struct inside {
	const struct attempt *a;
	const struct conf *conf;
};

static enum status
as_reader(const void *in, size_t n, struct buf *out)
{
	const struct inside *i = in;

	(void)n;
	buf_char(out, i->a->deed(i->conf) ? 'y' : 'n');
	return ST_OK;
}

/* What a process of ours was given, and its children have. */
static bool
may_dump(void)
{
	struct rlimit r;

	return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0 ||
	       getrlimit(RLIMIT_CORE, &r) != 0 || r.rlim_max != 0;
}

/* NULL: it got through, else how it ended. */
static const char *
try_reader(struct report *r, const struct conf *c, const struct attempt *a)
{
	const struct inside in = { a, c };
	struct buf out = BUF_INIT;
	enum status st;
	bool through;

	if (a->bit == CORE && may_dump())
		return NULL;
	job_forget(r->j);
	st = confine_run(r->j, as_reader, &in, sizeof in, &out);
	through = st == ST_TEMP || (st == ST_OK && out.data[0] == 'y');
	buf_free(&out);
	return through ? NULL : st == ST_OK ? "refused" : "ended for it";
}

_Noreturn static void
as_child(struct job *j, const struct child_kind *k, const struct inside *i)
{
	enum status st = ST_OK;

	if (k->confined == CONFINED_WORKER)
		st = confine_worker(j);
	else if (k->confined == CONFINED_SELF)
		st = web_confine(j, i->conf);
	if (st != ST_OK)
		_exit(NOT_CONFINED);
	_exit(i->a->deed(i->conf) ? THROUGH : 0);
}

static const char *
try_child(struct report *r, const struct child_kind *k, const struct inside *i)
{
	pid_t pid = fork();
	int how = 0;

	if (pid == 0)
		as_child(r->j, k, i);
	while (pid > 0 && waitpid(pid, &how, 0) < 0 && errno == EINTR)
		;
	if (pid > 0 && WIFSIGNALED(how) && !WCOREDUMP(how))
		return i->a->bit == CORE && may_dump() ? NULL : "ended for it";
	return pid > 0 && WIFEXITED(how) && WEXITSTATUS(how) == 0 ? "refused"
								  : NULL;
}

static void
say(struct report *r, const char *child, const char *what, const char *how)
{
	if (how != NULL)
		check_add(r, CHECK_OK, "sandbox", "%s: %s: %s", child, what,
		    how);
	else
		check_add(r, CHECK_WRONG, "sandbox",
		    "%s: %s: not prevented: does the kernel have seccomp%s?",
		    child, what,
		    strcmp(child, "web") == 0
			? " and Landlock (5.13; lsm=landlock)"
			: "");
}

static unsigned
forbidden(const struct child_kind *k, const struct conf *c)
{
	if (k->confined == CONFINED_NOT)
		return CORE;
	if (k->confined == CONFINED_WORKER)
		return RUN | LOOK | CORE;
	return (ALL & ~(unsigned)LOOP) &
	       ~(unsigned)(c->lmtp[0] == '/' ? 0 : SOCKET);
}

void
check_sandbox(struct report *r, const struct conf *c)
{
	if (!confine_is_built()) {
		check_add(r, CHECK_WARN, "sandbox",
		    "this was built with a sanitizer: nothing is confined");
		return;
	}
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
		say(r, "reader", attempts[i].what,
		    try_reader(r, c, &attempts[i]));
	for (size_t k = 0; k < CHILDREN; k++)
		for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
			if (forbidden(&child_kinds[k], c) & attempts[i].bit)
				say(r, child_kinds[k].name, attempts[i].what,
				    try_child(r, &child_kinds[k],
					&(struct inside){ &attempts[i], c }));
}
