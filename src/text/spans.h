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

#include "base/arena.h"
#include "model/public_update.h"
#include "model/span.h"

/* In order of beginning; none overlap of one slug. */
size_t spans_of(struct arena *mem, const struct public_event *e,
    struct span **out);

#endif
