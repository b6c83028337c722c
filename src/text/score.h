/*
 * Measures and intervals added up: medians, nine in ten, promises kept.
 * Percentiles are by nearest rank: a value that occurred, none in between.
 */
#ifndef TEXT_SCORE_H
#define TEXT_SCORE_H

#include <stddef.h>

#include "base/arena.h"
#include "model/promises.h"

/* What is promised (specification, section 5), in seconds and per cent. */
enum {
	TARGET_HAND_OFF = 15 * 60,
	TARGET_ACK = 5 * 60,
	TARGET_FIRST_POST = 30 * 60,
	TARGET_FIRST_POST_SEV1 = 15 * 60,
	TARGET_KEPT = 95,
};

struct spread {
	size_t n; /* 0: nothing was measured, the others are 0 */
	int64_t median, p90;
};

struct score {
	size_t incidents;
	struct spread hand_off, ack, first_post, from_start, resolve;
	size_t kept, missed, running;
};

struct record { /* of some time */
	const struct measure *measures;
	size_t n_measures;
	const struct interval *intervals;
	size_t n_intervals;
};

/* What is counted; 0 and NULL stand for all. */
struct scope {
	int severity;
	int month; /* of when_month_of(): opened, promised for */
	const char *on_call;
	const char *first_owner; /* measures alone */
};

struct spread score_spread(struct arena *mem, const int64_t *values, size_t n);
struct score score_of(struct arena *mem, const struct record *r,
    const struct scope *only);
/* Kept of those that are decided, in tenths of a per cent; -1: none is. */
int score_kept(const struct score *s);
/* "95.2 %", "-" */
char *score_kept_words(struct arena *mem, const struct score *s);

/* The months that occur, oldest first, and the persons, as they come. */
void score_months(struct arena *mem, const struct record *r, int **out,
    size_t *n);
void score_on_call(struct arena *mem, const struct record *r, const char ***out,
    size_t *n);
void score_owners(struct arena *mem, const struct record *r, const char ***out,
    size_t *n);

#endif
