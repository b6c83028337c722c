#include "text/values.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { TINY_WORD = 3, SHORT_WORD = 5, WORD_MAX = 40 };

struct word {
	const char *word;
	int value;
};

static const struct word severities[] = {
	/* clang-format off */
	{ "critical", 1 }, { "disaster", 1 },
	{ "high", 2 }, { "major", 2 },
	{ "minor", 3 }, { "warning", 3 }, { "medium", 3 }, { "average", 3 },
	{ "low", 4 }, { "info", 5 }, { "information", 5 },
	/* clang-format on */
};

static const struct word states[] = {
	/* clang-format off */
	{ "investigating", STATE_INVESTIGATING },
	{ "looking", STATE_INVESTIGATING },
	{ "identified", STATE_IDENTIFIED },
	{ "found", STATE_IDENTIFIED },
	{ "cause known", STATE_IDENTIFIED },
	{ "monitoring", STATE_MONITORING },
	{ "fixed", STATE_MONITORING },
	{ "fix deployed", STATE_MONITORING },
	{ "watching", STATE_MONITORING },
	{ "resolved", STATE_RESOLVED },
	{ "resolve", STATE_RESOLVED },
	{ "closed", STATE_RESOLVED },
	{ "done", STATE_RESOLVED },
	{ "over", STATE_RESOLVED },
	{ "postmortem", STATE_POSTMORTEM },
	/* clang-format on */
};

static const char *const maintenance[] = { "scheduled", "planned", "started",
	"in progress", "verifying", "testing", "completed", "finished",
	"cancelled", "canceled", "called off" };

static const struct word levels[] = {
	/* clang-format off */
	{ "operational", LEVEL_OPERATIONAL }, { "online", LEVEL_OPERATIONAL },
	{ "up", LEVEL_OPERATIONAL }, { "ok", LEVEL_OPERATIONAL },
	{ "green", LEVEL_OPERATIONAL },
	{ "under maintenance", LEVEL_MAINTENANCE },
	{ "in maintenance", LEVEL_MAINTENANCE },
	{ "maintenance", LEVEL_MAINTENANCE }, { "blue", LEVEL_MAINTENANCE },
	{ "degraded performance", LEVEL_DEGRADED },
	{ "degraded", LEVEL_DEGRADED }, { "slow", LEVEL_DEGRADED },
	{ "yellow", LEVEL_DEGRADED },
	{ "partial outage", LEVEL_PARTIAL }, { "partial", LEVEL_PARTIAL },
	{ "orange", LEVEL_PARTIAL },
	{ "major outage", LEVEL_MAJOR }, { "outage", LEVEL_MAJOR },
	{ "full outage", LEVEL_MAJOR }, { "major", LEVEL_MAJOR },
	{ "down", LEVEL_MAJOR }, { "offline", LEVEL_MAJOR },
	{ "red", LEVEL_MAJOR },
	/* clang-format on */
};

static const struct word impacts[] = {
	/* clang-format off */
	{ "none", IMPACT_NONE }, { "no impact", IMPACT_NONE },
	{ "reduced redundancy", IMPACT_NONE },
	{ "operational", IMPACT_NONE },
	{ "maintenance", IMPACT_MAINTENANCE },
	{ "under maintenance", IMPACT_MAINTENANCE },
	{ "minor", IMPACT_MINOR }, { "degraded", IMPACT_MINOR },
	{ "degraded performance", IMPACT_MINOR },
	{ "major", IMPACT_MAJOR }, { "partial outage", IMPACT_MAJOR },
	{ "critical", IMPACT_CRITICAL }, { "major outage", IMPACT_CRITICAL },
	{ "outage", IMPACT_CRITICAL },
	/* clang-format on */
};

static const struct word disclosures[] = {
	/* clang-format off */
	{ "full", DISCLOSURE_FULL },
	{ "limited", DISCLOSURE_LIMITED },
	{ "embargoed", DISCLOSURE_EMBARGOED },
	{ "embargo", DISCLOSURE_EMBARGOED },
	/* clang-format on */
};

static const struct word yes_no[] = {
	/* clang-format off */
	{ "yes", ASK_YES }, { "y", ASK_YES }, { "true", ASK_YES },
	{ "on", ASK_YES }, { "no", ASK_NO }, { "n", ASK_NO },
	{ "false", ASK_NO }, { "off", ASK_NO },
	/* clang-format on */
};

static int
find(const struct word *table, size_t n, const char *s)
{
	for (size_t i = 0; i < n; i++)
		if (text_key_eq(table[i].word, s))
			return table[i].value;
	return 0;
}

/* Of a word of three letters a slip leaves the first, or swaps it. */
static bool
same_start(const char *a, const char *b)
{
	int x = tolower((unsigned char)a[0]), y = tolower((unsigned char)b[0]);

	return x == y || (x == tolower((unsigned char)b[1]) &&
			     y == tolower((unsigned char)a[1]));
}

bool
value_is_near(const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b);
	unsigned most = (m < n ? m : n) <= SHORT_WORD ? 1 : 2;

	if (m < TINY_WORD || n < TINY_WORD || m > WORD_MAX)
		return false;
	if ((m == TINY_WORD || n == TINY_WORD) && !same_start(a, b))
		return false;
	return text_distance(a, b) <= most;
}

static const char *
near(const struct word *table, size_t n, const char *s)
{
	for (size_t i = 0; i < n; i++)
		if (value_is_near(s, table[i].word))
			return table[i].word;
	return NULL;
}

