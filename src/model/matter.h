/*
 * Paper: everything that deciding looks at: one mail or one timer, the event
 * it is about as it stands, and who is who at this moment.  Collected by
 * cmd/walk.c; flow/decide.c has no other source.
 */
#ifndef MODEL_MATTER_H
#define MODEL_MATTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/climb.h"
#include "model/conf.h"
#include "model/crowd.h"
#include "model/draft.h"
#include "model/event.h"
#include "model/note.h"
#include "model/post.h"
#include "model/question.h"
#include "model/request.h"
#include "model/room.h"
#include "model/route.h"
#include "model/sender.h"
#include "model/swap.h"
#include "model/timer.h"

/* The stock texts, {components} and {last post} unfilled. */
enum stock_kind {
	STOCK_INVESTIGATING,
	STOCK_IDENTIFIED,
	STOCK_MONITORING,
	STOCK_RESOLVED,
	STOCK_SAME,
	STOCK_LIMITED,
	STOCK_DELAY,    /* of a later promise */
	STOCK_EVERY,    /* of another cadence, {interval} unfilled */
	STOCK_SERVICES, /* {components}, where nobody has named one */
	STOCK_COUNT,
};

struct stock_tongue { /* NULL: there is none in this language */
	const char *lang;
	const char *text[STOCK_COUNT];
};

struct stock {
	const char *text[STOCK_COUNT]; /* English; STOCK_SERVICES NULL */
	struct stock_tongue *others;
	size_t n_others;
};

struct people {                      /* at this moment */
	const struct person *oncall; /* comms level 1, or who stands in */
	bool gap;                    /* ... since the rota has nobody */
	struct crowd team;           /* comms and comms-lead */
	struct crowd level2, level3; /* first person first; 3: else execs */
	struct crowd level4;
	struct crowd noc;              /* the rota's noc line, else the role */
	struct crowd writers;          /* reporter first, then who wrote */
	const struct person *last_noc; /* the last of NOC who wrote */
};

struct letter_seen { /* the mail's own facts; unset for a timer */
	int64_t id;  /* of the message; 0: a timer's matter */
	int64_t received;
	int64_t written; /* Date as far as it can be believed */
	bool skewed;     /* Date was missing, unreadable or ahead: W44 */
	bool ancient;    /* before 1990: a clock that was never set, or a
			    replay; it was written at receipt, yet is old */
	const char *subject;
	bool forwarded, encrypted, no_text, interleaved;
};

struct report_paper { /* a month's report, to be drafted */
	int year, month;
	const char *title, *text; /* Markdown, of public words alone */
	const char *source;       /* clock, command */
	size_t missed;            /* promises, whose reasons a person adds */
};

struct matter {
	const struct conf *conf;
	const struct stock *stock;
	const struct people *people;

	struct letter_seen mail;
	const struct sender *sender;
	const struct route *route;
	const struct request *request;
	bool confirmed;      /* carried out by a yes to a question */
	bool internal_only;  /* ... which was proved A0k only */
	bool as_noc;         /* a held mail that was accepted */
	const char *vouched; /* ... by whom: its words are his; else NULL */
	bool noted;          /* its text is a note already */
	bool endorsed;       /* the yes was of one who may what it asks */

	/* What the sender holds of the rota now; with swaps their giver. */
	const struct shift *held;
	size_t n_held;

	const struct timer *timer; /* NULL: a mail's matter, or a report's */
	const struct report_paper *report; /* NULL: another's */

	/* The event found, NULL for none, and what hangs on it. */
	const struct event *event;
	bool unproved; /* the mail that opened it was of class A0k */
	const struct draft *open_draft;  /* pending or held */
	const struct draft *asked;       /* named by the reply address */
	const struct question *question; /* named by the reply address */
	const struct swap *swaps;        /* that it is about */
	size_t n_swaps;
	const struct post *posts; /* newest revision of each update */
	size_t n_posts;
	const struct note *written; /* all notes, by the time of their mail */
	size_t n_written;
	const struct timer *timers; /* armed */
	size_t n_timers;
	const struct timer *fired; /* the last step of each kind */
	size_t n_fired;
	const struct climb *climbs; /* calls so far */
	size_t n_climbs;
	const struct room *rooms; /* of all times */
	size_t n_rooms;
	const struct room *room;     /* the one that is open; NULL */
	const struct event *similar; /* open ones that may be the same */
	size_t n_similar;
	/* The event that this one is merged into, or is to be; NULL. */
	const struct matter *other;
	const struct event *twins; /* of T1: reported with it, open as well */
	size_t n_twins;
};

#endif
