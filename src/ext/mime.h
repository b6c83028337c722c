/*
 * The parts of a mail (RFC 2045 to 2049, 2231), by GMime 3.2.  What goes in
 * has been through text/scan.h: within limits, masks applied, and of the
 * message's own headers only those that begin with Content-.  Attached
 * messages are leaves; their type begins with "xessage/", and digests are
 * "multipart/xigest".  GMime's objects don't outlive the call.  The library
 * is loaded late (base/late.h): it brings fifteen others along, and only the
 * confined reader needs it.
 */
#ifndef EXT_MIME_H
#define EXT_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/charset.h"

struct mime_part {
	const char *type;    /* "text/plain", lower case */
	const char *name;    /* file name, decoded, "" if none */
	size_t alternative;  /* number of the multipart/alternative around it,
				the outermost; 0: none */
	bool attached;       /* not meant to be shown in the text */
	bool flowed, delsp;  /* RFC 3676 */
	bool digest;         /* inside a multipart/digest */
	const char *text;    /* UTF-8 of a shown text/plain or text/html; else
				NULL */
	bool mended;         /* something in it couldn't be read */
	bool longer;         /* it was longer than we take */
	const char *charset; /* of a text that holds armour of OpenPGP ... */
	const char *armor;   /* ... its bytes, decoded, not converted; else
				NULL */
	const char *bytes;   /* of a signature, or of what is encrypted,
				decoded; else NULL */
	size_t n_bytes;
	bool undecodable;   /* its transfer encoding isn't what it says */
	const char *report; /* UTF-8 of the beginning of a delivery or feedback
			       report, or of a mail that came back; else NULL */
};

struct mime {
	struct mime_part *parts; /* leaves, in order */
	size_t n_parts;
	bool encrypted, is_signed;
};

/* Loads the library, once; NULL, or what is missing, in words of the loader. */
const char *mime_load(void);
/* After mime_load().  Takes the bytes of source over. */
void mime_read(struct arena *mem, struct charsets *cs, struct buf *source,
    struct mime *out);
/* After mime_load().  The value of a header, unfolded, as UTF-8; *mended is
 * set, never cleared. */
char *mime_header(struct arena *mem, struct charsets *cs, const char *value,
    bool *mended);

#endif
