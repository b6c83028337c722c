/*
 * Words filled into lines.  Lines of s stay lines; a word longer than a line
 * is broken, but never an address of the web or of mail.
 */
#ifndef TEXT_WRAP_H
#define TEXT_WRAP_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * first stands before the first line, rest before all others; columns counts
 * them.  Ends without a line end; adds nothing for a blank s.
 */
void wrap(struct buf *out, const char *s, size_t columns, const char *first,
    const char *rest);
/* Only the lines that are longer; two blank lines become one. */
char *wrap_long(struct arena *mem, const char *s, size_t columns);
char *wrap_text(struct arena *mem, const char *s, size_t columns);

#endif
