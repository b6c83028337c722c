/*
 * What text/talk*.c share; nothing else includes it.
 */
#ifndef TEXT_TALK_IN_H
#define TEXT_TALK_IN_H

#include "base/buf.h"
#include "text/talk.h"

enum {
	TALK_COMMAND = 512, /* RFC 5321, 4.5.3.1.4, CRLF included */
	LINE_IN = 2048,
	EXPECTED = 8,
	EVENTS = 8,
};

enum stage { GREETING, READY, QUITTING, OVER };

/* What the server still owes us, in order. */
enum expect {
	X_GREETING,
	X_EHLO,
	X_HELO,
	X_RSET,
	X_MAIL,
	X_RCPT,
	X_DATA,
	X_DOT,
	X_LONE_DOT,
	X_QUIT
};

enum offer {
	OFFER_PIPELINING = 1 << 0,
	OFFER_SIZE = 1 << 1,
	OFFER_8BITMIME = 1 << 2,
	OFFER_SMTPUTF8 = 1 << 3,
	OFFER_DSN = 1 << 4,
};

/* A message between its MAIL and its answer. */
struct message_open {
	bool used;
	uint32_t tag;
	int refused; /* the first code that wasn't a yes */
	enum refused_at at;
	char reply[TALK_REPLY];
	bool texting; /* 354 came, the text is being given */
	char rcpt[TALK_COMMAND];
};

struct talk {
	enum stage stage;
	unsigned offers;
	size_t max_size; /* 0: the server names none */
	char helo[256];
	struct buf out;
	size_t written;
	char line[LINE_IN]; /* what came of a reply's line so far */
	size_t n_line;
	char reply[TALK_REPLY];
	size_t n_reply;
	unsigned lines;
	uint64_t replies;
	enum expect expected[EXPECTED];
	unsigned first, n_expected;
	struct message_open envelope, text;
	bool reset; /* a refused transaction stands open at the server */
	struct talk_event events[EVENTS];
	unsigned first_event, n_events;
};

/* For the owner, who takes it by talk_event(). */
void talk_tell(struct talk *t, enum talk_kind kind, uint32_t tag, int code,
    const char *reply, enum refused_at at);
/* A command, and what is owed for it. */
void talk_say(struct talk *t, enum expect x, const char *line);

#endif
