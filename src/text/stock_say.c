#include "text/stock_say.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"
#include "model/tongue.h"

static const struct post *
last_post(const struct matter *m)
{
	return m->n_posts == 0 ? NULL : &m->posts[m->n_posts - 1];
}

static void
fill(struct buf *out, const char *text, const char *hole, const char *value)
{
	const char *at;

	while ((at = strstr(text, hole)) != NULL) {
		buf_add(out, text, (size_t)(at - text));
		buf_str(out, value);
		text = at + strlen(hole);
	}
	buf_str(out, text);
}

static enum stock_kind
stock_of(const struct event *e, enum state state, bool same)
{
	if (e->disclosure == DISCLOSURE_LIMITED && state != STATE_RESOLVED)
		return STOCK_LIMITED;
	if (same)
		return STOCK_SAME;
	switch (state) {
	case STATE_IDENTIFIED: return STOCK_IDENTIFIED;
	case STATE_MONITORING: return STOCK_MONITORING;
	case STATE_RESOLVED: return STOCK_RESOLVED;
	default: return STOCK_INVESTIGATING;
	}
}

/* The same for other languages, without a word. */
static char *
moment_iso(struct job *j, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(j->mem, "%04d-%02d-%02d %s UTC", c.year, c.month,
	    c.day, when_clock(j->mem, t));
}

static char *
filled(struct job *j, const char *text, const char *components,
    const char *since)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	char *s;

	fill(&once, text, "{components}", components);
	fill(&twice, once.data, "{last post}", since);
	s = arena_copy(j->mem, twice.data, twice.len);
	buf_free(&once);
	buf_free(&twice);
	return s;
}

/* Does somebody read it in this language? */
static bool
is_read(const struct conf *c, const char *lang)
{
	for (size_t i = 0; i < c->n_lists; i++)
		if (tongue_serves(lang, c->lists[i].language))
			return true;
	return false;
}

/* In another language; NULL: it can't be said in it. */
static char *
translated(struct job *j, const struct matter *m, const struct event *e,
    const struct stock_tongue *t, enum stock_kind kind)
{
	const struct post *last = last_post(m);
	const char *names = event_known(j->mem, m->conf, e).n_touches == 0
				? t->text[STOCK_SERVICES]
				: event_components(j->mem, m->conf, e);

	if (t->text[kind] == NULL || names == NULL ||
	    !is_read(m->conf, t->lang))
		return NULL;
	if (last == NULL)
		return kind == STOCK_SAME ? NULL
					  : filled(j, t->text[kind], names, "");
	return filled(j, t->text[kind], names, moment_iso(j, last->posted));
}

char *
stock_say(struct job *j, const struct matter *m, const struct event *e,
    enum state state, bool same)
{
	enum stock_kind kind = stock_of(e, state, same);
	const struct stock *s = m->stock;
	const struct post *last = last_post(m);
	const char *since = last == NULL
				? "the first report"
				: when_moment(j->mem, last->posted, j->now);
	struct tongue *all = arena_array(j->mem, s->n_others + 1, sizeof *all);
	size_t n = 0;

	all[n++] = (struct tongue){ .lang = "en",
		.text = filled(j, s->text[kind],
		    event_components(j->mem, m->conf, e), since) };
	for (size_t i = 0; i < s->n_others; i++) {
		char *text = translated(j, m, e, &s->others[i], kind);

		if (text != NULL)
			all[n++] = (struct tongue){ .lang = s->others[i].lang,
				.text = text };
	}
	return tongue_join(j->mem, all, n);
}

/* "12 hours", "90 minutes", "hour": what stands behind "every" */
static char *
interval(struct job *j, int64_t seconds)
{
	bool whole = seconds % HOUR == 0;
	int64_t n = seconds / (whole ? HOUR : MINUTE);
	const char *unit = whole ? "hour" : "minute";

	return n == 1 ? arena_str(j->mem, unit)
		      : arena_printf(j->mem, "%lld %ss", (long long)n, unit);
}

static char *
first_tongue(struct job *j, const char *text)
{
	const char *next = tongue_next(text);

	return next == NULL ? arena_str(j->mem, text)
			    : text_trim(j->mem, arena_copy(j->mem, text,
						    (size_t)(next - text)));
}

char *
stock_add(struct job *j, const char *text, const char *sentence)
{
	const char *next = tongue_next(text);

	return arena_printf(j->mem, "%s\n\n%s%s%s", first_tongue(j, text),
	    sentence, next == NULL ? "" : "\n\n", next == NULL ? "" : next);
}

char *
stock_every(struct job *j, const struct matter *m, int64_t every)
{
	struct buf b = BUF_INIT;
	char *s;

	fill(&b, m->stock->text[STOCK_EVERY], "{interval}", interval(j, every));
	s = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return s;
}

bool
stock_ends(struct job *j, const char *text, const char *sentence)
{
	return text_ends(first_tongue(j, text), sentence);
}
