#include "flow/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "base/when.h"
#include "text/posting.h"
#include "text/prose.h"

enum {
	DAY = 24 * 60 * 60,
	FULL = 40 * 1024, /* markup of open incidents on the front page */
	PAST = 80,        /* incidents in the list of past days */
	STYLE = 256 * 1024,
};

struct pager {
	struct job *j;
	const struct conf *c;
	struct labels words;
	struct posting posting;
	const struct public_event *events;
	size_t n;
	const struct public_event *report; /* the newest; NULL: none */
	int64_t today;                     /* midnight UTC */
};

static enum status
begin(struct pager *x, struct job *j, const struct conf *c)
{
	*x = (struct pager){ .j = j, .c = c };
	x->posting =
	    (struct posting){ .mem = j->mem, .conf = c, .words = &x->words };
	x->today = j->now - (j->now % DAY + DAY) % DAY;
	return labels_load(j, c->templates, c->brand.slug, "en", &x->words);
}

static enum status
render(const struct pager *x, const char *name, const struct tmpl_map *m,
    struct buf *out)
{
	const char *dir = arena_printf(x->j->mem, "%s/site", x->c->templates);
	struct tmpl *t = NULL;
	enum status st = tmpl_load(x->j, dir, name, TMPL_HTML, &t);

	if (st == ST_NONE)
		return job_fail(x->j, ST_PERM,
		    "%s/%s is missing; restore the templates that came with "
		    "sitrep",
		    dir, name);
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

static void
look_of_event(const struct public_event *e, struct tmpl_map *m)
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

/* Month of the archive that holds a time: "2026-03". */
static char *
month_of(struct arena *mem, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(mem, "%04d-%02d", c.year, c.month);
}

enum status
page_incident(struct job *j, const struct conf *c, const struct public_event *e,
    struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem), *last;
	struct pager x;
	enum status st;

	if ((st = begin(&x, j, c)) != ST_OK)
		return st;
	x.posting.event = e;
	posting_site(&x.posting, m);
	posting_event(&x.posting, m);
	tmpl_str(m, "root", e->report ? "../../" : "../../../");
	look_of_event(e, m);
	affected(&x, m);
	all_updates(&x, m);
	last = tmpl_item(m, "last");
	posting_update(&x.posting, e->n_updates - 1, last);
	tmpl_str(m, "month", month_of(j->mem, e->updates[0].first_posted));
	return render(&x, e->report ? "report.html" : "incident.html", m, out);
}

/* The front page. */

static size_t
newest(const struct public_event *e)
{
	return e->n_updates - 1;
}

/* The worst that open incidents say of a component; NULL: nothing. */
static enum level
level_now(const struct pager *x, const char *slug,
    const struct public_event **of)
{
	enum level worst = LEVEL_OPERATIONAL;

	*of = NULL;
	for (size_t i = 0; i < x->n; i++) {
		const struct public_event *e = &x->events[i];
		const struct public_update *u = &e->updates[newest(e)];

		if (!posting_open(e->state))
			continue;
		for (size_t k = 0; k < u->n_components; k++)
			if (strcmp(u->components[k].slug, slug) == 0 &&
			    u->components[k].level > worst) {
				worst = u->components[k].level;
				*of = e;
			}
	}
	return worst;
}

static void
service(const struct pager *x, const struct component *c, struct tmpl_map *m)
{
	const struct public_event *e;
	enum level l = level_now(x, c->slug, &e);

	tmpl_str(m, "name", text_one_line(x->j->mem, c->name, 120));
	tmpl_str(m, "slug", c->slug);
	tmpl_str(m, "level",
	    labels_of(&x->words, x->j->mem, "level_", words_level(l)));
	tmpl_str(m, "path", e == NULL ? "" : posting_path(x->j->mem, e));
	posting_look(m, l, false);
}

/* Groups in the order in which the configuration names them first. */
static void
services(const struct pager *x, struct tmpl_map *m)
{
	const struct conf *c = x->c;

	tmpl_list(m, "groups");
	for (size_t i = 0; i < c->n_components; i++) {
		const char *group = c->components[i].group;
		struct tmpl_map *g = NULL;
		bool seen = false;

		for (size_t k = 0; k < i && !seen; k++)
			seen = c->components[k].visible &&
			       strcmp(c->components[k].group, group) == 0;
		for (size_t k = i; k < c->n_components && !seen; k++) {
			if (!c->components[k].visible ||
			    strcmp(c->components[k].group, group) != 0)
				continue;
			if (g == NULL)
				g = tmpl_item(m, "groups");
			tmpl_str(g, "group", group);
			service(x, &c->components[k], tmpl_item(g, "services"));
		}
	}
}

struct sum {
	size_t visible, hurt, open;
	enum level worst, impact;
};

