/*
 * Where mail goes: an entry of `relay` in the configuration, smtp://HOST,
 * smtp://HOST:PORT (an IPv6 address in brackets) or spool:DIR.
 */
#ifndef TEXT_RELAY_H
#define TEXT_RELAY_H

#include <stdbool.h>

#include "base/arena.h"

enum relay_kind { RELAY_SMTP, RELAY_SPOOL };

struct relay {
	enum relay_kind kind;
	const char *host, *port; /* of RELAY_SMTP */
	const char *dir;         /* of RELAY_SPOOL, absolute */
};

/* false: it is none. */
bool relay_read(struct arena *mem, const char *s, struct relay *out);

#endif
