/*
 * The text of a mail as lines, as the cutters of text/quote.h and
 * text/signature.h look at it.  At most LINES_MAX lines; what comes after is
 * left out and `cut` says so.
 */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { LINES_MAX = 20000 };

struct line {
	const char *s;    /* as written, white space at the end gone */
	const char *fold; /* phrase_fold() of it */
	bool blank;
	bool quoted; /* begins with '>' */
	bool exact;  /* it was "-- " */
};

struct lines {
	struct line *line;
	size_t n;
	bool cut;
};

void lines_read(struct arena *mem, const char *text, struct lines *out);

#endif
