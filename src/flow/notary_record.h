/*
 * Reads the records of the chain as they are published (model/chain.h), from
 * /chain/YYYY-MM.txt of a tree or a copy of it, and says of each whether its
 * hash is right.  Needs nothing but the text.
 */
#ifndef FLOW_NOTARY_RECORD_H
#define FLOW_NOTARY_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job.h"

struct notary_record {
	int64_t number; /* in the chain; 0: can't be read */
	const char *event;
	int u, r;
	const char *previous, *hash;
	bool gone;    /* its texts were removed */
	bool redacts; /* it is the one that says so of those before */
	bool whole;   /* hash and texts agree with what stands there */
	const char *file;
};

/* Adds the records of a file; a piece that is none is one that isn't whole. */
void notary_records(struct job *j, const char *file, const char *text,
    struct notary_record **list, size_t *n);

enum notary_fault {
	NOTARY_GOOD,
	NOTARY_ALTERED,
	NOTARY_REMOVED,
	NOTARY_INSERTED
};

/*
 * What is wrong with the i-th, in the light of those around it: altered, a
 * post before it was removed, or it was inserted itself.
 */
enum notary_fault notary_judge(const struct notary_record *list, size_t n,
    size_t i);

#endif
