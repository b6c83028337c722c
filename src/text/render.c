#include "text/render.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "text/wrap.h"

enum { COLUMNS = 72 };

const char *
render_cut_subject(struct job *j, const char **text)
{
	static const char key[] = "Subject: ";
	size_t n = strcspn(*text, "\n");
	const char *subject;

	if (!text_istarts(*text, key))
		return "";
	subject = text_one_line(j->mem,
	    arena_copy(j->mem, *text + sizeof key - 1, n - (sizeof key - 1)),
	    LIMIT_SUBJECT);
	*text += n;
	*text += strspn(*text, "\n");
	return subject;
}

static enum status
fill(struct job *j, const struct labels *words, const char *name,
    enum tmpl_kind kind, const struct tmpl_map *m, char **out)
{
	struct buf b = BUF_INIT;
	struct tmpl *t = NULL;
	enum status st;

	st = tmpl_load(j, words->folder, name, kind, &t);
	if (st == ST_NONE) /* a language needs words of its own alone */
		st = tmpl_load(j, words->english, name, kind, &t);
	if (st == ST_NONE)
		st = job_fail(j, ST_PERM,
		    "%s/%s is missing; restore the templates that came with "
		    "sitrep",
		    words->english, name);
	if (st == ST_OK)
		st = tmpl_render(j, t, m, &b);
	if (st == ST_OK)
		*out = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return st;
}

enum status
render_words(struct job *j, const struct labels *words, const char *name,
    enum tmpl_kind kind, const struct tmpl_map *m, char **out)
{
	enum status st = fill(j, words, name, kind, m, out);

	if (st == ST_OK && kind == TMPL_TEXT)
		*out = wrap_long(j->mem, *out, COLUMNS);
	return st;
}

enum status
render_mail(struct job *j, const struct labels *words, const char *name,
    const struct tmpl_map *m, const char **subject, const char **text)
{
	char *all = NULL;
	enum status st = fill(j, words, name, TMPL_TEXT, m, &all);

	if (st != ST_OK)
		return st;
	*text = all;
	*subject = render_cut_subject(j, text);
	*text = wrap_long(j->mem, *text, COLUMNS);
	return ST_OK;
}
