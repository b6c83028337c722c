/*
 * What is known, told to staff as plain text: the open events, one event's
 * whole history on one time line, the rota.  For the mail
 * commands status, list, show, who and for `sitrep show`.  Internal.
 */
#ifndef FLOW_REPORT_H
#define FLOW_REPORT_H

#include "base/buf.h"
#include "ext/db.h"
#include "model/conf.h"
#include "model/rota.h"

enum status report_open(struct db *db, struct job *j, const struct conf *c,
    struct buf *out) must_check;
/* ST_NONE: no such event. */
enum status report_event(struct db *db, struct job *j, const struct conf *c,
    int64_t event, struct buf *out) must_check;
/* The rota in force: who is on call, swaps, the next gap. */
enum status report_rota(struct db *db, struct job *j, const struct conf *c,
    const struct rota *file, struct buf *out) must_check;
enum status report_lists(struct db *db, struct job *j, const struct conf *c,
    struct buf *out) must_check;

#endif
