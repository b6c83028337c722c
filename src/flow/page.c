#include "flow/page.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "base/when.h"
#include "flow/page_in.h"

enum { STYLE = 256 * 1024 };

int64_t
page_day_of(int64_t t)
{
	return t - (t % DAY + DAY) % DAY;
}

enum status
page_begin(struct pager *x, struct job *j, const struct conf *c)
{
	*x = (struct pager){ .j = j, .c = c };
	x->posting =
	    (struct posting){ .mem = j->mem, .conf = c, .words = &x->words };
	x->today = page_day_of(j->now);
	return labels_load(j, c->templates, c->brand.slug, "en", &x->words);
}

enum status
page_site(struct pager *x, struct job *j, const struct conf *c,
    const char *root, struct tmpl_map *m)
{
	enum status st = page_begin(x, j, c);

	if (st != ST_OK)
		return st;
	posting_site(&x->posting, m);
	tmpl_str(m, "root", root);
	return ST_OK;
}

enum status
page_load(const struct pager *x, const char *name, enum tmpl_kind kind,
    struct tmpl **out)
{
	const char *dir = arena_printf(x->j->mem, "%s/site", x->c->templates);
	enum status st = tmpl_load(x->j, dir, name, kind, out);

	if (st == ST_NONE)
		return job_fail(x->j, ST_PERM,
		    "%s/%s is missing; restore the templates that came with "
		    "sitrep",
		    dir, name);
	return st;
}

enum status
page_render(const struct pager *x, const char *name, enum tmpl_kind kind,
    const struct tmpl_map *m, struct buf *out)
{
	struct tmpl *t = NULL;
	enum status st = page_load(x, name, kind, &t);

	return st != ST_OK ? st : tmpl_render(x->j, t, m, out);
}

char *
page_folder(struct job *j, const struct public_event *e)
{
	char *s = posting_path(j->mem, e);

	s[strlen(s) - 1] = '\0';
	return s;
}

enum status
page_style(struct job *j, const struct conf *c, struct buf *out)
{
	const char *path =
	    arena_printf(j->mem, "%s/site/style.css", c->templates);
	enum status st = file_read(j, path, STYLE, out);

	return st != ST_NONE
		   ? st
		   : job_fail(j, ST_PERM,
			 "%s is missing; restore the templates that came "
			 "with sitrep",
			 path);
}

enum status
page_moved(struct job *j, const struct conf *c, const char *to, struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct pager x;
	enum status st = page_begin(&x, j, c);

	if (st != ST_OK)
		return st;
	posting_site(&x.posting, m);
	tmpl_str(m, "to", arena_printf(j->mem, "%s%s", c->url, to + 1));
	return page_render(&x, "moved.html", TMPL_HTML, m, out);
}

enum status
page_search(struct job *j, const struct conf *c, struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct pager x;
	enum status st = page_site(&x, j, c, "../", m);

	return st != ST_OK ? st
			   : page_render(&x, "search.html", TMPL_HTML, m, out);
}

/* The incident's own page. */

static void
one_update(const struct pager *x, size_t newest, struct tmpl_map *m)
{
	const struct public_event *e = x->posting.event;

	posting_update(&x->posting, newest, m);
	tmpl_list(m, "previous");
	for (size_t i = newest;
	     i != 0 && e->updates[i - 1].u == e->updates[newest].u; i--)
		if (!e->updates[i - 1].removed)
			posting_update(&x->posting, i - 1,
			    tmpl_item(m, "previous"));
}

/* Newest first while it lasts, in the order of events once it is over. */
static void
all_updates(const struct pager *x, struct tmpl_map *m)
{
	const struct public_event *e = x->posting.event;
	bool open = posting_open(e->state);

	tmpl_list(m, "updates");
	for (size_t k = 0; k < e->n_updates; k++) {
		size_t i = open ? e->n_updates - 1 - k : k;

		if (posting_current(e, i))
			one_update(x, i, tmpl_item(m, "updates"));
	}
}

void
page_look(const struct public_event *e, struct tmpl_map *m)
{
	const struct public_update *u = &e->updates[e->n_updates - 1];

	posting_look(m,
	    posting_level(u->components, u->n_components, e->impact),
	    !posting_open(e->state));
}

static void
affected(const struct pager *x, struct tmpl_map *m)
{
	const struct public_event *e = x->posting.event;
	bool any = false;

	tmpl_list(m, "affected");
	for (size_t i = 0; i < e->n_components; i++) {
		const struct public_component *c = &e->components[i];
		struct tmpl_map *item;

		if (c->level <= LEVEL_OPERATIONAL)
			continue;
		item = tmpl_item(m, "affected");
		tmpl_str(item, "name", text_one_line(x->j->mem, c->name, 120));
		tmpl_str(item, "level",
		    labels_of(&x->words, x->j->mem, "level_",
			words_level(c->level)));
		posting_look(item, c->level, false);
		any = true;
	}
	tmpl_flag(m, "any_affected", any);
}

char *
page_month_of(struct arena *mem, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(mem, "%04d-%02d", c.year, c.month);
}

char *
page_month_path(struct arena *mem, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(mem, "history/%04d/%02d/", c.year, c.month);
}

/* A line of a list of events. */
void
page_listed(const struct pager *x, const struct public_event *e,
    struct tmpl_map *m)
{
	struct posting p = x->posting;
	enum level peak = LEVEL_UNSET;

	p.event = e;
	posting_event(&p, m);
	page_look(e, m);
	for (size_t i = 0; i < e->n_components; i++)
		if (e->components[i].level > peak)
			peak = e->components[i].level;
	tmpl_str(m, "peak",
	    peak <= LEVEL_OPERATIONAL
		? ""
		: labels_of(&x->words, x->j->mem, "level_", words_level(peak)));
	tmpl_str(m, "day",
	    labels_day(&x->words, x->j->mem,
		e->started != 0 ? e->started : e->updates[0].first_posted));
}

/* What its own page and its plain text begin with. */
static enum status
begin_event(struct pager *x, struct job *j, const struct conf *c,
    const struct public_event *e, struct tmpl_map *m)
{
	enum status st =
	    page_site(x, j, c, e->report ? "../../" : "../../../", m);

	if (st != ST_OK)
		return st;
	x->posting.event = e;
	posting_event(&x->posting, m);
	page_look(e, m);
	affected(x, m);
	all_updates(x, m);
	posting_update(&x->posting, e->n_updates - 1, tmpl_item(m, "last"));
	tmpl_str(m, "month", page_month_of(j->mem, e->updates[0].first_posted));
	tmpl_str(m, "month_path",
	    page_month_path(j->mem, e->updates[0].first_posted));
	return ST_OK;
}

enum status
page_event(struct job *j, const struct conf *c, const struct public_event *e,
    struct buf *out, struct buf *plain)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct pager x;
	enum status st = begin_event(&x, j, c, e, m);

	if (st == ST_OK)
		st =
		    page_render(&x, e->report ? "report.html" : "incident.html",
			TMPL_HTML, m, out);
	if (st != ST_OK || plain == NULL)
		return st;
	return page_render(&x, "plain.txt", TMPL_TEXT, m, plain);
}
