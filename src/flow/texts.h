/*
 * Step: the Markdown of public events, as HTML and as plain text, for those
 * who compose mails and pages.  It is read in a child that can do nothing
 * else (ext/confine.h), one for a whole batch of events.  A text on which the
 * child dies stands as it was typed, in one paragraph; the others of its
 * batch are read as if it weren't there, so what a text looks like never
 * depends on its company.
 *
 * Who walks through all of them several times has a shelf, and so each read
 * once.
 *
 * ST_TEMP: no process or pipe to be had; nothing was set.
 */
#ifndef FLOW_TEXTS_H
#define FLOW_TEXTS_H

#include <stddef.h>

#include "base/job.h"
#include "base/limits.h"
#include "flow/texts_shelf.h"
#include "model/public_update.h"

/* Sets `prose` of each of their updates; it lives in the job's arena. */
enum status texts_read(struct job *j, const struct limits *most,
    struct public_event *const *events, size_t n) must_check;

/* The same; s may be NULL. */
enum status texts_read_once(struct job *j, const struct limits *most,
    struct texts_shelf *s, struct public_event *const *events,
    size_t n) must_check;

#endif
