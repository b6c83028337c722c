/*
 * Whether a step of the clock reached anybody.  Its pages are the letters that
 * share the stem of their Message-ID (inc-2026-0042.t2.1).  A person is
 * reached by one page target that works; the mail that goes with it wakes
 * nobody, so it counts only for a person without a target.  A command that
 * failed once has failed, though it is tried again.  Pure.
 */
#ifndef TEXT_REACH_H
#define TEXT_REACH_H

#include <stddef.h>

#include "model/letter.h"

/*
 * all: the letters of an event, l one of them that just failed.  N of the
 * timer TN whose next step is the answer to that; 0: none is, for somebody was
 * reached or may be yet, or a later step has paged since.
 */
int reach_failed(const struct letter *all, size_t n, const struct letter *l);

#endif
