/*
 * What goes out after a commit, in its order: letters by the courier, then
 * the public tree.  send, serve's courier and page call it.
 */
#ifndef CMD_OUTBOX_H
#define CMD_OUTBOX_H

#include <stdbool.h>

#include "cmd/world.h"

struct outbox_ends { /* descriptors; -1: nobody is there */
	int clock;   /* rung when a page that nobody got made a timer due */
	int stop;    /* readable: begin nothing, end what is on its way */
};

/*
 * Every letter that is due, once; ST_TEMP: some stay for a later try; ST_NONE:
 * another process is at it and takes those that come meanwhile.  ends: NULL
 * for nobody at either.
 */
enum status outbox_send(struct world *w, struct job *j,
    const struct outbox_ends *ends) must_check;

struct paged {
	size_t written;
	char **edited; /* files that somebody else had changed, put back */
	size_t n_edited;
};

/*
 * Writes the public files that changed, or all of them.  told: what was done,
 * in the job's memory; or NULL.
 */
enum status outbox_page(struct world *w, struct job *j, bool all,
    struct paged *told) must_check;

#endif
