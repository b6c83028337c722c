/*
 * The words of a written time, before anyone asks which zone or day they
 * mean: what text/moment.c puts together.  Plain reading of characters; the
 * only outside knowledge is the names of zones.
 */
#ifndef TEXT_CLOCK_H
#define TEXT_CLOCK_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/conf.h"

struct clock { /* what was written; 0 or false: nothing of the kind */
	int year, month, day;
	bool has_clock, has_day;
	int hour, minute, second;
	bool next_day;    /* 24:00 */
	int shift;        /* days: yesterday -1, tomorrow 1 */
	bool has_shift;   /* today, yesterday, tomorrow */
	int weekday;      /* 1 = Sunday; 0: none */
	bool zoned;       /* one of the next two */
	const char *zone; /* IANA name; NULL: offset counts */
	int offset;       /* seconds east of UTC */
	bool utc;         /* offset 0 by name */

	bool numeric_date; /* 03/04, 4.3.2026: may be read in two ways */
	int first, second_number, third; /* its numbers; third 0: none */
	const char *strange; /* a word that isn't known; NULL if all are */
};

/* s in lower case.  false: something stands there twice or isn't a time. */
bool clock_read(struct arena *mem, const struct zone_word *words,
    size_t n_words, const char *s, struct clock *out);

#endif
