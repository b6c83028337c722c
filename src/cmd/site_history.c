/* What was, by month and year; and all posts of a month as mail. */
#include <stdlib.h>

#include "base/text.h"
#include "base/when.h"
#include "cmd/issues.h"
#include "cmd/outbox_list.h"
#include "cmd/site.h"
#include "cmd/slice.h"
#include "flow/compose.h"
#include "flow/digest.h"
#include "flow/notary.h"
#include "flow/page.h"
#include "model/chain.h"
#include "model/post_find.h"
#include "model/tree.h"

enum { MONTHS = 12 };

static int
month_of(int64_t t)
{
	struct civil c = when_utc(t);

	return c.year * MONTHS + c.month - 1;
}

static int64_t
month_begin(int month)
{
	struct civil c = { .year = month / MONTHS,
		.month = month % MONTHS + 1,
		.day = 1 };

	return when_of(&c);
}

/* A month's archive: entries in the order in which they were posted or made. */

struct entry {
	int64_t posted, event;
	size_t update;
	const char *text;
	size_t len;
};

struct entries {
	struct entry *list;
	size_t n;
};

static int
by_time(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->posted != y->posted)
		return x->posted < y->posted ? -1 : 1;
	if (x->event != y->event)
		return x->event < y->event ? -1 : 1;
	return x->update < y->update ? -1 : x->update > y->update;
}

/* The hash before each post of the month, which its mail tells. */
static enum status
look_before(struct site *x, struct slice *s, int month)
{
	enum status st = db_hold(x->w->db, &s->job);

	for (size_t k = 0; k < s->n; k++)
		for (size_t i = 0; st == ST_OK && i < s->list[k]->n_updates;
		     i++) {
			struct public_update *u = &s->list[k]->updates[i];

			if (month_of(u->posted) == month)
				st = chain_before(x->w->db, &s->job, s->ids[k],
				    u->u, u->r, &u->previous);
		}
	db_release(x->w->db);
	return st;
}

static enum status
archive_event(struct site *x, struct job *j, struct slice *s, size_t at,
    int month, struct entries *out)
{
	struct public_event *e = s->list[at];
	struct buf b = BUF_INIT;
	enum status st = ST_OK;

	for (size_t i = 0; st == ST_OK && i < e->n_updates; i++) {
		if (month_of(e->updates[i].posted) != month)
			continue;
		buf_clear(&b);
		st = compose_archive(&s->job, &x->w->conf, e, i, &b);
		if (st != ST_OK)
			break;
		notary_seal_archive(&x->w->keys, &b);
		out->list =
		    arena_grow(j->mem, out->list, out->n, sizeof *out->list);
		out->list[out->n++] =
		    (struct entry){ e->updates[i].posted, s->ids[at], i,
			    arena_copy(j->mem, b.data, b.len), b.len };
	}
	buf_free(&b);
	return st;
}

static enum status
archive_events(struct site *x, struct job *j, int month, struct entries *out)
{
	int64_t *ids = NULL;
	const int64_t *next;
	size_t n = 0;
	enum status st = post_events_between(x->w->db, j, month_begin(month),
	    month_begin(month + 1), &ids, &n);

	for (next = ids; n != 0 && st <= ST_NONE;) {
		struct slice s;

		st = slice_begin(x->w, j, &next, &n, &s);
		if (st == ST_OK)
			st = look_before(x, &s, month);
		for (size_t i = 0; i < s.n && st <= ST_NONE; i++)
			st = archive_event(x, j, &s, i, month, out);
		slice_end(&s, j, st);
	}
	return st;
}

static enum status
archive_issue(struct site *x, struct job *j, const struct issue *i,
    struct entries *out)
{
	struct buf b = BUF_INIT;
	struct roundup r;
	struct job own;
	enum status st;

	job_begin(&own, j->id, j->now);
	st = issues_gather(x->w, &own, i, false, &r);
	if (st == ST_OK)
		st = digest_archive(&own, &x->w->conf, &r, &b);
	if (st == ST_OK) {
		notary_seal_archive(&x->w->keys, &b);
		out->list =
		    arena_grow(j->mem, out->list, out->n, sizeof *out->list);
		out->list[out->n++] =
		    (struct entry){ i->made, INT64_MAX, (size_t)i->id,
			    arena_copy(j->mem, b.data, b.len), b.len };
	} else
		(void)job_fail(j, st, "%s", own.why);
	job_end(&own);
	buf_free(&b);
	return st;
}

static enum status
archive_issues(struct site *x, struct job *j, int month, struct entries *out)
{
	struct issue *list;
	size_t n = 0;
	enum status st = issue_between(x->w->db, j, month_begin(month),
	    month_begin(month + 1), &list, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		st = archive_issue(x, j, &list[i], out);
	return st;
}

static enum status
collect_month(struct site *x, struct job *j, int month, struct buf *out)
{
	struct entries all = { NULL, 0 };
	enum status st = archive_events(x, j, month, &all);

	if (st <= ST_NONE)
		st = archive_issues(x, j, month, &all);
	if (st > ST_NONE)
		return st;
	if (all.n != 0)
		qsort(all.list, all.n, sizeof *all.list, by_time);
	for (size_t i = 0; i < all.n; i++)
		buf_add(out, all.list[i].text, all.list[i].len);
	return ST_OK;
}

static enum status
write_mbox(struct site *x, struct job *j, int month)
{
	struct buf b = BUF_INIT;
	enum status st = collect_month(x, j, month, &b);

	if (st == ST_OK)
		st = site_save(x, j,
		    arena_printf(j->mem, "archive/%04d-%02d.mbox",
			month / MONTHS, month % MONTHS + 1),
		    &b);
	buf_free(&b);
	return st;
}

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

static enum status
write_month(struct site *x, struct job *j, int month, const int64_t *months,
    size_t n)
{
	struct job own;
	enum status st;

	job_begin(&own, j->id, j->now);
	st = write_mbox(x, &own, month);
	if (st == ST_OK && has_posts(months, n, month))
		st = tree_chain_month(x, &own, month_begin(month),
		    month_begin(month + 1));
	if (st == ST_OK && has_posts(months, n, month))
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
		    n);
	for (size_t i = 0; st == ST_OK && i < x->years.n; i++)
		st = write_year(x, j, text_number(x->years.list[i]), months, n);
	if (st == ST_OK && (x->all || x->years.n != 0))
		st = write_year(x, j, 0, months, n);
	return st;
}
