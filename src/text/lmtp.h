/*
 * The server's side of LMTP (RFC 2033) over bytes: what comes is pushed in,
 * in pieces of any size; events come out and replies gather in `out`.  Both
 * depend on the bytes alone, never on how they were cut.
 *
 *	lmtp_feed(l, p, n);
 *	while ((ev = lmtp_next(l)) != LMTP_WANT) ...
 *
 * The bytes fed stay the caller's and must live until LMTP_WANT; they are
 * not looked at after LMTP_CLOSE.  An event that asks (LMTP_RCPT, LMTP_END)
 * is answered before the next call of lmtp_next().
 *
 * Offered: PIPELINING, ENHANCEDSTATUSCODES, 8BITMIME, SIZE, SMTPUTF8.  A
 * command ends at CRLF only, a message at CRLF.CRLF only; any other CR, LF
 * or NUL in a message is content.  A strict one (a listener that a network
 * reaches) ends the session with 521 at a CR or LF that stands alone.
 */
#ifndef TEXT_LMTP_H
#define TEXT_LMTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum lmtp_event {
	LMTP_WANT,  /* nothing more in these bytes */
	LMTP_RCPT,  /* l->path.data: is it ours?  answer: lmtp_rcpt() */
	LMTP_BYTES, /* l->piece, l->piece_len: more of the message */
	LMTP_END,   /* the message is whole: keep it, then lmtp_done() */
	LMTP_CLOSE, /* send what is in out, then close */
};

enum lmtp_state {
	LMTP_COMMAND,
	LMTP_LONG,   /* a line over the limit: thrown away up to its CRLF */
	LMTP_LINE,   /* in a message, after CRLF or at its start */
	LMTP_MID,    /* in a line */
	LMTP_CR,     /* after CR */
	LMTP_DOT,    /* after a dot that began a line */
	LMTP_DOT_CR, /* after that and CR */
	LMTP_ASKED,  /* an answer of the caller is due */
	LMTP_OVER,
};

struct lmtp {
	const char *host; /* our name, in the greeting; not copied */
	size_t max;       /* bytes of a message, announced by SIZE */
	size_t max_rcpt;  /* recipients of one */
	bool strict;

	struct buf out;  /* replies; the caller empties it */
	struct buf from; /* envelope sender, "" is the null one */
	struct buf to;   /* the first recipient that was taken */
	struct buf path; /* of LMTP_RCPT */
	size_t recipients;
	const char *piece;
	size_t piece_len;

	enum lmtp_state state;
	bool greeted, mail;
	unsigned wrong; /* commands in a row that were */
	struct buf line;
	const char *in; /* fed and not read yet */
	size_t in_len;
};

/* Writes the greeting; lmtp_free() frees the buffers. */
void lmtp_begin(struct lmtp *l, const char *host, size_t max, size_t max_rcpt,
    bool strict);
void lmtp_free(struct lmtp *l);
void lmtp_feed(struct lmtp *l, const void *p, size_t n);
enum lmtp_event lmtp_next(struct lmtp *l);
void lmtp_rcpt(struct lmtp *l, bool ours);
/* One reply for each recipient: durably taken, or to be tried again. */
void lmtp_done(struct lmtp *l, bool taken);
/* 421: idle for too long, or we go down.  The session is over. */
void lmtp_bye(struct lmtp *l, const char *why);
/* True between DATA and the end of the message. */
bool lmtp_in_message(const struct lmtp *l);

#endif
