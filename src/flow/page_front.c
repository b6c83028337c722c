/* The front page, and the same as a few lines of text. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "flow/page_in.h"
#include "text/prose.h"
#include "text/roundup.h"

enum {
	FULL = 40 * 1024, /* markup of open incidents on the front page */
	ARCHIVES = 2,
	PAST = 80, /* incidents in the list of past days */
};

static size_t
newest(const struct public_event *e)
{
	return e->n_updates - 1;
}

/* When the newest word was said, and what is promised next. */
static void
clocks(const struct pager *x, struct tmpl_map *m)
{
	int64_t last = 0, next = 0, due = 0;

	for (size_t i = 0; i < x->n; i++) {
		const struct public_event *e = &x->events[i];

		for (size_t k = 0; k < e->n_updates; k++)
			if (e->updates[k].posted > last)
				last = e->updates[k].posted;
		if (!posting_open(e->state) || e->next_update == 0)
			continue;
		if (e->overdue && (due == 0 || e->next_update < due))
			due = e->next_update;
		if (!e->overdue && (next == 0 || e->next_update < next))
			next = e->next_update;
	}
	tmpl_str(m, "last",
	    last == 0 ? "" : labels_time(&x->words, x->j->mem, last, 0, NULL));
	tmpl_str(m, "last_iso", last == 0 ? "" : when_rfc3339(x->j->mem, last));
	tmpl_str(m, "next_any",
	    next == 0 ? ""
		      : labels_time(&x->words, x->j->mem, next, last, NULL));
	tmpl_str(m, "due_any",
	    due == 0 ? "" : labels_time(&x->words, x->j->mem, due, last, NULL));
}

/* In full until the page has grown to its size. */
static void
open_event(struct pager *x, const struct public_event *e, size_t *used,
    struct tmpl_map *m)
{
	x->posting.event = e;
	*used += strlen(e->updates[newest(e)].prose->html.markup);
	posting_event(&x->posting, m);
	posting_update(&x->posting, newest(e), m);
	tmpl_flag(m, "brief", *used > FULL);
	page_look(e, m);
}

static int
by_harm(const void *a, const void *b)
{
	const struct public_event *const *x = a, *const *y = b;
	const struct public_event *p = *x, *q = *y;

	if (p->impact != q->impact)
		return p->impact > q->impact ? -1 : 1;
	if (p->year != q->year)
		return p->year > q->year ? -1 : 1;
	return p->number > q->number ? -1 : p->number < q->number;
}

/* One that became public since the open ones were gathered waits for the next
 * run, which that very post has asked for. */
static bool
is_read(const struct public_event *e)
{
	return e->n_updates != 0 && e->updates[newest(e)].prose != NULL;
}

static void
open_events(struct pager *x, struct tmpl_map *m)
{
	const struct public_event **list =
	    arena_array(x->j->mem, x->n, sizeof(void *));
	size_t n = 0, used = 0;

	tmpl_list(m, "open_events");
	for (size_t i = 0; i < x->n; i++)
		if (posting_open(x->events[i].state) && is_read(&x->events[i]))
			list[n++] = &x->events[i];
	if (n != 0)
		qsort(list, n, sizeof(void *), by_harm);
	for (size_t i = 0; i < n; i++)
		open_event(x, list[i], &used, tmpl_item(m, "open_events"));
}

/* The day it is listed under: its beginning, or else its last word. */
static int64_t
day_of_event(const struct pager *x, const struct public_event *e)
{
	int64_t first = x->today - (PAGE_DAYS - 1) * DAY;
	int64_t t = e->started != 0 ? e->started : e->updates[0].first_posted;

	if (t < first)
		t = e->updates[newest(e)].posted;
	return page_day_of(t);
}

static void
quiet_days(const struct pager *x, int64_t newest_day, int64_t oldest_day,
    struct tmpl_map *m)
{
	struct arena *mem = x->j->mem;
	struct tmpl_map *d = tmpl_item(m, "days");
	const char *label = labels_date(&x->words, mem, newest_day);

	if (oldest_day != newest_day &&
	    when_utc(oldest_day).month == when_utc(newest_day).month)
		label =
		    arena_printf(mem, "%d–%s", when_utc(oldest_day).day, label);
	else if (oldest_day != newest_day)
		label = arena_printf(mem, "%s – %s",
		    labels_date(&x->words, mem, oldest_day), label);
	tmpl_str(d, "day", label);
	tmpl_flag(d, "any", false);
	tmpl_list(d, "events");
}

static size_t
busy_day(const struct pager *x, int64_t day, size_t listed, struct tmpl_map *m)
{
	struct tmpl_map *d = NULL;
	size_t shown = 0;

	for (size_t i = x->n; i != 0; i--) {
		const struct public_event *e = &x->events[i - 1];

		if (day_of_event(x, e) != day)
			continue;
		if (d == NULL) {
			d = tmpl_item(m, "days");
			tmpl_str(d, "day",
			    labels_date(&x->words, x->j->mem, day));
			tmpl_flag(d, "any", true);
			tmpl_list(d, "events");
		}
		if (listed + shown++ < PAST)
			page_listed(x, e, tmpl_item(d, "events"));
	}
	return shown;
}

