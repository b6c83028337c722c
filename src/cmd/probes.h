/*
 * Who bounced is tried again, and taken back: the clock's part of
 * flow/rebound.h, journalled.
 */
#ifndef CMD_PROBES_H
#define CMD_PROBES_H

#include "cmd/world.h"

enum status probes_due(struct world *w, struct job *j, int64_t *due) must_check;
/* Those that are due, at most a few hundred, each in its transaction. */
enum status probes_do(struct world *w, struct job *j) must_check;

#endif
