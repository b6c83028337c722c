/*
 * Texts that were read, for who comes to the same ones several times: by the
 * SHA-256 of the source.  When it has grown to TEXTS_SHELF bytes, about, it
 * forgets all and begins anew.
 */
#ifndef FLOW_TEXTS_SHELF_H
#define FLOW_TEXTS_SHELF_H

#include <stdbool.h>

#include "text/prose.h"

enum { TEXTS_SHELF = 32 * 1024 * 1024 };

struct texts_shelf;

struct texts_shelf *texts_shelf_new(void);
void texts_shelf_free(struct texts_shelf *s); /* NULL is allowed */

/* What is given is copied, in both ways; out lives in mem. */
void texts_shelf_put(struct texts_shelf *s, const char *source,
    const struct prose *p);
/* false: it isn't there. */
bool texts_shelf_get(const struct texts_shelf *s, const char *source,
    struct arena *mem, struct prose *out);

#endif