static struct sum
add_up(const struct pager *x)
{
	struct sum s = { .worst = LEVEL_OPERATIONAL };
	const struct public_event *of;

	for (size_t i = 0; i < x->c->n_components; i++) {
		enum level l;

		if (!x->c->components[i].visible)
			continue;
		l = level_now(x, x->c->components[i].slug, &of);
		s.visible++;
		s.hurt += l > LEVEL_OPERATIONAL;
		s.worst = l > s.worst ? l : s.worst;
	}
	for (size_t i = 0; i < x->n; i++) {
		const struct public_event *e = &x->events[i];
		enum level l = posting_level(NULL, 0, e->impact);

		if (!posting_open(e->state))
			continue;
		s.open++;
		s.impact = l > s.impact ? l : s.impact;
	}
	return s;
}

static void
headline(const struct pager *x, struct tmpl_map *m)
{
	struct arena *mem = x->j->mem;
	struct sum s = add_up(x);
	const char *text = "All systems operational";

	if (s.worst == LEVEL_MAINTENANCE)
		text = "Maintenance in progress";
	else if (s.worst > LEVEL_OPERATIONAL)
		text = arena_printf(mem, "%s – %zu of %zu services affected",
		    labels_of(&x->words, mem, "level_", words_level(s.worst)),
		    s.hurt, s.visible);
	else if (s.open != 0)
		text = arena_printf(mem, "%zu open incident%s", s.open,
		    s.open == 1 ? "" : "s");
	tmpl_str(m, "headline", text);
	tmpl_flag(m, "any_open", s.open != 0);
	posting_look(m,
	    s.worst > LEVEL_OPERATIONAL ? s.worst
	    : s.open != 0               ? s.impact
					: LEVEL_OPERATIONAL,
	    false);
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
	look_of_event(e, m);
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

static void
open_events(struct pager *x, struct tmpl_map *m)
{
	const struct public_event **list =
	    arena_array(x->j->mem, x->n, sizeof(void *));
	size_t n = 0, used = 0;

	tmpl_list(m, "open_events");
	for (size_t i = 0; i < x->n; i++)
		if (posting_open(x->events[i].state))
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
	return t - (t % DAY + DAY) % DAY;
}

static void
past_event(const struct pager *x, const struct public_event *e,
    struct tmpl_map *m)
{
	struct posting p = x->posting;
	enum level peak = LEVEL_UNSET;

	p.event = e;
	posting_event(&p, m);
	look_of_event(e, m);
	for (size_t i = 0; i < e->n_components; i++)
		if (e->components[i].level > peak)
			peak = e->components[i].level;
	tmpl_str(m, "peak",
	    peak <= LEVEL_OPERATIONAL
		? ""
		: labels_of(&x->words, x->j->mem, "level_", words_level(peak)));
}

static void
quiet_days(const struct pager *x, int64_t newest_day, int64_t oldest_day,
    struct tmpl_map *m)
{
	struct arena *mem = x->j->mem;
	struct tmpl_map *d = tmpl_item(m, "days");
	const char *label = labels_date(&x->words, mem, newest_day);

	if (oldest_day != newest_day)
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
			past_event(x, e, tmpl_item(d, "events"));
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
		int64_t day = x->today - (int64_t)i * DAY;
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

static bool
posted_in(const struct public_event *e, const struct civil *month)
{
	for (size_t i = 0; i < e->n_updates; i++) {
		struct civil c = when_utc(e->updates[i].posted);

		if (c.year == month->year && c.month == month->month)
			return true;
	}
	return false;
}

/* A post in the month of t? */
static bool
has_month(const struct pager *x, int64_t t)
{
	struct civil c = when_utc(t);

	for (size_t i = 0; i < x->n; i++)
		if (posted_in(&x->events[i], &c))
			return true;
	return x->report != NULL && posted_in(x->report, &c);
}

/* The archives of this month and of the one before, if there are any. */
static void
archives(const struct pager *x, struct tmpl_map *m)
{
	struct civil c = when_utc(x->today);
	int64_t days[] = { x->today, x->today - (int64_t)c.day * DAY };

	tmpl_list(m, "archives");
	for (size_t i = 0; i < 2; i++)
		if (has_month(x, days[i]))
			tmpl_str(tmpl_item(m, "archives"), "month",
			    month_of(x->j->mem, days[i]));
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

enum status
page_front(struct job *j, const struct conf *c,
    const struct public_event *events, size_t n, struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct pager x;
	enum status st;

	if ((st = begin(&x, j, c)) != ST_OK)
		return st;
	set_apart(&x, events, n);
	report(&x, m);
	posting_site(&x.posting, m);
	tmpl_str(m, "root", "");
	tmpl_str(m, "today", labels_day(&x.words, j->mem, x.today));
	headline(&x, m);
	clocks(&x, m);
	services(&x, m);
	past_days(&x, m);
	archives(&x, m);
	open_events(&x, m);
	return render(&x, "front.html", m, out);
}
