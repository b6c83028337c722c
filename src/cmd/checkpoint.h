/*
 * Where the chain of posts was at a time, signed, so that it can't be made
 * later: a file below /chain/ each day, and in each digest.
 */
#ifndef CMD_CHECKPOINT_H
#define CMD_CHECKPOINT_H

#include "base/buf.h"
#include "cmd/world.h"
#include "model/chain.h"

/* when: "until", "posted", the name of the time at. */
void checkpoint_write(struct world *w, struct job *j, const char *when,
    int64_t at, const struct chain_head *h, struct buf *out);
/* Of the day that begins then, once it is over, h being the last post by its
 * end; the path below the site: "chain/2026-03-04.txt". */
const char *checkpoint_write_day(struct world *w, struct job *j, int64_t day,
    const struct chain_head *h, struct buf *out);
/* The same, that post being looked up.  ST_NONE: there is none. */
enum status checkpoint_of_day(struct world *w, struct job *j, int64_t day,
    const char **path, struct buf *out) must_check;

#endif
