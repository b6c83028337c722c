/*
 * The owner's weekly report on the lists, by mail: on Monday morning the clock
 * writes it, once, and counts from then on; also after a crash, and only the
 * latest where a week was slept through.  A week in which nothing changed, and
 * after which every reseller can be reached, is passed over.
 */
#ifndef CMD_WEEKLY_H
#define CMD_WEEKLY_H

#include "cmd/world.h"

/* When the clock has to look; 0: now. */
enum status weekly_clock_due(struct world *w, struct job *j,
    int64_t *due) must_check;
enum status weekly_clock(struct world *w, struct job *j) must_check;

#endif
