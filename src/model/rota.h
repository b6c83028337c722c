/*
 * Who is on call: the rota file, a line a shift, `FROM UNTIL ROLE LEVEL
 * PERSON`.  Where two lines for the same role and level overlap the later one
 * holds.  Several roles may hold one level; the first line of a level is its
 * first person.
 */
#ifndef MODEL_ROTA_H
#define MODEL_ROTA_H

#include "model/conf.h"

struct shift {
	int64_t from, until;
	unsigned role; /* one enum role bit */
	int level;     /* 1 to 4 */
	const struct person *person;
	unsigned line;
};

struct rota {
	struct shift *shifts; /* in the order of the file */
	size_t n;
};

/* ST_PERM: "FILE:LINE: what, and how to mend it".  No file: ST_NONE and an
 * empty rota. */
enum status rota_load(struct job *j, struct arena *mem, const struct conf *c,
    struct rota *out) must_check;

/* Who holds the role and level at t; NULL: a gap. */
const struct person *rota_holder(const struct rota *r, unsigned role, int level,
    int64_t t);
/* Everybody of a level at t, first person first, at most max; the count. */
size_t rota_level(const struct rota *r, int level, int64_t t,
    const struct person **out, size_t max);
/* The first uncovered second of comms level 1 in [from, until); -1: none. */
int64_t rota_gap(const struct rota *r, int64_t from, int64_t until);

#endif
