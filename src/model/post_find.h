/*
 * Which posts there are, and which events have some: look-ups by id and time
 * alone.  What they say is model/post.h's.  Lists live in the job's arena;
 * ids and numbers are 0 where there is none.  ST_NONE: no such post.
 */
#ifndef MODEL_POST_FIND_H
#define MODEL_POST_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

/* Where a post stands. */
enum status post_where(struct db *db, struct job *j, int64_t post,
    int64_t *event, int *u, int *r) must_check;

/* Those with a post newer than since; *newest is the newest post of all. */
enum status post_events_changed(struct db *db, struct job *j, int64_t since,
    int64_t **ids, size_t *n, int64_t *newest) must_check;
/* Those with a post (any revision) at from <= posted < until. */
enum status post_events_between(struct db *db, struct job *j, int64_t from,
    int64_t until, int64_t **ids, size_t *n) must_check;
/* Those that are public and not over, oldest number first. */
enum status post_events_open(struct db *db, struct job *j, int64_t **ids,
    size_t *n) must_check;
/* The newest incidents that are public, newest first, at most max. */
enum status post_newest(struct db *db, struct job *j, int max, int64_t **ids,
    size_t *n) must_check;
/* The report of the latest month that was published; ST_NONE: none was. */
enum status post_newest_report(struct db *db, struct job *j,
    int64_t *id) must_check;
/* When the first and the last of all were posted; 0: none was. */
enum status post_times(struct db *db, struct job *j, int64_t *first,
    int64_t *last) must_check;

struct post_said { /* where a post belongs; nothing of what it says */
	int64_t id, event, posted;
	int u;
	bool report;
	const char *components; /* slug=level,slug=level */
};

/* The next few after since, in the order of posting; n 0: there are none. */
enum status post_said_since(struct db *db, struct job *j, int64_t since,
    struct post_said **out, size_t *n) must_check;

/* Revisions after `since` that remove texts. */
enum status post_removed_since(struct db *db, struct job *j, int64_t since,
    int64_t *n) must_check;
/* How often texts of an event were removed: what was made before is old. */
enum status post_removals(struct db *db, struct job *j, int64_t event,
    int64_t *n) must_check;

#endif
