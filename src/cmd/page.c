/* page [--all]: once, the public files that changed, or all of them. */
#include <stdio.h>
#include <string.h>

#include "cmd/outbox.h"

int
cmd_page(struct world *w, struct job *j, int argc, char **argv)
{
	bool all = argc == 2 && strcmp(argv[1], "--all") == 0;

	if (argc > 2 || (argc == 2 && !all)) {
		(void)fprintf(stderr, "usage: sitrep page [--all]\n");
		return EX_WRONG_USAGE;
	}
	if (outbox_page(w, j, all) > ST_NONE) {
		(void)fprintf(stderr, "sitrep: %s\n", j->why);
		return EX_FAILED;
	}
	return EX_DONE;
}
