/*
 * One job = one message, one tick or one command: its memory, its clock and
 * the first reason why it failed.
 */
#ifndef BASE_JOB_H
#define BASE_JOB_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/status.h"

struct job {
	struct arena *mem; /* freed once, at the end of the job */
	int64_t now;       /* the only clock; seconds UTC; tests set it */
	const char *id;    /* appears in every log line */
	char why[256];     /* first failure, in words fit for a reply */
	/* What was read once for all of it; only where keeps is set, by who
	 * begins a job for many of a kind. */
	bool keeps;
	struct job_shelf *kept;
	pid_t dying; /* a child that is waited for at the end; 0: none */
};

/* A job with an arena of its own; job_end() frees it. */
void job_begin(struct job *j, const char *id, int64_t now);
void job_end(struct job *j);

/*
 * Ends a step: `return job_fail(j, ST_PERM, "...")`.  The first reason wins,
 * it is the cause.  One that is too long loses its middle.  Returns st.
 */
enum status job_fail(struct job *j, enum status st, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/*
 * Templates and words, by a name that says all they depend on; in the job's
 * memory.  NULL: not kept.
 */
const void *job_kept(const struct job *j, const char *name);
void job_keep(struct job *j, const char *name, const void *what);
/* Forgets the reason, before another try. */
void job_forget(struct job *j);
/*
 * A child of ours that was killed: its end takes a while, and nobody needs to
 * wait for it but the next of its kind, or the end of the job.  0: the last
 * one is waited for at once, and none is left.
 */
void job_leave(struct job *j, pid_t child);

#endif
