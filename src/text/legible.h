/*
 * A mail of ours (text/mailer.h) as text that people read: what its first
 * part says, without headers and transfer encoding.  For showing our own
 * bytes only; what comes from elsewhere is read by flow/read.c.
 */
#ifndef TEXT_LEGIBLE_H
#define TEXT_LEGIBLE_H

#include "base/arena.h"

char *legible(struct arena *mem, const char *raw);

#endif
