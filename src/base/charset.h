/*
 * Charsets of mail into UTF-8, by a list of those that we allow; others are
 * read as if unknown.  UTF-8, ASCII, ISO-8859-1 and Windows-1252 are done
 * here; for the rest iconv loads a module from a file, so charsets_open()
 * looks through the raw bytes for names and opens what they name, before a
 * confined child loses its right to files.
 */
#ifndef BASE_CHARSET_H
#define BASE_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct charsets;

struct charsets *charsets_open(const void *raw, size_t n);
void charsets_close(struct charsets *cs);

/*
 * Adds p as valid UTF-8 without NUL; what can't be read becomes U+FFFD.  No
 * name ("" or NULL) is ASCII, where 8-bit bytes are taken for UTF-8 or else
 * Windows-1252.  true: something had to be mended or guessed.
 */
bool charset_decode(struct charsets *cs, const char *name, const char *p,
    size_t n, struct buf *out);

#endif
