/*
 * What kind of address a mail came to (specification, section 3.1), from its
 * recipient alone.  Case doesn't matter; the delimiter is the configured one
 * (each character of it, if there are several).  Says nothing about whether a
 * token is good.
 */
#ifndef TEXT_PLACE_H
#define TEXT_PLACE_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/conf.h"
#include "model/route.h"
#include "text/eventid.h"

struct place_parts {
	enum place place;
	const char *list;  /* slug as configured; NULL */
	const char *word;  /* of a list: "subscribe", "owner"; else NULL */
	const char *token; /* of a list address, a reply address or a page;
			      of a robot, a page's bounce and a self-test all
			      behind the delimiter; NULL */
	/*
	 * incident+INC-2026-0042: what stands for the event, as written, not
	 * looked at; NULL if nothing does, as in incident+q17.TOKEN.
	 */
	const char *event;
	struct eventid_object object;
	bool reply; /* it has the form of a reply address: with a token */
};

/* Always fills *out; PLACE_UNKNOWN where nothing fits. */
void place_parse(struct arena *mem, const struct conf *c, const char *recipient,
    struct place_parts *out);
/* For RCPT: an address that somebody reads. */
bool place_known(const struct conf *c, const char *recipient);

#endif
