/* What is on the front page: it, the same as text, and the style of all. */
#include "cmd/site.h"
#include "flow/page.h"
#include "flow/texts.h"
#include "model/issue.h"
#include "model/post.h"
#include "model/post_find.h"
#include "model/tree.h"

static bool
among(const struct public_event *list, size_t n, const struct public_event *e)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].year == e->year && list[i].number == e->number &&
		    list[i].report == e->report)
			return true;
	return false;
}

/* One more event, unless it is there; reports come by another door. */
static enum status
add(struct site *x, struct job *j, int64_t id, bool report,
    struct public_event *list, size_t *n)
{
	struct public_event *e = &list[*n];
	enum status st = post_public_event(x->w->db, j, &x->w->conf, id, e);

	*n += st == ST_OK && e->report == report && !among(list, *n, e);
	return st > ST_NONE ? st : ST_OK;
}

/* The open ones with their texts, then those of the past days. */
static enum status
gather(struct site *x, struct job *j, const struct site_now *now,
    struct page_now *out)
{
	int64_t from = x->today - (PAGE_DAYS - 1) * (int64_t)SITE_DAY, report;
	struct public_event *list;
	int64_t *ids = NULL;
	size_t n = 0, k = 0;
	enum status st =
	    post_events_between(x->w->db, j, from, INT64_MAX, &ids, &n);

	if (st != ST_OK)
		return st;
	list = arena_array(j->mem, n + now->n_open + 1, sizeof *list);
	for (size_t i = now->n_open; i-- != 0;)
		list[k++] = now->open[i];
	for (size_t i = 0; st == ST_OK && i < n; i++)
		st = add(x, j, ids[i], false, list, &k);
	if (st == ST_OK)
		st = post_newest_report(x->w->db, j, &report);
	if (st == ST_OK)
		st = add(x, j, report, true, list, &k);
	*out = (struct page_now){ .events = list,
		.n = k,
		.services = now->services,
		.n_services = now->n_services };
	return st == ST_NONE ? ST_OK : st;
}

/* The newest of each kind. */
static enum status
digests(struct site *x, struct job *j, struct page_now *out)
{
	struct issue *list = arena_array(j->mem, ISSUE_PERIODS, sizeof *list);
	enum status st = ST_OK;

	for (int p = 0; p < ISSUE_PERIODS && st <= ST_NONE; p++) {
		st = issue_before(x->w->db, j, (enum issue_period)p, INT64_MAX,
		    &list[out->n_digests]);
		out->n_digests += st == ST_OK;
	}
	out->digests = list;
	return st > ST_NONE ? st : ST_OK;
}

static enum status
write_front(struct site *x, struct job *j, struct buf *b)
{
	struct site_now now;
	struct page_now page = { 0 };
	int64_t *months = NULL;
	enum status st = site_now(x, j, true, &now);

	if (st == ST_OK)
		st = gather(x, j, &now, &page);
	if (st == ST_OK)
		st = tree_months(x->db, j, &months, &page.n_months);
	page.months = months;
	if (st == ST_OK)
		st = digests(x, j, &page);
	if (st == ST_OK)
		st = page_front(j, &x->w->conf, &page, b);
	if (st == ST_OK)
		st = site_save(x, j, "index.html", b);
	buf_clear(b);
	if (st == ST_OK)
		st = page_now_text(j, &x->w->conf, &page, b);
	if (st == ST_OK)
		st = site_save(x, j, "now.txt", b);
	buf_clear(b);
	if (st == ST_OK)
		st = page_style(j, &x->w->conf, b);
	if (st == ST_OK)
		st = site_save(x, j, "style.css", b);
	buf_clear(b);
	if (st == ST_OK)
		st = page_search(j, &x->w->conf, b);
	return st == ST_OK ? site_save(x, j, "search/index.html", b) : st;
}

enum status
site_front(struct site *x, struct job *j)
{
	struct buf b = BUF_INIT;
	enum status st = write_front(x, j, &b);

	buf_free(&b);
	return st;
}
