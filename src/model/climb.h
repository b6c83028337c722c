/*
 * Escalations: each time a level was called about an event, by a step of a
 * timer or by somebody's word; who was called, and who of them answered.  The
 * calls are insert-only, an answer is written once.
 */
#ifndef MODEL_CLIMB_H
#define MODEL_CLIMB_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

struct climb {
	int64_t id, event;
	int64_t at;
	int level;           /* 1 to 4 */
	int kind, step;      /* of the timer; kind 0: somebody's word */
	const char *persons; /* slugs with commas, "" where there was nobody */
	const char *by;      /* whose word; "" : the clock */
	const char *reason;  /* "" if none */
	int64_t acked;       /* 0: not yet */
	const char *acked_by;
};

enum status climb_add(struct db *db, struct job *j,
    const struct climb *c) must_check;
/* In the order of calling. */
enum status climb_list(struct db *db, struct job *j, int64_t event,
    struct climb **out, size_t *n) must_check;
/* Every unanswered call of the event up to a level is answered by a person. */
enum status climb_answer(struct db *db, struct job *j, int64_t event, int level,
    const char *person) must_check;

#endif
