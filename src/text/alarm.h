/*
 * Words for the administrator: something of the house wants a person.  Each
 * says what is wrong, what happens meanwhile and what to do.  Pure.
 */
#ifndef TEXT_ALARM_H
#define TEXT_ALARM_H

#include "base/job.h"
#include "model/conf.h"
#include "model/event.h"
#include "model/matter.h"
#include "model/rota.h"

struct alarm {
	const char *subject, *body;
};

/* Nobody is on call in some hours of the next three days. */
void alarm_gap(struct job *j, const struct conf *c, const struct rota *r,
    struct alarm *out);
/* Nobody was on call when an event was handed over: who got it instead,
 * "" if nobody. */
void alarm_nobody(struct job *j, const struct conf *c, const struct event *e,
    const char *instead, struct alarm *out);
/* The configuration or the rota couldn't be read again. */
void alarm_conf(struct job *j, const char *why, struct alarm *out);
/* What the public gets can't be composed; what: what comes of that. */
void alarm_uncomposed(struct job *j, const char *what, const char *why,
    struct alarm *out);
/* The public pages stay as they are, because of a mistake in a template. */
void alarm_pages(struct job *j, const char *why, struct alarm *out);
/* The store can't be used, so everything stands still. */
void alarm_store(struct job *j, const struct conf *c, const char *why,
    struct alarm *out);

#endif
