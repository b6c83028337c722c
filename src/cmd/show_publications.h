/*
 * What commands are told of public posts, and how the one fares that brings
 * the tree elsewhere, as `show` tells it.
 */
#ifndef CMD_SHOW_PUBLICATIONS_H
#define CMD_SHOW_PUBLICATIONS_H

#include "base/buf.h"
#include "cmd/world.h"
#include "ext/json.h"

/* What waits, and what failed lately. */
enum status show_publications(struct world *w, struct job *j,
    struct buf *out) must_check;
/* "publications" of the root: of an event; 0: as above. */
enum status show_publications_json(struct world *w, struct job *j,
    int64_t event, struct json *root) must_check;

#endif
