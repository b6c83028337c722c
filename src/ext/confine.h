/*
 * Work on hostile bytes in a child that can do nothing else.  The child is
 * forked, so `in` may be any plain struct with pointers into our memory; it
 * has limits on memory and CPU time, no files, and a seccomp filter under
 * which anything but memory calls, write() and exit() ends it.  Whatever must
 * be opened or loaded (gconv modules) is opened before the call.  Only the
 * bytes that `fn` adds to `out` come back, over a pipe, at most
 * CONFINE_MAX_OUT of them; the caller reads them as untrusted.
 *
 * confine_start() lets it begin, confine_finish() waits for it; between them
 * the caller may do what takes time.  `in` and what it points to need to stay
 * only for confine_start().  confine_run() is both.
 *
 * ST_OK: fn said ST_OK and `out` holds all of its bytes.  ST_NONE: fn said
 * something else.  ST_PERM: the child died, was late or said too much; `out`
 * is as it was.  ST_TEMP: no process or pipe to be had, or the child
 * couldn't be confined; it has read nothing then.
 */
#ifndef EXT_CONFINE_H
#define EXT_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/job.h"

enum {
	CONFINE_MAX_OUT = 8 * 1024 * 1024,
	CONFINE_CPU_SECONDS = 2,
	CONFINE_WALL_SECONDS = 20,
	CONFINE_MEMORY_MIB = 224, /* beyond what the parent has already */
	CONFINE_SERVER_MIB = 256, /* the same, of one that serves */
};

/* Runs in the child: no files, no log, no job. */
typedef enum status confine_fn(const void *in, size_t in_len, struct buf *out);
/*
 * Runs in the child before it is locked in, and sees no bytes: loads a library
 * that fn needs.  NULL, or what is missing.
 */
typedef const char *confine_load(void);

struct confined {  /* a child at work */
	pid_t pid; /* 0: there is none */
	int fd;    /* what it says */
};

/* ST_TEMP as above; no child is left then. */
enum status confine_start(struct job *j, confine_load *load, confine_fn *fn,
    const void *in, size_t in_len, struct confined *out) must_check;
/* Who has said all may take a moment for its end: leave or drop it then. */
enum status confine_finish(struct job *j, struct confined *c,
    struct buf *out) must_check;
/* Ends it, without waiting for that before the end of the job; or waiting. */
void confine_leave(struct job *j, struct confined *c); /* of none is fine */
void confine_drop(struct confined *c);
/* Without anything to load. */
enum status confine_run(struct job *j, confine_fn *fn, const void *in,
    size_t in_len, struct buf *out) must_check;

/*
 * For a process that serves files, in this order, with landlock_read_only()
 * between the two: confine_limits() leaves it CONFINE_SERVER_MIB more memory
 * than it has and no process to start; after confine_server() it can answer
 * over the sockets that it has, accept more and connect to its own kind, by
 * TCP only if `tcp`.  It can't open a file for writing, make, rename or remove
 * one, listen, or start a process; that is refused with EPERM.  To run a
 * program, or to look into another process, is death.  Libraries are loaded
 * before.  Nothing happens under a sanitizer, which needs more than that.
 * ST_TEMP: it couldn't be done.
 */
enum status confine_limits(struct job *j) must_check;
enum status confine_server(struct job *j, bool tcp) must_check;

/*
 * For one that works on the store: to run a program, to look into another
 * process, to mount and the like is death.  ST_TEMP as above.
 */
enum status confine_worker(struct job *j) must_check;

/* No core file or dump shows what this process holds. */
void confine_no_core(void);
/* false: this was built with a sanitizer, and most of the above does nothing.
 */
bool confine_is_built(void);

#endif
