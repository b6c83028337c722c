/*
 * A first look at the raw bytes of a mail, before any MIME library sees one:
 * where headers and body are, and whether it stays within its limits.  One
 * pass, in time linear in its length, over headers of the message and of its
 * MIME parts (RFC 5322, RFC 2046).  Lines end with LF, CR LF or, where there
 * is no LF at all, with CR.
 *
 * Places that are known to harm the library are listed as masks: bytes that
 * the reader overwrites with 'x' in its copy.  They turn off a header (a
 * parameter name too long, a multipart without boundary, a second
 * Content-Type) or make an attached message a leaf, which it is for us.
 */
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/limits.h"

struct span {
	size_t at, len;
};

struct scan_header {
	struct span name;
	struct span value; /* as it stands, folding included */
};

struct scan {
	const char *limit; /* "", "headers" or "parts" */
	char eol;          /* '\n' or '\r' */
	bool separated;    /* the headers end before the mail does */
	bool ragged;       /* ... at a line that is neither header nor blank */
	size_t body;       /* where it begins */
	/* Those of the message, in order; without what is over a cap. */
	struct scan_header *headers;
	size_t n_headers;
	const char *boundary; /* of the message, a multipart; else NULL */
	size_t *masks;        /* places in the raw bytes */
	size_t n_masks;
};

void scan_message(struct arena *mem, const struct limits *most, const char *raw,
    size_t n, struct scan *out);
/* The value unfolded and trimmed, as valid UTF-8. */
char *scan_value(struct arena *mem, const char *raw,
    const struct scan_header *h);
/* The first header of that name or NULL. */
const struct scan_header *scan_find(const struct scan *s, const char *raw,
    const char *name);
bool scan_is(const char *raw, const struct scan_header *h, const char *name);

#endif
