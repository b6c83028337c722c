/*
 * What was promised and how it was kept, derived from events and posts as
 * they stand; nothing of it is stored.  Only incidents count (no drill, no
 * report), and only those that people raised: by NOC, by comms, by support.
 */
#ifndef MODEL_PROMISES_H
#define MODEL_PROMISES_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

enum { UNMEASURED = -1 };

/* How fast an incident went its way, in seconds, or UNMEASURED. */
struct measure {
	const char *event; /* "INC-2026-0042" */
	int64_t opened;
	int severity;
	const char *on_call, *first_owner; /* "" : nobody */
	int64_t hand_off;                  /* from T0 */
	int64_t ack;        /* from the hand-off, by first_owner */
	int64_t first_post; /* from the first mail */
	int64_t from_start; /* the same, from when it began */
	int64_t resolve;    /* from when it began to its end */
};

enum kept { PROMISE_KEPT, PROMISE_MISSED, PROMISE_RUNNING };

/*
 * "Next update by ...", of a first revision.  What ends it is the next
 * update, or else the end of the event; corrections and posts after the fact
 * promise nothing and end nothing.
 */
struct interval {
	const char *event;
	int u;
	int severity;
	const char *on_call;
	int64_t posted, due;
	int64_t next; /* when it was ended; 0: it wasn't yet */
	enum kept kept;
	int64_t late; /* seconds, of a missed one; so far, if next is 0 */
};

/* Incidents opened at from <= t < until, in that order. */
enum status promises_measures(struct db *db, struct job *j, int64_t from,
    int64_t until, struct measure **out, size_t *n) must_check;
/*
 * Seconds from the first mail to the first post, of the incidents opened at
 * from <= t < until that have one; what was before costs nothing.
 */
enum status promises_first_posts(struct db *db, struct job *j, int64_t from,
    int64_t until, int64_t **out, size_t *n) must_check;
/* Intervals whose end was promised for from <= t < until, in that order. */
enum status promises_intervals(struct db *db, struct job *j, int64_t from,
    int64_t until, struct interval **out, size_t *n) must_check;
/* Seconds from each draft to its yes, of the yeses at from <= t < until. */
enum status promises_previews(struct db *db, struct job *j, int64_t from,
    int64_t until, int64_t **out, size_t *n) must_check;

#endif
