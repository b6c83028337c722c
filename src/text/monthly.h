/*
 * The text of a month's report, as Markdown, from figures and public names
 * alone; and the days on which reports are drafted.
 */
#ifndef TEXT_MONTHLY_H
#define TEXT_MONTHLY_H

#include "base/arena.h"
#include "model/monthly.h"
#include "model/public_update.h"
#include "text/score.h"

struct span { /* the figures of some time */
	struct score score;
	struct spread preview;
	int64_t counts[MONTHLY_COUNTS];
};

struct quiet_close {
	const char *event;      /* "INC-2026-0042" */
	const char *components; /* public names */
	int64_t seconds;        /* how long it lasted; 0: not known */
};

struct monthly {
	int month; /* as of when_month_of() */
	const char *url;
	struct span now, before, year; /* twelve months that end with it */
	const struct public_event *incidents;
	size_t n_incidents;
	const struct quiet_close *quiet;
	size_t n_quiet;
	const struct interval *promises; /* of the month */
	size_t n_promises;
	const struct climbs *climbs;
	size_t n_climbs;
};

/* "February 2026" */
char *monthly_name(struct arena *mem, int month);
char *monthly_title(struct arena *mem, int month);
char *monthly_text(struct arena *mem, const struct monthly *m);
/* "2026-02"; false: not a month. */
bool monthly_read(const char *s, int *month);
/*
 * 08:00 in zone on the first day from Monday to Friday of the first month for
 * which that is later than t.
 */
int64_t monthly_next(const char *zone, int64_t t);

#endif
