/*
 * Paper: an outgoing message, composed once, with holes for what differs from
 * copy to copy.  Pieces are in order; literal bytes have CRLF line ends and
 * are dot-stuffed, without the final dot.  Made by flow/compose.c and
 * flow/answer.c, handed over by flow/courier.c.
 */
#ifndef MODEL_MAIL_H
#define MODEL_MAIL_H

#include <stddef.h>
#include <stdint.h>

enum hole {
	HOLE_NONE,        /* a literal piece */
	HOLE_TO,          /* the recipient's address */
	HOLE_UNSUBSCRIBE, /* the token of LIST-unsubscribe+ and /u/ */
};

struct piece {
	enum hole hole;
	const char *data; /* NULL for a hole */
	size_t len;
};

struct mail {
	struct piece *pieces;
	size_t n_pieces;
	size_t size;   /* literal bytes */
	int utf8;      /* headers or addresses need SMTPUTF8 */
	int eight_bit; /* some octet is over 127: BODY=8BITMIME */
};

/*
 * What copies may differ in besides their holes: a mail is composed once for
 * each that the members of a list have.  "" or NULL: as the list says.
 */
struct variant {
	const char *lang;
	const char *zone;   /* shown after UTC, in place of the list's */
	const char *format; /* both, text, html; of a digest mime too */
};

#define VARIANT_MIME "mime"

/* One copy: who gets it and what goes into the holes. */
struct copy {
	int64_t member;     /* 0: not a list member */
	const char *to;     /* RCPT, checked by text_is_address() */
	const char *sender; /* envelope sender, "" for the null sender */
	const char *unsubscribe;
};

#endif
