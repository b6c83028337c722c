/*
 * The addresses of a From header (RFC 5322, 3.4): how many mailboxes, whether
 * there is a group, and the one mailbox if there is just one.  Strict where
 * it counts: an address that can be read in two ways is no address.  Linear.
 */
#ifndef TEXT_ADDRESS_H
#define TEXT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct address {
	size_t mailboxes;
	bool group;
	const char *address; /* domain in lower case; "" if not usable */
	const char *name;    /* as written, quotes off, not decoded */
};

/* value: unfolded, UTF-8.  Of several mailboxes none is given. */
void address_read(struct arena *mem, const char *value, struct address *out);
/* The msg-ids in a header value, without <>; *n counts those in *ids. */
void address_ids(struct arena *mem, const char *value, const char ***ids,
    size_t *n);

#endif
