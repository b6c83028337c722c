/*
 * What goes out, as `show --json` gives it: letters, and what commands are
 * told of public posts.
 */
#ifndef CMD_SHOW_QUEUE_H
#define CMD_SHOW_QUEUE_H

#include "cmd/world.h"
#include "ext/json.h"

/* Of an event; 0: what waits, and what failed lately. */
enum status show_queue(struct world *w, struct job *j, int64_t event,
    struct json *root) must_check;

#endif
