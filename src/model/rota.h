/*
 * Who is on call: the rota file, a line a shift, `FROM UNTIL ROLE LEVEL
 * PERSON`, or a calendar (.ics) with an event a shift.  Where two of them for
 * the same role and level overlap the later one holds.  Several roles may hold
 * one level; the first line of a level is its first person.
 */
#ifndef MODEL_ROTA_H
#define MODEL_ROTA_H

#include "model/conf.h"

enum { ROTA_LEVELS = 4, ROTA_AHEAD = 72 * 3600 /* gaps are looked for */ };

struct shift {
	int64_t from, until;
	unsigned role; /* one enum role bit */
	int level;     /* 1 to 4 */
	const struct person *person;
	unsigned line; /* of the file; 0: a swap */
};

struct rota {
	struct shift *shifts; /* in the order of the file */
	size_t n;
};

/*
 * ST_PERM: "FILE:LINE: what, and how to mend it".  No file: ST_NONE and an
 * empty rota.  What repeats in a calendar is worked out for five years from
 * j->now.
 */
enum status rota_load(struct job *j, struct arena *mem, const struct conf *c,
    struct rota *out) must_check;
/* The same of the file's text, which is changed. */
enum status rota_read(struct job *j, struct arena *mem, const struct conf *c,
    char *text, size_t n, struct rota *out) must_check;

/* Who holds the role and level at t; NULL: a gap. */
const struct person *rota_holder(const struct rota *r, unsigned role, int level,
    int64_t t);
/* When that changes next; 0: never again. */
int64_t rota_change(const struct rota *r, unsigned role, int level, int64_t t);
/* What a person holds at t: a shift for each role and level; the count. */
size_t rota_held(struct arena *mem, const struct rota *r,
    const struct person *p, int64_t t, struct shift **out);
/* Who holds what at t, by level, first person first; until: the next change,
 * 0: never. */
size_t rota_duties(struct arena *mem, const struct rota *r, int64_t t,
    struct shift **out);
/*
 * Puts a swap on top: what the giver holds between its times, in the file or
 * by an earlier swap, whoever he gave it to since.  The shifts are copied.
 */
void rota_swap(struct arena *mem, struct rota *r, const struct shift *over,
    const struct person *giver);
/* Everybody of a level at t, first person first, at most max; the count. */
size_t rota_level(const struct rota *r, int level, int64_t t,
    const struct person **out, size_t max);
/* The first uncovered second of comms level 1 in [from, until); -1: none. */
int64_t rota_gap(const struct rota *r, int64_t from, int64_t until);
/* When a gap at t ends; -1: never. */
int64_t rota_gap_end(const struct rota *r, int64_t t);
/*
 * The next pair of shifts after *a and *b (from 0, 0) that overlap in [from,
 * until) with different persons; false: no more.
 */
bool rota_overlap(const struct rota *r, int64_t from, int64_t until, size_t *a,
    size_t *b);

#endif
