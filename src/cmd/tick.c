/* tick: what waits is handled, then every timer that is due fires. */
#include "base/log.h"
#include "cmd/walk.h"

int
cmd_tick(struct world *w, struct job *j, int argc, char **argv)
{
	enum status st;

	(void)argv;
	if (argc > 1)
		return EX_WRONG_USAGE;
	st = walk_waiting(w, j);
	if (st == ST_NONE)
		log_note("step=tick id=%s st=none other=at-work", j->id);
	if (st == ST_OK || st == ST_NONE)
		st = walk_clock(w, j);
	if (st == ST_OK || st == ST_NONE)
		return EX_DONE;
	log_fail("step=tick id=%s error=%s", j->id, j->why);
	return EX_FAILED;
}
