/*
 * Held mail that wasn't passed on at once: a digest shows it to those who may
 * accept it, some minutes after it came and not more often than held mail is
 * passed on; `sitrep show held` shows what waits.
 */
#ifndef CMD_HELD_H
#define CMD_HELD_H

#include "base/buf.h"
#include "cmd/world.h"
#include "ext/json.h"

/* When the digest is due; ST_NONE: nothing waits for one. */
enum status held_due(struct world *w, struct job *j, int64_t *due) must_check;
/* Writes it if it is due, in a transaction of its own. */
enum status held_look(struct world *w, struct job *j) must_check;
/*
 * For show: all that were never answered, or number n as a whole (0: all).
 * ST_NONE: there is no such.
 */
enum status held_show(struct world *w, struct job *j, int n,
    struct buf *out) must_check;
enum status held_json(struct world *w, struct job *j,
    struct json *root) must_check;

#endif
