/*
 * Preloaded into sitrep: counts the calls by which anything leaves the
 * process, over all processes of a run, and kills at the one that was chosen.
 * KILLSHIM names a file with three 32-bit numbers: calls so far, the call to
 * kill at (0: none), how: 1 after the call instead of before it, 2 the whole
 * process group instead of the one process.  The confined reader doesn't
 * count: nothing leaves it but through its parent.  4: it is killed each time
 * before it reads; 8: it runs in circles; 16: it eats memory; 32: it asks the
 * kernel for what it may not have.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum {
	AFTER = 1,
	GROUP = 2,
	READER_KILLED = 4,
	READER_SPINS = 8,
	READER_EATS = 16,
	READER_PRIES = 32,
};

struct plan {
	_Atomic unsigned calls;
	unsigned at, how;
};

static struct plan *plan;
static int confined;

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("KILLSHIM");
	int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
	int fd = path == NULL ? -1 : real(path, O_RDWR | O_CLOEXEC);
	void *p;

	if (fd < 0)
		return;
	p = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p != MAP_FAILED)
		plan = p;
	close(fd);
}

static void
die_now(void)
{
	kill(plan->how & GROUP ? 0 : getpid(), SIGKILL);
	for (;;)
		pause();
}

/* Its number; 0: it isn't the one. */
static int
before(void)
{
	unsigned n;

	if (plan == NULL || confined)
		return 0;
	n = atomic_fetch_add(&plan->calls, 1) + 1;
	if (n != plan->at)
		return 0;
	if (!(plan->how & AFTER))
		die_now();
	return 1;
}

#define HOOK(type, name, declared, given) \
	type name declared \
	{ \
		type(*real) declared = dlsym(RTLD_NEXT, #name); \
		int chosen = before(); \
		type r = real given; \
		if (chosen) \
			die_now(); \
		return r; \
	}

HOOK(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t at),
    (fd, p, n, at))
HOOK(ssize_t, pwrite64, (int fd, const void *p, size_t n, off64_t at),
    (fd, p, n, at))
HOOK(int, fsync, (int fd), (fd))
HOOK(int, fdatasync, (int fd), (fd))
HOOK(int, syncfs, (int fd), (fd))
HOOK(int, ftruncate, (int fd, off_t n), (fd, n))
HOOK(int, ftruncate64, (int fd, off64_t n), (fd, n))
HOOK(int, fallocate, (int fd, int how, off_t at, off_t n), (fd, how, at, n))
HOOK(int, fallocate64, (int fd, int how, off64_t at, off64_t n),
    (fd, how, at, n))
HOOK(int, unlink, (const char *path), (path))
HOOK(int, rename, (const char *from, const char *to), (from, to))
HOOK(int, mkdir, (const char *path, mode_t mode), (path, mode))
HOOK(ssize_t, send, (int fd, const void *p, size_t n, int how), (fd, p, n, how))
HOOK(ssize_t, sendto,
    (int fd, const void *p, size_t n, int how, const struct sockaddr *to,
	socklen_t len),
    (fd, p, n, how, to, len))
HOOK(int, __open_2, (const char *path, int how), (path, how))
HOOK(int, __open64_2, (const char *path, int how), (path, how))

static mode_t
mode_of(int how, va_list ap)
{
	return how & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
}

#define HOOK_OPEN(name) \
	int name(const char *path, int how, ...) \
	{ \
		int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, #name); \
		int chosen = before(), r; \
		va_list ap; \
		va_start(ap, how); \
		r = real(path, how, mode_of(how, ap)); \
		va_end(ap); \
		if (chosen) \
			die_now(); \
		return r; \
	}

HOOK_OPEN(open)
HOOK_OPEN(open64)

#define HOOK_OPENAT(name) \
	int name(int dir, const char *path, int how, ...) \
	{ \
		int (*real)(int, const char *, int, ...) = \
		    dlsym(RTLD_NEXT, #name); \
		int chosen = before(), r; \
		va_list ap; \
		va_start(ap, how); \
		r = real(dir, path, how, mode_of(how, ap)); \
		va_end(ap); \
		if (chosen) \
			die_now(); \
		return r; \
	}

HOOK_OPENAT(openat)
HOOK_OPENAT(openat64)

static void
eat(void)
{
	char *p = malloc(1 << 20);

	if (p == NULL)
		abort();
	memset(p, 1, 1 << 20);
}

/* What a mail may make of the one that reads it, once it is locked in. */
static void
trouble(void)
{
	if (plan->how & READER_KILLED)
		raise(SIGKILL); /* the filter makes it SIGSYS */
	while (plan->how & READER_SPINS)
		continue;
	while (plan->how & READER_EATS)
		eat();
	if (plan->how & READER_PRIES)
		(void)!getppid();
}

/* The reader's child locks itself in: what it writes is its parent's. */
int
seccomp_load(void *ctx)
{
	int (*real)(void *) = dlsym(RTLD_NEXT, "seccomp_load");

	confined = 1;
	return real(ctx);
}

/* Its first word is that it is locked in. */
ssize_t
write(int fd, const void *p, size_t n)
{
	ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
	int chosen = before();
	ssize_t r = real(fd, p, n);

	if (chosen)
		die_now();
	if (plan != NULL && confined == 1) {
		confined = 2;
		trouble();
	}
	return r;
}
