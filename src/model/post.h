/*
 * Posts: what was published.  The one place that makes public papers of rows.
 */
#ifndef MODEL_POST_H
#define MODEL_POST_H

#include "ext/db.h"
#include "model/conf.h"
#include "model/public_update.h"

/* ST_NONE: no such event, or nothing of it is public. */
enum status post_public_event(struct db *db, struct job *j,
    const struct conf *c, int64_t event, struct public_event *out) must_check;
/* ST_NONE: no such post. */
enum status post_where(struct db *db, struct job *j, int64_t post_id,
    int64_t *event_id, int *u, int *r) must_check;

#endif
