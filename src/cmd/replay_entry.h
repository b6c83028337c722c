/*
 * One entry of another store's journal, carried out again at world_now(): a
 * mail walks in as it did, what was due then fires, a change of the command
 * line is made.  ST_NONE: there was nothing to be done.
 */
#ifndef CMD_REPLAY_ENTRY_H
#define CMD_REPLAY_ENTRY_H

#include "cmd/world.h"
#include "model/inbox.h"

struct replayed {
	int64_t mails, timers, changes;
	int64_t other; /* mails with another result than they had */
};

enum status replay_entry(struct world *w, struct job *j, struct db *old,
    const struct inbox_entry *e, struct replayed *told) must_check;

#endif
