/*
 * The members of a Mailman 2 list as its `dumpdb` prints config.pck: Python's
 * way to write a dictionary, of which the dictionaries members, digest_members,
 * delivery_status, language and user_options are read, in whatever order.
 * Addresses that it keeps as written are given so.
 */
#ifndef TEXT_MAILMAN_H
#define TEXT_MAILMAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct mailman_member {
	const char *address;
	const char *lang;   /* "" if not given */
	const char *status; /* active, nomail, bounced */
	bool digest;
	size_t line;
};

/* Is it such a file, by its first line? */
bool mailman_is_dump(const char *first_line);
/* Or what config_list writes, which has no members? */
bool mailman_is_config(const char *first_line);
/* text is changed; in the order of the dump.  false: it breaks off. */
bool mailman_read(struct arena *mem, char *text, struct mailman_member **out,
    size_t *n);

#endif
