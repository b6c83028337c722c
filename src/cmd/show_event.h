/*
 * What `sitrep show --json` tells of events: of one, all that the store has;
 * of those that are open, a line each.  ST_NONE: no such event.
 */
#ifndef CMD_SHOW_EVENT_H
#define CMD_SHOW_EVENT_H

#include "cmd/world.h"
#include "ext/json.h"

enum status show_event_json(struct world *w, struct job *j, int64_t id,
    struct json *root) must_check;
/* "open", and "drills" of their own. */
enum status show_open_json(struct world *w, struct job *j,
    struct json *root) must_check;

#endif
