/*
 * Times.  int64_t seconds UTC everywhere; local time only where a person
 * reads or writes it.  Zones are IANA names, read from the system's tzdata;
 * UTC where a name isn't known.  Calendar arithmetic is proleptic Gregorian
 * for the years 1 to 9999.  What a person writes in a mail is read by
 * text/moment.h, not here.
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* Lengths in seconds. */
#define MINUTE INT64_C(60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

struct civil {
	int year, month, day;     /* 2026, 1..12, 1..31 */
	int hour, minute, second; /* 0..23, 0..59, 0..59 */
	int weekday;              /* 0 = Sunday; out only */
	int offset;               /* seconds east of UTC; out only */
};

struct civil when_utc(int64_t t);
int64_t when_of(const struct civil *c); /* c read as UTC */
bool when_valid(const struct civil *c); /* a day that exists */
bool when_zone_known(const char *zone);
struct civil when_local(const char *zone, int64_t t);
/*
 * c read as local time of the zone.  In a gap (spring) the time after the
 * jump, in a fold (autumn) the first of the two.
 */
int64_t when_of_local(const char *zone, const struct civil *c);

/* Months are counted from the year 0: year * 12 + month - 1, in UTC. */
int when_month_of(int64_t t);
int64_t when_month_begin(int month);
char *when_month_name(struct arena *mem, int month); /* "2026-02" */

char *when_rfc3339(struct arena *mem, int64_t t); /* 2026-03-04T14:05:00Z */
char *when_rfc5322(struct arena *mem, int64_t t); /* Wed, 04 Mar 2026 ... */
char *when_clock(struct arena *mem, int64_t t);   /* 14:05 */
char *when_day(struct arena *mem, int64_t t);     /* 4 Mar 2026 */
/* "14:05 UTC"; on another day than now "14:05 UTC on 4 Mar 2026" */
char *when_moment(struct arena *mem, int64_t t, int64_t now);
char *when_length(struct arena *mem, int64_t s); /* 2 h 3 min */
const char *when_month(int month);               /* Jan */
const char *when_weekday(int weekday);           /* Sun */
/* "Toronto" of America/Toronto. */
char *when_city(struct arena *mem, const char *zone);

/* Date only isn't enough; a zone is needed.  false: not such a time. */
bool when_read_rfc3339(const char *s, int64_t *t);
/* RFC 5322 with its obsolete forms; *offset in seconds, *zoned false for
 * -0000 or no zone. */
bool when_read_rfc5322(const char *s, int64_t *t, int *offset, bool *zoned);
/* "15m", "2h", "3d", "90s"; a number and one unit. */
bool when_read_length(const char *s, int64_t *seconds);

/*
 * Milliseconds of a clock that never jumps: for deadlines and pauses of this
 * process alone, never for a time that is kept.
 */
int64_t when_steady(void);
int64_t when_steady_us(void); /* the same in microseconds */

#endif
