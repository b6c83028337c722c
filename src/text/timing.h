/*
 * When timers fall due (specification, section 2.5): plain arithmetic over
 * seconds UTC.
 */
#ifndef TEXT_TIMING_H
#define TEXT_TIMING_H

#include <stdbool.h>

#include "model/matter.h"
#include "model/verdict.h"

/*
 * T1 of an open event: arms it, or computes it anew where severity or T0
 * changed.  true: it is due already, hand off in this transaction.
 */
bool timing_hand_off(const struct matter *m, int64_t now, struct verdict *v);
/* T2 of a handed-off event, where the severity changed. */
void timing_ack(const struct matter *m, struct verdict *v);
/* T4: the reminder and the promised time of the post in v. */
void timing_cadence(int64_t now, struct verdict *v);

#endif
