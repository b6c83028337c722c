/*
 * Step: the public pages, from public papers and today's date alone; the same
 * papers and the same day give the same bytes.  Texts were read before
 * (flow/texts.h); the front page shows those of open events.  Writes no file.
 *
 * ST_PERM: a template is missing or wrong; the reason names it.
 */
#ifndef FLOW_PAGE_H
#define FLOW_PAGE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "model/conf.h"
#include "model/public_update.h"

enum { PAGE_DAYS = 15 };

/* Pages below the public folder, "" for the front page; also of a report. */
enum status page_incident(struct job *j, const struct conf *c,
    const struct public_event *e, struct buf *out) must_check;
/*
 * events: the open ones and those of the past PAGE_DAYS, each once; the newest
 * report may be among them.
 */
enum status page_front(struct job *j, const struct conf *c,
    const struct public_event *events, size_t n, struct buf *out) must_check;
enum status page_style(struct job *j, const struct conf *c,
    struct buf *out) must_check;
/* "incident/2026/0042", "report/2026-02" */
char *page_folder(struct job *j, const struct public_event *e);

#endif
