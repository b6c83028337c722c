/*
 * Promises as rows.  A timer is (event, kind N of TN, step, round); a round is
 * one arming of it, and each (event, kind, step, round) fires at most once.
 */
#ifndef MODEL_TIMER_H
#define MODEL_TIMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

struct timer {
	int64_t id, event;
	int kind, step, round;
	int64_t since, due; /* due is counted from since */
};

struct timer_fate { /* for show */
	struct timer timer;
	int64_t fired, cancelled; /* 0: not, or not yet */
	const char *reason;       /* of the cancellation, "" */
};

/* Arms one; round is the next of its kind and step. */
enum status timer_arm(struct db *db, struct job *j,
    const struct timer *t) must_check;
/* Takes back what is armed of a kind (0: of every kind). */
enum status timer_cancel(struct db *db, struct job *j, int64_t event, int kind,
    const char *reason) must_check;
/*
 * The next armed step of a kind is due now, if it wasn't already; what it is
 * counted from moves along.  ST_NONE: there is none to come, or the event is
 * of a severity that is mailed and never paged.
 */
enum status timer_hasten(struct db *db, struct job *j, int64_t event,
    int kind) must_check;
/*
 * What is armed and counted from a time that is yet to come, of an event that
 * changed at one (a draft may be held until then), was armed by a clock that
 * was ahead, and so was what was promised by it: all that is set
 * back by as much as the clock was (by; 0: that isn't known, then the last of
 * them counts from now on), in a transaction of its own.  *n: how many.
 */
enum status timer_set_back(struct db *db, struct job *j, int64_t by,
    size_t *n) must_check;
enum status timer_fired(struct db *db, struct job *j, int64_t id) must_check;
/* What is armed on an event, by due time. */
enum status timer_armed(struct db *db, struct job *j, int64_t event,
    struct timer **out, size_t *n) must_check;
/* The step of each kind that fired last on an event. */
enum status timer_fired_last(struct db *db, struct job *j, int64_t event,
    struct timer **out, size_t *n) must_check;
/* All of an event, whatever became of them, in the order of arming. */
enum status timer_past(struct db *db, struct job *j, int64_t event,
    struct timer_fate **out, size_t *n) must_check;
/* The one that is due first, over all events; ST_NONE: none armed. */
enum status timer_first(struct db *db, struct job *j,
    struct timer *out) must_check;

#endif
