/*
 * Who may do what, and how well proved (specification, sections 2.4 and 3.3).
 */
#ifndef TEXT_RIGHTS_H
#define TEXT_RIGHTS_H

#include <stdbool.h>

#include "model/sender.h"
#include "model/words.h"

enum { /* circles of roles that recur */
	ROLES_SPEAK = ROLE_COMMS | ROLE_COMMS_LEAD | ROLE_EXEC,
	ROLES_STAFF = ROLE_NOC | ROLE_COMMS | ROLE_COMMS_LEAD | ROLE_EXEC |
		      ROLE_SECURITY | ROLE_SUPPORT,
};

enum right {
	RIGHT_OPEN,
	RIGHT_NOTE,
	RIGHT_ACK,
	RIGHT_FACTS, /* components, started, raising a severity */
	RIGHT_LOWER, /* a severity */
	RIGHT_STATE,
	RIGHT_DRAFT,
	RIGHT_CORRECT,
	RIGHT_APPROVE,
	RIGHT_OBJECT,
	RIGHT_HANDOFF,
	RIGHT_VOID,
	RIGHT_TIGHTEN, /* disclosure */
	RIGHT_LOOSEN,
	RIGHT_ESCALATE,
	RIGHT_DWELL,     /* it isn't over yet */
	RIGHT_SWAP,      /* with another of the rota */
	RIGHT_ROOM,      /* to ask for a war room, to work in one */
	RIGHT_ROOM_SEV1, /* to open one for SEV1 */
	RIGHT_ROOM_OPEN,
	RIGHT_ROOM_LEAD, /* chair, close: who the chair is decides */
	RIGHT_PACE,      /* a slower cadence than the severity allows */
	RIGHT_RETRACT,   /* to withdraw an update, visibly */
	RIGHT_REDACT,    /* to remove its text */
	RIGHT_REOPEN,    /* what was over; to tell of what is over */
	RIGHT_MERGE,     /* two incidents, or to part them again */
	RIGHT_COUNT,
};

bool rights_has(unsigned roles, enum right r);
bool rights_proved(enum trust t, enum right r);
/* "Marketing (comms), its lead or an executive" */
const char *rights_who(enum right r);
/* The right that a verb needs; RIGHT_COUNT: none. */
enum right rights_of(enum verb v);

#endif
