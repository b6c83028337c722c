/*
 * When what failed is tried again.  Seconds UTC; first_failed 0: it failed
 * just now.
 */
#ifndef TEXT_AGAIN_H
#define TEXT_AGAIN_H

#include <stdbool.h>
#include <stdint.h>

/*
 * After half of the time that passed since it failed first, 30 s at least and
 * 30 min at most: so what mends soon goes out soon.  false: five days are
 * enough.
 */
bool again_due(int64_t now, int64_t first_failed, int64_t *due);
/*
 * The same for what is left of a broadcast: after a twentieth of that time,
 * ten seconds at least.  What broke for twenty minutes is made good within one.
 */
bool again_copies_due(int64_t now, int64_t first_failed, int64_t *due);
/*
 * When what failed first at first_failed, and was to be tried at due, failed
 * first by the time in which it was tried: a gap, in which the program stood
 * still or somebody set the clock, counts for an hour at most.
 */
int64_t again_since(int64_t now, int64_t first_failed, int64_t due);
/* 4xx has lasted long enough to ask the second relay in the same round. */
bool again_falls(int64_t now, int64_t first_failed);

#endif
