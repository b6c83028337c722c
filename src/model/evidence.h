/*
 * Paper: what came of looking into a signature or a cipher.  Made by
 * flow/proof.c.
 */
#ifndef MODEL_EVIDENCE_H
#define MODEL_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct evidence {
	bool good;        /* the signature counts */
	bool opened;      /* a cipher was decrypted; good says more */
	const char *flaw; /* else, in words that complete "... doesn't count:
			     "; NULL: there was nothing to check */
	const char *id;   /* of the signature, for ever */
	const char *fingerprint;
	int64_t made;
	/* good or opened: a MIME part to be read in place of the body. */
	const char *inside;
	size_t n_inside;
};

#endif
