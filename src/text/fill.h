/*
 * Values: turns the entries of a block into the typed fields and commands of
 * struct request.  A value that can't be read is left out and becomes a
 * finding with a line to copy; publishing is then only a preview.  Disclosure
 * alone is taken at its strictest when in doubt.
 */
#ifndef TEXT_FILL_H
#define TEXT_FILL_H

#include "model/conf.h"
#include "model/request.h"
#include "text/findings.h"
#include "text/grammar.h"
#include "text/moment.h"

struct fill {
	struct findings *f;
	const struct conf *conf;
	struct moment_frame frame; /* `use` is set for each field */
	struct request *r;         /* the findings aren't put into it */
	const char *seen[KEYS];    /* the value read before, NULL: none */
};

void fill_entry(struct fill *w, const struct entry *e);

#endif
