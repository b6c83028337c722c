#include "text/render.h"

#include "text/wrap.h"

enum { COLUMNS = 72 };

enum status
render_words(struct job *j, const struct labels *words, const char *name,
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
		*out = kind == TMPL_TEXT ? wrap_long(j->mem, b.data, COLUMNS)
					 : arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return st;
}
