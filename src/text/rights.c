#include "text/rights.h"

#define SPEAKERS "Marketing (comms), its lead or an executive"
#define STAFF "NOC, Marketing, support, security or an executive"

static const struct {
	unsigned roles;
	enum trust least;
	const char *who;
} rights[RIGHT_COUNT] = {
	/* clang-format off */
	[RIGHT_OPEN]    = { ROLES_STAFF, TRUST_A0K, STAFF },
	[RIGHT_NOTE]    = { ROLES_STAFF, TRUST_A0K, STAFF },
	[RIGHT_ACK]     = { ROLES_SPEAK, TRUST_A0K, SPEAKERS },
	[RIGHT_FACTS]   = { ROLES_SPEAK | ROLE_NOC | ROLE_SECURITY, TRUST_A0K,
			    "NOC, Marketing, security or an executive" },
	[RIGHT_LOWER]   = { ROLES_SPEAK | ROLE_NOC | ROLE_SECURITY, TRUST_A1,
			    "NOC, Marketing, security or an executive" },
	[RIGHT_STATE]   = { ROLES_SPEAK | ROLE_NOC, TRUST_A1,
			    "NOC, " SPEAKERS },
	[RIGHT_DRAFT]   = { ROLES_SPEAK | ROLE_NOC | ROLE_SECURITY, TRUST_A1,
			    "NOC, Marketing, security or an executive" },
	[RIGHT_CORRECT] = { ROLES_SPEAK | ROLE_NOC | ROLE_SECURITY, TRUST_A1,
			    "NOC, Marketing, security or an executive" },
	[RIGHT_APPROVE] = { ROLES_SPEAK, TRUST_A2, SPEAKERS },
	[RIGHT_OBJECT]  = { ROLES_STAFF, TRUST_A1, STAFF },
	[RIGHT_HANDOFF] = { ROLES_STAFF, TRUST_A0K, STAFF },
	[RIGHT_VOID]    = { ROLES_SPEAK | ROLE_NOC | ROLE_SECURITY, TRUST_A1,
			    "NOC, Marketing, security or an executive" },
	[RIGHT_TIGHTEN] = { ROLES_STAFF, TRUST_A1, STAFF },
	[RIGHT_LOOSEN]  = { ROLE_EXEC | ROLE_SECURITY, TRUST_A2,
			    "security or an executive" },
	[RIGHT_ESCALATE] = { ROLES_STAFF, TRUST_A0K, STAFF },
	[RIGHT_DWELL]   = { ROLES_SPEAK | ROLE_NOC, TRUST_A1,
			    "NOC, " SPEAKERS },
	[RIGHT_SWAP]    = { ROLES_STAFF | ROLE_ADMIN, TRUST_A1,
			    "who is on call" },
	[RIGHT_ROOM]    = { ROLES_SPEAK | ROLE_NOC | ROLE_SECURITY, TRUST_A1,
			    "NOC, Marketing, security or an executive" },
	[RIGHT_ROOM_SEV1] = { ROLES_SPEAK, TRUST_A2, SPEAKERS },
	[RIGHT_ROOM_OPEN] = { ROLE_COMMS_LEAD | ROLE_EXEC, TRUST_A2,
			    "Marketing's lead or an executive" },
	[RIGHT_ROOM_LEAD] = { ROLES_STAFF, TRUST_A2, STAFF },
	[RIGHT_PACE]    = { ROLE_COMMS_LEAD | ROLE_EXEC, TRUST_A1,
			    "Marketing's lead or an executive" },
	[RIGHT_RETRACT] = { ROLES_SPEAK | ROLE_SECURITY, TRUST_A1,
			    "Marketing, security or an executive" },
	[RIGHT_REDACT]  = { ROLE_COMMS_LEAD | ROLE_EXEC | ROLE_SECURITY,
			    TRUST_A1,
			    "Marketing's lead, security or an executive" },
	[RIGHT_REOPEN]  = { ROLES_SPEAK | ROLE_NOC, TRUST_A1,
			    "NOC, " SPEAKERS },
	[RIGHT_MERGE]   = { ROLES_SPEAK | ROLE_NOC, TRUST_A2,
			    "NOC, " SPEAKERS },
	/* clang-format on */
};

bool
rights_has(unsigned roles, enum right r)
{
	return (roles & rights[r].roles) != 0;
}

bool
rights_proved(enum trust t, enum right r)
{
	return t >= rights[r].least;
}

const char *
rights_who(enum right r)
{
	return rights[r].who;
}

enum right
rights_of(enum verb v)
{
	switch (v) {
	case VERB_ACK: return RIGHT_ACK;
	case VERB_NOTE: return RIGHT_NOTE;
	case VERB_DRAFT:
	case VERB_POSTMORTEM:
	case VERB_PUBLISH: return RIGHT_DRAFT;
	case VERB_POST:
	case VERB_YES: return RIGHT_APPROVE;
	case VERB_NO:
	case VERB_WRONG:
	case VERB_STOP:
	case VERB_HOLD: return RIGHT_OBJECT;
	case VERB_INVESTIGATING:
	case VERB_IDENTIFIED:
	case VERB_MONITORING:
	case VERB_RESOLVE:
	case VERB_SAME:
	case VERB_DELAY: return RIGHT_STATE;
	case VERB_SEVERITY: return RIGHT_FACTS;
	case VERB_HANDOFF: return RIGHT_HANDOFF;
	case VERB_VOID: return RIGHT_VOID;
	case VERB_CORRECT: return RIGHT_CORRECT;
	case VERB_ESCALATE: return RIGHT_ESCALATE;
	case VERB_NOT_YET: return RIGHT_DWELL;
	case VERB_SWAP: return RIGHT_SWAP;
	case VERB_LONG_RUNNING: return RIGHT_PACE;
	case VERB_RETRACT: return RIGHT_RETRACT;
	case VERB_REDACT: return RIGHT_REDACT;
	case VERB_MERGE:
	case VERB_SPLIT: return RIGHT_MERGE;
	case VERB_BACKFILL:
	case VERB_REOPEN: return RIGHT_REOPEN;
	default: return RIGHT_COUNT;
	}
}
