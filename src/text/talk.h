/*
 * What is said in an SMTP session, seen from the client (RFC 5321, 1870, 2920,
 * 6152, 6531, 3461): bytes from the server go in, bytes for the server and
 * events come out.  No socket and no clock; the owner moves the bytes and
 * watches the time with talk_patience().
 *
 * One message has its text on the wire while the envelope of the next is
 * already sent behind it, so at most two are open at any moment and one of
 * them is in doubt if the session breaks.  One recipient per message, always.
 * A server without PIPELINING is asked command by command.
 */
#ifndef TEXT_TALK_H
#define TEXT_TALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/refused_at.h"

enum { TALK_REPLY = 320 }; /* of a server's words, what is kept */

enum talk_kind {
	TALK_TEXT, /* the server waits for the text of `tag` */
	TALK_DONE, /* `tag` has its answer: code and reply */
	TALK_LOST, /* its text was (partly) sent, no answer came */
	TALK_BACK, /* nothing was refused, no text sent: try elsewhere */
	TALK_OVER, /* no further event; reply says why */
};

struct talk_event {
	enum talk_kind kind;
	uint32_t tag;
	int code;               /* 0 where no reply decided */
	enum refused_at at;     /* of TALK_DONE: what that was the reply to */
	char reply[TALK_REPLY]; /* one printable line, without the code */
};

struct talk_envelope {
	uint32_t tag;
	const char *from; /* "" is the null sender */
	const char *to;
	/* What reports are to call it, where the server writes some (RFC 3461):
	 * letters, digits, dots.  NULL: nothing is asked of it. */
	const char *name;
	size_t size; /* of the text; 0: not known */
	bool eight_bit, utf8;
};

struct talk;

/* helo: our name, one word. */
struct talk *talk_new(const char *helo);
void talk_free(struct talk *t); /* NULL is allowed */

/* What the server said. */
void talk_read(struct talk *t, const char *p, size_t n);
/* What it is to be told, *n bytes; then how much of that was written. */
const char *talk_out(const struct talk *t, size_t *n);
void talk_wrote(struct talk *t, size_t n);
/* The connection is gone, or the owner gives it up. */
void talk_end(struct talk *t, const char *why);
/* How long to wait for what is expected now, in ms; 0: nothing is. */
int64_t talk_patience(const struct talk *t);
/* Grows with each reply. */
uint64_t talk_replies(const struct talk *t);
/* false: nothing happened any more. */
bool talk_event(struct talk *t, struct talk_event *out);

bool talk_ready(const struct talk *t); /* greeted, knows our name */
bool talk_over(const struct talk *t);
/* A further envelope may be given: every event was taken. */
bool talk_hungry(const struct talk *t);
/*
 * Addresses are checked; one that may not stand in a command, or a message
 * that this server can't take, is a TALK_DONE with a code of 5xx of ours.
 */
void talk_envelope(struct talk *t, const struct talk_envelope *e);
/* How much of the text asked for by TALK_TEXT may be given now. */
size_t talk_room(const struct talk *t);
/* CRLF line ends, dot-stuffed; the whole of it ends with CRLF or is empty. */
void talk_text(struct talk *t, const void *p, size_t n);
void talk_text_end(struct talk *t);
/* Says QUIT if nothing is open, else ends. */
void talk_quit(struct talk *t);

#endif
