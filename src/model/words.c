#include "model/words.h"

#include <stddef.h>

#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *const phases[] = { "none", "open", "handed_off", "owned",
	"public", "closed", "closed_quiet", "void", "merged" };
static const char *const states[] = { "none", "investigating", "identified",
	"monitoring", "resolved", "postmortem" };
static const char *const levels[] = { "unset", "operational",
	"under_maintenance", "degraded_performance", "partial_outage",
	"major_outage" };
static const char *const level_titles[] = { "Unknown", "Online",
	"In maintenance", "Degraded", "Partial outage", "Outage" };
static const char *const level_in_titles[] = { "notice", "notice",
	"maintenance", "degraded", "partial outage", "outage" };
static const char *const impacts[] = { "unset", "none", "maintenance", "minor",
	"major", "critical" };
static const char *const disclosures[] = { "unset", "full", "limited",
	"embargoed" };
static const char *const roles[] = { "noc", "comms", "comms-lead", "exec",
	"security", "support", "admin", "robot", "provider" };
static const char *const verbs[] = { "none", "ack", "note", "draft", "publish",
	"post", "yes", "no", "wrong", "stop", "hold", "investigating",
	"identified", "monitoring", "resolve", "same", "severity", "handoff",
	"void", "correct", "new", "accept", "swap with", "list", "status",
	"show", "who", "help", "escalate", "delay", "long-running", "quiet",
	"not yet", "postmortem", "war-room", "limited", "embargo", "full",
	"retract", "redact", "reopen", "backfill", "merge", "split", "link",
	"maintenance" };

static size_t
find(const char *const *table, size_t n, const char *s)
{
	for (size_t i = 0; s != NULL && i < n; i++)
		if (text_ieq(table[i], s))
			return i;
	return 0;
}

const char *
words_phase(enum phase p)
{
	return phases[p];
}

const char *
words_state(enum state s)
{
	return states[s];
}

const char *
words_level(enum level l)
{
	return levels[l];
}

const char *
words_impact(enum impact i)
{
	return impacts[i];
}

const char *
words_disclosure(enum disclosure d)
{
	return disclosures[d];
}

const char *
words_verb(enum verb v)
{
	return verbs[v];
}

const char *
words_role(enum role r)
{
	for (size_t i = 0; i < COUNT(roles); i++)
		if ((unsigned)r & 1u << i)
			return roles[i];
	return "none";
}

enum phase
words_read_phase(const char *s)
{
	return (enum phase)find(phases, COUNT(phases), s);
}

enum state
words_read_state(const char *s)
{
	return (enum state)find(states, COUNT(states), s);
}

enum level
words_read_level(const char *s)
{
	return (enum level)find(levels, COUNT(levels), s);
}

enum impact
words_read_impact(const char *s)
{
	return (enum impact)find(impacts, COUNT(impacts), s);
}

enum disclosure
words_read_disclosure(const char *s)
{
	return (enum disclosure)find(disclosures, COUNT(disclosures), s);
}

unsigned
words_read_role(const char *s)
{
	for (size_t i = 0; i < COUNT(roles); i++)
		if (text_ieq(roles[i], s))
			return 1u << i;
	return 0;
}

const char *
words_level_title(enum level l)
{
	return level_titles[l];
}

const char *
words_level_in_title(enum level l)
{
	return level_in_titles[l];
}

enum impact
words_impact_of(enum level l)
{
	static const enum impact of[] = { IMPACT_NONE, IMPACT_NONE,
		IMPACT_MAINTENANCE, IMPACT_MINOR, IMPACT_MAJOR,
		IMPACT_CRITICAL };

	return of[l];
}

enum level
words_level_of_severity(int severity)
{
	static const enum level of[] = { LEVEL_UNSET, LEVEL_MAJOR,
		LEVEL_PARTIAL, LEVEL_DEGRADED, LEVEL_OPERATIONAL,
		LEVEL_OPERATIONAL };

	return severity >= 1 && severity <= 5 ? of[severity] : LEVEL_UNSET;
}

bool
words_phase_is_closed(enum phase p)
{
	return p >= PH_CLOSED;
}
