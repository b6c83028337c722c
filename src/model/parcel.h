/*
 * Papers: a copy that is to be handed over, and what became of it.
 */
#ifndef MODEL_PARCEL_H
#define MODEL_PARCEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/mail.h"
#include "model/refused_at.h"

enum fate {
	FATE_TAKEN,   /* 2xx, or written to the spool */
	FATE_REFUSED, /* 5xx */
	FATE_LATER,   /* 4xx, or no answer came: the copy may be repeated */
	FATE_UNSENT,  /* no relay could be reached; nothing was sent */
};

struct parcel {
	uint64_t tag;            /* the caller's */
	int64_t letter;          /* names the envelope; 0: it has no name */
	const struct mail *mail; /* stays until the outcome is taken */
	struct copy copy;        /* its strings are copied */
	int relay;    /* -1: in their order; else this one alone, at once, on a
			 session of its own (pages) */
	bool fall;    /* a 4xx goes on to the next relay */
	bool forward; /* ahead of what waits */
};

struct outcome {
	uint64_t tag;
	int64_t member;
	enum fate fate;
	int code;          /* 0: no reply */
	const char *reply; /* until further parcels are added */
	const char *to;    /* until then too */
	enum refused_at at;
	int relay; /* whose reply it is; -1: nobody's */
};

#endif
