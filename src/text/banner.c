#include "text/banner.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/phrases.h"
#include "text/quote.h"

enum {
	BANNER_LINES = 6,
	BANNERS = 3,  /* one below the other */
	WRAPPED = 60, /* a line this long may go on in the next ... */
	WHOLE = 100,  /* ... and one this long is nobody's wrapped line */
};

static bool
of_this_site(struct arena *mem, const struct writer *w, const char *fold)
{
	for (size_t i = 0; i < w->n_banners; i++)
		if (text_istarts(fold, phrase_fold(mem, w->banners[i])))
			return true;
	return false;
}

/* The last word asks for another: the line was wrapped. */
static bool
hangs(const char *fold)
{
	static const char *const words[] = { " the", " of", " a", " an",
		" your", " our", " or", " and", " not", " from", " unless",
		" to", " is", " der", " die", " von", " und", " de", " la",
		NULL };
	return phrase_ends(fold, words);
}

/* The line of a banner ends it: a full stop, or no line that was wrapped. */
static bool
ends(const char *fold)
{
	size_t n = strlen(fold);

	if (strchr(".!]", fold[n - 1]) != NULL)
		return true;
	return (n < WRAPPED || n > WHOLE) && !hangs(fold);
}

static enum phrase_banner
look(struct arena *mem, const struct writer *w, const struct lines *l, size_t i,
    size_t to)
{
	const char *fold = l->line[i].fold;
	enum phrase_banner found = phrase_banner(fold);

	if (found != BANNER_NONE)
		return found;
	if (of_this_site(mem, w, fold))
		return *fold == '[' ? BANNER_PREFIX : BANNER_SENTENCE;
	if (ends(fold) || i + 1 >= to || l->line[i + 1].blank)
		return BANNER_NONE;
	return phrase_banner(
	    arena_printf(mem, "%s %s", fold, l->line[i + 1].fold));
}

static size_t
skip_blank(const struct lines *l, size_t i, size_t to)
{
	while (i < to && (l->line[i].blank || quote_is_rule(l->line[i].s)))
		i++;
	return i;
}

static size_t
skip_sentences(const struct lines *l, size_t i, size_t to)
{
	size_t lines = 0;

	for (; i < to && !l->line[i].blank && lines < BANNER_LINES; lines++)
		if (ends(l->line[i++].fold) &&
		    (i == to || !phrase_caution(l->line[i].fold)))
			break;
	return i;
}

/* Own words behind the tag of a line, or NULL. */
static const char *
behind_tag(const char *s)
{
	const char *close = strchr(s, ']');

	s += strspn(s, " \t*");
	if (*s != '[' || close == NULL)
		return NULL;
	close += 1 + strspn(close + 1, " *:-");
	return *close == '\0' ? NULL : close;
}

size_t
banner_skip(struct arena *mem, const struct lines *l, size_t from, size_t to,
    const struct writer *w, const char **rest)
{
	size_t end = from;

	*rest = NULL;
	for (unsigned n = 0; n < BANNERS; n++) {
		size_t i = skip_blank(l, end, to);
		enum phrase_banner kind =
		    i == to ? BANNER_NONE : look(mem, w, l, i, to);

		if (kind == BANNER_NONE)
			break;
		if (kind == BANNER_PREFIX)
			*rest = behind_tag(l->line[i].s);
		if (*rest != NULL)
			return i + 1;
		i = kind != BANNER_SENTENCE ? i + 1 : skip_sentences(l, i, to);
		end = skip_blank(l, i, to);
	}
	return end;
}

char *
banner_untag(struct arena *mem, const char *subject, const struct writer *w)
{
	struct buf b = BUF_INIT;
	char *s;

	while (*subject != '\0') {
		size_t n = strcspn(subject, "]");

		if (*subject == '[' && subject[n] == ']') {
			char *tag = arena_copy(mem, subject, n + 1);

			char *fold = phrase_fold(mem, tag);

			if (of_this_site(mem, w, fold) ||
			    phrase_banner(fold) != BANNER_NONE) {
				subject += n + 1;
				subject += strspn(subject, " ");
				continue;
			}
		}
		buf_char(&b, *subject++);
	}
	s = text_trim(mem, b.data);
	buf_free(&b);
	return s;
}