const char *
value_near_state(const char *s)
{
	return near(states, COUNT(states), s);
}

const char *
value_near_level(const char *s)
{
	return near(levels, COUNT(levels), s);
}

/* "2", "SEV2", "P 2", "2/5", "2 (major)", "2 - major", "high". */
int
value_severity(const char *s)
{
	static const char *const before[] = { "severity", "sev", "prio", "p",
		"s" };
	const char *p = s;

	for (size_t i = 0; i < COUNT(before) && p == s; i++)
		if (text_istarts(s, before[i]))
			p += strlen(before[i]);
	while (*p == ' ' || *p == '-' || *p == ':' || *p == '#')
		p++;
	if (!isdigit((unsigned char)*p))
		return find(severities, COUNT(severities), s);
	if (strcmp(p + 1, "/5") != 0 && p[1] != '\0' &&
	    strchr(" ,.;:()-!", p[1]) == NULL)
		return -1;
	if (p[1] != '\0' && p[1] != '/' && isdigit((unsigned char)p[2]))
		return -1; /* 1.5, 2-3 */
	return *p >= '1' && *p <= '5' ? *p - '0' : -1;
}

enum state
value_state(const char *s)
{
	return (enum state)find(states, COUNT(states), s);
}

bool
value_is_maintenance(const char *s)
{
	for (size_t i = 0; i < COUNT(maintenance); i++)
		if (text_key_eq(maintenance[i], s))
			return true;
	return false;
}

enum level
value_level(const char *s)
{
	return (enum level)find(levels, COUNT(levels), s);
}

enum impact
value_impact(const char *s)
{
	return (enum impact)find(impacts, COUNT(impacts), s);
}

/* Every TLP but CLEAR (once WHITE) closes. */
enum disclosure
value_disclosure(const char *s)
{
	static const char *const closed[] = { "red", "amber", "amber+strict",
		"green" };
	bool tlp = text_istarts(s, "tlp");

	if (tlp)
		s += 3 + strspn(s + 3, " :-");
	if (text_key_eq(s, "clear") || text_key_eq(s, "white"))
		return DISCLOSURE_FULL;
	for (size_t i = 0; i < COUNT(closed); i++)
		if (text_key_eq(closed[i], s))
			return DISCLOSURE_EMBARGOED;
	if (tlp)
		return DISCLOSURE_EMBARGOED;
	return (enum disclosure)find(disclosures, COUNT(disclosures), s);
}

enum ask_impact
value_yes_no(const char *s)
{
	return (enum ask_impact)find(yes_no, COUNT(yes_no), s);
}

/* Words that take back what "fixed" said, or put it off. */
static bool
doubted(const char *s)
{
	static const char *const words[] = { "not", "but", "still", "except",
		"partly", "partially", "almost", "nearly", "yet", "hopefully",
		"maybe", "perhaps", "probably", "nothing", "soon", "will",
		"once", "unless", "until", "if", "tomorrow", "later", "no",
		"isn't", "wasn't", "doesn't", "didn't", "should", "unfixed",
		"however", "although", "though", "failing", "fails" };

	while (*s != '\0') {
		size_t n;

		s += strspn(s, " ,.;:!()*\"-");
		n = strcspn(s, " ,.;:!()*\"");
		for (size_t i = 0; i < COUNT(words); i++)
			if (strlen(words[i]) == n && text_istarts(s, words[i]))
				return true;
		s += n;
	}
	return false;
}

/* What may follow "fixed" when it tells that something is fixed. */
static bool
continues(const char *s)
{
	static const char *const words[] = { "now", "again", "at", "since",
		"after", "and", "already", "-" };
	size_t n = strcspn(s, " ,.;:!"), next;

	for (size_t i = 0; i < COUNT(words); i++)
		if (strlen(words[i]) == n && text_istarts(s, words[i]))
			return true;
	if (n != 2 || !text_istarts(s, "by "))
		return false;
	s += 3;
	next = strcspn(s, " ,.;:!"); /* by restarting, not by 10:00 */
	return next > 4 && text_istarts(s + next - 3, "ing");
}

/* What follows an opening word lets it stand as a report. */
static bool
reports(const char *rest, bool loose)
{
	const char *next;

	while (*rest == '*')
		rest++;
	next = rest + strspn(rest, " ");
	if (*next == '\0' || strchr(",.!;", *rest) != NULL)
		return true;
	return loose && (*rest == ':' || (*rest == ' ' && continues(next)));
}

enum state
value_opening(const char *line)
{
	static const struct {
		const char *word;
		enum state state;
		bool loose; /* more than a comma may follow */
	} openers[] = {
		/* clang-format off */
		{ "fixed", STATE_MONITORING, true },
		{ "fix deployed", STATE_MONITORING, true },
		{ "monitoring", STATE_MONITORING, false },
		{ "watching", STATE_MONITORING, false },
		{ "resolved", STATE_RESOLVED, true },
		{ "resolve", STATE_RESOLVED, false },
		{ "solved", STATE_RESOLVED, true },
		{ "closed", STATE_RESOLVED, false },
		{ "done", STATE_RESOLVED, false },
		{ "over", STATE_RESOLVED, false },
		/* clang-format on */
	};

	while (*line == ' ' || *line == '*')
		line++;
	if (strchr(line, '?') != NULL || doubted(line))
		return STATE_NONE;
	for (size_t i = 0; i < COUNT(openers); i++)
		if (text_istarts(line, openers[i].word) &&
		    reports(line + strlen(openers[i].word), openers[i].loose))
			return openers[i].state;
	return STATE_NONE;
}
