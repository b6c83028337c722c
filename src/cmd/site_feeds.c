/*
 * Feeds: of updates, of events, and of each service.  A feed's archive is in
 * pieces that were full once and change by corrections only.
 */
#include "cmd/site.h"
#include "flow/page.h"
#include "model/tree.h"

struct feed {
	const char *list; /* in tree.db */
	const char *name; /* below the site */
	const char *title;
};

static enum status
load_entries(struct site *x, struct job *j, const struct feed *f, int64_t first,
    int64_t last, struct page_feed *p)
{
	struct tree_entry *entries;
	struct page_entry *out;
	struct public_event *events;
	size_t n, n_ids = 0, n_events;
	int64_t *ids;
	size_t *at;
	enum status st =
	    tree_entries(x->db, j, f->list, first, last, &entries, &n);

	if (st != ST_OK)
		return st;
	ids = arena_array(j->mem, n + 1, sizeof *ids);
	at = arena_array(j->mem, n + 1, sizeof *at);
	out = arena_array(j->mem, n + 1, sizeof *out);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < n_ids && ids[k] != entries[i].event)
			k++;
		if (k == n_ids)
			ids[n_ids++] = entries[i].event;
		at[i] = k;
	}
	st = site_load(x, j, ids, n_ids, true, &events, &n_events);
	if (st != ST_OK || n_events != n_ids)
		return st != ST_OK
			   ? st
			   : job_fail(j, ST_PERM,
				 "tree.db knows posts that the store doesn't: "
				 "run sitrep page --all");
	for (size_t i = 0; i < n; i++)
		out[i] = (struct page_entry){ &events[at[i]], entries[i].u };
	p->entries = out;
	p->n = n;
	return ST_OK;
}

static enum status
write_feed(struct site *x, struct job *j, const struct page_feed *p)
{
	struct buf b = BUF_INIT;
	enum status st = page_feed(j, &x->w->conf, p, &b);

	if (st == ST_OK)
		st = site_save(x, j,
		    p->piece == 0
			? arena_printf(j->mem, "%s.atom", p->name)
			: arena_printf(j->mem, "%s/%d.atom", p->name, p->piece),
		    &b);
	buf_free(&b);
	return st;
}

static enum status
write_piece(struct site *x, struct job *j, const struct feed *f, int64_t piece,
    int64_t whole)
{
	struct page_feed p = { .title = f->title,
		.name = f->name,
		.piece = (int)piece,
		.older = (int)piece - 1,
		.newer = piece < whole ? (int)piece + 1 : 0 };
	struct job own;
	enum status st;

	job_begin(&own, j->id, j->now);
	own.keeps = true;
	st = load_entries(x, &own, f, (piece - 1) * SITE_PIECE + 1,
	    piece * SITE_PIECE, &p);
	if (st == ST_OK)
		st = write_feed(x, &own, &p);
	if (st > ST_NONE)
		(void)job_fail(j, st, "%s", own.why);
	job_end(&own);
	return st;
}

static enum status
write_all(struct site *x, struct job *j, const struct feed *f)
{
	struct page_feed p = { .title = f->title, .name = f->name };
	struct site_list l;
	int64_t i = 0;
	enum status st = site_list(x, j, f->list, &l);

	if (st == ST_OK)
		st = load_entries(x, j, f, l.first, l.last, &p);
	p.older = (int)l.whole;
	p.whole = (size_t)(l.last - l.whole * SITE_PIECE);
	if (st == ST_OK)
		st = write_feed(x, j, &p);
	/* One that has just become full is new to the one before it, too. */
	while (st == ST_OK &&
	       (i = site_next_piece(x, f->list, i, l.whole, 1)) != 0)
		st = write_piece(x, j, f, i, l.whole);
	return st;
}

/* With memory of its own: a feed has many texts. */
static enum status
one_feed(struct site *x, struct job *j, const struct feed *f)
{
	struct job own;
	enum status st;

	job_begin(&own, j->id, j->now);
	own.keeps = true;
	st = write_all(x, &own, f);
	if (st > ST_NONE)
		(void)job_fail(j, st, "%s", own.why);
	job_end(&own);
	return st;
}

static enum status
feed_of(struct site *x, struct job *j, const char *slug, const char *name)
{
	const struct feed f = {
		arena_printf(j->mem, "feed/%s", slug),
		arena_printf(j->mem, "component/%s/feed", slug),
		arena_printf(j->mem, "%s status: %s", x->w->conf.brand.name,
		    name),
	};

	return one_feed(x, j, &f);
}

enum status
site_feeds(struct site *x, struct job *j)
{
	const struct conf *c = &x->w->conf;
	const struct feed whole[] = {
		{ "updates", "feed/updates",
		    arena_printf(j->mem, "%s status: updates", c->brand.name) },
		{ "events", "feed/events",
		    arena_printf(j->mem, "%s status: incidents",
			c->brand.name) },
	};
	enum status st = ST_OK;
	struct service *gone;
	size_t n_gone;

	if (!x->all && x->since == x->newest)
		return ST_OK;
	for (size_t i = 0; st == ST_OK && i < 2; i++)
		st = one_feed(x, j, &whole[i]);
	for (size_t i = 0; st == ST_OK && i < c->n_components; i++) {
		const struct component *p = &c->components[i];

		if (p->visible && (x->all || site_touches(&x->slugs, p->slug)))
			st = feed_of(x, j, p->slug, p->name);
	}
	if (st == ST_OK)
		st = site_gone(x, j, &gone, &n_gone);
	for (size_t i = 0; st == ST_OK && i < n_gone; i++)
		st = feed_of(x, j, gone[i].slug, gone[i].name);
	return st;
}
