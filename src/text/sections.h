/*
 * The public sections of a mail ("--- public ---", "--- public: fr ---") as
 * one text in one or several languages (model/tongue.h).  Pure; results live
 * in the arena.
 */
#ifndef TEXT_SECTIONS_H
#define TEXT_SECTIONS_H

#include "base/arena.h"
#include "model/request.h"

/* All that is public, the draft's own language first; "" for none. */
const char *sections_public(struct arena *mem, const struct request *r);
/*
 * The language of the draft: as Lang: says, else of the section that has no
 * language, else of the first.
 */
const char *sections_lang(const struct request *r);

#endif
