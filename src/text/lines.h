/*
 * A text as lines, each also in the form in which the command block is read:
 * NBSP is a space, invisible characters and byte order marks are gone, smart
 * quotes and the full-width colon are plain.
 */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct line {
	const char *raw;   /* as written, without its end */
	const char *clean; /* trimmed on both sides */
	size_t indent;     /* columns of white space in front */
	bool blank;
};

struct lines {
	struct line *at;
	size_t n;
};

void lines_split(struct arena *mem, const char *text, struct lines *out);
/* Lines from `from` to before `to`, as written, without blank ones at the
 * beginning and the end. */
char *lines_join(struct arena *mem, const struct lines *l, size_t from,
    size_t to);

#endif
