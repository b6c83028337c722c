#include "model/tongue.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/text.h"

static const char before[] = "--- public: ", behind[] = " ---";

enum { CODE = 8 }; /* the longest code of a language */

/* The length of the line that opens a language; 0: it doesn't. */
static size_t
marker(const char *line, size_t *code)
{
	const char *at = line + strlen(before);

	if (strncmp(line, before, strlen(before)) != 0)
		return 0;
	*code = 0;
	while (at[*code] == '-' || isalnum((unsigned char)at[*code]))
		++*code;
	if (*code < 2 || *code > CODE ||
	    strncmp(at + *code, behind, strlen(behind)) != 0)
		return 0;
	at += *code + strlen(behind);
	if (*at != '\0' && *at != '\n')
		return 0;
	return (size_t)(at - line);
}

/* Of the code of a language, without its country. */
static size_t
root(const char *lang)
{
	return strcspn(lang, "-");
}

bool
tongue_serves(const char *lang, const char *wanted)
{
	return root(lang) == root(wanted) &&
	       strncasecmp(lang, wanted, root(lang)) == 0 &&
	       (text_ieq(lang, wanted) || lang[root(lang)] == '\0');
}

const char *
tongue_next(const char *text)
{
	size_t code;

	while (marker(text, &code) == 0) {
		if ((text = strchr(text, '\n')) == NULL)
			return NULL;
		text++;
	}
	return text;
}

static void
add(struct arena *mem, struct tongue **all, size_t *n, const char *lang,
    const char *text)
{
	for (size_t i = 0; i < *n; i++) {
		struct tongue *t = &(*all)[i];

		if (strcmp(t->lang, lang) != 0)
			continue;
		t->text = *t->text == '\0'
			      ? text
			      : arena_printf(mem, "%s\n\n%s", t->text, text);
		return;
	}
	*all = arena_grow(mem, *all, *n, sizeof **all);
	(*all)[(*n)++] = (struct tongue){ .lang = lang, .text = text };
}

size_t
tongue_split(struct arena *mem, const char *text, const char *lang,
    struct tongue **out)
{
	const char *s = text, *next;
	size_t n = 0, code = 0;

	*out = NULL;
	while ((next = tongue_next(s)) != NULL) {
		add(mem, out, &n, lang,
		    text_trim(mem, arena_copy(mem, s, (size_t)(next - s))));
		s = next + marker(next, &code);
		lang = arena_copy(mem, next + strlen(before), code);
	}
	add(mem, out, &n, lang, n == 0 ? text : text_trim(mem, s));
	return n;
}

char *
tongue_join(struct arena *mem, const struct tongue *all, size_t n)
{
	struct tongue *once = NULL;
	struct buf b = BUF_INIT;
	size_t k = 0;
	char *s;

	for (size_t i = 0; i < n; i++)
		add(mem, &once, &k, all[i].lang, all[i].text);
	for (size_t i = 0; i < k; i++)
		if (i == 0)
			buf_str(&b, once[i].text);
		else
			buf_printf(&b, "\n\n%s%s%s\n\n%s", before, once[i].lang,
			    behind, once[i].text);
	s = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return s;
}
