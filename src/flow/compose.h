/*
 * Composing what goes out.  compose_public(): one update of an event as the
 * mail of a list, once for a variant; the pieces live in the job's arena.
 */
#ifndef FLOW_COMPOSE_H
#define FLOW_COMPOSE_H

#include "model/conf.h"
#include "model/mail.h"
#include "model/public_update.h"

enum status compose_public(struct job *j, const struct conf *c,
    const struct list *l, const struct public_event *e, size_t update,
    const struct variant *v, struct mail *out) must_check;

#endif
