/* The pages of services: bars, months, events; and their badges. */
#include <stdlib.h>

#include "base/when.h"
#include "cmd/site.h"
#include "flow/page.h"
#include "model/tree.h"

/* Once it is over it is reckoned up, until what was said of it changes. */
static enum status
load_month(struct site *x, struct job *j, const struct service *s, int month,
    struct uptime *out)
{
	int64_t since = when_month_begin(month);
	int64_t until = when_month_begin(month + 1);
	bool over = until <= x->today;
	struct span *claims;
	size_t n;
	enum status st =
	    over ? tree_uptime(x->db, j, s->slug, s->born, since, until, out)
		 : ST_NONE;

	if (st != ST_NONE)
		return st;
	st = tree_claims(x->db, j, s->slug, since, until, &claims, &n);
	if (st != ST_OK)
		return st;
	*out =
	    uptime_between(j->mem, claims, n, s->born, s->as_of, since, until);
	return over ? tree_set_uptime(x->db, j, s->slug, s->born, since, until,
			  out)
		    : ST_OK;
}

/* The past months, of which the last isn't over. */
static enum status
load_months(struct site *x, struct job *j, const struct service *s,
    struct uptime *out)
{
	int first = when_month_of(x->today) - SERVICE_MONTHS + 1;
	enum status st = ST_OK;

	for (int i = 0; st == ST_OK && i < SERVICE_MONTHS; i++)
		st = load_month(x, j, s, first + i, &out[i]);
	return st;
}

static enum status
load_events(struct site *x, struct job *j, const char *list, int64_t first,
    int64_t last, struct page_service *p)
{
	struct tree_entry *entries;
	struct public_event *events = NULL;
	int64_t *ids;
	size_t n;
	enum status st =
	    tree_entries(x->db, j, list, first, last, &entries, &n);

	if (st != ST_OK)
		return st;
	ids = arena_array(j->mem, n + 1, sizeof *ids);
	for (size_t i = 0; i < n; i++)
		ids[i] = entries[i].event;
	st = site_load(x, j, ids, n, false, &events, &p->n);
	p->events = events;
	return st;
}

static enum status
write_page(struct site *x, struct job *j, const struct page_service *p)
{
	const char *slug = p->service->slug;
	struct buf b = BUF_INIT;
	enum status st = page_service(j, &x->w->conf, p, &b);

	if (st == ST_OK)
		st = site_save(x, j,
		    p->page == 0
			? arena_printf(j->mem, "component/%s/index.html", slug)
			: arena_printf(j->mem, "component/%s/%d/index.html",
			      slug, p->page),
		    &b);
	buf_free(&b);
	return st;
}

static enum status
write_badge(struct site *x, struct job *j, const struct service *s)
{
	struct buf b = BUF_INIT;
	enum status st = page_badge(j, &x->w->conf, s, &b);

	if (st == ST_OK)
		st = site_save(x, j,
		    arena_printf(j->mem, "badge/%s.svg", s->slug), &b);
	buf_free(&b);
	return st;
}

/* Older events, in pages that are full and stay as they are. */
static enum status
write_older(struct site *x, struct job *j, const struct service *s,
    const char *list, int64_t whole)
{
	enum status st = ST_OK;
	int64_t i = 0;

	while (
	    st == ST_OK && (i = site_next_piece(x, list, i, whole, 0)) != 0) {
		struct page_service p = { .service = s,
			.page = (int)i,
			.older = (int)i - 1 };
		struct job own;

		job_begin(&own, j->id, j->now);
		st = load_events(x, &own, list, (i - 1) * SITE_PIECE + 1,
		    i * SITE_PIECE, &p);
		if (st == ST_OK)
			st = write_page(x, &own, &p);
		if (st > ST_NONE)
			(void)job_fail(j, st, "%s", own.why);
		job_end(&own);
	}
	return st;
}

static enum status
write_service(struct site *x, struct job *j, const struct service *s)
{
	char *list = arena_printf(j->mem, "service/%s", s->slug);
	struct uptime months[SERVICE_MONTHS];
	struct page_service p = { .service = s, .months = months };
	struct site_list l;
	enum status st = site_list(x, j, list, &l);

	if (st == ST_OK)
		st = load_months(x, j, s, months);
	if (st == ST_OK)
		st = load_events(x, j, list, l.first, l.last, &p);
	p.older = l.whole > 1 ? (int)l.whole - 1 : 0;
	if (st == ST_OK)
		st = write_page(x, j, &p);
	if (st == ST_OK)
		st = write_badge(x, j, s);
	return st == ST_OK ? write_older(x, j, s, list, l.whole) : st;
}

enum status
site_services(struct site *x, struct job *j)
{
	struct service *gone;
	struct site_now now;
	size_t n_gone;
	enum status st = site_now(x, j, true, &now);

	for (size_t i = 0; st == ST_OK && i < now.n_services; i++) {
		const struct service *s = &now.services[i];

		if (x->all || x->new_day || site_touches(&x->slugs, s->slug))
			st = write_service(x, j, s);
	}
	if (st == ST_OK)
		st = site_gone(x, j, &gone, &n_gone);
	for (size_t i = 0; st == ST_OK && i < n_gone; i++)
		st = write_service(x, j, &gone[i]);
	return st;
}
