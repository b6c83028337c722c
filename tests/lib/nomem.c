/*
 * Preloaded into sitrep: counts what is asked of malloc(), over all processes
 * of a run, and refuses at the chosen count.  NOMEM names a file with three
 * 32-bit numbers: requests so far, the one to refuse (0: none), 1: refuse all
 * that follow too.  The confined reader doesn't count: it has limits of its
 * own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

struct plan {
	_Atomic unsigned requests;
	unsigned at, on;
};

static struct plan *plan;
static int confined;

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("NOMEM");
	int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
	void *p;

	if (fd < 0)
		return;
	p = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p != MAP_FAILED)
		plan = p;
	close(fd);
}

static int
refused(void)
{
	unsigned n;

	if (plan == NULL || confined)
		return 0;
	n = atomic_fetch_add(&plan->requests, 1) + 1;
	if (plan->at == 0 || n < plan->at || (n > plan->at && !plan->on))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t n)
{
	return refused() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return refused() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return refused() ? NULL : __libc_realloc(p, n);
}

int
seccomp_load(void *ctx)
{
	int (*real)(void *) = dlsym(RTLD_NEXT, "seccomp_load");

	confined = 1;
	return real(ctx);
}
