/*
 * The public tree: STATE/public, a function of the store, today's date and
 * the timers that have fired.  What the last run had seen stands in
 * STATE/page.mark; without it everything is written, and what is the same
 * already isn't touched.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/when.h"
#include "cmd/outbox.h"
#include "cmd/outbox_list.h"
#include "cmd/slice.h"
#include "flow/compose.h"
#include "flow/notary.h"
#include "flow/page.h"
#include "flow/texts.h"
#include "model/chain.h"
#include "model/post.h"
#include "text/posting.h"

enum {
	DAY = 24 * 60 * 60,
	MARK_FILE = 128,
	MONTHS = 12,
};

struct months { /* to be written again, as year * MONTHS + month - 1 */
	int *list;
	size_t n;
};

static char *
mark_path(struct world *w, struct job *j)
{
	return arena_printf(j->mem, "%s/page.mark", w->conf.state);
}

/* The newest post of the last run; 0: all is to be done. */
static int64_t
read_mark(struct world *w, struct job *j)
{
	struct job own = *j;
	struct buf b = BUF_INIT;
	long long post = 0;

	own.why[0] = '\0';
	if (file_read(&own, mark_path(w, &own), MARK_FILE, &b) != ST_OK ||
	    sscanf(b.data, "post %lld\n", &post) != 1 || post < 0)
		post = 0;
	buf_free(&b);
	return post;
}

static enum status
write_mark(struct world *w, struct job *j, int64_t post)
{
	char *s = arena_printf(j->mem, "post %lld\n", (long long)post);
	enum status st =
	    file_write(j, mark_path(w, j), s, strlen(s), 0640, FILE_SYNC);

	return st == ST_NONE ? ST_OK : st;
}

/* All files at once: the mark must not be on disk before them. */
static enum status
sync_tree(struct world *w, struct job *j)
{
	const char *dir = arena_printf(j->mem, "%s/public", w->conf.state);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int bad = fd < 0 || syncfs(fd) != 0;

	if (fd >= 0)
		(void)close(fd);
	return bad ? job_fail(j, ST_TEMP, "%s: cannot be synced", dir) : ST_OK;
}

static int
month_of(int64_t t)
{
	struct civil c = when_utc(t);

	return c.year * MONTHS + c.month - 1;
}

static void
touch(struct months *m, struct arena *mem, int month)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->list[i] == month)
			return;
	m->list = arena_grow(mem, m->list, m->n, sizeof *m->list);
	m->list[m->n++] = month;
}

static int64_t
month_begin(int month)
{
	struct civil c = { .year = month / MONTHS,
		.month = month % MONTHS + 1,
		.day = 1 };

	return when_of(&c);
}

static enum status
write_event(struct world *w, struct job *j, const struct public_event *e)
{
	struct buf b = BUF_INIT;
	enum status st = page_incident(j, &w->conf, e, &b);

	if (st == ST_OK)
		st = tree_save(w, j, page_folder(j, e), "index.html", &b);
	buf_free(&b);
	return st;
}

/* Events' pages; memory is given back after each few. */
static enum status
write_events(struct world *w, struct job *j, const int64_t *ids, size_t n,
    struct months *touched)
{
	enum status st = ST_OK;

	while (n != 0 && st <= ST_NONE) {
		struct slice s;

		st = slice_begin(w, j, &ids, &n, &s);
		for (size_t i = 0; i < s.n && st <= ST_NONE; i++) {
			const struct public_event *e = s.list[i];

			st = write_event(w, &s.job, e);
			for (size_t k = 0; k < e->n_updates; k++)
				touch(touched, j->mem,
				    month_of(e->updates[k].posted));
		}
		slice_end(&s, j, st);
	}
	return st > ST_NONE ? st : ST_OK;
}

/* A month's archive: entries in the order in which they were posted. */

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

