/*
 * The fields of an HTML form as a browser posts them: urlencoded (WHATWG URL)
 * or multipart/form-data (RFC 7578).  Of fields with one name the first
 * counts; what isn't UTF-8 text without NUL isn't there.
 */
#ifndef TEXT_FORM_H
#define TEXT_FORM_H

#include <stddef.h>

#include "base/arena.h"

/* type: the Content-Type, NULL is urlencoded.  NULL: there is no such field. */
char *form_value(struct arena *mem, const char *type, const char *body,
    size_t n, const char *name);

#endif
