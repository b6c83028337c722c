/*
 * Working time: office hours in somebody's zone, and working days.  Seconds
 * UTC in and out; local time only in between, by the zone's own rules.
 */
#ifndef TEXT_OFFICE_H
#define TEXT_OFFICE_H

#include "model/conf.h"

/* t itself within office hours, else when they next begin. */
int64_t office_next(const struct office *o, const char *zone, int64_t t);
/* When so many seconds of office hours have passed since t: in office hours,
 * also where they close just then. */
int64_t office_after(const struct office *o, const char *zone, int64_t t,
    int64_t seconds);
/* The same time of day n working days later, Monday to Friday. */
int64_t office_days_after(const char *zone, int64_t t, int64_t n);

#endif
