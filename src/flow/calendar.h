/*
 * Step: maintenances as a calendar (RFC 5545) that readers subscribe to.  The
 * same papers give the same bytes.  Lines end with CR LF and are folded at 75
 * octets, between characters.  A maintenance keeps its UID whatever becomes of
 * it; one that was cancelled stays, with that status, so that it goes from the
 * calendars that had it.
 */
#ifndef FLOW_CALENDAR_H
#define FLOW_CALENDAR_H

#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "model/conf.h"
#include "model/planned.h"

void calendar_write(struct job *j, const struct conf *c,
    const struct planned *list, size_t n, struct buf *out);

#endif
