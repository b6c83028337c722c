/*
 * Times as people write them in a mail (specification, section 3.8):
 *
 *	2026-03-04 14:05Z   2026-03-04T14:05-05:00   14:05 UTC   9:05am Toronto
 *	9:05 America/Toronto   4 Mar 14:05   March 4, 2026 2:05 pm   9.02  14h05
 *	yesterday 23:50   now   +45m   in 2 hours   about 10 min ago
 *	20260304T1405Z   04MAR26 1405Z   14:05 zulu   9 o'clock   noon
 *
 * A date is ISO or has its month as a word: 03/04 is refused.  Without a zone
 * a time is read in the person's zone where the mail's Date agrees with it,
 * else with the offset of the mail's Date, else in the person's zone, else in
 * that of the company.  An abbreviation such as EST counts only if the
 * configuration names it.  A time that a zone skipped or had twice is
 * refused, unless only one of the two is possible.
 *
 * The result depends on the arguments and the system's tzdata alone.
 */
#ifndef TEXT_MOMENT_H
#define TEXT_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/conf.h"
#include "model/request.h"

enum moment_use {
	MOMENT_PAST,   /* Started: a clock time far ahead is yesterday's */
	MOMENT_FUTURE, /* Next-Update: a clock time that's over is tomorrow's */
	MOMENT_UNTIL,  /* a clock time is the first one after `from` */
};

struct moment_frame {
	int64_t written;   /* when the mail was written; what "now" means */
	int64_t received;  /* nothing that has begun can be later */
	bool mail_zoned;   /* the Date's offset means something */
	int mail_offset;   /* seconds east of UTC */
	const char *zone;  /* the person's; NULL if nobody is known */
	const char *house; /* the company's */
	const struct zone_word *words;
	size_t n_words;
	enum moment_use use;
	int64_t from; /* of MOMENT_UNTIL */
};

struct moment_refusal {
	const char *code; /* E23 not understood, E24 out of range */
	const char *says; /* a sentence */
	const char *copy; /* the time in a form that will be read */
};

/* false: refused, *no says why.  out->written keeps the words as given. */
bool moment_read(struct arena *mem, const struct moment_frame *f, const char *s,
    struct moment *out, struct moment_refusal *no);

#endif
