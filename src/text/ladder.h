/*
 * The steps of every timer (specification, section 2.5): when each fires,
 * whom it calls, asks and tells.  One flat table, and the questions about it;
 * when a timer falls due at all stands in text/timing.h.
 */
#ifndef TEXT_LADDER_H
#define TEXT_LADDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { /* N of TN */
	T_HAND_OFF = 1,
	T_ACK,
	T_FIRST_POST,
	T_CADENCE,
	T_SITREP,
	T_PREVIEW,
	T_DWELL,
	T_ROOM,
	T_ROOM_LEFT,
	T_POSTMORTEM,
	T_DISCLOSURE,
	/* Ours, beside those of the table: an event open so long that a war
	 * room is proposed, and a proposal that goes to level 2. */
	T_PROPOSE = 15,
	T_ROOM_ASK,
};

enum { RUNG_BEFORE = -1 }; /* conf->remind before it is due */

struct rung {
	int kind, step;
	int64_t after; /* seconds from when the timer is due, or RUNG_BEFORE */
	int64_t again; /* fires again so many seconds later; 0: once */
	int level;     /* that it calls; 0: none */
	unsigned page, ask, tell; /* circles of text/circle.h */
};

/* The step of T3 at which the holding statement is due. */
enum { LADDER_HOLDING = 3 };

/* NULL: there is no such step. */
const struct rung *ladder_rung(int kind, int step);
/* Does the clock climb to it?  The first step of a timer always fires. */
bool ladder_climbs(const struct rung *r, size_t levels);
/* The step that follows where the clock climbs to `levels`; NULL: none. */
const struct rung *ladder_next(const struct rung *r, size_t levels);

#endif
