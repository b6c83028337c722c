/*
 * A change of a list by the command line, carried out again (cmd/journal.h
 * says how it is written).  Whoever is away by another road, or there already,
 * is passed over: what he is by his own word stays.
 */
#ifndef CMD_REPLAY_MEMBERS_H
#define CMD_REPLAY_MEMBERS_H

#include "cmd/world.h"

/* list, change and columns as the entry's head has them; columns "": those of
 * older entries.  lines: a member each. */
struct replay_change {
	const char *list, *change, *columns, *lines;
};

enum status replay_members(struct world *w, struct job *j,
    const struct replay_change *c) must_check;

#endif
