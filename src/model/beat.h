/*
 * Our own mail through the whole loop, T14: when a self-test went and when it
 * came back.  Writes are part of the caller's transaction.
 */
#ifndef MODEL_BEAT_H
#define MODEL_BEAT_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

struct beat {
	int64_t id, sent, back; /* back 0: not yet */
};

/* One that is sent now. */
enum status beat_add(struct db *db, struct job *j, int64_t *id) must_check;
/* It came.  ST_NONE: there is no such, or it came before. */
enum status beat_came(struct db *db, struct job *j, int64_t id) must_check;
/* The latest, newest first, at most max. */
enum status beat_latest(struct db *db, struct job *j, struct beat *out,
    size_t max, size_t *n) must_check;
enum status beat_get(struct db *db, struct job *j, int64_t id,
    struct beat *out) must_check;
/* The last that came back; ST_NONE: none ever did. */
enum status beat_round(struct db *db, struct job *j,
    struct beat *out) must_check;

#endif
