/*
 * The stock texts (text/stock.h) as sentences about an event.  Pure; strings
 * live in the job's arena.
 */
#ifndef TEXT_STOCK_SAY_H
#define TEXT_STOCK_SAY_H

#include "base/job.h"
#include "model/matter.h"

/*
 * The sentence of a state (limited: the one for attacks), filled; in English,
 * and in the languages of lists for which there is one (model/tongue.h).
 */
char *stock_say(struct job *j, const struct matter *m, const struct event *e,
    enum state state, bool same);
/* The text with a sentence below what stands in its first language. */
char *stock_add(struct job *j, const char *text, const char *sentence);
/* "We now post an update every 12 hours." */
char *stock_every(struct job *j, const struct matter *m, int64_t cadence);
/* Does what stands in the first language end with that sentence? */
bool stock_ends(struct job *j, const char *text, const char *sentence);

#endif
