/*
 * `sitrep show ID --delivery`: what became of the mails of an event to its
 * lists; or of those to one address.
 */
#ifndef CMD_SHOW_DELIVERY_H
#define CMD_SHOW_DELIVERY_H

#include "base/buf.h"
#include "cmd/world.h"

struct delivery_wish {
	int64_t event;
	const char *name;    /* of the event */
	const char *address; /* NULL: everybody, in numbers */
	bool json;
};

/* ST_PERM: that address is on none of the event's lists. */
enum status show_delivery(struct world *w, struct job *j,
    const struct delivery_wish *o, struct buf *out) must_check;

#endif
