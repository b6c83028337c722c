/*
 * The stock texts (templates/stock): what may be said before anybody has
 * found words.  A line each, `state = text`; # begins a comment.
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

#endif
