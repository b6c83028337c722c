/*
 * What a month's report counts besides promises (promises.h), and when the
 * clock drafts the next one.  Numbers and ids alone: no text of an event comes
 * out of here.
 */
#ifndef MODEL_MONTHLY_H
#define MODEL_MONTHLY_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

enum monthly_count {
	MONTHLY_POSTED, /* incidents whose first post it was */
	MONTHLY_CORRECTIONS,
	MONTHLY_WITHDRAWN,
	MONTHLY_REMOVED,   /* texts */
	MONTHLY_BACKFILLS, /* posted after the fact */
	MONTHLY_SILENT,    /* Notify: no */
	MONTHLY_QUIET,     /* over before the hand-off, never posted */
	MONTHLY_LIMITED,
	MONTHLY_EMBARGOED,
	MONTHLY_COUNTS,
};

struct climbs {          /* calls of a level, by what called */
	int level, kind; /* N of TN; 0: somebody's word */
	int64_t n;
};

/* All at from <= t < until. */
enum status monthly_counts(struct db *db, struct job *j, int64_t from,
    int64_t until, int64_t out[MONTHLY_COUNTS]) must_check;
enum status monthly_climbs(struct db *db, struct job *j, int64_t from,
    int64_t until, struct climbs **out, size_t *n) must_check;
/* Incidents whose first post it was. */
enum status monthly_incidents(struct db *db, struct job *j, int64_t from,
    int64_t until, int64_t **ids, size_t *n) must_check;
/*
 * SEV1 to SEV3 with a component that wasn't online, closed quietly and not
 * restricted in what may be said of them.
 */
enum status monthly_quiet(struct db *db, struct job *j, int64_t from,
    int64_t until, int64_t **ids, size_t *n) must_check;
/* When the first incident was opened; 0: there is none. */
enum status monthly_first(struct db *db, struct job *j,
    int64_t *out) must_check;

#endif
