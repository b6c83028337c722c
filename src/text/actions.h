/*
 * Lines anywhere in a mail that a war room collects: "Action: restart the pool
 * @noc1 by Friday" and "Postmortem: comms1".  Kept as written.
 */
#ifndef TEXT_ACTIONS_H
#define TEXT_ACTIONS_H

#include "base/arena.h"
#include "model/request.h"

/* Fills actions, n_actions, review and more of *r. */
void actions_read(struct arena *mem, const char *text, struct request *r);

#endif
