/*
 * What text/timing.c and text/timing_follow.c share: how a step is armed, and
 * which comes when.  Nothing else includes this.
 */
#ifndef TEXT_TIMING_IN_H
#define TEXT_TIMING_IN_H

#include "text/ladder.h"
#include "text/timing.h"

void timing_arm(struct verdict *v, int kind, int step, int64_t since,
    int64_t due);
/* By the rules; nothing where the step is never due. */
void timing_arm_step(const struct matter *m, struct verdict *v, int kind,
    int step, int64_t since);
/* The timer of a kind that is armed, or NULL. */
const struct timer *timing_armed(const struct matter *m, int kind);
/* The holding statement is posted however low the clock climbs. */
bool timing_comes(const struct matter *m, const struct event *e,
    const struct rung *r);
/* The step after r that comes, or NULL. */
const struct rung *timing_after(const struct matter *m, const struct event *e,
    const struct rung *r);
/* How long a kind waits, in seconds; TIMING_NEVER. */
int64_t timing_wait(const struct matter *m, const struct event *e, int kind);

#endif
