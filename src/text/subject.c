#include "text/subject.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "text/names.h"
#include "text/typed.h"

enum { PREFIX_MAX = 5 };

static const char *
skip_gap(const char *s)
{
	return s + strspn(s, " \t:-,|/)]*");
}

/* "Sev2", "SEV-1", "severity 3", "P1", "S2" as a word; *s moves behind. */
static int
severity(const char **s)
{
	static const char *const words[] = { "severity", "sev", "prio",
		"priority", "p", "s" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *p = *s + strlen(words[i]);
		bool short_word = words[i][1] == '\0';

		if (!text_istarts(*s, words[i]))
			continue;
		if (!short_word)
			p += strspn(p, " -:=");
		if (*p < '1' || *p > '5' || isalnum((unsigned char)p[1]) ||
		    (strchr(".-/", p[1]) != NULL && p[1] != '\0' &&
			isdigit((unsigned char)p[2])))
			continue;
		*s = p + 1;
		return *p - '0';
	}
	return 0;
}

/* "Re:", "AW:", "Re[2]:", "[EXTERNAL]", "[INC-2026-0042]". */
static const char *
skip_prefix(const char *s)
{
	static const char *const words[] = { "re", "fw", "fwd", "aw", "wg",
		"antw", "sv", "vs", "tr", "rv", "ref", "odp", "rif", "enc" };
	size_t n = strcspn(s, ":[ ");

	if (*s == '[') {
		const char *end = strchr(s, ']'), *level = s + 1;

		if (severity(&level) != 0 && *level == ']')
			return s;

		return end == NULL ? s : end + 1 + strspn(end + 1, " :");
	}
	if (n == 0 || n > PREFIX_MAX)
		return s;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *end = s + n;

		if (strlen(words[i]) != n || !text_istarts(s, words[i]))
			continue;
		if (*end == '[')
			end += strcspn(end, "]") + (strchr(end, ']') != NULL);
		end += strspn(end, " ");
		if (*end == ':')
			return end + 1 + strspn(end + 1, " ");
	}
	return s;
}

static const char *
skip_banner(const struct conf *conf, const char *s)
{
	for (size_t i = 0; i < conf->n_banners; i++)
		if (conf->banners[i][0] != '\0' &&
		    text_istarts(s, conf->banners[i]))
			return skip_gap(s + strlen(conf->banners[i]));
	return s;
}

/* Brackets, stars and pictures around a severity: "(Sev 2)", "*SEV1*". */
static const char *
skip_frame(const char *s)
{
	const char *p = s, *at;
	uint32_t c;

	do {
		at = p;
		c = text_next(&p);
	} while ((c != 0 && c < 0x80 && strchr(" [(*!", (int)c) != NULL) ||
		 (c >= 0x2600 && c <= 0x27bf) || c == 0xfe0f ||
		 (c >= 0x1f300 && c <= 0x1faff));
	p = at;
	return severity(&p) != 0 ? at : s;
}

void
subject_read(struct arena *mem, const struct conf *conf, const char *subject,
    struct shorthand *out)
{
	const struct component *c;
	struct typed l;
	const char *s, *before, *colon;

	out->severity = 0;
	out->component = NULL;
	out->words = "";
	typed_split(mem, subject, &l);
	if (l.n == 0)
		return;
	s = l.at[0].clean;
	do {
		before = s;
		s = skip_banner(conf, skip_prefix(s));
	} while (s != before);
	s = skip_frame(s);
	out->severity = severity(&s);
	if (out->severity != 0)
		s = skip_gap(s);
	out->words = text_trim(mem, s);
	colon = strchr(s, ':');
	if (colon == NULL)
		return;
	c = names_component(conf,
	    text_trim(mem, arena_copy(mem, s, (size_t)(colon - s))));
	if (c == NULL)
		return;
	out->component = c->slug;
	out->words = text_trim(mem, colon + 1);
}
