/*
 * A public event in three lines, for who asks what is open: number and title,
 * state and times, where its page is.
 */
#ifndef TEXT_NOWOPEN_H
#define TEXT_NOWOPEN_H

#include "base/buf.h"
#include "model/conf.h"
#include "model/public_update.h"
#include "text/labels.h"

void nowopen_add(struct buf *out, struct job *j, const struct conf *c,
    const struct labels *words, const struct public_event *e);

#endif
