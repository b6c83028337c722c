/*
 * Issues of digests: which were made, of what time, and which events they are
 * about.  Insert-only; what an issue says is made of the posts each time
 * (cmd/issues.h), so that a text that was removed is removed there too.
 *
 * A page and an entry of the archive belong to a period and a name; of the
 * lists' issues that share them the first that was made is the one that is
 * shown (front).
 *
 * Statuses are those of ext/db.h; ST_NONE: no such issue.
 */
#ifndef MODEL_ISSUE_H
#define MODEL_ISSUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

enum issue_period { ISSUE_DAILY, ISSUE_WEEKLY, ISSUE_PERIODS };

struct issue {
	int64_t id;
	const char *list;
	enum issue_period period;
	const char *name;    /* "2026-03-04", "2026-W10" */
	int volume, number;  /* "Vol. 2026, No. 63" */
	int64_t from, until; /* posts with from <= posted < until */
	int64_t made;
	bool front;
	const char *mid; /* Message-ID without <> */
};

/* "daily", "weekly" */
const char *issue_word(enum issue_period p);
/*
 * Sets id, number and front; part of the caller's transaction.  ST_NONE: the
 * list has one of that period and name, or an issue of that mid is there.
 */
enum status issue_add(struct db *db, struct job *j, struct issue *i,
    const int64_t *events, size_t n) must_check;
enum status issue_by_mid(struct db *db, struct job *j, const char *mid,
    struct issue *out) must_check;
/* What it is about, oldest number first. */
enum status issue_events(struct db *db, struct job *j, int64_t id,
    int64_t **events, size_t *n) must_check;

/* The next few in front with an id after that, in order; n 0: no more. */
enum status issue_since(struct db *db, struct job *j, int64_t after,
    struct issue **out, size_t *n) must_check;
/* Those in front that were made at from <= made < until, in order. */
enum status issue_between(struct db *db, struct job *j, int64_t from,
    int64_t until, struct issue **out, size_t *n) must_check;
/* The one in front of that period before this id; INT64_MAX: the newest. */
enum status issue_before(struct db *db, struct job *j, enum issue_period p,
    int64_t id, struct issue *out) must_check;

#endif
