/*
 * Feeds: Atom (RFC 4287), the current document and the archive's, which don't
 * change but by a correction (RFC 5005, section 4).
 */
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "flow/page_in.h"

enum { ROOM = 80 * 1024, FULL = 48 * 1024, NAME = 120 };

struct writer {
	const struct page_feed *of;
	struct tmpl *t; /* of an entry's content */
};

/* The newest revision of an update; n_updates if there is none. */
static size_t
find(const struct public_event *e, int u)
{
	size_t found = e->n_updates;

	for (size_t i = 0; i < e->n_updates; i++)
		if (e->updates[i].u == u && posting_current(e, i))
			found = i;
	return found;
}

static int64_t
newest(const struct public_event *e)
{
	int64_t t = 0;

	for (size_t i = 0; i < e->n_updates; i++)
		if (e->updates[i].posted > t)
			t = e->updates[i].posted;
	return t;
}

static size_t
at(const struct page_entry *p)
{
	return p->u == 0 ? p->event->n_updates - 1 : find(p->event, p->u);
}

static int64_t
changed(const struct page_entry *p)
{
	size_t i = at(p);

	if (p->u == 0 || i == p->event->n_updates)
		return newest(p->event);
	return p->event->updates[i].posted;
}

/* As the page shows the update, for a reader that knows no styles. */
static enum status
content(struct pager *x, const struct tmpl *t, const struct page_entry *p,
    size_t i, char **out)
{
	struct tmpl_map *m = tmpl_map(x->j->mem);
	struct buf b = BUF_INIT;
	enum status st;

	posting_site(&x->posting, m);
	posting_event(&x->posting, m);
	posting_update(&x->posting, i, m);
	tmpl_flag(m, "whole", p->u == 0);
	st = tmpl_render(x->j, t, m, &b);
	*out = arena_copy(x->j->mem, b.data, b.len);
	buf_free(&b);
	return st;
}

static void
categories(const struct pager *x, const struct public_update *u,
    struct tmpl_map *m)
{
	tmpl_list(m, "categories");
	for (size_t i = 0; i < u->n_components; i++) {
		struct tmpl_map *item = tmpl_item(m, "categories");

		tmpl_str(item, "term",
		    arena_printf(x->j->mem, "component:%s",
			u->components[i].slug));
	}
	tmpl_str(tmpl_item(m, "categories"), "term",
	    arena_printf(x->j->mem, "state:%s", words_state(u->state)));
}

static char *
title(const struct pager *x, const struct public_event *e,
    const struct public_update *u)
{
	struct posting p = x->posting;

	p.event = e;
	return arena_printf(x->j->mem, "[%s] %s [%s]", posting_word(&p, u),
	    text_one_line(x->j->mem, u->title, NAME), e->event);
}

/* "tag:status.example,2026:inc-2026-0042/u3" */
static char *
tag(const struct pager *x, const struct page_entry *p)
{
	char *id = posting_id(x->j->mem, p->event);
	char *u = p->u == 0 ? arena_str(x->j->mem, "")
			    : arena_printf(x->j->mem, "/u%d", p->u);

	return arena_printf(x->j->mem, "tag:%s,%04d:%s%s", x->c->host,
	    p->event->year, id, u);
}

static enum status
entry(struct pager *x, const struct writer *f, const struct page_entry *p,
    size_t *used, struct tmpl_map *m)
{
	const struct public_event *e = p->event;
	size_t i = at(p);
	const struct public_update *u = &e->updates[i];
	char *html = NULL;
	enum status st;

	x->posting.event = e;
	if ((st = content(x, f->t, p, i, &html)) != ST_OK)
		return st;
	*used += strlen(html);
	tmpl_str(m, "id", tag(x, p));
	tmpl_str(m, "title", title(x, e, u));
	tmpl_str(m, "link",
	    p->u == 0 ? posting_path(x->j->mem, e)
		      : arena_printf(x->j->mem, "%s#u%d",
			    posting_path(x->j->mem, e), p->u));
	tmpl_str(m, "published",
	    when_rfc3339(x->j->mem,
		p->u == 0 ? e->updates[0].first_posted : u->first_posted));
	tmpl_str(m, "updated", when_rfc3339(x->j->mem, changed(p)));
	tmpl_str(m, "content", f->of->piece == 0 && *used > FULL ? "" : html);
	categories(x, u, m);
	return ST_OK;
}

static char *
piece_name(const struct pager *x, const struct page_feed *f, int piece)
{
	return piece == 0
		   ? arena_printf(x->j->mem, "%s.atom", f->name)
		   : arena_printf(x->j->mem, "%s/%d.atom", f->name, piece);
}

static void
links(const struct pager *x, const struct page_feed *f, struct tmpl_map *m)
{
	tmpl_str(m, "feed_title", f->title);
	tmpl_str(m, "feed_id",
	    arena_printf(x->j->mem, "tag:%s,2026:%s", x->c->host, f->name));
	tmpl_flag(m, "archive", f->piece != 0);
	tmpl_str(m, "current", piece_name(x, f, 0));
	tmpl_str(m, "self", piece_name(x, f, f->piece));
	tmpl_str(m, "older", f->older == 0 ? "" : piece_name(x, f, f->older));
	tmpl_str(m, "newer", f->newer == 0 ? "" : piece_name(x, f, f->newer));
}

enum status
page_feed(struct job *j, const struct conf *c, const struct page_feed *f,
    struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct writer w = { f, NULL };
	int64_t updated = 0;
	size_t used = 0;
	struct pager x;
	enum status st = page_begin(&x, j, c);

	if (st != ST_OK)
		return st;
	posting_site(&x.posting, m);
	links(&x, f, m);
	tmpl_list(m, "entries");
	st = page_load(&x, "entry.html", TMPL_HTML, &w.t);
	for (size_t i = 0; st == ST_OK && i < f->n; i++) {
		const struct page_entry *p = &f->entries[i];
		size_t size = used + i * 640;

		if (at(p) == p->event->n_updates)
			continue;
		if (f->piece == 0 && i >= f->whole && size > ROOM)
			break;
		updated = changed(p) > updated ? changed(p) : updated;
		st = entry(&x, &w, p, &used, tmpl_item(m, "entries"));
	}
	/* An empty feed was last changed at the beginning of its era. */
	tmpl_str(m, "feed_updated",
	    when_rfc3339(j->mem, updated == 0 ? 1767225600 : updated));
	return st != ST_OK ? st
			   : page_render(&x, "feed.atom", TMPL_XML, m, out);
}
