/*
 * A text as lines, each also in the form in which the command block is read:
 * NBSP is a space, invisible characters and byte order marks are gone, smart
 * quotes and the full-width colon are plain.
 */
#ifndef TEXT_TYPED_H
#define TEXT_TYPED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct typed_line {
	const char *raw;   /* as written, without its end */
	const char *clean; /* trimmed on both sides */
	size_t indent;     /* columns of white space in front */
	bool blank;
};

struct typed {
	struct typed_line *at;
	size_t n;
};

void typed_split(struct arena *mem, const char *text, struct typed *out);
/* Lines from `from` to before `to`, as written, without blank ones at the
 * beginning and the end. */
char *typed_join(struct arena *mem, const struct typed *l, size_t from,
    size_t to);

#endif
