/*
 * What the clock looks after for the house and not for an event: rota,
 * silence, selftest, report.
 */
#ifndef MODEL_WATCH_H
#define MODEL_WATCH_H

#include <stdint.h>

#include "ext/db.h"

struct watch {
	const char *what;
	int64_t due;  /* when to look next; 0: at once */
	int64_t told; /* when somebody was told; 0: not since all was well */
};

/* Never looked at: all 0, ST_OK. */
enum status watch_get(struct db *db, struct job *j, const char *what,
    struct watch *out) must_check;
enum status watch_put(struct db *db, struct job *j,
    const struct watch *w) must_check;

#endif
