/*
 * Importing members: one address a line, or comma separated values with a
 * header line that names a column address or email, and perhaps language,
 * timezone and format.  Memory doesn't grow with the file.
 */
#ifndef CMD_LIST_IMPORT_H
#define CMD_LIST_IMPORT_H

#include <stdio.h>

#include "cmd/world.h"

struct import {
	int64_t lines, added, there, away, bad;
};

/*
 * Refused lines go to standard error with their number and the reason.
 * ST_TEMP: store or file; what was committed stays.
 */
enum status list_import(struct world *w, struct job *j, const struct list *l,
    FILE *in, struct import *out) must_check;

#endif
