/*
 * All posts of a month as mail, and its digests: in the order in which they
 * were posted or made.  A mail follows from its event alone, so of events of
 * which nothing new was said the mails are taken from the archive as it was
 * written last: making them anew, and sealing each, would take longer from day
 * to day.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "cmd/issues.h"
#include "cmd/site.h"
#include "cmd/slice.h"
#include "flow/compose.h"
#include "flow/digest.h"
#include "flow/notary.h"
#include "model/chain.h"
#include "model/post_find.h"

struct entry {
	int64_t posted, event;
	size_t update;
	const char *text;
	size_t len;
};

struct had { /* a mail of the archive as it stands */
	const char *event;
	int u, r;
	const char *text;
	size_t len;
};

struct archive {
	int month;
	struct entry *list;
	size_t n;
	struct had *had;
	size_t n_had;
};

static void
add(struct archive *a, struct job *j, struct entry e)
{
	a->list = arena_grow(j->mem, a->list, a->n, sizeof *a->list);
	a->list[a->n++] = e;
}

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

			if (when_month_of(u->posted) == month)
				st = chain_before(x->w->db, &s->job, s->ids[k],
				    u->u, u->r, &u->previous);
		}
	db_release(x->w->db);
	return st;
}

static enum status
archive_event(struct site *x, struct job *j, struct slice *s, size_t at,
    struct archive *a)
{
	struct public_event *e = s->list[at];
	struct buf b = BUF_INIT;
	enum status st = ST_OK;

	for (size_t i = 0; st == ST_OK && i < e->n_updates; i++) {
		if (when_month_of(e->updates[i].posted) != a->month)
			continue;
		buf_clear(&b);
		st = compose_archive(&s->job, &x->w->conf, e, i, &b);
		if (st != ST_OK)
			break;
		notary_seal_archive(&x->w->keys, &b);
		add(a, j,
		    (struct entry){ e->updates[i].posted, s->ids[at], i,
			arena_copy(j->mem, b.data, b.len), b.len });
	}
	buf_free(&b);
	return st;
}

static enum status
make_mails(struct site *x, struct job *j, const int64_t *ids, size_t n,
    struct archive *a)
{
	enum status st = ST_OK;

	while (n != 0 && st <= ST_NONE) {
		struct slice s;

		st = slice_begin(x->w, j, &ids, &n, &s);
		if (st == ST_OK)
			st = look_before(x, &s, a->month);
		for (size_t i = 0; i < s.n && st <= ST_NONE; i++)
			st = archive_event(x, j, &s, i, a);
		slice_end(&s, j, st);
	}
	return st > ST_NONE ? st : ST_OK;
}

/* ---- what stands there already ---- */

/* "INC-2026-0042" of Sitrep-Event; "": it has none. */
static const char *
header(struct job *j, const char *mail, const char *end, const char *name)
{
	const char *line = arena_printf(j->mem, "\n%s: ", name);
	size_t n = strlen(line);
	const char *s = memmem(mail, (size_t)(end - mail), line, n);

	if (s == NULL)
		return "";
	s += n;
	return arena_copy(j->mem, s, strcspn(s, "\n"));
}

static int
by_name(const void *a, const void *b)
{
	const struct had *x = a, *y = b;
	int c = strcmp(x->event, y->event);

	if (c == 0)
		c = x->u - y->u;
	return c != 0 ? c : x->r - y->r;
}

/* In an archive only a mail begins with From and a blank. */
static void
cut(struct job *j, const char *s, struct archive *a)
{
	static const char begins[] = "\nFrom ";

	while (*s != '\0') {
		const char *next = strstr(s, begins), *end = strstr(s, "\n\n");
		size_t len = next == NULL ? strlen(s) : (size_t)(next + 1 - s);

		end = end == NULL ? s + len : end;
		a->had = arena_grow(j->mem, a->had, a->n_had, sizeof *a->had);
		a->had[a->n_had++] = (struct had){
			.event = header(j, s, end, "Sitrep-Event"),
			.u = text_number(header(j, s, end, "Sitrep-Update")),
			.r = text_number(header(j, s, end, "Sitrep-Revision")),
			.text = s,
			.len = len,
		};
		s += len;
	}
	if (a->n_had != 0)
		qsort(a->had, a->n_had, sizeof *a->had, by_name);
}

static const struct had *
find(const struct archive *a, const char *event, const struct public_update *u)
{
	const struct had x = { .event = event, .u = u->u, .r = u->r };

	return bsearch(&x, a->had, a->n_had, sizeof x, by_name);
}

