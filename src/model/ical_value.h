/*
 * The values of a calendar's properties (RFC 5545): times, durations, days of
 * the week, numbers.  false or -1: not such a value.
 */
#ifndef MODEL_ICAL_VALUE_H
#define MODEL_ICAL_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/ical.h"

/* 20260302, 20260302T080000 or the same with Z; the zone is left alone. */
bool ical_stamp(const char *s, struct ical_when *out, bool *utc);
/* P1W, P1DT2H, PT30M: days by the calendar, seconds by the clock. */
bool ical_duration(const char *s, int *days, int64_t *seconds);
/* MO: 1; -1: none. */
int ical_weekday(const char *s);
/* MO,TU: as bits of ical_weekday; s is cut up. */
bool ical_days(char *s, unsigned *out);
/* A number at *s, which moves on; -1: none, or far too large. */
int ical_number(const char **s);
bool ical_positive(const char *s, int *out);

#endif
