/*
 * The text of a bounce that a person would read: where the returned mail
 * begins in it, which addresses it names as those that failed, and what it
 * says about each.
 */
#ifndef TEXT_BOUNCE_LINES_H
#define TEXT_BOUNCE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* How sure it is that the address is one that failed. */
enum bounce_rank {
	RANK_ANY,   /* it stands there */
	RANK_SAID,  /* behind words such as "unable to deliver to" */
	RANK_LEADS, /* a line begins with it */
};

struct bounce_spot {
	enum bounce_rank rank;
	const char *address; /* as written */
	const char *said;    /* from its line to the next address's */
};

struct bounce_spots {
	struct bounce_spot *at;
	size_t n; /* each address once, with its best rank */
};

/* What stands above the returned mail. */
char *bounce_lines_above(struct arena *mem, const char *text);
/* `but` is left out: who wrote it; ends with NULL, may be NULL. */
void bounce_lines_spots(struct arena *mem, const char *text,
    const char *const *but, struct bounce_spots *out);
/* The first address in a string; NULL: there is none.  *s moves behind it. */
char *bounce_lines_address(struct arena *mem, const char **s);

#endif
