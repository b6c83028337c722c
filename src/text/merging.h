/*
 * Two incidents that are one (specification, section 2.8): what the one that
 * goes on takes over, and what it gives back when they are parted again.
 * Plain arithmetic over papers.
 */
#ifndef TEXT_MERGING_H
#define TEXT_MERGING_H

#include "base/arena.h"
#include "model/event.h"

/* Severity, start and components of an event, in a line each: to be kept. */
char *merging_facts(struct arena *mem, const struct event *e);
/* winner takes the higher severity, the earlier start, the worst level of each
 * component, the tighter disclosure. */
void merging_join(struct arena *mem, const struct event *loser,
    struct event *winner);
/* Gives back what it has of loser alone; before: its merging_facts(). */
void merging_part(struct arena *mem, const struct event *loser,
    const char *before, struct event *winner);

#endif
