/*
 * The stock texts (templates/stock): what may be said before anybody has
 * found words.  A line each, `state = text`, in another language
 * `state.fr = text`; # begins a comment.  {components} and {last post} are
 * filled in; there is no other name in braces.
 */
#ifndef TEXT_STOCK_H
#define TEXT_STOCK_H

#include "base/job.h"
#include "model/matter.h"

/*
 * text is the file's; strings of out live in mem.  ST_PERM: "PATH:LINE: what,
 * and how to mend it".
 */
enum status stock_read(struct job *j, struct arena *mem, const char *path,
    const char *text, struct stock *out) must_check;

/* DIR/stock; ST_PERM too if it isn't there. */
enum status stock_load(struct job *j, struct arena *mem, const char *dir,
    struct stock *out) must_check;

#endif
