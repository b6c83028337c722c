/*
 * The words of the process (spec: states, levels, roles, verbs) as enums, and
 * the one table for each that turns them into text and back.  What a mail may
 * write instead (synonyms) stands with the grammar in text/.
 */
#ifndef MODEL_WORDS_H
#define MODEL_WORDS_H

#include <stdbool.h>

enum phase {     /* internal handling */
	PH_NONE, /* no event yet */
	PH_OPEN,
	PH_HANDED_OFF,
	PH_OWNED,
	PH_PUBLIC,
	PH_CLOSED,
	PH_CLOSED_QUIET,
	PH_VOID,
	PH_MERGED,
};

enum state { /* what resellers see */
	STATE_NONE,
	STATE_INVESTIGATING,
	STATE_IDENTIFIED,
	STATE_MONITORING,
	STATE_RESOLVED,
	STATE_POSTMORTEM,
};

enum level { /* of a component, in rising order of harm */
	LEVEL_UNSET,
	LEVEL_OPERATIONAL,
	LEVEL_MAINTENANCE,
	LEVEL_DEGRADED,
	LEVEL_PARTIAL,
	LEVEL_MAJOR,
};

enum impact { /* of an incident, in rising order of harm */
	IMPACT_UNSET,
	IMPACT_NONE,
	IMPACT_MAINTENANCE,
	IMPACT_MINOR,
	IMPACT_MAJOR,
	IMPACT_CRITICAL,
};

enum disclosure {
	DISCLOSURE_UNSET,
	DISCLOSURE_FULL,
	DISCLOSURE_LIMITED,
	DISCLOSURE_EMBARGOED,
};

enum role { /* bits: a person may have several */
	ROLE_NOC = 1 << 0,
	ROLE_COMMS = 1 << 1,
	ROLE_COMMS_LEAD = 1 << 2,
	ROLE_EXEC = 1 << 3,
	ROLE_SECURITY = 1 << 4,
	ROLE_SUPPORT = 1 << 5,
	ROLE_ADMIN = 1 << 6,
	ROLE_ROBOT = 1 << 7,
	ROLE_PROVIDER = 1 << 8,
};

enum verb {
	VERB_NONE,
	VERB_ACK,
	VERB_NOTE,
	VERB_DRAFT,
	VERB_PUBLISH,
	VERB_POST,
	VERB_YES,
	VERB_NO,
	VERB_WRONG,
	VERB_STOP,
	VERB_HOLD,
	VERB_INVESTIGATING,
	VERB_IDENTIFIED,
	VERB_MONITORING,
	VERB_RESOLVE,
	VERB_SAME,
	VERB_SEVERITY,
	VERB_HANDOFF,
	VERB_VOID,
	VERB_CORRECT,
	VERB_NEW,
	VERB_ACCEPT,
	VERB_SWAP,
	VERB_LIST,
	VERB_STATUS,
	VERB_SHOW,
	VERB_WHO,
	VERB_HELP,
	VERB_ESCALATE,
	VERB_DELAY,
	VERB_LONG_RUNNING,
	VERB_QUIET,
	VERB_NOT_YET,
	VERB_POSTMORTEM,
	VERB_WAR_ROOM,
	VERB_LIMITED,
	VERB_EMBARGO,
	VERB_FULL,
	VERB_RETRACT,
	VERB_REDACT,
	VERB_REOPEN,
	VERB_BACKFILL,
	VERB_MERGE,
	VERB_SPLIT,
	VERB_BUILT = VERB_SPLIT,
	/* Known words of later parts: answered, never carried out. */
	VERB_LINK,
	VERB_MAINTENANCE, /* extend reschedule cancel start done rollback
			     convert */
};

/* Stable words: in the store, in headers, in JSON.  Never NULL. */
const char *words_phase(enum phase p);
const char *words_state(enum state s);
const char *words_level(enum level l);
const char *words_impact(enum impact i);
const char *words_disclosure(enum disclosure d);
const char *words_role(enum role r);
const char *words_verb(enum verb v);

/* The first of an enum (PH_NONE, ..._UNSET) or 0 where nothing fits. */
enum phase words_read_phase(const char *s);
enum state words_read_state(const char *s);
enum level words_read_level(const char *s);
enum impact words_read_impact(const char *s);
enum disclosure words_read_disclosure(const char *s);
unsigned words_read_role(const char *s);

/* For people: "Partial outage". */
const char *words_level_title(enum level l);
/* In a default title: degraded, partial outage, outage, notice. */
const char *words_level_in_title(enum level l);
/* The impact that a component at this level makes. */
enum impact words_impact_of(enum level l);
/* The level that a severity (1 to 5) gives a component named without one. */
enum level words_level_of_severity(int severity);
bool words_phase_is_closed(enum phase p);

#endif