static void
past_days(const struct pager *x, struct tmpl_map *m)
{
	int64_t quiet = -1; /* the newest of a run of quiet days */
	size_t listed = 0;

	tmpl_list(m, "days");
	for (int i = 0; i < PAGE_DAYS; i++) {
		int64_t day = x->today - i * DAY;
		bool busy = false;

		for (size_t k = 0; k < x->n && !busy; k++)
			busy = day_of_event(x, &x->events[k]) == day;
		if (!busy) {
			quiet = quiet < 0 ? day : quiet;
			continue;
		}
		if (quiet >= 0)
			quiet_days(x, quiet, day + DAY, m);
		quiet = -1;
		listed += busy_day(x, day, listed, m);
	}
	if (quiet >= 0)
		quiet_days(x, quiet, x->today - (PAGE_DAYS - 1) * DAY, m);
	tmpl_flag(m, "cut", listed > PAST);
}

/* A report is no incident: it is linked to and counted nowhere. */
static void
set_apart(struct pager *x, const struct public_event *events, size_t n)
{
	struct public_event *others =
	    arena_array(x->j->mem, n + 1, sizeof *others);

	for (size_t i = 0; i < n; i++) {
		if (events[i].report)
			x->report = &events[i];
		else
			others[x->n++] = events[i];
	}
	x->events = others;
}

static void
report(const struct pager *x, struct tmpl_map *m)
{
	const struct public_event *e = x->report;

	tmpl_str(m, "report_path", e == NULL ? "" : posting_path(x->j->mem, e));
	tmpl_str(m, "report_title",
	    e == NULL ? "" : text_one_line(x->j->mem, e->title, 120));
}

static void
headline(const struct pager *x, const struct page_now *now, struct tmpl_map *m)
{
	struct service_sum s =
	    service_add_up(now->services, now->n_services, x->events, x->n);

	tmpl_str(m, "headline",
	    service_headline(x->j->mem, &s,
		labels_of(&x->words, x->j->mem, "level_",
		    words_level(s.worst))));
	tmpl_flag(m, "any_open", s.open != 0);
	posting_look(m, service_level(&s), false);
}

/* The newest months that have any. */
static void
archives(const struct pager *x, const struct page_now *now, struct tmpl_map *m)
{
	tmpl_list(m, "archives");
	for (size_t i = 0; i < now->n_months && i < ARCHIVES; i++)
		tmpl_str(tmpl_item(m, "archives"), "month",
		    arena_printf(x->j->mem, "%04d-%02d",
			(int)now->months[i] / 12,
			(int)now->months[i] % 12 + 1));
}

static void
digests(const struct pager *x, const struct page_now *now, struct tmpl_map *m)
{
	tmpl_list(m, "digests");
	for (size_t i = 0; i < now->n_digests; i++) {
		const struct issue *issue = &now->digests[i];
		struct tmpl_map *item = tmpl_item(m, "digests");

		tmpl_str(item, "digest_path", roundup_path(x->j->mem, issue));
		tmpl_str(item, "digest_title",
		    roundup_title(&x->posting, issue));
	}
}

/* Whoever wants to may have it by mail. */
static void
lists(const struct pager *x, struct tmpl_map *m)
{
	tmpl_list(m, "lists");
	for (size_t i = 0; i < x->c->n_lists; i++) {
		const struct list *l = &x->c->lists[i];
		struct tmpl_map *item;

		if (l->kind != LIST_OPEN)
			continue;
		item = tmpl_item(m, "lists");
		tmpl_str(item, "subscribe",
		    arena_printf(x->j->mem, "%s-subscribe@%s", l->slug,
			x->c->domain));
		tmpl_str(item, "description",
		    l->description[0] == '\0' ? l->slug : l->description);
	}
}

static enum status
begin_now(struct pager *x, struct job *j, const struct conf *c,
    const struct page_now *now, struct tmpl_map *m)
{
	enum status st = page_site(x, j, c, "", m);

	if (st != ST_OK)
		return st;
	set_apart(x, now->events, now->n);
	report(x, m);
	tmpl_str(m, "today", labels_day(&x->words, j->mem, x->today));
	tmpl_str(m, "month_path", page_month_path(j->mem, x->today));
	headline(x, now, m);
	clocks(x, m);
	page_services(x, now->services, now->n_services, m);
	open_events(x, m);
	return ST_OK;
}

enum status
page_front(struct job *j, const struct conf *c, const struct page_now *now,
    struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct pager x;
	enum status st = begin_now(&x, j, c, now, m);

	if (st != ST_OK)
		return st;
	past_days(&x, m);
	lists(&x, m);
	archives(&x, now, m);
	digests(&x, now, m);
	return page_render(&x, "front.html", TMPL_HTML, m, out);
}

enum status
page_now_text(struct job *j, const struct conf *c, const struct page_now *now,
    struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct pager x;
	enum status st = begin_now(&x, j, c, now, m);

	return st != ST_OK ? st : page_render(&x, "now.txt", TMPL_TEXT, m, out);
}
