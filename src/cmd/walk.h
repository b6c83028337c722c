/*
 * The steps in their order: the one place that knows the whole walk of a
 * mail.  deliver, LMTP, tick, post and the clock call it.
 */
#ifndef CMD_WALK_H
#define CMD_WALK_H

#include <stddef.h>

#include "cmd/world.h"
#include "flow/intake.h"
#include "model/inbox.h"

/*
 * Commit 1: from here on the message is ours.  ST_OK or ST_NONE (seen before)
 * mean durably so, *id names it; ST_TEMP: try again.
 */
enum status walk_take(struct world *w, struct job *j, const struct envelope *e,
    int64_t *id) must_check;
/* The same for several at once (flow/intake.h); false: the store refused one.
 */
bool walk_take_all(struct world *w, struct job *j, struct intake *all,
    size_t n);
/*
 * Commit 2, for each message that waits, in order; each effect once, also
 * after a crash; one at a time over all processes.  ST_OK: nothing waits any
 * more.  ST_NONE: another process is at it.  ST_TEMP: the store refused.
 */
enum status walk_waiting(struct world *w, struct job *j) must_check;
/* The same for so many at most; ST_OK: there may be more. */
enum status walk_some(struct world *w, struct job *j, size_t most) must_check;
/* Fires every timer that is due, at j->now; then what the house needs. */
enum status walk_clock(struct world *w, struct job *j) must_check;
struct walk_timer {
	int64_t event;
	int kind, step, round;
};
/*
 * The same without the house; and t, also if it isn't due.  For a replay: it
 * fired then.  ST_NONE: t isn't armed, it fired before.
 */
enum status walk_timers(struct world *w, struct job *j,
    const struct walk_timer *t) must_check;
/*
 * What was armed while the clock was ahead is set back with it; by: how far it
 * was, 0: that isn't known.  walk_clock() begins with that.
 */
enum status walk_set_back(struct world *w, struct job *j,
    int64_t by) must_check;
/* When walk_clock() has something to do next; ST_NONE: never. */
enum status walk_clock_due(struct world *w, struct job *j,
    int64_t *due) must_check;

#endif
