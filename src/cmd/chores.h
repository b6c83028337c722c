/*
 * What the clock does for the house and not for an event: the self-test (T14),
 * gaps of the rota (T13), the month's report, the week's on the lists, probes
 * of who bounced.  Each looks when it is due, in a transaction of its own; what
 * can't be done now doesn't stop the others.
 */
#ifndef CMD_CHORES_H
#define CMD_CHORES_H

#include "cmd/world.h"

/* When one of them is due next; ST_NONE: never.  In the past: now. */
enum status chores_due(struct world *w, struct job *j, int64_t *due) must_check;
/* ST_TEMP: the store refused. */
enum status chores_do(struct world *w, struct job *j) must_check;

#endif
