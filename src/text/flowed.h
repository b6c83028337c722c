/*
 * format=flowed (RFC 3676): lines that a mailer broke softly are joined
 * again, within one depth of quoting; space-stuffing goes.  Quoted lines come
 * out as ">> text".  The signature line "-- " is never joined.
 */
#ifndef TEXT_FLOWED_H
#define TEXT_FLOWED_H

#include <stdbool.h>

#include "base/arena.h"

/* delsp: the space at a soft break is taken off. */
char *flowed_join(struct arena *mem, const char *s, bool delsp);

#endif
