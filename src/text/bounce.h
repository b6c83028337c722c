/*
 * Reads what a mail reports about mail that was sent (model/bounce.h): a
 * delivery report by its fields, a complaint by its own, anything else by the
 * words of the servers that write them.  Pure; in time linear in what it
 * gets, which is capped by the caller.  Runs inside the confined reader.
 */
#ifndef TEXT_BOUNCE_H
#define TEXT_BOUNCE_H

#include "base/arena.h"
#include "model/bounce.h"
#include "model/message.h"

struct bounce_parts {         /* UTF-8; "" where there is none */
	const char *text;     /* for people: the first */
	const char *rest;     /* ... and the others */
	const char *report;   /* message/delivery-status, all of them */
	const char *feedback; /* message/feedback-report */
	const char *original; /* headers of the mail that came back */
};

/* m: its headers and subject are read. */
void bounce_read(struct arena *mem, const struct message *m,
    const struct bounce_parts *p, struct bounce *out);

const char *bounce_class_word(enum bounce_class c);
const char *bounce_reason_word(enum bounce_reason r);
/* Somebody's copy is given up: any line says so, and is no success. */
bool bounce_gives_up(const struct bounce *b);

#endif
