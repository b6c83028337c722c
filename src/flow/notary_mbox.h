/*
 * Reads an mbox: an archive of ours, or mails of ours that somebody kept,
 * among others; says of each of ours whether its seal is good.  Needs nothing
 * but the bytes and our public key.
 */
#ifndef FLOW_NOTARY_MBOX_H
#define FLOW_NOTARY_MBOX_H

#include <stddef.h>

#include "flow/notary.h"
#include "flow/notary_record.h"

struct notary_letter {
	size_t at;         /* its place in the file, from 1 */
	const char *event; /* "" where it can't be read */
	int u, r;
	const char *hash, *previous; /* previous "": of a kept mail */
	enum notary_fault fault;
};

/*
 * Those that are ours or say so, in their order; *others counts the rest.  Of
 * the messages of an archive each names the post before it, so one that is
 * missing between two is told as removed before the later one.  What begins
 * before the first post of a file, or ends after its last, can't be missed.
 */
void notary_mbox(struct job *j, const struct notary_keys *k, const char *p,
    size_t n, struct notary_letter **out, size_t *count, size_t *others);

#endif
