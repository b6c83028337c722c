/*
 * CommonMark by cmark, for text that strangers wrote.  Makes no HTML: it
 * turns Markdown into marks (base/marks.h) which text/markup.c checks and
 * renders, so that nothing of a page depends on what happens in here.  Pure,
 * bytes in and bytes out, and in the form that ext/confine.h takes.  Images
 * are links; raw HTML is text; nesting is cut off at MD_DEPTH.
 */
#ifndef EXT_MD_H
#define EXT_MD_H

#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

enum { MD_DEPTH = 8 };

struct md_batch {
	const char *const *sources; /* UTF-8 without NUL */
	size_t n;
	size_t longest; /* what is longer isn't parsed */
};

/* Loads the library, once; NULL, or what is missing, in words of the loader. */
const char *md_load(void);
/*
 * in is a struct md_batch; one document each.  The
 * paragraphs of one that isn't parsed are plain text.  Always ST_OK.
 */
enum status md_read(const void *in, size_t in_len, struct buf *out);

#endif
