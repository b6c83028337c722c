/*
 * Paper: a mail as read.  Made by flow/read.c from raw bytes inside a confined
 * child; strings are valid UTF-8 without NUL, live in the job's arena and are
 * never NULL unless said so.
 */
#ifndef MODEL_MESSAGE_H
#define MODEL_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/bounce.h"
#include "model/seal.h"

enum reading {
	READING_OK,
	READING_EMPTY,    /* no bytes */
	READING_UNPARSED, /* no header, or the child died on it */
	READING_LIMITS,   /* over a cap: `limit` names it */
};

struct header {
	const char *name;  /* as written */
	const char *value; /* unfolded, trimmed, not decoded */
};

struct attachment {
	const char *name; /* decoded, one line, "" if none */
	const char *type; /* "application/zip" */
	const char *note; /* "", "undecodable", "calendar" */
};

struct message {
	enum reading reading;
	const char *limit; /* "headers", "parts", "depth", ... or "" */
	bool cut;          /* only the beginning was kept */
	bool broken;       /* READING_UNPARSED, for the reader died on it */

	struct header *headers; /* in order, the trace block first */
	size_t n_headers;
	size_t n_received;
	bool ragged; /* they end at a line that is neither one nor blank */

	/* From: what RFC 5322 allows once and we demand so. */
	size_t n_from;            /* From headers */
	size_t n_from_mailboxes;  /* mailboxes in the first of them */
	bool from_group;          /* it has group syntax */
	const char *from_address; /* lower-case domain; "" if none is usable */
	const char *from_name;    /* decoded, one line */

	const char *subject; /* decoded, one line, LIMIT_SUBJECT */
	const char *mid;     /* without <>; "" if none */
	const char **refs;   /* In-Reply-To first, then References from last to
				first, without <> */
	size_t n_refs;

	bool dated; /* Date was there and read */
	int64_t date;
	int date_offset;
	bool date_zoned; /* the offset means something: not -0000, not UTC */

	/* What the writer meant, and what was left out of it. */
	const char *reply;    /* LF line ends */
	const char *quoted;   /* what stood below the boundary */
	size_t cut_quote;     /* lines left out as quote */
	size_t cut_signature; /* lines left out as signature, disclaimer */
	bool interleaved;     /* own lines stand below a quote: `reply` holds
				 them in order, quotes left out */
	bool alone;           /* ... and all own text is one line or less */
	bool no_text;         /* no text part at all */
	bool from_html;       /* the text was made from HTML */
	bool repaired;        /* a charset or UTF-8 was mended: W48 */
	bool text_cut;        /* longer than max_text: E33 */
	bool encrypted;       /* E30 */
	bool winmail;         /* E31 */
	bool is_signed;       /* somewhere in it, checked or not */
	bool forwarded;       /* Fwd: or message/rfc822 */
	bool reaction;        /* an emoji reaction: never an approval */
	struct attachment *attachments;
	size_t n_attachments;

	/* Found by the reader; checked by flow/proof.c, which sets the rest. */
	struct seal seal;
	bool sealed;      /* a signature that counts covers `reply` */
	const char *flaw; /* E32: why none counts; NULL: nothing to say */
	bool outside;     /* text beside it wasn't read: W42 */

	struct bounce bounce; /* what it reports about mails of ours */
};

#endif
