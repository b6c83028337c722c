/*
 * A set of numbers from 0 to 2^32 - 1, a bit each, in pages that are made when
 * they are needed.  Other numbers are never in it.  No memory ends the
 * process.
 */
#ifndef BASE_NUMBERS_H
#define BASE_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

struct numbers;

struct numbers *numbers_new(void);
void numbers_free(struct numbers *n); /* NULL is allowed */
void numbers_put(struct numbers *n, int64_t x);
bool numbers_has(const struct numbers *n, int64_t x);

#endif
