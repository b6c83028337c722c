/* `show --search`: public updates that have all of some words. */
#ifndef CMD_SHOW_SEARCH_H
#define CMD_SHOW_SEARCH_H

#include "base/buf.h"
#include "cmd/world.h"

/*
 * words ends with NULL.  ST_PERM: no word is one, or nothing was published by
 * `page` yet.
 */
enum status show_search(struct world *w, struct job *j, char *const *words,
    bool json, struct buf *out) must_check;

#endif
