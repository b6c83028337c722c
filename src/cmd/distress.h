/*
 * A word to the administrator while there is no store to put a letter in: it
 * is handed to the relays at once.  Once, then once an hour while it lasts.
 */
#ifndef CMD_DISTRESS_H
#define CMD_DISTRESS_H

#include "cmd/world.h"

/*
 * Says that the store can't be used, if nobody was told within the hour; why
 * comes from the job.  What was told is remembered in STATE/distress; where
 * that can't be written by *told (0: nobody), or where told is NULL by going
 * at the full hour only.  Takes half a minute where no relay answers.
 */
void distress(struct world *w, struct job *j, int64_t *told);
/* All is well: the next trouble is told at once. */
void distress_over(struct world *w, struct job *j);

#endif
