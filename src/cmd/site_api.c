/* The JSON for aggregators. */
#include "cmd/site.h"
#include "flow/api.h"
#include "model/post_find.h"

enum { NEWEST = 50 };

static enum status
keep(struct site *x, struct job *j, const char *name, struct buf *b)
{
	enum status st =
	    site_save(x, j, arena_printf(j->mem, "api/v2/%s.json", name), b);

	buf_clear(b);
	return st;
}

/* There is nothing of them that could be newer than the site. */
static enum status
write_planned(struct site *x, struct job *j, struct api a, struct buf *b)
{
	static const char *const names[] = { "scheduled-maintenances",
		"scheduled-maintenances/upcoming",
		"scheduled-maintenances/active" };
	enum status st = ST_OK;

	a.updated = x->first;
	for (size_t i = 0; st == ST_OK && i < sizeof names / sizeof *names;
	     i++) {
		api_maintenances(&a, b);
		st = keep(x, j, names[i], b);
	}
	return st;
}

static enum status
write_all(struct site *x, struct job *j, const struct api *a,
    const struct site_now *now, const struct public_event *events, size_t n,
    struct buf *b)
{
	enum status st;

	api_summary(a, now->open, now->n_open, b);
	st = keep(x, j, "summary", b);
	api_status(a, now->open, now->n_open, b);
	if (st == ST_OK)
		st = keep(x, j, "status", b);
	api_components(a, b);
	if (st == ST_OK)
		st = keep(x, j, "components", b);
	api_incidents(a, events, n, b);
	if (st == ST_OK)
		st = keep(x, j, "incidents", b);
	api_incidents(a, now->open, now->n_open, b);
	if (st == ST_OK)
		st = keep(x, j, "incidents/unresolved", b);
	return st == ST_OK ? write_planned(x, j, *a, b) : st;
}

enum status
site_api(struct site *x, struct job *j)
{
	struct public_event *events = NULL;
	struct buf b = BUF_INIT;
	struct site_now now;
	int64_t *ids = NULL;
	size_t n = 0, k = 0;
	struct api a;
	enum status st = site_now(x, j, false, &now);

	if (st == ST_OK)
		st = post_newest(x->w->db, j, NEWEST, &ids, &n);
	if (st == ST_OK)
		st = site_load(x, j, ids, n, false, &events, &k);
	if (st != ST_OK)
		return st;
	a = (struct api){ j, &x->w->conf, x->last != 0 ? x->last : x->today,
		now.services, now.n_services };
	st = write_all(x, j, &a, &now, events, k, &b);
	buf_free(&b);
	return st;
}
