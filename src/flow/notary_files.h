/*
 * The list of files of the public tree, so that a copy of it can be checked to
 * the last bit: lines "HASH  PATH", sorted, in one file for each shelf of the
 * tree (chain/files/SHELF.txt), and the shelves' own hashes in
 * chain/files.txt, which is sealed.  So what a run writes of it grows with
 * what changed.  The page of an event has a line for each update on it too,
 * "HASH  PATH#u3 START LENGTH", which tells where in the page it stands.
 */
#ifndef FLOW_NOTARY_FILES_H
#define FLOW_NOTARY_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"

#define NOTARY_LIST "chain/files.txt"
#define NOTARY_SHELVES "chain/files"

struct notary_file {      /* a line */
	const char *hash; /* 64 digits */
	const char *path;
	int u;                /* of an update on it; 0: the whole file */
	size_t start, length; /* ... where */
};

/*
 * "incident-2026-00" for incident/2026/0042/index.html, "chain-2026" for
 * chain/2026-03-04.txt, "component" for older pages of services, "feed" for
 * older pieces of feeds; "site" for what hardly grows.
 */
char *notary_shelf(struct job *j, const char *path);
/* The lines of one file. */
void notary_list(struct job *j, const char *path, const void *p, size_t n,
    struct buf *out);
/*
 * A shelf with new lines in place of those of the same files.  ST_PERM: old
 * isn't such a list, in order.
 */
enum status notary_merge(struct job *j, const char *old, const char *fresh,
    struct buf *out) must_check;
/* ST_PERM: something in it is no such line; lines and strings in the arena. */
enum status notary_read_list(struct job *j, const char *text,
    struct notary_file **out, size_t *n) must_check;

#endif
