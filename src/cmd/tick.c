/* tick: what waits is handled, then every timer that is due fires. */
#include <stdio.h>

#include "base/log.h"
#include "cmd/distress.h"
#include "cmd/walk.h"

static int
failed(struct world *w, struct job *j)
{
	log_fail("step=tick id=%s error=%s", j->id, j->why);
	(void)fprintf(stderr, "sitrep: %s\n", j->why);
	distress(w, j, NULL);
	return EX_FAILED;
}

int
cmd_tick(struct world *w, struct job *j, int argc, char **argv)
{
	enum status st;

	(void)argv;
	if (argc > 1)
		return EX_WRONG_USAGE;
	if (world_fetch(j, w, NEED_MAKE | NEED_KEYS) != ST_OK)
		return failed(w, j);
	st = walk_waiting(w, j);
	if (st == ST_NONE)
		log_note("step=tick id=%s st=none other=at-work", j->id);
	if (st == ST_OK || st == ST_NONE)
		st = walk_clock(w, j);
	if (st != ST_OK && st != ST_NONE)
		return failed(w, j);
	distress_over(w, j);
	return EX_DONE;
}
