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

/*
 * Gives copies with this tag while more than `leave` places are free; to a
 * domain that asked for less (w->domains) as many as it may have, the others
 * of it wait, for some seconds after the last.
 */
void broadcast_feed(struct broadcast *b, struct courier *c, uint64_t tag,
    size_t leave);
/* server: courier_relay_name(). */
void broadcast_outcome(struct broadcast *b, const struct outcome *o,
    const char *server, int64_t now);
/* After the outcomes of a round: they are in the log. */
void broadcast_write(struct broadcast *b, int64_t now);
struct broadcast_counts {
	int64_t taken, refused; /* since the letter was written */
	int64_t later;          /* in this round */
};
void broadcast_count(const struct broadcast *b, struct broadcast_counts *out);
const struct letter *broadcast_of(const struct broadcast *b);
/* Another one goes first: it ends this round, and is due as it was. */
void broadcast_yield(struct broadcast *b);
/*
 * How many copies of a letter have no final answer yet, without sending any.
 * ST_PERM: it can't be told before a person has mended something.
 */
enum status broadcast_left(struct world *w, struct job *j,
    const struct letter *l, int64_t *out) must_check;
/* Nothing is on its way and nothing is left to give in this round. */
bool broadcast_over(const struct broadcast *b);
/*
 * Moves the letter, unless it yielded: ST_OK sent or failed for good, ST_TEMP
 * some copies stay for later.
 */
enum status broadcast_finish(struct broadcast *b, struct job *j) must_check;

#endif
