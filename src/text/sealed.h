/*
 * Which bytes of a multipart/signed are signed (RFC 1847, RFC 3156 section 5):
 * the first of its two parts, from behind the first boundary line to before
 * the line end in front of the second, with CR LF line ends.  Neither what
 * stands before and behind the parts nor a third part is covered.
 *
 * Reads bytes only; what a MIME library makes of them doesn't matter, since
 * nothing but the covered part is read once its signature counts.
 */
#ifndef TEXT_SEALED_H
#define TEXT_SEALED_H

#include <stdbool.h>

#include "base/buf.h"
#include "text/scan.h"

struct sealed_parts {
	struct span covered, signature; /* in the raw bytes */
};

/*
 * raw: scanned bytes whose top is a multipart with scan->boundary.  NULL: it
 * has just two parts; else what is wrong.
 */
const char *sealed_find(const char *raw, size_t n, const struct scan *s,
    struct sealed_parts *out);
/* Adds the bytes with CR LF where there is a lone LF. */
void sealed_canonical(const char *p, size_t n, struct buf *out);

#endif
