/*
 * What is to be done: the whole process of an incident, over tables.  Pure:
 * no store, no clock but j->now, no I/O; the same matter gives the same
 * verdict.  Always ST_OK; what can't be done is a finding in the verdict,
 * with the next thing to do.
 */
#ifndef FLOW_DECIDE_H
#define FLOW_DECIDE_H

#include "base/job.h"
#include "model/matter.h"
#include "model/verdict.h"

void decide(struct job *j, const struct matter *m, struct verdict *out);

#endif
