/*
 * Paper: what a mail reports about mails of ours, a line for each recipient
 * (RFC 3464, 6533, 5965, and the free forms of mail servers).  Made by
 * text/bounce.c inside the confined reader.  What it says is hearsay: whose
 * copy it was is told by the token of the address that it came to, and by
 * nothing in it.
 */
#ifndef MODEL_BOUNCE_H
#define MODEL_BOUNCE_H

#include <stdbool.h>
#include <stddef.h>

enum bounce_class {
	BOUNCE_HARD,      /* there is no such mailbox, or no such host */
	BOUNCE_SOFT,      /* there is, but it doesn't take this now */
	BOUNCE_DELAYED,   /* it waits, or waited too long */
	BOUNCE_DELIVERED, /* a success was reported */
	BOUNCE_AUTO,      /* an automatic answer */
	BOUNCE_COMPLAINT, /* the reader called it unwanted */
	BOUNCE_CLASSES
};

enum bounce_reason {
	REASON_UNSAID,
	REASON_NO_USER,
	REASON_NO_HOST,
	REASON_MOVED,
	REASON_NO_MAIL, /* the host takes no mail at all: RFC 7504, 7505 */
	REASON_FULL,
	REASON_DISABLED,
	REASON_SIZE,
	REASON_RATE,
	REASON_FILTERED, /* the address was taken, or it isn't said that it
			    wasn't; the mail was not */
	REASON_POLICY,   /* sender, network, proof or list refused */
	REASON_SPAM,
	REASON_CONTENT,
	REASON_NETWORK, /* DNS, connection, loop */
	REASON_SYSTEM,  /* a fault over there */
	REASON_EXPIRED, /* it waited too long */
	REASON_REPORTED,
	REASONS
};

enum { BOUNCE_MOST = 50, BOUNCE_STATUS = 12 };

struct bounced {
	enum bounce_class class;
	enum bounce_reason reason;
	bool given_up;       /* nobody tries again */
	const char *address; /* as written; "" if none is named */
	const char *status;  /* 5.1.1; "" if none is given */
};

struct bounce {
	struct bounced *at;
	size_t n; /* 0: it reports nothing; at most BOUNCE_MOST */
};

#endif
