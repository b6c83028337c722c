/*
 * How long a service was well, day by day (UTC) and in all, from claims that
 * events make about it (text/spans.h).  Where several hold at once the worst
 * counts.  Nothing is known of the time before it existed, nor of that after
 * as_of: it isn't observed.
 *
 * Uptime is 1 - sum(seconds x weight) / observed seconds; an outage weighs 1,
 * a partial one 0.3, the rest nothing.  Maintenance is no part of what is
 * observed; its seconds are counted apart.
 */
#ifndef TEXT_UPTIME_H
#define TEXT_UPTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/uptime.h"
#include "text/spans.h"

/* from <= t < until, and none of it after as_of. */
struct uptime uptime_between(struct arena *mem, const struct span *claims,
    size_t n, int64_t born, int64_t as_of, int64_t from, int64_t until);
/* n_days of them, out[0] begins at `first`. */
void uptime_days(struct arena *mem, const struct span *claims, size_t n,
    int64_t born, int64_t as_of, int64_t first, size_t n_days,
    struct uptime *out);

/*
 * Hundredths of a percent, rounded down, so that only what was always well has
 * all 10000; -1: nothing was observed.
 */
int uptime_share(const struct uptime *u);
/* "99.98 %", "100 %"; "" where nothing was observed. */
char *uptime_percent(struct arena *mem, int share);

#endif
