#include "text/pasted.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/* Labels of templates/en/words, as a preview shows them. */
static const char *const states[] = { "Investigating", "Identified",
	"Monitoring", "Resolved", "Postmortem", "Correction" };
static const char *const shouts[] = { "UNKNOWN", "ONLINE", "IN MAINTENANCE",
	"DEGRADED", "PARTIAL OUTAGE", "OUTAGE" };
static const char *const below[] = { "Started: ", "Ended: ", "Duration: ",
	"Posted: ", "Next update: ", "Not affected: ", "Affected: ",
	"Lasting effects: ", "Details that would help an attacker",
	"can within three days of the end." };

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The word of a state that s begins with, its length; 0: none. */
static size_t
state_at(const char *s)
{
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_istarts(s, states[i]))
			return strlen(states[i]);
	return 0;
}

/* "Investigating - update 1" */
static bool
is_frame(const char *line)
{
	static const char update[] = " - update ";
	size_t n = state_at(line);

	return n != 0 && strncmp(line + n, update, strlen(update)) == 0 &&
	       isdigit((unsigned char)line[n + strlen(update)]);
}

/* "Email Cluster B: OUTAGE", "https://.../incident/...", "Title: ..." */
static bool
is_head(const char *line)
{
	const char *colon = strrchr(line, ':');

	if (strstr(line, "/incident/") != NULL && text_istarts(line, "http"))
		return true;
	if (text_istarts(line, "Title: ") || text_blank(line))
		return true;
	for (size_t i = 0; colon != NULL && i < COUNT(shouts); i++)
		if (colon[1] == ' ' && strcmp(colon + 2, shouts[i]) == 0)
			return true;
	return false;
}

static bool
is_tail(const char *line)
{
	for (size_t i = 0; i < COUNT(below); i++)
		if (strncmp(line, below[i], strlen(below[i])) == 0)
			return true;
	return text_blank(line);
}

static char *
line_at(struct arena *mem, const char *s)
{
	return text_trim(mem, arena_copy(mem, s, strcspn(s, "\n")));
}

static const char *
next_line(const char *s)
{
	s += strcspn(s, "\n");
	return s + (*s == '\n');
}

/* The last line of the n bytes begins there. */
static size_t
last_line(const char *s, size_t n)
{
	while (n != 0 && s[n - 1] != '\n')
		n--;
	return n;
}

const char *
pasted_text(struct arena *mem, const char *text)
{
	const char *s = text + strspn(text, " \t\r\n");
	size_t n;

	if (!is_frame(line_at(mem, s)))
		return text;
	s = next_line(s);
	while (*s != '\0' && is_head(line_at(mem, s)))
		s = next_line(s);
	for (n = strlen(s); n != 0;) {
		size_t from = last_line(s, n);

		if (!is_tail(
			text_trim(mem, arena_copy(mem, s + from, n - from))))
			break;
		n = from == 0 ? 0 : from - 1;
	}
	return arena_copy(mem, s, n);
}

const char *
pasted_title(struct arena *mem, const char *title)
{
	const char *s = title, *end = strrchr(title, '[');
	size_t n;

	while (*s == '[' && (n = state_at(s + 1)) != 0 && s[n + 1] == ']') {
		s += n + 2;
		s += strspn(s, " ");
	}
	if (s == title || end == NULL || end <= s ||
	    (!text_istarts(end, "[INC-") && !text_istarts(end, "[DRL-")))
		return s;
	return text_trim(mem, arena_copy(mem, s, (size_t)(end - s)));
}
