#include "text/fields.h"

#include <stddef.h>

#include "base/text.h"
#include "text/values.h"

/* The first word of each key is its name. */
static const struct {
	const char *word;
	enum key key;
} words[] = {
	/* clang-format off */
	{ "Incident", KEY_INCIDENT }, { "Event", KEY_INCIDENT },
	{ "Id", KEY_INCIDENT }, { "Ticket", KEY_INCIDENT },
	{ "Title", KEY_TITLE }, { "Summary", KEY_TITLE },
	{ "Headline", KEY_TITLE }, { "Subject", KEY_TITLE },
	{ "Severity", KEY_SEVERITY }, { "Sev", KEY_SEVERITY },
	{ "Priority", KEY_SEVERITY }, { "Prio", KEY_SEVERITY },
	{ "Severity level", KEY_SEVERITY },
	{ "Components", KEY_COMPONENTS }, { "Component", KEY_COMPONENTS },
	{ "Services", KEY_COMPONENTS }, { "Service", KEY_COMPONENTS },
	{ "Affects", KEY_COMPONENTS }, { "Affected", KEY_COMPONENTS },
	{ "Affected services", KEY_COMPONENTS },
	{ "Affected service", KEY_COMPONENTS },
	{ "Affected components", KEY_COMPONENTS },
	{ "Affected component", KEY_COMPONENTS },
	{ "Status", KEY_STATUS }, { "State", KEY_STATUS },
	{ "Stage", KEY_STATUS }, { "Phase", KEY_STATUS },
	{ "Impact", KEY_IMPACT }, { "Effect", KEY_IMPACT },
	{ "Lasting-Effects", KEY_LASTING },
	{ "Reseller-Impact", KEY_RESELLER_IMPACT },
	{ "Impact for resellers", KEY_RESELLER_IMPACT },
	{ "End-User-Impact", KEY_ENDUSER_IMPACT },
	{ "Impact for end users", KEY_ENDUSER_IMPACT },
	{ "Customers", KEY_ENDUSER_IMPACT },
	{ "Workaround", KEY_WORKAROUND },
	{ "Temporary fix", KEY_WORKAROUND },
	{ "Social", KEY_SOCIAL },
	{ "Started", KEY_STARTED }, { "Since", KEY_STARTED },
	{ "Start", KEY_STARTED }, { "Started at", KEY_STARTED },
	{ "Start time", KEY_STARTED }, { "Begin", KEY_STARTED },
	{ "Detected", KEY_DETECTED }, { "Noticed", KEY_DETECTED },
	{ "Detected at", KEY_DETECTED },
	{ "Ended", KEY_ENDED }, { "End", KEY_ENDED },
	{ "Fixed at", KEY_ENDED }, { "Ended at", KEY_ENDED },
	{ "End time", KEY_ENDED },
	{ "Next-Update", KEY_NEXT }, { "Next", KEY_NEXT },
	{ "Next update by", KEY_NEXT }, { "Next update at", KEY_NEXT },
	{ "Disclosure", KEY_DISCLOSURE }, { "Visibility", KEY_DISCLOSURE },
	{ "TLP", KEY_TLP },
	{ "Brand", KEY_BRAND }, { "Brands", KEY_BRAND },
	{ "Lists", KEY_LISTS }, { "List", KEY_LISTS },
	{ "Cause", KEY_CAUSE }, { "Root cause", KEY_CAUSE },
	{ "RCA", KEY_CAUSE },
	{ "Fix", KEY_FIX }, { "Remediation", KEY_FIX }, { "Action", KEY_FIX },
	{ "Prevention", KEY_PREVENTION }, { "Follow-up", KEY_PREVENTION },
	{ "Note", KEY_NOTE }, { "Internal", KEY_NOTE },
	{ "Public", KEY_PUBLIC },
	{ "Key", KEY_KEY }, { "Alert", KEY_KEY }, { "Fingerprint", KEY_KEY },
	{ "Notify", KEY_NOTIFY },
	{ "Correct", KEY_CORRECT }, { "Fixes", KEY_CORRECT },
	{ "Replaces", KEY_CORRECT },
	{ "Reason", KEY_REASON },
	{ "Handoff", KEY_HANDOFF },
	{ "Related", KEY_RELATED },
	{ "Problem", KEY_PROBLEM },
	{ "Lang", KEY_LANG }, { "Language", KEY_LANG },
	{ "Drill", KEY_DRILL }, { "Exercise", KEY_DRILL },
	{ "Bridge", KEY_BRIDGE },
	{ "Retract", KEY_RETRACT }, { "Withdraw", KEY_RETRACT },
	{ "Window", KEY_WINDOW }, { "Maintenance window", KEY_WINDOW },
	{ "Backfill", KEY_BACKFILL },
	{ "Auto", KEY_AUTO },
	{ "Emergency", KEY_EMERGENCY },
	/* clang-format on */
};

enum { WORDS = sizeof words / sizeof *words };

enum key
field_key(const char *word)
{
	for (size_t i = 0; i < WORDS; i++)
		if (text_key_eq(words[i].word, word))
			return words[i].key;
	return KEY_NONE;
}

const char *
field_name(enum key key)
{
	for (size_t i = 0; i < WORDS; i++)
		if (words[i].key == key)
			return words[i].word;
	return "";
}

const char *
field_near(const char *word, enum key *key)
{
	const char *best = NULL;
	unsigned least = 0;

	for (size_t i = 0; i < WORDS; i++) {
		unsigned d;

		if (!value_is_near(word, words[i].word))
			continue;
		d = text_distance(word, words[i].word);
		if (best != NULL && d >= least)
			continue;
		best = words[i].word;
		least = d;
		*key = words[i].key;
	}
	return best;
}

bool
field_adds(enum key key)
{
	return key == KEY_COMPONENTS || key == KEY_LISTS || key == KEY_BRAND ||
	       key == KEY_NOTE || key == KEY_WINDOW || key == KEY_RELATED ||
	       key == KEY_FIX;
}

bool
field_is_later(enum key key)
{
	return key >= KEY_WINDOW && key < KEYS;
}
