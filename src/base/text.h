/*
 * Plain text: UTF-8, comparing, cleaning.  Strings are terminated and, but
 * for text_is_utf8() and text_repair(), valid UTF-8.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

bool text_is_utf8(const char *p, size_t n); /* NUL isn't text */
/* Adds p with what isn't UTF-8, and NUL, as U+FFFD; true if any was. */
bool text_repair(struct buf *out, const char *p, size_t n);
/* The next code point; 0 at the end; *s moves on. */
uint32_t text_next(const char **s);
void text_put(struct buf *out, uint32_t c);
size_t text_columns(const char *s); /* wide characters count 2 */

/* ASCII case doesn't matter. */
bool text_ieq(const char *a, const char *b);
bool text_istarts(const char *s, const char *prefix);
/* The decimal digits that s begins with, INT_MAX where they are too many. */
int text_number(const char *s);
/* Takes a whole number, and blanks before it, off *s; false: there is none. */
bool text_take_int(const char **s, int64_t *out);
bool text_ends(const char *s, const char *end); /* exactly */
const char *text_ifind(const char *s, const char *what);
/* A key of the mail grammar: case, space, - and _ don't matter. */
bool text_key_eq(const char *a, const char *b);
/* Edits between two keys; two swapped neighbours count as one. */
unsigned text_distance(const char *a, const char *b);

bool text_blank(const char *s); /* nothing but white space */
char *text_trim(struct arena *mem, const char *s);
char *text_lower(struct arena *mem, const char *s); /* ASCII only */
/*
 * One line fit for a header, a title or a log: CR, LF, TAB and runs of white
 * space become one space, control characters, direction marks and zero-width
 * characters go, at most max characters stay.
 */
char *text_one_line(struct arena *mem, const char *s, size_t max);
/* No CR, LF, NUL or other control byte: may stand in a header or command. */
bool text_is_line(const char *s);
/* An address we may write into SMTP: ASCII or UTF-8, one @, no controls,
 * spaces, <>, |, quotes or IP literal, at most LIMIT_ADDRESS octets. */
bool text_is_address(const char *s);

/* "A", "A and B", "A, B and C"; "" for none. */
char *text_join(struct arena *mem, const char *const *words, size_t n);
/* Is the word one of those between the commas? */
bool text_among(const char *list, const char *word);

/* Cuts *s at its first LF, CR LF or CR: returns the line, *s moves on; NULL at
 * the end.  Writes into the string. */
char *text_line(char **s);
/* Wraps words at `columns`, adding `indent` before each further line. */
void text_wrap(struct buf *out, const char *s, size_t columns,
    const char *indent);

/* FNV-1a, 64 bits: for tables, of what no stranger chooses. */
uint64_t text_hash(const char *s);

#endif
