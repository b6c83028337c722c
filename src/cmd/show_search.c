#include "cmd/show_search.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "cmd/side.h"
#include "ext/json.h"
#include "model/search.h"
#include "text/query.h"

enum { HITS = 200, LINE = 4096 };

/* Without the marks around what was found, and fit for a terminal. */
static char *
plain(struct job *j, const char *s)
{
	char *out = arena_str(j->mem, s), *to = out;

	for (; *s != '\0'; s++)
		if (*s != '\x02' && *s != '\x03')
			*to++ = *s;
	*to = '\0';
	return text_one_line(j->mem, out, LINE);
}

static void
as_json(const struct world *w, struct job *j, const struct search_hit *list,
    size_t n, struct buf *out)
{
	struct json *root = json_new_object(), *all = json_new_array();

	for (size_t i = 0; i < n; i++) {
		struct json *o = json_new_object();

		json_put_str(o, "event", list[i].name);
		json_put_str(o, "state", list[i].tag);
		json_put_str(o, "title", plain(j, list[i].title));
		json_put_time(o, "posted", list[i].posted);
		json_put_str(o, "url",
		    arena_printf(j->mem, "%s%s", w->conf.url, list[i].path));
		json_put_str(o, "text", plain(j, list[i].around));
		json_add(all, o);
	}
	json_put(root, "found", all);
	json_write(root, out);
	json_free(root);
}

static void
as_text(const struct world *w, struct job *j, const struct search_hit *list,
    size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s %s [%s] %s\n    %s%s\n    %s\n",
		    when_rfc3339(j->mem, list[i].posted), list[i].name,
		    list[i].tag, plain(j, list[i].title), w->conf.url,
		    list[i].path, plain(j, list[i].around));
	if (n == 0)
		buf_str(out, "No public update has all of these words.\n");
}

static const char *
joined(struct job *j, char *const *words)
{
	const char *s = "";

	while (*words != NULL && strlen(s) < QUERY_LENGTH)
		s = arena_printf(j->mem, "%s %s", s, *words++);
	return s;
}

enum status
show_search(struct world *w, struct job *j, char *const *words, bool json,
    struct buf *out)
{
	const char *query = query_of(j->mem, joined(j, words));
	struct search_hit *list = NULL;
	struct db *db = NULL;
	size_t n = 0;
	enum status st;

	if (query == NULL)
		return job_fail(j, ST_PERM,
		    "there is no word in that: sitrep show --search imap "
		    "logins");
	st = search_open(j, side_search(j->mem, &w->conf), &db);
	if (st == ST_NONE)
		return job_fail(j, ST_PERM,
		    "nothing can be searched yet: run sitrep page");
	if (st == ST_OK)
		st = search_find(db, j, query, HITS, &list, &n);
	db_close(db);
	if (st != ST_OK)
		return st;
	if (json)
		as_json(w, j, list, n, out);
	else
		as_text(w, j, list, n, out);
	return ST_OK;
}
