/*
 * Is a mail without a delivery report one of a mail system about mail that
 * couldn't be delivered?  By who sent it, its subject and its first words,
 * never by one of them alone.
 */
#ifndef TEXT_BOUNCE_SIGNS_H
#define TEXT_BOUNCE_SIGNS_H

#include "base/arena.h"
#include "model/message.h"

/* text: without the returned mail; shown: that is there, or an address of
 * which the text says something. */
bool bounce_signs_failure(struct arena *mem, const struct message *m,
    const char *text, bool shown);
/* Somebody answers a report or hands it on. */
bool bounce_signs_person(const struct message *m);
/* Mail servers write from such addresses. */
bool bounce_signs_server(const struct message *m);
/* A complaint that isn't in the form of RFC 5965; original: what came back. */
bool bounce_signs_complaint(const struct message *m, const char *original);
/* An automatic answer that isn't about a failure. */
bool bounce_signs_answer(const struct message *m);

#endif
