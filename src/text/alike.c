#include "text/alike.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

enum { APART = 45 * 60, TWINS = 5 * 60, WORD = 32, PERCENT = 60 };

static bool
touches(const struct event *e, const char *slug)
{
	for (size_t i = 0; slug != NULL && i < e->n_touches; i++)
		if (strcmp(e->touches[i].slug, slug) == 0)
			return true;
	return false;
}

static bool
shares(const struct request *r, const struct event *e)
{
	for (size_t i = 0; i < r->n_components; i++)
		if (touches(e, r->components[i].slug))
			return true;
	return r->n_components == 0 && touches(e, r->subject_component);
}

/* The next word of three letters or more; false at the end. */
static bool
next_word(const char **s, char out[WORD])
{
	for (;;) {
		size_t n = 0;

		while (**s != '\0' && !isalnum((unsigned char)**s) &&
		       (unsigned char)**s < 0x80)
			(*s)++;
		if (**s == '\0')
			return false;
		for (;
		     isalnum((unsigned char)**s) || (unsigned char)**s >= 0x80;
		     (*s)++)
			if (n < WORD - 1)
				out[n++] = **s;
		out[n] = '\0';
		if (n >= 3)
			return true;
	}
}

static bool
has_word(const char *s, const char *word)
{
	char w[WORD];

	while (next_word(&s, w))
		if (text_ieq(w, word))
			return true;
	return false;
}

static bool
same_words(const char *a, const char *b)
{
	const char *s = a;
	size_t all = 0, same = 0;
	char w[WORD];

	while (next_word(&s, w)) {
		all++;
		same += has_word(b, w);
	}
	return all >= 2 && same * 100 >= all * PERCENT;
}

bool
alike(const struct request *r, const char *subject, int64_t written,
    const struct event *e)
{
	int64_t began = r->started.given ? r->started.at : written;
	int64_t apart = began > e->began ? began - e->began : e->began - began;

	if ((r->drill == ASK_YES) != event_is_drill(e))
		return false;
	if (shares(r, e) && apart <= APART)
		return true;
	return same_words(subject, e->subject);
}

bool
alike_twins(const struct event *a, const struct event *b)
{
	int64_t apart = a->opened > b->opened ? a->opened - b->opened
					      : b->opened - a->opened;

	if (apart >= TWINS || event_is_drill(a) != event_is_drill(b))
		return false;
	for (size_t i = 0; i < a->n_touches; i++)
		if (touches(b, a->touches[i].slug))
			return true;
	return false;
}
