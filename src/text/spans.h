/*
 * The intervals in which an event says that a service isn't well, from what
 * its posts say of it.  A claim begins with the post that makes it, the first
 * one with the event; it ends with the post that says otherwise, or when the
 * event ended.  An event that is over claims nothing any more; one that is
 * opened again leaves the gap well.
 */
#ifndef TEXT_SPANS_H
#define TEXT_SPANS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/public_update.h"

#define SPAN_OPEN INT64_MAX /* until: not over */

struct span {
	const char *slug;
	enum level level;     /* above operational */
	int64_t since, until; /* seconds UTC, until isn't of it */
	const char *event;    /* "INC-2026-0042" */
};

/* In order of beginning; none overlap of one slug. */
size_t spans_of(struct arena *mem, const struct public_event *e,
    struct span **out);

#endif
