/*
 * Which lists an update goes to, and to how many people: who is on several of
 * them is counted once, on the one that he gets it by (cmd/fair.h).
 */
#ifndef CMD_HEADCOUNT_H
#define CMD_HEADCOUNT_H

#include "cmd/world.h"

/*
 * Those that a post names ("" is all of them), in the order in which they go,
 * NULL behind the last.  In the arena of j.
 */
const struct list **headcount_lists(const struct conf *c, struct job *j,
    const char *named);
/*
 * "accounts 20, example-status 980", or that it is the page only.  "up to"
 * where somebody chose less than all, for who does isn't asked one by one.
 */
enum status headcount(struct world *w, struct job *j, bool mailed,
    const char *named, const char **out) must_check;

#endif