static enum status
archive_event(struct world *w, struct job *j, struct slice *s, size_t at,
    int month, struct entries *out)
{
	struct public_event *e = s->list[at];
	struct buf b = BUF_INIT;
	enum status st = ST_OK;

	for (size_t i = 0; st == ST_OK && i < e->n_updates; i++) {
		if (month_of(e->updates[i].posted) != month)
			continue;
		buf_clear(&b);
		st = chain_before(w->db, &s->job, s->ids[at], e->updates[i].u,
		    e->updates[i].r, &e->updates[i].previous);
		if (st == ST_OK)
			st = compose_archive(&s->job, &w->conf, e, i, &b);
		if (st != ST_OK)
			break;
		notary_seal_archive(&w->keys, &b);
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
archive_events(struct world *w, struct job *j, int month, struct entries *out)
{
	int64_t *ids = NULL;
	const int64_t *next;
	size_t n = 0;
	enum status st = post_events_between(w->db, j, month_begin(month),
	    month_begin(month + 1), &ids, &n);

	for (next = ids; n != 0 && st <= ST_NONE;) {
		struct slice s;

		st = slice_begin(w, j, &next, &n, &s);
		for (size_t i = 0; i < s.n && st <= ST_NONE; i++)
			st = archive_event(w, j, &s, i, month, out);
		slice_end(&s, j, st);
	}
	return st;
}

static enum status
collect_month(struct world *w, struct job *j, int month, struct buf *out)
{
	struct entries all = { NULL, 0 };
	enum status st = archive_events(w, j, month, &all);

	if (st > ST_NONE)
		return st;
	if (all.n != 0)
		qsort(all.list, all.n, sizeof *all.list, by_time);
	for (size_t i = 0; i < all.n; i++)
		buf_add(out, all.list[i].text, all.list[i].len);
	return ST_OK;
}

static enum status
write_month(struct world *w, struct job *j, int month)
{
	struct buf b = BUF_INIT;
	struct job own;
	enum status st;

	job_begin(&own, j->id, j->now);
	st = collect_month(w, &own, month, &b);
	if (st == ST_OK)
		st = tree_save(w, &own, "archive",
		    arena_printf(own.mem, "%04d-%02d.mbox", month / MONTHS,
			month % MONTHS + 1),
		    &b);
	if (st <= ST_NONE)
		st = tree_chain_month(w, &own, month_begin(month),
		    month_begin(month + 1));
	if (st > ST_NONE)
		(void)job_fail(j, st, "%s", own.why);
	buf_free(&b);
	job_end(&own);
	return st;
}

/* The front page. */

static bool
among(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* The texts that the front page shows. */
static enum status
read_open(struct world *w, struct job *j, struct public_event *events, size_t n)
{
	struct public_event **open = arena_array(j->mem, n, sizeof *open);
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (posting_open(events[i].state) && !events[i].report)
			open[k++] = &events[i];
	return texts_read(j, &w->conf.limits, open, k);
}

/* One more event of the front page; reports come by another door. */
static enum status
load(struct world *w, struct job *j, int64_t id, bool report,
    struct public_event *list, size_t *n)
{
	enum status st = post_public_event(w->db, j, &w->conf, id, &list[*n]);

	*n += st == ST_OK && list[*n].report == report;
	return st;
}

static enum status
load_report(struct world *w, struct job *j, struct public_event *list,
    size_t *n)
{
	int64_t id;
	enum status st = post_newest_report(w->db, j, &id);

	return st == ST_OK ? load(w, j, id, true, list, n) : st;
}

static enum status
load_front(struct world *w, struct job *j, const int64_t *open, size_t n_open,
    struct buf *out)
{
	int64_t from =
	    j->now - (j->now % DAY + DAY) % DAY - (PAGE_DAYS - 1) * DAY;
	int64_t *ids = NULL;
	size_t n = 0, k = 0;
	struct public_event *events;
	enum status st;

	st = post_events_between(w->db, j, from, INT64_MAX, &ids, &n);
	if (st > ST_NONE)
		return st;
	events = arena_array(j->mem, n + n_open + 1, sizeof *events);
	for (size_t i = 0; i < n_open; i++) {
		if (among(ids, n, open[i]))
			continue;
		st = load(w, j, open[i], false, events, &k);
		if (st > ST_NONE)
			return st;
	}
	for (size_t i = 0; i < n; i++) {
		st = load(w, j, ids[i], false, events, &k);
		if (st > ST_NONE)
			return st;
	}
	if ((st = load_report(w, j, events, &k)) > ST_NONE)
		return st;
	if ((st = read_open(w, j, events, k)) != ST_OK)
		return st;
	return page_front(j, &w->conf, events, k, out);
}

static enum status
write_front(struct world *w, struct job *j, const int64_t *open, size_t n)
{
	struct buf b = BUF_INIT;
	struct job own;
	enum status st;

	job_begin(&own, j->id, j->now);
	st = load_front(w, &own, open, n, &b);
	if (st == ST_OK)
		st = tree_save(w, &own, "", "index.html", &b);
	buf_clear(&b);
	if (st == ST_OK)
		st = page_style(&own, &w->conf, &b);
	if (st == ST_OK)
		st = tree_save(w, &own, "", "style.css", &b);
	if (st > ST_NONE)
		(void)job_fail(j, st, "%s", own.why);
	buf_free(&b);
	job_end(&own);
	return st;
}

static enum status
write_tree(struct world *w, struct job *j, int64_t since)
{
	struct months touched = { NULL, 0 };
	int64_t *ids = NULL, *open = NULL, newest = since;
	size_t n = 0, n_open = 0;
	enum status st;

	st = post_events_changed(w->db, j, since, &ids, &n, &newest);
	if (st <= ST_NONE)
		st = write_events(w, j, ids, n, &touched);
	for (size_t i = 0; i < touched.n && st <= ST_NONE; i++)
		st = write_month(w, j, touched.list[i]);
	/* What is open may have become overdue without a post. */
	touched.n = 0;
	if (st <= ST_NONE)
		st = post_events_open(w->db, j, &open, &n_open);
	if (st <= ST_NONE)
		st = write_events(w, j, open, n_open, &touched);
	if (st <= ST_NONE)
		st = write_front(w, j, open, n_open);
	if (st <= ST_NONE)
		st = tree_chain(w, j, since);
	if (st <= ST_NONE)
		st = tree_list_flush(w, j, true);
	if (st <= ST_NONE)
		st = sync_tree(w, j);
	return st > ST_NONE ? st : write_mark(w, j, newest);
}

static enum status
write_listed(struct world *w, struct job *j, int64_t since)
{
	enum status st = tree_list_begin(w, j, since == 0);

	if (st <= ST_NONE)
		st = write_tree(w, j, since);
	tree_list_end(w);
	return st;
}

/*
 * Without its mark the next run finishes what this one may not.  Where the
 * list of files isn't as it was left, nobody knows what else isn't.
 */
enum status
outbox_page(struct world *w, struct job *j, bool all)
{
	enum status st;

	file_sweep(j, w->conf.state);
	if (all && unlink(mark_path(w, j)) != 0 && errno != ENOENT)
		return job_fail(j, ST_TEMP, "cannot remove %s: %s",
		    mark_path(w, j), strerror(errno));
	st = write_listed(w, j, all ? 0 : read_mark(w, j));
	if (st != ST_PERM || all)
		return st;
	log_warn("step=page error=%s all of the tree is written anew", j->why);
	job_forget(j);
	return write_listed(w, j, 0);
}
