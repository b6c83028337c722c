/*
 * A line put together piece by piece in room of its owner, always terminated.
 * For what is made for each copy of a broadcast, where printf() would take more
 * time than all the rest.  What doesn't fit is left out, and what follows it;
 * its length is counted all the same.
 */
#ifndef BASE_LINE_H
#define BASE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LINE_INT = 21 }; /* room for any number, its NUL included */

struct line {
	char *data;
	size_t size, len; /* len: as if all had fitted */
};

/* size isn't 0. */
void line_begin(struct line *l, char *data, size_t size);
void line_add(struct line *l, const char *p, size_t n);
void line_str(struct line *l, const char *s);
void line_int(struct line *l, int64_t v); /* decimal */
bool line_fits(const struct line *l);
/* Shortened to len, which had fitted. */
void line_cut(struct line *l, size_t len);

#endif
