/*
 * The history of another status page, as it stands in a file: incidents that
 * are over, with what was said of them and when.
 *
 *	statuspage	incidents.json of Statuspage (version 2), or of what
 *			writes the same
 *	history		an object of JSON a line:
 *			{ "title": "Mail is slow", "impact": "minor",
 *			  "components": ["email-b"], "address": "/old/path",
 *			  "started": "2026-03-04T14:02:00Z", "ended": "...",
 *			  "updates": [ { "at": "2026-03-04T14:05:00Z",
 *			    "status": "investigating", "text": "We look." } ] }
 *
 * Components are named by slug, name or alias of the configuration.  What
 * can't be taken is told, a sentence each with where it stands and what to
 * mend; then nothing is taken.  Strings live in the job's arena.
 */
#ifndef FLOW_HISTORY_H
#define FLOW_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "base/job.h"
#include "model/conf.h"
#include "model/words.h"

enum history_form { HISTORY_STATUSPAGE, HISTORY_LINES };

struct past_update {
	int64_t at;
	enum state state;
	const char *text;
	const char *components; /* slug=level,slug=level */
};

struct past {
	const char *where; /* "line 3", "incident 3": for who reads of it */
	const char *title;
	const char *address; /* "/incidents/abc"; "" none */
	enum impact impact;
	int64_t started, ended;
	struct past_update *updates; /* in order of time */
	size_t n_updates;
};

struct history {
	struct past *list; /* in the order of their first update */
	size_t n;
	const char **faults;
	size_t n_faults;
};

void history_read(struct job *j, const struct conf *c, enum history_form form,
    const char *text, size_t n, struct history *out);

#endif
