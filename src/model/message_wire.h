/*
 * A message as bytes, from the confined reader to its parent.  The parent
 * trusts nothing of it: counts are capped, strings are checked, NULL isn't
 * possible.
 */
#ifndef MODEL_MESSAGE_WIRE_H
#define MODEL_MESSAGE_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/message.h"

void message_pack(const struct message *m, struct buf *out);
/* false: these bytes are no message; *out is then unspecified. */
bool message_unpack(struct arena *mem, const void *p, size_t n,
    struct message *out);

#endif
