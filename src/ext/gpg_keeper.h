/*
 * Work that needs other programs (gpg, gpgsm and their agents), in a process
 * of its own that leaves none of them behind.  Where ext/confine.h lets
 * nothing be started, here `fn` may start what it likes, under limits that
 * its children inherit: no network (sockets of the machine's own kind only,
 * by a seccomp filter), CPU time, memory, file sizes, no core files, an
 * environment of PATH, LANG and GNUPGHOME alone, nothing on standard input,
 * output and error.  When fn has ended or KEEPER_WALL_SECONDS have passed,
 * every process below is killed, also one that made itself a daemon.
 *
 * fn gets `in` by fork, as in confine.h; what it adds to `out` comes back over
 * a pipe, at most KEEPER_MAX_OUT bytes, and is read as untrusted.
 *
 * ST_OK: fn said ST_OK and `out` holds all of its bytes.  ST_NONE: fn said
 * something else.  ST_PERM: it died, was late or said too much; `out` is as it
 * was.  ST_TEMP: no process or pipe to be had, or no filter.
 */
#ifndef EXT_GPG_KEEPER_H
#define EXT_GPG_KEEPER_H

#include "base/buf.h"
#include "base/job.h"

enum {
	KEEPER_MAX_OUT = 8 * 1024 * 1024,
	KEEPER_WALL_SECONDS = 10,
	KEEPER_CPU_SECONDS = 2, /* of each process */
	KEEPER_MEMORY_MIB = 512,
	KEEPER_FILE_MIB = 16,
};

/* Runs in the worker: no log, no job. */
typedef enum status gpg_fn(const void *in, size_t in_len, struct buf *out);

/* KEEPER_READS: no file can be written. */
enum keeper_access { KEEPER_READS, KEEPER_WRITES };

struct keeper {
	const char *home; /* GNUPGHOME of what is started */
	enum keeper_access access;
	gpg_fn *fn;
	const void *in;
	size_t n;
};

enum status gpg_keeper_run(struct job *j, const struct keeper *k,
    struct buf *out) must_check;

#endif
