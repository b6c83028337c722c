/*
 * What was approved in a drill: insert-only, in a table of its own and in no
 * hash chain.  Lists, pages, feeds, archives and figures are made of posts
 * (model/post.h) and can't meet these.  post_list() gives them to the process.
 */
#ifndef MODEL_REHEARSAL_H
#define MODEL_REHEARSAL_H

#include "ext/db.h"
#include "model/conf.h"
#include "model/event.h"
#include "model/post.h"

/* Its id stays 0: no letter can name it. */
enum status rehearsal_add(struct db *db, struct job *j, const struct conf *c,
    const struct post *p) must_check;
/*
 * The drill as the public would see it, for previews and internal copies
 * alone; ST_NONE: nothing was approved yet (its name is set all the same).
 */
enum status rehearsal_event(struct db *db, struct job *j, const struct conf *c,
    const struct event *e, struct public_event *out) must_check;

#endif
