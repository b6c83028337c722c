/*
 * A calendar (RFC 5545) as far as a rota needs it: its events with their
 * times, the rule of their repetition and what it leaves out.  Alarms, zone
 * definitions and every other component are skipped; zones are known by their
 * IANA names alone.  What would change when somebody is on call and isn't
 * understood is refused, never guessed.
 */
#ifndef MODEL_ICAL_H
#define MODEL_ICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job.h"
#include "base/when.h"

struct ical_when {
	bool given;
	bool date; /* a day without a time */
	const char *zone;
	struct civil wall; /* as written, in that zone */
};

struct ical_rule {
	int step; /* days: 1 daily, 7 weekly; 0: once */
	int interval;
	int count;      /* 0: not given */
	unsigned days;  /* bit 0 is Sunday; 0: not given */
	int week_start; /* 0 is Sunday */
	struct ical_when until;
};

struct ical_event {
	unsigned line;                     /* of BEGIN:VEVENT, from 1 */
	const char *uid, *summary;         /* "" if none */
	const char *role, *level, *person; /* X-SITREP-*, "" if none */
	struct ical_when start, end;       /* end: not given, or behind it */
	bool lasts;                        /* DURATION: */
	int days;                          /* ... by the calendar, and */
	int64_t seconds;                   /* ... by the clock */
	struct ical_rule rule;
	struct ical_when *except;
	size_t n_except;
	struct ical_when instead_of; /* RECURRENCE-ID */
	int64_t sequence;
	bool cancelled;
};

/*
 * house: the zone of times that have none.  ST_PERM: "PATH:LINE: what, and how
 * to mend it".
 */
enum status ical_read(struct job *j, struct arena *mem, const char *path,
    const char *house, const char *text, size_t n, struct ical_event **out,
    size_t *n_out) must_check;
/* So many days later by the calendar, at the same time of the day. */
int64_t ical_at(const struct ical_when *w, int64_t days);

#endif
