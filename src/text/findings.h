/*
 * The list of what wasn't understood, as it grows.  Lines are quoted as one
 * line fit for an answer; at most LIMIT_FINDINGS are kept, the first ones.
 */
#ifndef TEXT_FINDINGS_H
#define TEXT_FINDINGS_H

#include "base/arena.h"
#include "model/request.h"

struct findings {
	struct arena *mem;
	struct finding *at;
	size_t n;
};

/* Copies what it needs; written and copy may be NULL. */
void findings_add(struct findings *f, struct finding what);

#endif
