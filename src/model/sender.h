/*
 * Paper: who wrote, and how well it is proved (trust classes of the
 * specification, section 3.3).  Made by flow/sender.c.
 */
#ifndef MODEL_SENDER_H
#define MODEL_SENDER_H

#include <stdbool.h>
#include <stdint.h>

#include "model/conf.h"

enum trust {
	TRUST_A0,  /* unknown, or our server says fail */
	TRUST_A0K, /* known address, no proof either way */
	TRUST_A1,  /* known address and dmarc=pass or an aligned dkim=pass */
	TRUST_A2,  /* A1 and that person's reply token (set by the walk) */
	TRUST_A3,  /* signed by that person, over what is asked for and over
		      the name of the event */
};

enum proof { PROOF_NONE, PROOF_PASS, PROOF_FAIL };

struct sender {
	enum trust trust;
	enum proof proof;
	const struct person *person; /* NULL: nobody we know */
	/* Whose address stands in From, proved or not; NULL: nobody's. */
	const struct person *claimed;
	int64_t signed_at;   /* a signature of theirs counts; 0: none does */
	const char *address; /* From's, lower-case domain */
	bool page_target;    /* the address is a person's page target */
	/*
	 * Never answered, never a command: the archive verdict "auto",
	 * "loop", "unauth:from", "bounce" or "".
	 */
	const char *machine;
	bool null_sender; /* envelope sender <> */
	bool quiet;       /* never answered, though what it says counts */
	bool unverified;  /* A0k: say so in every internal mail */
};

#endif
