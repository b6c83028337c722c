/*
 * A stretch of time as people write it: "+45m", "90 min", "2 hours", "1h30m",
 * "an hour", "half an hour".
 */
#ifndef TEXT_LENGTH_H
#define TEXT_LENGTH_H

#include <stdbool.h>
#include <stdint.h>

/* Seconds, more than 0, at most a year; false: no such thing. */
bool length_read(const char *s, int64_t *seconds);

#endif
