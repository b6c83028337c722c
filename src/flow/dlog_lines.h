/*
 * The lines of a delivery log as it stands, for people who ask: read while a
 * courier appends to it, without a lock.  What isn't a whole line of ours is
 * passed over.
 */
#ifndef FLOW_DLOG_LINES_H
#define FLOW_DLOG_LINES_H

#include <stdbool.h>

#include "base/job.h"
#include "flow/dlog.h"

struct dlog_lines;

/* *out NULL and ST_OK: there is no log, nobody was tried. */
enum status dlog_lines_open(struct job *j, const char *state, int64_t letter,
    struct dlog_lines **out) must_check;
/* The words of a line stand until the next one.  false: it was the last. */
bool dlog_lines_next(struct dlog_lines *l, struct dlog_line *out);
void dlog_lines_close(struct dlog_lines *l); /* NULL is allowed */

#endif
