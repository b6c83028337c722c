/*
 * A message as an entry of an mbox (the form mboxrd, line ends LF): a From_
 * line before it, a blank line behind it, and a > before each of its lines
 * that begins with any number of > and "From ".
 */
#ifndef TEXT_MBOXRD_H
#define TEXT_MBOXRD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* at: for the From_ line. */
void mboxrd_add(struct buf *out, int64_t at, const char *raw, size_t n);

#endif
