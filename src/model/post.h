/*
 * Posts as the public sees them: the only place where a public paper is made
 * of rows, from named public columns.  Everything lives in the job's arena.
 * ST_NONE: no such event, or it has no post.
 */
#ifndef MODEL_POST_H
#define MODEL_POST_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"
#include "model/conf.h"
#include "model/public_update.h"

enum status post_public_event(struct db *db, struct job *j,
    const struct conf *c, int64_t event, struct public_event *out) must_check;
/* Every event with a public post, oldest first. */
enum status post_events(struct db *db, struct job *j, int64_t **ids,
    size_t *n) must_check;
/* Those with a post whose row id is above since_post; *newest_post: the
 * highest row id of all posts, 0 if there are none. */
enum status post_events_changed(struct db *db, struct job *j,
    int64_t since_post, int64_t **ids, size_t *n,
    int64_t *newest_post) must_check;
/* Those with a post (any revision) at from <= posted < until, oldest first. */
enum status post_events_between(struct db *db, struct job *j, int64_t from,
    int64_t until, int64_t **ids, size_t *n) must_check;
/* Those whose newest update is neither resolved nor a postmortem, oldest
 * first. */
enum status post_events_open(struct db *db, struct job *j, int64_t **ids,
    size_t *n) must_check;

#endif
