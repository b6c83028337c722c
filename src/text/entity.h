/*
 * Character references of HTML ("&amp;", "&#8217;", "&#x2019;"): those that
 * mail programs write.
 */
#ifndef TEXT_ENTITY_H
#define TEXT_ENTITY_H

#include <stddef.h>
#include <stdint.h>

/*
 * s: at '&'.  The code point, with the length of the reference in *len; 0:
 * that isn't one.  What stands for no character gives U+FFFD.
 */
uint32_t entity_read(const char *s, size_t n, size_t *len);

#endif
