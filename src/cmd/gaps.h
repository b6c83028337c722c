/*
 * T13: a gap of the rota within 72 hours is told to the administrator and to
 * the lead of communications once a day until it is mended.  Looked at every
 * hour, by the clock and by tick.
 */
#ifndef CMD_GAPS_H
#define CMD_GAPS_H

#include "cmd/world.h"

/* When to look next; in the past: now. */
enum status gaps_due(struct world *w, struct job *j, int64_t *due) must_check;
/* Looks if it is due, in a transaction of its own. */
enum status gaps_look(struct world *w, struct job *j) must_check;

#endif
