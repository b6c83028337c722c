/*
 * sitrep report: drafts the report of a month that is over.  Whoever is on
 * call for communications gets it as a preview; a yes publishes it.
 */
#include <stdio.h>

#include "base/text.h"
#include "cmd/journal.h"
#include "cmd/monthly.h"
#include "cmd/world.h"
#include "text/monthly.h"

static int
say(const struct monthly_draft *made)
{
	if (made->to[0] == '\0')
		(void)printf("%s: draft d%d is kept, but nobody is on call "
			     "for communications: mend the rota and run this "
			     "again.\n",
		    made->event, made->draft.n);
	else
		(void)printf("%s: draft d%d went to %s, whose yes publishes "
			     "it.\n",
		    made->event, made->draft.n, made->to);
	return EX_DONE;
}

int
cmd_report(struct world *w, struct job *j, int argc, char **argv)
{
	struct monthly_wish wish = { .source = "command" };
	struct monthly_draft made;

	if (argc != 2) {
		(void)fputs("usage: sitrep report MONTH\n", stderr);
		return EX_WRONG_USAGE;
	}
	wish.actor = journal_login(j->mem);
	if (!monthly_read(argv[1], &wish.month))
		(void)job_fail(j, ST_PERM,
		    "%s is no month: write it as 2026-02",
		    text_one_line(j->mem, argv[1], 40));
	else if (monthly_make(w, j, &wish, &made) == ST_OK)
		return say(&made);
	(void)fprintf(stderr, "sitrep: %s\n", j->why);
	return EX_FAILED;
}
