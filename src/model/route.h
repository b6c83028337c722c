/*
 * Paper: where a mail belongs: what kind of address it came to and which
 * event it is about (specification, sections 3.1 and 3.2).  Made by
 * flow/route.c.
 */
#ifndef MODEL_ROUTE_H
#define MODEL_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

enum place {
	PLACE_UNKNOWN, /* no such local part: held */
	PLACE_INCIDENT,
	PLACE_MAINTENANCE, /* a later part */
	PLACE_ROBOT,       /* a later part: kept */
	PLACE_PROVIDER,    /* a later part: kept */
	PLACE_WARROOM,     /* the list of an event's war room */
	PLACE_HELP,
	PLACE_PAGE,         /* p.TOKEN@: answers of page targets */
	PLACE_OWNER,        /* postmaster, abuse, LIST-owner, a From address */
	PLACE_BOUNCES,      /* LIST-bounces+TOKEN */
	PLACE_UNSUBSCRIBE,  /* LIST-unsubscribe+TOKEN */
	PLACE_PAGE_BOUNCES, /* incident-bounces+TOKEN: a page came back */
	PLACE_SELFTEST,     /* selftest+TOKEN: our own mail, T14 */
	PLACE_SUBSCRIBE,    /* LIST-subscribe */
	PLACE_LEAVE,        /* LIST-unsubscribe without a token */
	PLACE_REQUEST,      /* LIST-request: commands */
	PLACE_CONFIRM,      /* LIST-confirm+TOKEN */
};

enum hit { /* how the event was found, first wins */
	HIT_NONE,
	HIT_KEY,
	HIT_ADDRESS,
	HIT_THREAD,
	HIT_SUBJECT,
};

struct route {
	enum place place;
	const char *recipient; /* as given */
	const char *list;      /* slug, NULL */
	const char *token;     /* after +, of an address that is no reply
				  address; NULL */

	enum hit hit;
	int64_t event;   /* row id; 0: none */
	bool disagree;   /* hits name different events, or one that's unknown */
	bool unknown_id; /* an id was named that we don't have: E10, E12 */
	const char *named; /* that id, as written; with `related` the old
			      event's; NULL */
	bool named_by_key; /* by a field or an argument: E10; else E12 */
	bool by_reply;     /* In-Reply-To or References lead to the event */
	bool subject_tag;  /* the subject carries the event's tag */
	bool closed;       /* the event found is closed */
	int64_t closed_at; /* when; 0: it's open */
	bool fresh;        /* not a real reply: on a closed event, or by a
			      reply address from an address book */
	/*
	 * A new event comes of it: `new`, or fresh and of a role that reports.
	 * event still names the old one, which related repeats; related is 0
	 * where there was none.  Without opens and without event the place
	 * decides: a report at incident@, nothing elsewhere.
	 */
	bool opens;
	int64_t related;
	const char *related_name; /* "INC-2026-0042" of it, else NULL */

	/* The reply address, if it was one. */
	char object; /* d u n t q e w; 0: none */
	int number;  /* of the object */
	bool has_token;
	bool token_ok;            /* valid for this sender's person */
	const char *token_person; /* whose it is; NULL if not valid at all */
};

#endif
