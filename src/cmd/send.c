/* `sitrep send`: every letter that is due, once; then the commands that hear
 * of what is public. */
#include <stdio.h>
#include <unistd.h>

#include "base/when.h"
#include "cmd/outbox.h"
#include "cmd/outbox_herald.h"
#include "cmd/world.h"
#include "model/letter.h"

static void
tell_rest(struct world *w, struct job *j)
{
	int64_t due;

	if (letter_due(w->db, j, &due) == ST_OK)
		(void)printf("Some letters stay for a later try, the next at "
			     "%s. `sitrep show queue` says why.\n",
		    when_rfc3339(j->mem, due));
}

int
cmd_send(struct world *w, struct job *j, int argc, char **argv)
{
	enum status st;

	(void)argv;
	if (argc > 1) {
		(void)fprintf(stderr, "usage: sitrep send\n");
		return EX_WRONG_USAGE;
	}
	w->progress = isatty(STDERR_FILENO) != 0;
	st = letter_thaw(w->db, j);
	if (st == ST_OK)
		st = outbox_send(w, j, NULL);
	if (st == ST_NONE)
		(void)printf("Another process is sending; it takes what is "
			     "due.\n");
	else if (st == ST_TEMP && j->why[0] == '\0')
		tell_rest(w, j);
	else if (st != ST_OK) {
		(void)fprintf(stderr, "sitrep: %s\n", j->why);
		return EX_FAILED;
	}
	if (outbox_publish(w, j, -1) > ST_NONE) {
		(void)fprintf(stderr, "sitrep: %s\n", j->why);
		return EX_FAILED;
	}
	return EX_DONE;
}
