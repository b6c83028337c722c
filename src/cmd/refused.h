/*
 * Copies of a broadcast that the relay refused for good, from their answers to
 * the scores of their members: gathered while a round's outcomes are taken,
 * then filed together.
 */
#ifndef CMD_REFUSED_H
#define CMD_REFUSED_H

#include "cmd/world.h"
#include "model/letter.h"
#include "model/parcel.h"

struct refused;

struct refused *refused_new(void);
void refused_free(struct refused *r); /* NULL is allowed */
size_t refused_n(const struct refused *r);
/* Any outcome: what says nothing of a member is passed over. */
void refused_note(struct refused *r, const struct outcome *o);
/*
 * One transaction for what was noted, and a row of the journal; then it is
 * forgotten, also where the store refused: the member is refused again with
 * the next update.
 */
enum status refused_score(struct refused *r, struct world *w, struct job *j,
    const struct letter *l, const struct list *list) must_check;

#endif
