/*
 * Who of a list's members a broadcast is for, beside what each of them chose:
 *
 *	who got an update of the event gets every later one, by whichever list
 *	and address of his; so does who is still to get one
 *
 *	one copy a person: who is on several lists that it goes to gets it by
 *	one of them, account lists before open ones before internal ones, and
 *	among those by name; and only where that list's settings keep it from
 *	him by the next
 */
#ifndef CMD_FAIR_H
#define CMD_FAIR_H

#include "cmd/world.h"
#include "flow/audience.h"
#include "model/letter.h"
#include "model/public_update.h"

struct fair;

/* Of e->updates[update]; letter, e and j outlive it. */
enum status fair_open(struct world *w, struct job *j, const struct letter *l,
    const struct public_event *e, size_t update, struct fair **out) must_check;
void fair_close(struct fair *f); /* NULL is allowed */
/* Before its recipients are asked for: what there is of them on other lists.
 * NULL is allowed: of what isn't an update nothing is known. */
enum status fair_batch(struct fair *f, struct job *j,
    const struct recipient *batch, size_t n) must_check;
bool fair_wants(const struct fair *f, const struct recipient *r, int64_t now);
/* Which of two lists has the word, as qsort() asks. */
int fair_rank(const struct list *a, const struct list *b);

#endif
