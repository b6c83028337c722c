/*
 * A few public events at a time, with their texts read, for those who walk
 * through many: one child (flow/texts.h) and one arena for each few.
 */
#ifndef CMD_SLICE_H
#define CMD_SLICE_H

#include "cmd/world.h"
#include "model/public_update.h"

enum { SLICE = 64 };

struct slice {
	struct job job; /* its arena holds the events */
	struct public_event *list[SLICE];
	int64_t ids[SLICE];
	size_t n;
};

/*
 * The next few of *n ids, which it moves on; an event without a post is left
 * out.  Whatever the status, slice_end() follows: it gives the memory back and
 * passes a reason on to j.
 */
enum status slice_begin(struct world *w, struct job *j, const int64_t **ids,
    size_t *n, struct slice *out) must_check;
void slice_end(struct slice *s, struct job *j, enum status st);

#endif
