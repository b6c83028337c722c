/*
 * Paper: what is to be done about a matter: plain data, made by
 * flow/decide.c, carried out by flow/apply.c in one transaction, told by
 * flow/answer.c.
 */
#ifndef MODEL_VERDICT_H
#define MODEL_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/climb.h"
#include "model/crowd.h"
#include "model/draft.h"
#include "model/event.h"
#include "model/mark.h"
#include "model/note.h"
#include "model/post.h"
#include "model/question.h"
#include "model/request.h"
#include "model/room.h"
#include "model/swap.h"
#include "model/timer.h"

enum did { /* what the answer tells, bits */
	DID_OPEN = 1 << 0,
	DID_NOTE = 1 << 1,
	DID_HAND_OFF = 1 << 2,
	DID_ACK = 1 << 3,
	DID_CLOSE_QUIET = 1 << 4,
	DID_VOID = 1 << 5,
	DID_DRAFT = 1 << 6,
	DID_POST = 1 << 7,
	DID_CORRECT = 1 << 8,
	DID_HOLD = 1 << 9,
	DID_DISCARD = 1 << 10,
	DID_OBJECT = 1 << 11,
	DID_FACTS = 1 << 12, /* severity, components, times, disclosure */
	DID_OWNER = 1 << 13,
	DID_PARK = 1 << 14,
	DID_LATE = 1 << 15,
	DID_RESHOW = 1 << 16,    /* a draft is shown once more in the answer */
	DID_RUNG = 1 << 17,      /* a step of a timer, matter.timer */
	DID_CALL = 1 << 18,      /* somebody's word called a level */
	DID_TAKEN = 1 << 19,     /* who was called answered; not the owner */
	DID_QUERY = 1 << 20,     /* status list show who help */
	DID_UNSORTED = 1 << 21,  /* kept without an event */
	DID_RELATED = 1 << 22,   /* opened, though another event was named */
	DID_HELD_MAIL = 1 << 23, /* a stranger's mail is passed on */
	DID_PROPOSE = 1 << 24,   /* the draft is a proposal to another */
	DID_LATE_HANDOFF = 1 << 25,  /* it was due when the mail came */
	DID_ANSWERED = 1 << 26,      /* a question of ours, by yes or no */
	DID_NOT_YET = 1 << 29,       /* it isn't over: asked again later */
	DID_SWAP = 1 << 30,          /* of the rota: asked for, or answered */
	DID_ROOM = 1 << 27,          /* something of a war room: room_did */
	DID_ORDER = -2147483647 - 1, /* bit 31: merged or parted: order */
};

enum order_did { /* what was done about two events that are one, bits */
	ORDER_MERGED = 1 << 0,
	ORDER_SPLIT = 1 << 1,
	ORDER_ASKED = 1 << 2, /* for, by somebody who may only propose it */
};

enum room_did { /* what was done about a war room, bits */
	ROOM_OPENED = 1 << 0,
	ROOM_CLOSED = 1 << 1,
	ROOM_ASKED = 1 << 2,   /* for, by somebody who may not open it */
	ROOM_PUT = 1 << 3,     /* to level 2, as a question */
	ROOM_REFUSED = 1 << 4, /* by level 2 */
	ROOM_SITREP = 1 << 5,
	ROOM_MINUTED = 1 << 6,
	ROOM_POSTS = 1 << 7, /* chair, scribe */
	ROOM_JOINED = 1 << 8,
};

enum form { /* of a mail, the more demanding later */
	FORM_COPY,
	FORM_PUBLISHED,
	FORM_RECEIPT,
	FORM_PREVIEW,
	FORM_PAGE,
};

struct mailing { /* one mail to one person; address for a list of NOC's */
	const struct person *person; /* NULL: address */
	const char *address;
	enum form form;
	bool check;  /* the fact check of the new draft */
	bool answer; /* it answers the mail */
	bool room;   /* to a member of the war room */
};

enum { VERDICT_CANCELS = 12, VERDICT_ARMS = 12, VERDICT_MOVES = 3 };

struct verdict {
	unsigned did;
	const char *outcome; /* for the archive: done, auto, loop, held, ... */
	bool silent;         /* no answer to the sender */

	struct event event; /* as it is after; id 0 with DID_OPEN */
	bool save;

	struct note note;
	bool has_note;
	struct draft draft; /* a new one */
	bool has_draft;
	struct draft moves[VERDICT_MOVES]; /* known ones with a new status */
	size_t n_moves;
	struct post post;
	bool has_post, broadcast;

	struct timer arms[VERDICT_ARMS];
	size_t n_arms;
	int cancels[VERDICT_CANCELS]; /* kinds; 0: all */
	size_t n_cancels;
	int64_t fired; /* the timer that this is about; 0 */
	int64_t hold;  /* of DID_HOLD: until it is asked again, seconds; 0 */
	int64_t again; /* of DID_NOT_YET: when it is asked again */

	bool asks_noc;      /* to publish the draft that a step shows */
	struct climb climb; /* a level that is called */
	bool has_climb;
	bool taken; /* ... which somebody answered already: told only */
	/* Its hand-off paged for this one too; NULL: none did. */
	const struct event *twin;
	struct crowd called; /* of DID_CALL and of DID_HAND_OFF */
	int answered_level;  /* calls up to it are answered; 0: none is */
	const char *answered_by;

	struct question question; /* to ask */
	bool has_question;
	struct question also; /* the same, to a second person */
	bool has_also;
	int64_t answered; /* the question that is closed by this; 0 */
	const char *answer;
	int64_t carry; /* the message to carry out; 0 */

	struct swap *swaps; /* new ones, or known ones answered: DID_SWAP */
	size_t n_swaps;
	struct room room; /* as it is after */
	bool has_room;
	unsigned room_did;
	const struct action *actions; /* agreed in this mail */
	size_t n_actions;

	unsigned order;
	struct verdict *second; /* of matter.other: told with this; NULL */
	int64_t adopts;         /* the event whose notes become its own; 0 */

	struct draft reshow;     /* with DID_RESHOW */
	struct lint_mark *marks; /* of the draft that is shown */
	size_t n_marks;
	bool asks_attack; /* how much may be told of one, before a yes */
	enum verb query;  /* with DID_QUERY */
	struct finding *findings;
	size_t n_findings;
	const char *written_to; /* "INC-2026-0042" of DID_RELATED */
	int objected; /* DID_OBJECT: the public update it is about; 0 */

	struct mailing *mailings;
	size_t n_mailings;
};

#endif