/* false: not all of its mails are there. */
static bool
take_mails(struct archive *a, struct job *j, const struct public_event *e,
    int64_t id)
{
	size_t before = a->n;

	for (size_t i = 0; i < e->n_updates; i++) {
		const struct public_update *u = &e->updates[i];
		const struct had *h;

		if (when_month_of(u->posted) != a->month)
			continue;
		if ((h = find(a, e->event, u)) == NULL) {
			a->n = before;
			return false;
		}
		add(a, j, (struct entry){ u->posted, id, i, h->text, h->len });
	}
	return true;
}

static bool
among(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* Those of which something was said, and what is open: it may be overdue. */
static enum status
find_moved(struct site *x, struct job *j, int64_t **ids, size_t *n)
{
	int64_t *open, newest;
	size_t n_open;
	enum status st =
	    post_events_changed(x->w->db, j, x->since, ids, n, &newest);

	if (st == ST_OK)
		st = post_events_open(x->w->db, j, &open, &n_open);
	for (size_t i = 0; st == ST_OK && i < n_open; i++) {
		*ids = arena_grow(j->mem, *ids, *n, sizeof **ids);
		(*ids)[(*n)++] = open[i];
	}
	return st;
}

/* Takes what it can, and moves the rest of ids to their beginning. */
static enum status
take_what_stands(struct site *x, struct job *j, int64_t *ids, size_t *n,
    struct archive *a)
{
	int64_t *moved, *still = arena_array(j->mem, *n + 1, sizeof *still);
	size_t n_moved, n_still = 0, k = 0, rest = 0;
	struct public_event *events;
	enum status st = find_moved(x, j, &moved, &n_moved);

	for (size_t i = 0; st == ST_OK && i < *n; i++)
		if (among(moved, n_moved, ids[i]))
			ids[rest++] = ids[i];
		else
			still[n_still++] = ids[i];
	if (st == ST_OK)
		st = site_load(x, j, still, n_still, false, &events, &k);
	for (size_t i = 0; st == ST_OK && i < n_still; i++)
		if (k != n_still || !take_mails(a, j, &events[i], still[i]))
			ids[rest++] = still[i];
	*n = rest;
	return st;
}

static enum status
archive_events(struct site *x, struct job *j, struct archive *a)
{
	int64_t *ids = NULL;
	size_t n = 0;
	enum status st =
	    post_events_between(x->w->db, j, when_month_begin(a->month),
		when_month_begin(a->month + 1), &ids, &n);

	if (st == ST_OK && a->n_had != 0)
		st = take_what_stands(x, j, ids, &n, a);
	return st == ST_OK ? make_mails(x, j, ids, n, a) : st;
}

/* ---- digests, and all of it ---- */

static enum status
archive_issue(struct site *x, struct job *j, const struct issue *i,
    struct archive *a)
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
		add(a, j,
		    (struct entry){ i->made, INT64_MAX, (size_t)i->id,
			arena_copy(j->mem, b.data, b.len), b.len });
	} else
		(void)job_fail(j, st, "%s", own.why);
	job_end(&own);
	buf_free(&b);
	return st;
}

static enum status
archive_issues(struct site *x, struct job *j, struct archive *a)
{
	struct issue *list;
	size_t n = 0;
	enum status st = issue_between(x->w->db, j, when_month_begin(a->month),
	    when_month_begin(a->month + 1), &list, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		st = archive_issue(x, j, &list[i], a);
	return st;
}

static enum status
collect(struct site *x, struct job *j, struct archive *a, struct buf *out)
{
	enum status st = archive_events(x, j, a);

	if (st <= ST_NONE)
		st = archive_issues(x, j, a);
	if (st > ST_NONE)
		return st;
	if (a->n != 0)
		qsort(a->list, a->n, sizeof *a->list, by_time);
	for (size_t i = 0; i < a->n; i++)
		buf_add(out, a->list[i].text, a->list[i].len);
	return ST_OK;
}

enum status
site_mbox(struct site *x, struct job *j, int month)
{
	struct archive a = { .month = month };
	struct buf had = BUF_INIT, b = BUF_INIT;
	const char *path = arena_printf(j->mem, "archive/%s.mbox",
	    when_month_name(j->mem, month));
	enum status st = site_had(x, j, path, &had);

	if (st == ST_OK)
		cut(j, had.data, &a);
	if (st <= ST_NONE)
		st = collect(x, j, &a, &b);
	if (st == ST_OK)
		st = site_save(x, j, path, &b);
	buf_free(&had);
	buf_free(&b);
	return st;
}
