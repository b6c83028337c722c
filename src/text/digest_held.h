/*
 * The digest of held mail: who wrote what, and how to accept each.  Plain
 * text, LF; pure.  What strangers wrote stands indented, as it came.
 */
#ifndef TEXT_DIGEST_HELD_H
#define TEXT_DIGEST_HELD_H

#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "model/conf.h"
#include "model/held.h"

struct held_entry {
	const struct held *mail;
	const char *text;   /* what it says, LF */
	const char *accept; /* the reader's address to accept it; NULL: none */
};

enum { HELD_LINES = 6 }; /* of each are shown */

char *digest_held_subject(struct job *j, size_t all);
/* all: how many wait, also those that aren't among the n. */
char *digest_held_body(struct job *j, const struct conf *c,
    const struct held_entry *entries, size_t n, size_t all);
/* One mail: time, sender, subject and at most max lines of what it says. */
void digest_held_mail(struct job *j, const struct conf *c,
    const struct held_entry *e, size_t max, struct buf *out);

#endif
