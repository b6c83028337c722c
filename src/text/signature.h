/*
 * What stands below a person's words without being part of them: "-- " and
 * what follows, a phone's "Sent from my ...", a closing with the writer's own
 * name, a block of contact data (only at the end, at most 8 lines beside
 * telephones, addresses, links and the firm's register), pictures, legal
 * disclaimers.  A postscript or a sentence below a name keeps all of it.
 */
#ifndef TEXT_SIGNATURE_H
#define TEXT_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "text/lines.h"

struct writer {
	const char *name, *address; /* of From; "" if unknown */
	const char *const *banners; /* phrases of this site */
	size_t n_banners;
	const char *const *disclaimers;
	size_t n_disclaimers;
};

/*
 * Lines [from, to) are the writer's; returns the new end.  alone: there is no
 * other text, so something must be left where a cut would be a guess.
 */
size_t signature_end(struct arena *mem, const struct lines *l, size_t from,
    size_t to, const struct writer *w, bool alone);

#endif
