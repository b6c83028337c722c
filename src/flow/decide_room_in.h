/*
 * What the files flow/decide_room*.c share; nothing else includes it.  A mail
 * or a step works on its own copy of the room, which is saved with the verdict.
 */
#ifndef FLOW_DECIDE_ROOM_IN_H
#define FLOW_DECIDE_ROOM_IN_H

#include "flow/decide_in.h"

/* decide_room_who.c: the room, its members, names in a mail */
/* The answer to a command that wasn't carried out. */
struct finding *decide_room_tell(struct deciding *d, const char *code,
    const struct command *c, const char *says);
void decide_room_did(struct deciding *d, unsigned what);
/* The room that is open, this mail's own, or one that it asks for; NULL. */
const struct room *decide_room_present(const struct deciding *d);
/* Begins the copy, unless there is one already. */
void decide_room_own(struct deciding *d, const struct room *from);
struct room_member *decide_room_find(const struct room *r, const char *slug);
/* Of the copy; joined 0: only named. */
void decide_room_add(struct deciding *d, const char *slug, int64_t joined);
/* Everybody named; false: told that one isn't known. */
bool decide_room_names(struct deciding *d, const struct command *c,
    const char *names, struct crowd *out);
/* What can't be undone by a note needs a mail of now; false: told. */
bool decide_room_ready(struct deciding *d, enum right r,
    const struct command *c);

/* decide_room_ask.c: proposals, opening, the answer of level 2 */
/* Once for each rule, and not while one is open; false: nothing proposed. */
bool decide_room_by_rule(struct deciding *d, enum room_rule rule,
    const char *by);
void decide_room_open(struct deciding *d, const struct command *c,
    const char *names);

#endif
