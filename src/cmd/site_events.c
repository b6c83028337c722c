/*
 * Events' own pages, and what they claim of services.  Those with a new post,
 * and what is open: it may have become overdue without one.
 */
#include "cmd/site.h"
#include "cmd/slice.h"
#include "flow/page.h"
#include "model/post_find.h"
#include "model/tree.h"
#include "text/spans.h"

static enum status
write_pages(struct site *x, struct job *j, const struct public_event *e)
{
	const char *folder = page_folder(j, e);
	struct buf page = BUF_INIT, plain = BUF_INIT;
	enum status st =
	    page_event(j, &x->w->conf, e, &page, e->report ? NULL : &plain);

	if (st == ST_OK)
		st = site_save(x, j,
		    arena_printf(j->mem, "%s/index.html", folder), &page);
	if (st == ST_OK && !e->report)
		st = site_save(x, j,
		    arena_printf(j->mem, "%s/plain.txt", folder), &plain);
	buf_free(&page);
	buf_free(&plain);
	return st;
}

static enum status
claim(struct site *x, struct job *j, const struct public_event *e, int64_t id)
{
	struct span *list = NULL;
	size_t n = e->report ? 0 : spans_of(j->mem, e, &list);

	return tree_put_claims(x->db, j, id, list, n);
}

/* Memory is given back after each few. */
static enum status
write_events(struct site *x, struct job *j, const int64_t *ids, size_t n)
{
	enum status st = ST_OK;

	while (n != 0 && st <= ST_NONE) {
		struct slice s;

		st = slice_begin(x->w, j, &ids, &n, &s);
		for (size_t i = 0; i < s.n && st <= ST_NONE; i++) {
			st = write_pages(x, &s.job, s.list[i]);
			if (st <= ST_NONE)
				st = claim(x, &s.job, s.list[i], s.ids[i]);
		}
		slice_end(&s, j, st);
	}
	return st > ST_NONE ? st : ST_OK;
}

enum status
site_events(struct site *x, struct job *j)
{
	int64_t *ids = NULL, newest = 0;
	size_t n = 0;
	enum status st =
	    post_events_changed(x->w->db, j, x->since, &ids, &n, &newest);

	if (st == ST_OK)
		st = write_events(x, j, ids, n);
	if (st == ST_OK)
		st = post_events_open(x->w->db, j, &ids, &n);
	return st == ST_OK ? write_events(x, j, ids, n) : st;
}
