/*
 * OpenPGP inside plain text (RFC 4880, 6 and 7): an encrypted message, or a
 * signed one whose text can be read.  Nothing is verified here.
 */
#ifndef TEXT_ARMOR_H
#define TEXT_ARMOR_H

#include <stdbool.h>

#include "base/arena.h"

bool armor_encrypted(const char *text);
/* The text without its armor, NULL: it isn't signed so. */
char *armor_signed_text(struct arena *mem, const char *text);

#endif
