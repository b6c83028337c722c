/* page [--all]: once, the public files that changed, or all of them. */
#include <stdio.h>
#include <string.h>

#include "cmd/metrics.h"
#include "cmd/outbox.h"

int
cmd_page(struct world *w, struct job *j, int argc, char **argv)
{
	struct paged told = { 0 };
	bool all = argc == 2 && strcmp(argv[1], "--all") == 0;

	if (argc > 2 || (argc == 2 && !all)) {
		(void)fprintf(stderr, "usage: sitrep page [--all]\n");
		return EX_WRONG_USAGE;
	}
	if (outbox_page(w, j, all, &told) > ST_NONE ||
	    metrics_write(w, j) != ST_OK) {
		(void)fprintf(stderr, "sitrep: %s\n", j->why);
		return EX_FAILED;
	}
	for (size_t i = 0; i < told.n_edited; i++)
		(void)printf("%s had been changed by another hand: it is as "
			     "it was; what is public changes by mail only\n",
		    told.edited[i]);
	return EX_DONE;
}
