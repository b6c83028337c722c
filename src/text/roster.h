/*
 * Members as lines of comma separated values: as we write them, and as other
 * list managers and shops do.  A header names the columns; case, blanks, -
 * and _ don't matter in it, and what isn't known is passed over.
 *
 * Of states the words of Mailman 2 and 3 are known too (digest, nomail and
 * who it was disabled by).  Who is only invited isn't a member.
 */
#ifndef TEXT_ROSTER_H
#define TEXT_ROSTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "model/conf.h"
#include "model/member.h"

enum roster_column {
	ROSTER_ADDRESS,
	ROSTER_STATUS,
	ROSTER_LANGUAGE,
	ROSTER_ZONE,
	ROSTER_FORMAT,
	ROSTER_DELIVERY,
	ROSTER_TOPICS,
	ROSTER_KIND,
	ROSTER_LEAST,
	ROSTER_PAUSED,
	ROSTER_JOINED,
	ROSTER_ACCOUNT,
	ROSTER_SOURCE,
	ROSTER_CONSENTED,
	/* Not written by us. */
	ROSTER_DIGEST,    /* yes or no */
	ROSTER_NOMAIL,    /* yes or no */
	ROSTER_CONTACT,   /* for status mail, of a reseller */
	ROSTER_TECHNICAL, /* where there is none */
	ROSTER_COLUMNS,
};

enum { ROSTER_FIELDS = 64 };

struct roster { /* which column is where */
	bool has[ROSTER_COLUMNS];
	size_t at[ROSTER_COLUMNS];
};

extern const char roster_head[]; /* of what roster_put() writes, with LF */

/* false: no column has addresses. */
bool roster_header(struct roster *r, char **names, size_t n);
/* The column of the first address, where a file has no header. */
bool roster_guess(struct roster *r, char **values, size_t n);
/*
 * NULL: *m is filled, what isn't given stays; else why the line is refused.
 * Strings are those of values, or live in mem.
 */
const char *roster_read(struct arena *mem, const struct conf *c,
    const struct roster *r, char **values, size_t n, struct member *m);
/* "by_bounces", "digest": fills status or delivery; NULL, or why not. */
const char *roster_status(const char *word, struct member *m);
/* "2019-04-01", RFC 3339, with a blank for the T, or seconds since 1970. */
bool roster_date(struct arena *mem, const char *s, int64_t *t);
/* NULL, or why the list can't have it as a member. */
const char *roster_address(const char *s);

/* A line; but for the status, what is as for any new member is left out. */
void roster_put(struct buf *out, struct arena *mem, const struct member *m);

#endif
