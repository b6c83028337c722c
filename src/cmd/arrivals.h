/*
 * Members whom an import brings, and who are told so: from the rows that it
 * adds to the letter to all of them, and that letter's copies.  A member gets
 * it once: the letter is of the transaction that makes him one.
 */
#ifndef CMD_ARRIVALS_H
#define CMD_ARRIVALS_H

#include "cmd/world.h"
#include "model/letter.h"
#include "model/mail.h"
#include "model/member.h"

struct arrivals {                /* of one import, from 0 on */
	const struct list *list; /* NULL: nobody is told */
	int64_t letter;
	int64_t first, high; /* of this transaction; 0: nobody yet */
	int64_t n;
};

/* m was added just now. */
void arrivals_note(struct arrivals *a, struct world *w, const struct member *m);
/* Before the transaction is committed. */
enum status arrivals_write(struct arrivals *a, struct world *w,
    struct job *j) must_check;

/* For the members of a list who share v; as flow/arrival.h. */
enum status arrivals_compose(struct world *w, struct job *j,
    const struct list *l, const struct letter *of, const struct variant *v,
    struct mail *out) must_check;

#endif
