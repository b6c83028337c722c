/*
 * Numbers of the store that tell a monitor how the house is: how much came,
 * waits and went.  Numbers alone, and each cheap however much there is.
 */
#ifndef MODEL_GAUGE_H
#define MODEL_GAUGE_H

#include <stdint.h>

#include "ext/db.h"

struct gauge {
	int64_t messages, waiting; /* that came; not handled yet */
	int64_t posts;           /* revisions of updates, all of them public */
	int64_t letters, queued; /* ever written; not gone yet */
	int64_t oldest;          /* seconds UTC: of those; 0: there is none */
};

enum status gauge_read(struct db *db, struct job *j,
    struct gauge *out) must_check;

#endif
