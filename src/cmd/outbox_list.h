/*
 * The list of files of the public tree (flow/notary_files.h), kept as the run
 * writes them, and beside it what the chain publishes under /chain/.
 */
#ifndef CMD_OUTBOX_LIST_H
#define CMD_OUTBOX_LIST_H

#include "cmd/site.h"

struct shelf {
	const char *name;
	struct buf lines; /* of this run, not in its file yet */
};

struct tree_list {
	struct arena *mem;
	struct shelf *shelves;
	size_t n, waiting; /* bytes of lines */
	bool all;          /* everything is written */
	bool anew;         /* ... and there needn't be a list yet */
};

/* A file below public/, "incident/2026/0042/index.html", and what it holds. */
void tree_list_add(struct world *w, const char *path, const struct buf *b);
/*
 * Puts the lines into their files; sooner where there are many.  ST_PERM: a
 * list isn't as we wrote it, all must be written anew.
 */
enum status tree_list_flush(struct world *w, struct job *j,
    bool all) must_check;
/* Forgets what was written so far: everything will be. */
enum status tree_list_begin(struct world *w, struct job *j,
    bool all) must_check;
void tree_list_end(struct world *w);

/* Key, head, and the checkpoints of days since the last run. */
enum status tree_chain(struct site *x, struct job *j) must_check;
/* The record of a month. */
enum status tree_chain_month(struct site *x, struct job *j, int64_t from,
    int64_t until) must_check;

#endif
