/*
 * Part of flow/read.c: what the parts of a mail report about mails of ours,
 * by text/bounce.h.  Inside the confined reader.
 */
#ifndef FLOW_READ_BOUNCE_H
#define FLOW_READ_BOUNCE_H

#include "base/arena.h"
#include "ext/mime.h"
#include "model/message.h"

/*
 * Sets m->bounce; its headers are read.  body: the raw bytes below them, for
 * a mail in which no part is to be found.
 */
void read_bounce(struct arena *mem, const struct mime *parts, const char *body,
    size_t n, struct message *m);

#endif
