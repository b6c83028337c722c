/*
 * What the clock does for the house and not for an event: a row for each, with
 * when to look next and when somebody was told.
 */
#ifndef MODEL_WATCH_H
#define MODEL_WATCH_H

#include <stdint.h>

#include "ext/db.h"

struct watch {
	int64_t due;
	int64_t told; /* 0: nobody, or it is over */
};

/* ST_NONE: never looked at; *out is zero. */
enum status watch_get(struct db *db, struct job *j, const char *what,
    struct watch *out) must_check;
/*
 * When to look at what comes round, next at `next`: now where it was never
 * looked at, or the clock was ahead.
 */
enum status watch_due(struct db *db, struct job *j, const char *what,
    int64_t next, int64_t *due) must_check;
enum status watch_set(struct db *db, struct job *j, const char *what,
    const struct watch *w) must_check;

#endif
