#include "text/period.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"

enum { MONDAY = 1, THURSDAY = 4, WEEK = 7 };

/* The minute on a local day so many days from that of t; 0: not on that. */
static int64_t
on_day(const struct period *p, int64_t t, int days)
{
	struct civil c = when_local(p->zone, t);

	c = (struct civil){ .year = c.year, .month = c.month, .day = c.day };
	c = when_utc(when_of(&c) + days * DAY);
	if (p->of == ISSUE_WEEKLY && c.weekday != MONDAY)
		return 0;
	c.hour = p->minute / 60;
	c.minute = p->minute % 60;
	return when_of_local(p->zone, &c);
}

int64_t
period_next(const struct period *p, int64_t t)
{
	for (int d = -1;; d++) {
		int64_t at = on_day(p, t, d);

		if (at > t)
			return at;
	}
}

int64_t
period_last(const struct period *p, int64_t t)
{
	for (int d = 1;; d--) {
		int64_t at = on_day(p, t, d);

		if (at != 0 && at <= t)
			return at;
	}
}

static int64_t
midnight(int year, int month, int day)
{
	const struct civil c = { .year = year, .month = month, .day = day };

	return when_of(&c);
}

/* A week belongs to the year that has its Thursday. */
static char *
week_of(struct arena *mem, int64_t day)
{
	int weekday = (when_utc(day).weekday + WEEK - MONDAY) % WEEK;
	struct civil c = when_utc(day + (THURSDAY - MONDAY - weekday) * DAY);
	int64_t first = midnight(c.year, 1, 1);
	int64_t n =
	    (midnight(c.year, c.month, c.day) - first) / (WEEK * DAY) + 1;

	return arena_printf(mem, "%04d-W%02d", c.year, (int)n);
}

char *
period_name(struct arena *mem, const struct period *p, int64_t at)
{
	struct civil c = when_local(p->zone, at);

	if (p->of == ISSUE_WEEKLY)
		return week_of(mem, midnight(c.year, c.month, c.day) - DAY);
	return arena_printf(mem, "%04d-%02d-%02d", c.year, c.month, c.day);
}

char *
period_week(struct arena *mem, const char *name)
{
	if (strlen(name) != sizeof "2026-03-04" - 1)
		return arena_str(mem, name);
	return week_of(mem, midnight(period_year(name), text_number(name + 5),
				text_number(name + 8)));
}

int
period_year(const char *name)
{
	return text_number(name);
}
