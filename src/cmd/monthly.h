/*
 * A month's report, drafted: figures and public words are collected, the draft
 * walks the road of every other (decide, apply, answer) to whoever is on call
 * for communications.  On the first working day the clock does it for the
 * month before, once.
 */
#ifndef CMD_MONTHLY_H
#define CMD_MONTHLY_H

#include "cmd/world.h"
#include "model/draft.h"

struct monthly_wish {
	int month;          /* when_month_of() */
	const char *source; /* clock, command */
	const char *actor;  /* the login name of a command, else "" */
};

struct monthly_draft {
	const char *event; /* "REP-2026-02" */
	struct draft draft;
	const char *to; /* whoever has it now; "" : nobody is on call */
};

/*
 * One transaction.  ST_PERM: the month isn't over, isn't known or its report
 * is public already; the reason is in the job.
 */
enum status monthly_make(struct world *w, struct job *j,
    const struct monthly_wish *wish, struct monthly_draft *out) must_check;

/* When the clock has to look; 0: now. */
enum status monthly_clock_due(struct world *w, struct job *j,
    int64_t *due) must_check;
enum status monthly_clock(struct world *w, struct job *j) must_check;

#endif
