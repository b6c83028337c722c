/*
 * sitrep show promises: what was promised and how it was kept.
 */
#ifndef CMD_SHOW_PROMISES_H
#define CMD_SHOW_PROMISES_H

#include "base/buf.h"
#include "cmd/world.h"

/* since: a date, a time or a length ("90d"); NULL: from the beginning. */
enum status show_promises(struct world *w, struct job *j, const char *since,
    bool json, struct buf *out) must_check;

#endif
