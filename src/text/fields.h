/*
 * The keys of the mail grammar, their synonyms, and which of them may stand
 * twice.  One flat table.
 */
#ifndef TEXT_FIELDS_H
#define TEXT_FIELDS_H

#include <stdbool.h>

enum key {
	KEY_NONE,
	KEY_INCIDENT,
	KEY_TITLE,
	KEY_SEVERITY,
	KEY_COMPONENTS,
	KEY_STATUS,
	KEY_IMPACT,
	KEY_LASTING,
	KEY_RESELLER_IMPACT,
	KEY_ENDUSER_IMPACT,
	KEY_WORKAROUND,
	KEY_SOCIAL,
	KEY_STARTED,
	KEY_DETECTED,
	KEY_ENDED,
	KEY_NEXT,
	KEY_DISCLOSURE,
	KEY_TLP,
	KEY_BRAND,
	KEY_LISTS,
	KEY_CAUSE,
	KEY_FIX,
	KEY_PREVENTION,
	KEY_NOTE,
	KEY_PUBLIC,
	KEY_KEY,
	KEY_NOTIFY,
	KEY_CORRECT,
	KEY_REASON,
	KEY_HANDOFF,
	KEY_RELATED,
	KEY_PROBLEM,
	KEY_LANG,
	KEY_DRILL,
	KEY_BRIDGE,
	KEY_RETRACT,
	KEY_BACKFILL,
	/* Of later parts: known, and refused. */
	KEY_WINDOW,
	KEY_AUTO,
	KEY_EMERGENCY,
	KEYS
};

/* KEY_NONE: no such word. */
enum key field_key(const char *word);
/* The name to write: "Next-Update".  "" for KEY_NONE. */
const char *field_name(enum key key);
/* The known word that `word` is a slip of, or NULL; *key is its key. */
const char *field_near(const char *word, enum key *key);
/* Several lines of it add up; of the others the last one holds. */
bool field_adds(enum key key);
bool field_is_later(enum key key);

#endif
