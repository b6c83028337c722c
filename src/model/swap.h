/*
 * Swaps of the rota, asked for by mail: one row for each role and level that
 * the giver holds.  A swap is in force once giver and taker have said yes,
 * until its time is over; the rota in force is the file with those on top.
 */
#ifndef MODEL_SWAP_H
#define MODEL_SWAP_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"
#include "model/rota.h"

struct swap {
	int64_t id;      /* 0: not stored yet */
	int64_t message; /* that asked for it: the rows of one go together */
	int64_t asked;
	unsigned role;
	int level;
	const char *giver, *taker; /* persons */
	int64_t from, until;       /* from: when it came into force, or 0 */
	int64_t giver_yes, taker_yes, refused; /* 0: not, or not yet */
};

/* Inserts it, or writes what is new of a known one. */
enum status swap_save(struct db *db, struct job *j, struct swap *s) must_check;
/* Those that one message asked for. */
enum status swap_of(struct db *db, struct job *j, int64_t message,
    struct swap **out, size_t *n) must_check;
/* Those whose time isn't over and that nobody refused, oldest first. */
enum status swap_list(struct db *db, struct job *j, struct swap **out,
    size_t *n) must_check;
/*
 * The rota in force.  db NULL: the file alone.  A swap changes only what its
 * giver would hold, so it can't make a gap; the later of two holds.
 */
enum status swap_rota(struct db *db, struct job *j, const struct conf *c,
    const struct rota *file, struct rota *out) must_check;

#endif
