/*
 * What the writer meant: the text of a mail without what it quotes and
 * without signature, disclaimer and banner.  Own words below a quote are kept
 * in order.  Nothing is lost: what was quoted is in `quoted`, the rest is
 * counted.  Pure; linear but for what a line may hold.
 */
#ifndef TEXT_REPLY_H
#define TEXT_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "text/signature.h"

struct reply {
	const char *text;   /* no blank lines at its ends */
	const char *quoted; /* of about `most` bytes */
	size_t cut_quote;   /* lines that aren't blank */
	size_t cut_signature;
	bool interleaved; /* own words stand below a quote */
	bool alone;       /* all own words are one line, or none */
	bool forwarded;   /* a forwarded mail stands in it */
	bool cut;         /* longer than `most` */
};

void reply_read(struct arena *mem, const char *text, const struct writer *w,
    size_t most, struct reply *out);

#endif
