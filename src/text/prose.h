/*
 * Documents of marks (ext/md.h) as HTML and as plain text for mail.  The
 * bytes are taken for hostile: what isn't well formed makes no output.  HTML
 * is made here of our own tags and escaped text alone: headings from h3 down,
 * links to http, https and mailto only, no images.
 */
#ifndef TEXT_PROSE_H
#define TEXT_PROSE_H

#include <stddef.h>

#include "base/escape.h"
#include "base/job.h"

enum { PROSE_COLUMNS = 72 };

struct prose {
	struct html html;
	const char *plain; /* wrapped at PROSE_COLUMNS, no line end at last */
};

/*
 * n documents; sources stands for one that isn't well formed, as plain
 * paragraphs.  Results live in the arena.  How many, from the first on, are
 * well formed.
 */
size_t prose_all(struct arena *mem, const char *marks, size_t len,
    const char *const *sources, size_t n, struct prose *out);
#endif
