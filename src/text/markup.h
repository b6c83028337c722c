/*
 * Looks for what public Markdown may not hold: images and raw HTML (E25).
 * Autolinks (<https://...>, <someone@example.net>), comparisons (a < b) and
 * arrows are fine.
 */
#ifndef TEXT_MARKUP_H
#define TEXT_MARKUP_H

#include <stddef.h>

/* Where the first one begins, *line its line from 1; NULL: none. */
const char *markup_find(const char *text, size_t *line);

#endif
