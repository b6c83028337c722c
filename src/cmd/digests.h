/*
 * Digests of the lists: made by the clock, each once.  What was missed while
 * nobody was there comes as one late issue that tells of all of it.  A daily
 * one isn't made where nothing was posted; a weekly one always is.
 */
#ifndef CMD_DIGESTS_H
#define CMD_DIGESTS_H

#include "cmd/world.h"
#include "model/issue.h"

/* When the clock has to look; ST_NONE: no list has one.  0: now. */
enum status digests_due(struct world *w, struct job *j,
    int64_t *due) must_check;
enum status digests_look(struct world *w, struct job *j) must_check;
/* One that is in a journal, made again at j->now. */
struct digest_made {
	const char *list, *period;
	int64_t from, until;
};
enum status digests_again(struct world *w, struct job *j,
    const struct digest_made *d) must_check;
/*
 * Whoever is on several lists gets one of a kind: does one of them that goes
 * before the issue's own, account lists first, write to him?
 */
bool digests_elsewhere(struct world *w, const struct issue *i,
    const char *address, int64_t now);

#endif
