/*
 * A look at a configuration file's bytes before the library reads them: what
 * isn't text, a string or brace that never closes and what the library would
 * take from the environment end here, with the line they stand on.  Comments
 * become blanks, so that the library's count of lines is right.
 */
#ifndef BASE_CONF_SCAN_H
#define BASE_CONF_SCAN_H

#include "base/buf.h"
#include "base/job.h"

enum { CONF_LINE = 4096 }; /* bytes of one line */

struct conf_lines { /* where each section opens, in order */
	unsigned *line;
	size_t n;
};

enum status conf_scan(struct job *j, const char *path, struct buf *text,
    struct conf_lines *sections) must_check;

#endif
