#include "text/stock.h"

#include <string.h>

#include "base/file.h"
#include "base/when.h"
#include "text/phrases.h"

enum { STOCK_FILE = 64 * 1024, DAY = 24 * 60 * 60 };

char *
stock_names(struct arena *mem, const char *const *names, size_t n)
{
	char *s = arena_str(mem, n == 0 ? "our services" : names[0]);

	for (size_t i = 1; i < n; i++)
		s = arena_printf(mem, "%s%s%s", s, i + 1 == n ? " and " : ", ",
		    names[i]);
	return s;
}

static const char *
key_of(const struct stock *s)
{
	if (s->limited && s->state != STATE_RESOLVED)
		return "limited";
	return s->same ? "same" : words_state(s->state);
}

static const char *
last_post(struct arena *mem, const struct stock *s)
{
	struct civil c = when_utc(s->last_post);

	if (s->last_post / DAY == s->now / DAY)
		return arena_printf(mem, "%s UTC",
		    when_clock(mem, s->last_post));
	return arena_printf(mem, "%d %s %s UTC", c.day, when_month(c.month),
	    when_clock(mem, s->last_post));
}

/* Each {mark} in text becomes value. */
static char *
put(struct arena *mem, const char *text, const char *mark, const char *value)
{
	char *s = arena_str(mem, "");
	const char *p;

	while ((p = strstr(text, mark)) != NULL) {
		s = arena_printf(mem, "%s%.*s%s", s, (int)(p - text), text,
		    value);
		text = p + strlen(mark);
	}
	return arena_printf(mem, "%s%s", s, text);
}

enum status
stock_text(struct job *j, const char *templates, const struct stock *s,
    char **out)
{
	const char *path = arena_printf(j->mem, "%s/stock", templates);
	const char *key = key_of(s), *text;
	struct phrases p = { 0 };
	struct buf b = BUF_INIT;
	enum status st = file_read(j, path, STOCK_FILE, &b);

	if (st == ST_OK)
		st = phrases_read(j, path, b.data, &p);
	else if (st == ST_NONE)
		st = job_fail(j, ST_PERM,
		    "%s is missing; restore the file "
		    "that came with sitrep",
		    path);
	buf_free(&b);
	if (st != ST_OK)
		return st;
	text = phrases_get(&p, key);
	if (text == key)
		return job_fail(j, ST_PERM,
		    "%s has no text for `%s`; add the line", path, key);
	text = put(j->mem, text, "{components}",
	    stock_names(j->mem, s->names, s->n_names));
	*out = put(j->mem, text, "{last post}", last_post(j->mem, s));
	return ST_OK;
}
