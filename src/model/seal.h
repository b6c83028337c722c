/*
 * Paper: how a mail is signed or encrypted as a whole, found by the reader
 * (flow/read.c) and not checked yet.  Bytes are untrusted.
 */
#ifndef MODEL_SEAL_H
#define MODEL_SEAL_H

#include <stdbool.h>
#include <stddef.h>

enum seal_kind {
	SEAL_NONE,
	SEAL_PGP,        /* multipart/signed, OpenPGP (RFC 3156) */
	SEAL_PGP_TEXT,   /* a clear-signed text (RFC 4880, 7) */
	SEAL_SMIME,      /* multipart/signed, S/MIME (RFC 8551) */
	SEAL_SMIME_DATA, /* S/MIME that holds what it signs */
	SEAL_PGP_CIPHER,
	SEAL_SMIME_CIPHER,
	SEAL_KINDS
};

struct seal {
	enum seal_kind kind;
	const char *flaw;  /* why it can't be checked; "" if it can */
	size_t at, len;    /* SEAL_PGP, SEAL_SMIME: the part that is covered,
			      in the raw bytes */
	const char *proof; /* the signature; else all that is signed or
			      encrypted, armour included */
	size_t n_proof;
	bool text;           /* what is inside is a text, not a MIME part */
	const char *charset; /* ... of it, "" if it isn't said */
	const char *outside; /* text before and behind it */
};

#define SEAL_BLANK \
	{ \
		.flaw = "", .proof = "", .charset = "", .outside = "" \
	}

#endif
