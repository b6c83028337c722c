/*
 * Is a report about an open event?  They share a component and began within
 * 45 minutes, or 60 of 100 words of their subjects are the same
 * (specification, section 2.8).
 */
#ifndef TEXT_ALIKE_H
#define TEXT_ALIKE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/event.h"
#include "model/request.h"

bool alike(const struct request *r, const char *subject, int64_t written,
    const struct event *e);
/* Two reports less than five minutes apart that share a component. */
bool alike_twins(const struct event *a, const struct event *b);

#endif
