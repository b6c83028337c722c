#include "text/blurb.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "text/prose.h"

enum { SENTENCE = 2000, LEAST = 12 };

static const char ellipsis[] = "\xe2\x80\xa6";

/* The last word on the update before; NULL: there is none. */
static const struct public_update *
before(const struct public_event *e, size_t i)
{
	for (size_t k = i; k-- != 0;)
		if (e->updates[k].u < e->updates[i].u)
			return &e->updates[k];
	return NULL;
}

bool
blurb_told(const struct public_event *e, size_t i)
{
	const struct public_update *u = &e->updates[i], *was = before(e, i);

	if (e->report || u->kind == POST_REDACTED || u->removed)
		return false;
	if (u->r > 1)
		return !u->typo;
	if (was == NULL || u->social[0] != '\0')
		return true;
	return u->kind != POST_SAME &&
	       (u->state != was->state || u->impact > was->impact);
}

char *
blurb_url(const struct posting *p, size_t i)
{
	const struct public_event *e = p->event;

	return arena_printf(p->mem, "%s%s#%s", p->conf->url,
	    posting_path(p->mem, e), posting_anchor(p->mem, &e->updates[i]));
}

/* Where the first sentence ends: behind a mark that a blank follows. */
static size_t
sentence(const char *s)
{
	size_t n = 0;

	for (; s[n] != '\0'; n++)
		if (strchr(".!?", s[n]) != NULL &&
		    (s[n + 1] == '\0' || s[n + 1] == ' '))
			return n + 1;
	return n;
}

/* A link in the text is left to the page, and so is what follows it. */
static const char *
first_words(const struct posting *p, const struct public_update *u, bool *whole)
{
	const char *s = u->prose == NULL ? u->text : u->prose->plain, *link;
	char *line = text_one_line(p->mem, s, SENTENCE);
	size_t n = sentence(line);

	*whole = true;
	line[n] = '\0';
	if ((link = strstr(line, "http")) != NULL) {
		*whole = false;
		line[link - line] = '\0';
		n = strlen(line);
		while (n != 0 && strchr(" <(", line[n - 1]) != NULL)
			line[--n] = '\0';
	}
	return line;
}

/* At most so many columns, cut behind a word. */
static const char *
cut(struct arena *mem, const char *s, size_t columns, bool whole)
{
	const char *at = s, *end = s, *next;
	size_t n = 0;

	if (whole && text_columns(s) <= columns)
		return s;
	if (columns == 0)
		return "";
	while (*at != '\0') {
		char *one;
		size_t wide;

		next = at;
		(void)text_next(&next);
		one = arena_copy(mem, at, (size_t)(next - at));
		wide = text_columns(one);
		if (n + wide > columns - 1)
			break;
		if (*at == ' ')
			end = at;
		n += wide;
		at = next;
	}
	if (*at == '\0' || *at == ' ' || end == s)
		end = at;
	while (end > s && strchr(" ,;:-", end[-1]) != NULL)
		end--;
	return arena_printf(mem, "%.*s%s", (int)(end - s), s, ellipsis);
}

static const char *
tail(const struct posting *p, size_t i, size_t link, size_t *columns)
{
	const struct public_update *u = &p->event->updates[i];
	const char *url = blurb_url(p, i), *next = "";

	if (u->next_update != 0 && posting_open(u->state))
		next = arena_printf(p->mem, " %s %s %s.",
		    labels_get(p->words, "next"), labels_get(p->words, "by"),
		    when_moment(p->mem, u->next_update, u->posted));
	*columns =
	    text_columns(next) + 1 + (link == 0 ? text_columns(url) : link);
	return arena_printf(p->mem, "%s %s", next, url);
}

/* "[Correction] Title", of the title that is in force. */
static const char *
head(const struct posting *p, size_t i)
{
	const char *s = posting_subject(p, i, false, "");
	const char *end = strchr(s, ']');

	return arena_printf(p->mem, "%.*s %s", (int)(end + 1 - s), s,
	    text_one_line(p->mem, p->event->updates[i].title,
		(size_t)2 * LIMIT_TITLE));
}

/* As somebody wrote it, and where to read on. */
static char *
own(const struct posting *p, size_t i, size_t most, size_t link)
{
	const char *s =
	    text_one_line(p->mem, p->event->updates[i].social, SENTENCE);
	const char *url = blurb_url(p, i);
	size_t columns = 1 + (link == 0 ? text_columns(url) : link);
	size_t room = most > columns ? most - columns : 0;

	if (strstr(s, p->conf->url) != NULL && text_columns(s) <= most)
		return arena_str(p->mem, s);
	return arena_printf(p->mem, "%s %s", cut(p->mem, s, room, true), url);
}

const char *
blurb_kept(struct arena *mem, const char *social, size_t most)
{
	return cut(mem, text_one_line(mem, social, SENTENCE),
	    most - BLURB_LINK - 1, true);
}

static char *
made(const struct posting *p, size_t i, size_t most, size_t link)
{
	const struct public_update *u = &p->event->updates[i];
	bool whole = true;
	size_t columns, room;
	const char *end = tail(p, i, link, &columns);
	const char *words =
	    u->kind == POST_WITHDRAWN ? "" : first_words(p, u, &whole);
	const char *s;

	room = most > columns ? most - columns : 0;
	s = cut(p->mem, head(p, i), room == 0 ? 0 : room - 1, true);
	room -= text_columns(s) < room ? text_columns(s) : room;
	if (*words == '\0' || room < LEAST + 2)
		return arena_printf(p->mem, "%s%s%s", s,
		    text_ends(s, ellipsis) ? "" : ".", end);
	return arena_printf(p->mem, "%s: %s%s", s,
	    cut(p->mem, words, room - 2, whole), end);
}

char *
blurb_text(const struct posting *p, size_t i, size_t most, size_t link)
{
	return p->event->updates[i].social[0] != '\0' ? own(p, i, most, link)
						      : made(p, i, most, link);
}
