/*
 * Follows HTML as far as it takes to know where an insert would stand.  Knows
 * what our templates hold; what it doesn't know it calls a place for nothing.
 */
#include <string.h>

#include "base/text.h"
#include "base/tmpl_tree.h"

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void
begin(struct spotter *s, enum spot spot)
{
	s->spot = spot;
	s->word_len = 0;
	s->word[0] = '\0';
}

static void
spell(struct spotter *s, char c)
{
	if (s->word_len + 1 >= SPOT_WORD)
		return;
	s->word[s->word_len++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	s->word[s->word_len] = '\0';
}

/* After the > of a tag: style and script swallow what follows. */
static void
leave(struct spotter *s)
{
	bool raw = !s->closing && (strcmp(s->tag, "style") == 0 ||
				      strcmp(s->tag, "script") == 0);

	begin(s, raw ? SPOT_RAW : SPOT_TEXT);
}

static void
open_tag(struct spotter *s, char c)
{
	if (c == '!') {
		begin(s, SPOT_DECLARATION);
		return;
	}
	s->closing = c == '/';
	begin(s, SPOT_NAME);
	if (c != '/')
		spell(s, c);
}

static void
name_tag(struct spotter *s, char c)
{
	if (!blank(c) && c != '>' && c != '/') {
		spell(s, c);
		return;
	}
	memcpy(s->tag, s->word, sizeof s->tag);
	if (c == '>')
		leave(s);
	else
		begin(s, SPOT_TAG);
}

static void
in_tag(struct spotter *s, char c)
{
	if (c == '>') {
		leave(s);
	} else if (!blank(c) && c != '/') {
		begin(s, SPOT_ATTR);
		spell(s, c);
	}
}

static void
in_attr(struct spotter *s, char c)
{
	if (c == '>')
		leave(s);
	else if (c == '=')
		s->spot = SPOT_EQUALS;
	else if (blank(c) || c == '/')
		begin(s, SPOT_TAG);
	else
		spell(s, c);
}

static void
after_equals(struct spotter *s, char c)
{
	s->fresh = true;
	if (c == '"')
		s->spot = SPOT_DOUBLE;
	else if (c == '\'')
		s->spot = SPOT_SINGLE;
	else if (c == '>')
		leave(s);
	else if (!blank(c))
		s->spot = SPOT_BARE;
}

static void
in_value(struct spotter *s, char c)
{
	char quote = s->spot == SPOT_DOUBLE ? '"' : '\'';

	if (c == quote)
		begin(s, SPOT_TAG);
	else
		s->fresh = false;
}

/* Until its end tag, or "-->". */
static void
in_swallow(struct spotter *s, char c)
{
	const char *end = s->spot == SPOT_COMMENT        ? "-->"
			  : strcmp(s->tag, "style") == 0 ? "</style>"
							 : "</script>";

	if (s->word_len == strlen(end)) /* can't be: reset on a match */
		begin(s, s->spot);
	spell(s, c);
	if (strncmp(end, s->word, s->word_len) != 0) {
		bool dash = c == '-' && s->spot == SPOT_COMMENT;
		size_t had = s->word_len;

		begin(s, s->spot);
		if (dash && had >= 2) {
			spell(s, '-');
			if (had == 3)
				spell(s, '-');
		} else if (c == end[0])
			spell(s, c);
	} else if (s->word_len == strlen(end))
		begin(s, SPOT_TEXT);
}

static void
in_declaration(struct spotter *s, char c)
{
	spell(s, c);
	if (strcmp(s->word, "--") == 0)
		begin(s, SPOT_COMMENT);
	else if (c == '>')
		begin(s, SPOT_TEXT);
}

void
spotter_walk(struct spotter *s, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		switch (s->spot) {
		case SPOT_TEXT:
			if (p[i] == '<')
				begin(s, SPOT_OPEN);
			break;
		case SPOT_OPEN: open_tag(s, p[i]); break;
		case SPOT_NAME: name_tag(s, p[i]); break;
		case SPOT_TAG: in_tag(s, p[i]); break;
		case SPOT_ATTR: in_attr(s, p[i]); break;
		case SPOT_EQUALS: after_equals(s, p[i]); break;
		case SPOT_DOUBLE:
		case SPOT_SINGLE: in_value(s, p[i]); break;
		case SPOT_BARE:
			if (p[i] == '>')
				leave(s);
			else if (blank(p[i]))
				begin(s, SPOT_TAG);
			break;
		case SPOT_DECLARATION: in_declaration(s, p[i]); break;
		case SPOT_COMMENT:
		case SPOT_RAW: in_swallow(s, p[i]); break;
		}
}

/* Attributes of which HTML escaping doesn't take the sting. */
static bool
sharp(const char *attr)
{
	return text_istarts(attr, "on") || strcmp(attr, "style") == 0 ||
	       strcmp(attr, "srcdoc") == 0 || strcmp(attr, "http-equiv") == 0 ||
	       strcmp(attr, "srcset") == 0;
}

static bool
is_link(const char *attr)
{
	static const char *const links[] = { "href", "src", "action",
		"formaction", "cite", "data", "poster", "background",
		"xlink:href" };

	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		if (strcmp(attr, links[i]) == 0)
			return true;
	return false;
}

enum place
spotter_place(const struct spotter *s)
{
	if (s->spot == SPOT_TEXT)
		return PLACE_HTML;
	if (s->spot != SPOT_DOUBLE && s->spot != SPOT_SINGLE)
		return PLACE_NONE;
	if (sharp(s->word))
		return PLACE_NONE;
	if (!is_link(s->word))
		return PLACE_VALUE;
	return s->fresh ? PLACE_URL : PLACE_URL_PART;
}

void
spotter_insert(struct spotter *s)
{
	s->fresh = false;
}

bool
spotter_same(const struct spotter *a, const struct spotter *b)
{
	if (a->spot != b->spot)
		return false;
	if (a->spot == SPOT_TEXT || a->spot == SPOT_TAG)
		return true;
	return strcmp(a->word, b->word) == 0;
}
