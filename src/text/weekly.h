/*
 * The owner's weekly report on the lists, as plain text: how each grew, and
 * the resellers whom nobody reaches; and the hour at which it is made.
 */
#ifndef TEXT_WEEKLY_H
#define TEXT_WEEKLY_H

#include "base/arena.h"
#include "model/conf.h"
#include "model/growth.h"

struct weekly_list {
	const struct list *list;
	struct growth growth;
	int64_t complaints;                /* about a list of kind account */
	const struct unreached *unreached; /* the first of growth.unreached */
	size_t n_unreached;
};

struct weekly {
	int64_t now;
	const struct weekly_list *lists;
	size_t n;
};

/* "2026-W10" of the day that t is in, by ISO 8601. */
char *weekly_name(struct arena *mem, const char *zone, int64_t t);
char *weekly_text(struct arena *mem, const struct weekly *w);
/* The first Monday, 08:00 in zone, that is later than t. */
int64_t weekly_next(const char *zone, int64_t t);

#endif
