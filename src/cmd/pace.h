/*
 * A clock that goes faster than the machine's (clock_rate), for drills and
 * tests.  STATE/clock remembers when it began: serve writes it, every other
 * command of the same state reads it, so that all have the same time, and a
 * serve that starts again goes on from there.
 */
#ifndef CMD_PACE_H
#define CMD_PACE_H

#include <stdint.h>

#include "base/job.h"

struct pace {
	int64_t machine_ms; /* when it began, by the machine's clock */
	int64_t began;      /* ... and by ours, seconds UTC */
	int64_t rate;       /* 0: there is none, we go with the machine */
};

/* Milliseconds UTC by the machine's clock. */
int64_t pace_machine_ms(void);
int64_t pace_now(const struct pace *p);

/* ST_NONE: there is no such file. */
enum status pace_read(struct job *j, const char *state,
    struct pace *out) must_check;
/* From now on; `began` by our clock. */
enum status pace_begin(struct job *j, const char *state, int64_t rate,
    int64_t began, struct pace *out) must_check;
/* With the machine again. */
void pace_end(struct job *j, const char *state);

#endif
