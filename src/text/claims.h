/*
 * The value of Components: `email-b, webmail=degraded; api: major outage`.
 * Each item is a slug, name, alias or group, with a status or without.
 */
#ifndef TEXT_CLAIMS_H
#define TEXT_CLAIMS_H

#include <stddef.h>

#include "base/arena.h"
#include "model/conf.h"
#include "model/request.h"

struct claims {
	struct claim *at; /* each component once, the last status holds */
	size_t n;
	const char *named, *status; /* of CLAIM_STATUS */
};

/* Adds what one item names.  What it returns, if anything, is wrong. */
enum claim_fault { CLAIM_FINE, CLAIM_UNKNOWN, CLAIM_STATUS };
enum claim_fault claims_add(struct arena *mem, const struct conf *conf,
    const char *item, struct claims *out);
/* Cuts the next item off *s (`,` `;`); NULL at the end. */
const char *claims_next(struct arena *mem, const char **s);

#endif
