/*
 * An event: an incident, or a drill of one, with its internal facts.  Phase and
 * public state are two axes; only flow/decide.c moves either.  Zero times mean
 * "not given" or "not yet"; strings are never NULL.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"
#include "model/conf.h"

struct touch { /* a component as known inside */
	const char *slug;
	enum level level;
	bool given; /* false: follows the severity */
};

struct event {
	int64_t id;       /* 0: not stored yet */
	const char *kind; /* incident, drill */
	int year, number;
	int64_t opened, began;
	const char *source, *reporter, *subject, *title;
	enum phase phase;
	enum state state, noc_state;
	int severity;
	enum impact impact;
	enum disclosure disclosure;
	bool disclosed; /* somebody said that; else it is full by itself */
	const char *owner;
	int64_t started, detected, ended, handed_off, acked, closed, changed,
	    next_update;
	int64_t related;
	const char *on_call;     /* comms level 1 at the hand-off */
	const char *first_owner; /* who was first to take it, and when */
	int64_t first_acked;
	int reached;     /* the highest level that was called; 0: none */
	int64_t cadence; /* of long-running; 0: that of the severity */
	int64_t merged, merged_at; /* into which event, and when; 0 */
	const char *before;        /* what that was like: text/merging.h */
	struct touch *touches;
	size_t n_touches;
};

enum status event_get(struct db *db, struct job *j, int64_t id,
    struct event *out) must_check;
/*
 * Inserts (id 0; without a number it gets the next one of its year) or
 * updates; sets id.
 */
enum status event_save(struct db *db, struct job *j,
    struct event *e) must_check;
/* Open incidents, newest first; a report is none. */
enum status event_open(struct db *db, struct job *j, struct event **out,
    size_t *n) must_check;
/* The whole process runs on a drill; nothing of it is ever public. */
bool event_is_drill(const struct event *e);
bool event_is_report(const struct event *e);
/* "INC-2026-0042", "DRL-2026-0001", of a monthly report "REP-2026-02" */
char *event_name_of(struct arena *mem, const char *kind, int year, int number);
char *event_name(struct arena *mem, const struct event *e);
/* "inc-2026-0042": of addresses and Message-IDs. */
char *event_tag(struct arena *mem, const struct event *e);
/* The event without components that were taken out of the configuration. */
struct event event_known(struct arena *mem, const struct conf *c,
    const struct event *e);
/* "Email Cluster B and Webmail", "our services" without a component. */
char *event_components(struct arena *mem, const struct conf *c,
    const struct event *e);
/* The title as the public sees it: the given one, else the default. */
char *event_title(struct arena *mem, const struct conf *c,
    const struct event *e);
/* "email-b=partial_outage,webmail=degraded_performance" */
char *event_levels(struct arena *mem, const struct event *e);

#endif
