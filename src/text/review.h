/*
 * The sections of a postmortem (specification, section 4.3) as values for a
 * template: when it was, what happened by the clock, whom it hurt, why, and
 * what is done about it.  Times are those of the event's own updates.
 */
#ifndef TEXT_REVIEW_H
#define TEXT_REVIEW_H

#include "text/posting.h"

/* Of the i-th update; of one that is no postmortem only that it is none. */
void review_put(const struct posting *p, size_t i, struct tmpl_map *m);

#endif
