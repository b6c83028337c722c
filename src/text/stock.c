#include "text/stock.h"

#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "text/markup.h"

static const char *const keys[STOCK_COUNT] = {
	[STOCK_INVESTIGATING] = "investigating",
	[STOCK_IDENTIFIED] = "identified",
	[STOCK_MONITORING] = "monitoring",
	[STOCK_RESOLVED] = "resolved",
	[STOCK_SAME] = "same",
	[STOCK_LIMITED] = "limited",
	[STOCK_DELAY] = "delay",
	[STOCK_EVERY] = "every",
	[STOCK_SERVICES] = "services",
};

static int
kind_of(const char *key)
{
	for (int i = 0; i < STOCK_COUNT; i++)
		if (strcmp(keys[i], key) == 0)
			return i;
	return -1;
}

/* The first name in braces that nobody fills in; NULL: none. */
static const char *
strange_name(struct arena *mem, int kind, const char *s)
{
	while ((s = strchr(s, '{')) != NULL) {
		size_t n = strcspn(s, "}");
		const char *name = arena_copy(mem, s, n + (s[n] == '}'));

		if (strcmp(name, "{components}") != 0 &&
		    strcmp(name, "{last post}") != 0 &&
		    (kind != STOCK_EVERY || strcmp(name, "{interval}") != 0))
			return name;
		s += n;
	}
	return NULL;
}

/* The texts of a language; "" is English. */
static const char **
texts_of(struct arena *mem, struct stock *s, const char *lang)
{
	if (*lang == '\0')
		return s->text;
	for (size_t i = 0; i < s->n_others; i++)
		if (strcmp(s->others[i].lang, lang) == 0)
			return s->others[i].text;
	s->others = arena_grow(mem, s->others, s->n_others, sizeof *s->others);
	s->others[s->n_others] =
	    (struct stock_tongue){ .lang = arena_str(mem, lang) };
	return s->others[s->n_others++].text;
}

static enum status
read_line(struct job *j, struct arena *mem, const char *line, struct stock *out)
{
	size_t n = strcspn(line, "="), dot, at;
	const char *key, *lang, *name, **text;
	int kind;

	if (line[n] == '\0')
		return job_fail(j, ST_PERM, "write it as state = text");
	key = text_trim(j->mem, arena_copy(j->mem, line, n));
	dot = strcspn(key, ".");
	lang = key[dot] == '.' ? key + dot + 1 : "";
	kind = kind_of(arena_copy(j->mem, key, dot));
	if (kind < 0)
		return job_fail(j, ST_PERM, "no such state; remove the line");
	if (key[dot] == '.' && !conf_is_language(lang))
		return job_fail(j, ST_PERM,
		    "\"%s\" is no language; write state.fr = text", lang);
	text = &texts_of(mem, out, lang)[kind];
	*text = text_trim(mem, line + n + 1);
	if ((name = strange_name(j->mem, kind, *text)) != NULL)
		return job_fail(j, ST_PERM,
		    "%s is not filled in; write {components} or {last post}",
		    name);
	if (markup_find(*text, &at) != NULL)
		return job_fail(j, ST_PERM,
		    "an image or HTML; write it as plain text");
	return ST_OK;
}

enum status
stock_read(struct job *j, struct arena *mem, const char *path, const char *text,
    struct stock *out)
{
	char *rest = arena_str(j->mem, text), *line;
	unsigned number = 0;

	*out = (struct stock){ .others = NULL };
	while ((line = text_line(&rest)) != NULL) {
		struct job quiet = *j;

		number++;
		if (text_blank(line) || line[0] == '#')
			continue;
		if (read_line(&quiet, mem, line, out) != ST_OK)
			return job_fail(j, ST_PERM, "%s:%u: %s", path, number,
			    quiet.why);
	}
	for (int i = 0; i < STOCK_SERVICES; i++)
		if (out->text[i] == NULL)
			return job_fail(j, ST_PERM, "%s: add a line %s = text",
			    path, keys[i]);
	return ST_OK;
}

enum status
stock_load(struct job *j, struct arena *mem, const char *dir, struct stock *out)
{
	char *path = arena_printf(j->mem, "%s/stock", dir);
	struct buf text = BUF_INIT;
	enum status st = file_read(j, path, LIMIT_CONF_FILE, &text);

	if (st == ST_NONE)
		st = job_fail(j, ST_PERM,
		    "%s is missing: name the folder of the templates in "
		    "`templates`",
		    path);
	if (st == ST_OK)
		st = stock_read(j, mem, path, text.data, out);
	buf_free(&text);
	return st;
}
