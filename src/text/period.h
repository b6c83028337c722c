/*
 * When digests are made, and what they are called: at a minute of the day, by
 * the wall clock of a zone, each local day or each Monday.  A day on which
 * that minute doesn't exist has it at the jump, one on which it comes twice
 * has it once.
 */
#ifndef TEXT_PERIOD_H
#define TEXT_PERIOD_H

#include <stdint.h>

#include "base/arena.h"
#include "model/issue.h"

struct period {
	const char *zone;
	int minute; /* after midnight */
	enum issue_period of;
};

int64_t period_next(const struct period *p, int64_t t); /* the first > t */
int64_t period_last(const struct period *p, int64_t t); /* the last <= t */
/*
 * Of the issue that is made then: its day, "2026-03-04", or of a weekly one
 * the ISO week (8601) that ended, "2026-W10".
 */
char *period_name(struct arena *mem, const struct period *p, int64_t at);
/* The week that a name belongs to: of a day the one that it is in. */
char *period_week(struct arena *mem, const char *name);
/* 2026 of a name. */
int period_year(const char *name);

#endif
