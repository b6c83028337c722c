/* What was, by month and year. */
#include <stdlib.h>

#include "base/text.h"
#include "base/when.h"
#include "cmd/outbox_list.h"
#include "cmd/site.h"
#include "flow/page.h"
#include "model/tree.h"

enum { MONTHS = 12 };

/* Without a post there may be a digest, and no more. */
static bool
has_posts(const int64_t *months, size_t n, int month)
{
	for (size_t i = 0; i < n; i++)
		if (months[i] == month)
			return true;
	return false;
}

/* The month with a post before this one; 0: there is none. */
static int
before(const int64_t *months, size_t n, int month)
{
	for (size_t i = 0; i < n; i++)
		if (months[i] < month)
			return (int)months[i];
	return 0;
}

static enum status
write_page(struct site *x, struct job *j, int month, const int64_t *months,
    size_t n)
{
	struct page_month p = { .month = month,
		.before = before(months, n, month) };
	struct public_event *events = NULL;
	struct buf b = BUF_INIT;
	int64_t *ids = NULL;
	size_t n_ids = 0;
	enum status st = tree_month(x->db, j, month, &ids, &n_ids);

	if (st == ST_OK)
		st = site_load(x, j, ids, n_ids, false, &events, &p.n);
	p.events = events;
	if (st == ST_OK)
		st = page_month(j, &x->w->conf, &p, &b);
	if (st == ST_OK)
		st = site_save(x, j,
		    arena_printf(j->mem, "history/%04d/%02d/index.html",
			month / MONTHS, month % MONTHS + 1),
		    &b);
	buf_free(&b);
	return st;
}

/* said: something was, in it; else it lists an event that has news. */
static enum status
write_month(struct site *x, struct job *j, int month, const int64_t *months,
    size_t n, bool said)
{
	bool posts = has_posts(months, n, month);
	enum status st = ST_OK;
	struct job own;

	job_begin(&own, j->id, j->now);
	if (said)
		st = site_mbox(x, &own, month);
	if (st == ST_OK && said && posts)
		st = tree_chain_month(x, &own, when_month_begin(month),
		    when_month_begin(month + 1));
	if (st == ST_OK && posts)
		st = write_page(x, &own, month, months, n);
	if (st > ST_NONE)
		(void)job_fail(j, st, "%s", own.why);
	job_end(&own);
	return st;
}

/* year 0: all of them. */
static enum status
write_year(struct site *x, struct job *j, int year, const int64_t *months,
    size_t n)
{
	struct buf b = BUF_INIT;
	enum status st = page_history(j, &x->w->conf, year, months, n, &b);

	if (st == ST_OK)
		st = site_save(x, j,
		    year == 0
			? arena_str(j->mem, "history/index.html")
			: arena_printf(j->mem, "history/%04d/index.html", year),
		    &b);
	buf_free(&b);
	return st;
}

enum status
site_history(struct site *x, struct job *j)
{
	int64_t *months = NULL;
	size_t n = 0;
	enum status st = tree_months(x->db, j, &months, &n);

	for (size_t i = 0; st == ST_OK && i < x->months.n; i++)
		st = write_month(x, j, text_number(x->months.list[i]), months,
		    n, true);
	for (size_t i = 0; st == ST_OK && i < x->listings.n; i++)
		if (!site_touches(&x->months, x->listings.list[i]))
			st = write_month(x, j, text_number(x->listings.list[i]),
			    months, n, false);
	for (size_t i = 0; st == ST_OK && i < x->years.n; i++)
		st = write_year(x, j, text_number(x->years.list[i]), months, n);
	if (st == ST_OK && (x->all || x->years.n != 0))
		st = write_year(x, j, 0, months, n);
	return st;
}
