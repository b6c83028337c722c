/*
 * What was promised and how it was kept, as a table for people: `sitrep show
 * promises`.
 */
#ifndef FLOW_REPORT_PROMISES_H
#define FLOW_REPORT_PROMISES_H

#include "base/buf.h"
#include "base/job.h"
#include "text/score.h"

void report_promises(struct job *j, const struct record *r, struct buf *out);

#endif
