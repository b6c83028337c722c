/*
 * The public pages can't be written anew, because of a mistake in a template,
 * say: the last good ones stay.  Since when, and why, stands in
 * STATE/page.stale until they are written again, for `show` to tell; of a
 * mistake in what pages are made of the administrator has a mail, once.
 */
#ifndef CMD_STALE_H
#define CMD_STALE_H

#include "cmd/world.h"

/* They weren't written; why, and whether it is such a mistake (ST_PERM), comes
 * from the job that failed, whose reason stays. */
void stale_note(struct world *w, struct job *j, enum status st);
/* They were. */
void stale_over(struct world *w, struct job *j);
/* "since 2026-03-04T14:30:00Z: site/front.html:3: ..."; NULL: they are well. */
char *stale_why(struct job *j, const struct conf *c);

#endif
