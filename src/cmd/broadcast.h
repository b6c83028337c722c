/*
 * One broadcast on its way: its members in batches, a mail for each variant,
 * a copy for each member, its delivery log.  Memory doesn't grow with the
 * list.
 */
#ifndef CMD_BROADCAST_H
#define CMD_BROADCAST_H

#include "cmd/world.h"
#include "flow/courier.h"
#include "model/letter.h"

struct broadcast;

/*
 * ST_NONE: another process has its log.  ST_PERM: it can't be sent before a
 * person has mended something.  ST_TEMP: store or disk.  The reason is in the
 * job.
 */
enum status broadcast_open(struct world *w, struct job *j,
    const struct letter *l, struct broadcast **out) must_check;
/* NULL is allowed; no copy may be on its way. */
void broadcast_free(struct broadcast *b);
int64_t broadcast_letter(const struct broadcast *b);
/* What a person must mend before the rest can be composed; "": nothing. */
const char *broadcast_cant(const struct broadcast *b);

/* Gives copies with this tag while more than `leave` places are free. */
void broadcast_feed(struct broadcast *b, struct courier *c, uint64_t tag,
    size_t leave);
void broadcast_outcome(struct broadcast *b, const struct outcome *o,
    int64_t now);
/* After the outcomes of a round: they are in the log. */
void broadcast_write(struct broadcast *b, int64_t now);
/* Nothing is on its way and nothing is left to give in this round. */
bool broadcast_over(const struct broadcast *b);
/*
 * Moves the letter: ST_OK sent or failed for good, ST_TEMP some copies stay
 * for later.
 */
enum status broadcast_finish(struct broadcast *b, struct job *j) must_check;

#endif
