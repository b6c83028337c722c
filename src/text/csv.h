/*
 * Lines of comma separated values (RFC 4180; also with semicolons or tabs, as
 * spreadsheets of other countries write them).
 */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H

#include <stdbool.h>
#include <stddef.h>

/* The separator of a header line: , ; or TAB; '\0': none of them. */
char csv_separator(const char *header);
/* A quoted value isn't closed: it goes on in the next line. */
bool csv_is_open(const char *record);
/* Cuts the record in place, values trimmed and unquoted; at most max. */
size_t csv_split(char *record, char separator, char **values, size_t max);

#endif
