/*
 * All the words of an update without the form that templates give them: what
 * a preview shows while those are broken.  Public by their type; pure.
 */
#ifndef TEXT_BARE_H
#define TEXT_BARE_H

#include "base/arena.h"
#include "model/public_update.h"

char *bare_words(struct arena *mem, const struct public_update *u);

#endif
