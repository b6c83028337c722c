/*
 * The text of a page: at most PAGER_MAX characters, each of them one of the
 * basic alphabet of GSM 03.38 that is also ASCII, so that it stays one short
 * message of 160.  Other letters are written as near as ASCII comes, or as ?.
 *
 *	INC-2026-0042 Email Cluster B SEV2, yours since 14:20. Answer ack to
 *	p.k7q2m9tz4w@in.status.example
 *
 * What doesn't fit is cut from `what`, and left out of `said`; never from the
 * id, the severity, the answer or the address, even if these alone are longer.
 */
#ifndef TEXT_PAGER_H
#define TEXT_PAGER_H

#include <stddef.h>

#include "base/arena.h"

enum { PAGER_MAX = 160 };

struct pager {
	const char *id;       /* INC-2026-0042 */
	const char *what;     /* public names, "" if none or secret */
	const char *severity; /* SEV2, "" if secret */
	const char *said;     /* "yours since 14:20", "" if secret */
	const char *answer;   /* ack; "" with to: no answer is wanted */
	const char *to;       /* the short reply address */
};

char *pager_text(struct arena *mem, const struct pager *p);
/* Any text in that alphabet. */
char *pager_plain(struct arena *mem, const char *s);

#endif
