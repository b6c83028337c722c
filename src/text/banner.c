#include "text/banner.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/phrases.h"
#include "text/quote.h"

enum { BANNER_LINES = 6 };

static bool
is_banner(struct arena *mem, const struct writer *w, const char *fold)
{
	for (size_t i = 0; i < w->n_banners; i++)
		if (text_istarts(fold, phrase_fold(mem, w->banners[i])))
			return true;
	return phrase_banner(fold);
}

static bool
ends_sentence(const char *fold)
{
	size_t n = strlen(fold);

	return n != 0 && strchr(".!]", fold[n - 1]) != NULL;
}

size_t
banner_skip(struct arena *mem, const struct lines *l, size_t from, size_t to,
    const struct writer *w, const char **rest)
{
	size_t i = from, lines = 0;
	const char *close;

	*rest = NULL;
	while (i < to && (l->line[i].blank || quote_is_rule(l->line[i].s)))
		i++;
	if (i == to || !is_banner(mem, w, l->line[i].fold))
		return from;
	close = strchr(l->line[i].s, ']');
	if (l->line[i].fold[0] == '[' && close != NULL && close[1] != '\0') {
		*rest = close + 1 + strspn(close + 1, " *:-");
		return i + 1;
	}
	while (i < to && !l->line[i].blank && ++lines < BANNER_LINES)
		if (ends_sentence(l->line[i++].fold))
			break;
	while (i < to && (l->line[i].blank || quote_is_rule(l->line[i].s)))
		i++;
	return i;
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

			if (is_banner(mem, w, phrase_fold(mem, tag))) {
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
