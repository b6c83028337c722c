/*
 * Paper: a maintenance as the public sees it in a calendar.  Strings are never
 * NULL; "" means not given.  Times are seconds UTC.
 */
#ifndef MODEL_PLANNED_H
#define MODEL_PLANNED_H

#include <stdint.h>

enum planned_status { PLANNED_TENTATIVE, PLANNED_CONFIRMED, PLANNED_CANCELLED };

struct planned {
	const char *event; /* "MNT-2026-0013": never used for another one */
	const char *title, *text;
	const char *services; /* names with commas */
	const char *path;     /* of its page, below the site */
	enum planned_status status;
	int64_t from, until;      /* the window; until later than from */
	int64_t created, changed; /* when it was announced, and last changed */
	/* How often its window or its status has changed. */
	int sequence;
};

#endif
