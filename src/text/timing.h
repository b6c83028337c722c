/*
 * When timers fall due (specification, section 2.5): plain arithmetic over
 * seconds UTC; local time only for office hours and working days.
 */
#ifndef TEXT_TIMING_H
#define TEXT_TIMING_H

#include <stdbool.h>

#include "model/matter.h"
#include "model/verdict.h"

enum { TIMING_NEVER = -1 };

/*
 * T1 of an open event: arms it, or computes it anew where severity or T0
 * changed.  true: it is due already, hand off in this transaction.
 */
bool timing_hand_off(const struct matter *m, int64_t now, struct verdict *v);
/* When a step of a timer is due that was started at `since`; TIMING_NEVER. */
int64_t timing_due(const struct matter *m, const struct event *e, int kind,
    int step, int64_t since);
/* Is there a holding statement for events like this? */
bool timing_holds(const struct conf *c, const struct event *e);
/* Takes back what is armed of a kind (0: everything). */
void timing_cancel(struct verdict *v, int kind);
/* The first step of a timer that begins now, in place of an older one. */
void timing_start(const struct matter *m, int64_t now, struct verdict *v,
    int kind);
/* Its question is asked again, at a time that somebody named. */
void timing_again(const struct matter *m, int64_t now, struct verdict *v,
    int kind, int64_t due);
/* The step after the one that fires; or the same again. */
void timing_next(const struct matter *m, int64_t now, struct verdict *v);
/*
 * Everything else that starts or ends with what was decided: the first post,
 * the promise, sitreps, previews, the dwell, postmortem and disclosure.  Last
 * of all, when the verdict stands.
 */
void timing_follow(const struct matter *m, int64_t now, struct verdict *v);

/*
 * The time by which the next update is due, as the step of T4 that fires has
 * it: the promise, or earlier where the severity was raised since.
 */
int64_t timing_meant(const struct matter *m, const struct event *e);

#endif
