#include "text/markup.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

struct paragraph { /* what its end holds; one look serves all its lines */
	const char *end;
	const char *last_tag;   /* its last '>', NULL: none */
	const char *last_link;  /* its last "](" or "][" */
	const char *last_close; /* its last ']' */
};

static void
look(const char *s, struct paragraph *out)
{
	memset(out, 0, sizeof *out);
	for (; *s != '\0'; s++) {
		if (*s == '\n' && s[1 + strspn(s + 1, " \t")] == '\n')
			break;
		if (*s == '>')
			out->last_tag = s;
		if (*s != ']')
			continue;
		out->last_close = s;
		if (s[1] == '(' || s[1] == '[')
			out->last_link = s;
	}
	out->end = s;
}

/* ![text](address), ![text][label], or ![label] with its definition. */
static bool
is_image(const char *s, const struct paragraph *p, bool defined)
{
	if (s[0] != '!' || s[1] != '[' || p->last_close == NULL ||
	    p->last_close < s)
		return false;
	return defined || (p->last_link != NULL && p->last_link > s);
}

/* <scheme:address> or <someone@example.net>: a link, not a tag. */
static bool
is_autolink(const char *s)
{
	size_t n = strcspn(s + 1, ">< \t\n");
	const char *p = s + 1;

	if (s[1 + n] != '>')
		return false;
	p += strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		       "0123456789+.-");
	if (*p == ':' && p - s > 2)
		return true;
	return isalnum((unsigned char)s[1]) && memchr(s, '@', n) != NULL &&
	       memchr(s, '"', n) == NULL && memchr(s, '=', n) == NULL &&
	       memchr(s, '/', n) == NULL;
}

static bool
is_tag(const char *s, const struct paragraph *in, bool line_start)
{
	const char *p = s + 1;

	if (*s != '<' || is_autolink(s))
		return false;
	if (*p == '!' || *p == '?')
		return p[1] == '-' || p[1] == '[' ||
		       isalpha((unsigned char)p[1]);
	if (*p == '/')
		p++;
	if (!isalpha((unsigned char)*p))
		return false;
	while (isalnum((unsigned char)*p) || *p == '-')
		p++;
	if (*p != '\0' && strchr(" \t\n/>", *p) == NULL)
		return false;
	return line_start || (in->last_tag != NULL && in->last_tag >= p);
}

static bool
escaped(const char *text, const char *s)
{
	size_t n = 0;

	while (s > text && s[-1] == '\\') {
		s--;
		n++;
	}
	return n % 2 == 1;
}

const char *
markup_find(const char *text, size_t *line)
{
	bool start = true, defined = strstr(text, "]:") != NULL;
	struct paragraph in = { text, NULL, NULL, NULL };

	*line = 1;
	for (const char *s = text; *s != '\0'; s++) {
		if (s >= in.end)
			look(s, &in);
		if (*s == '\n') {
			(*line)++;
			start = true;
			continue;
		}
		if ((*s == '<' || *s == '!') && !escaped(text, s) &&
		    (is_image(s, &in, defined) || is_tag(s, &in, start)))
			return s;
		start = start && (*s == ' ' || *s == '>');
	}
	return NULL;
}
