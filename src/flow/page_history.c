/* What was: the page of a month, of a year, and of all years. */
#include <stdlib.h>

#include "base/when.h"
#include "flow/page_in.h"

/* The day it is listed under: its beginning, or else its first word. */
static int64_t
day_in(const struct public_event *e, int month)
{
	int64_t from = when_month_begin(month),
		until = when_month_begin(month + 1);

	if (e->started >= from && e->started < until)
		return page_day_of(e->started);
	for (size_t i = 0; i < e->n_updates; i++)
		if (e->updates[i].posted >= from &&
		    e->updates[i].posted < until)
			return page_day_of(e->updates[i].posted);
	return page_day_of(from);
}

struct placed {
	int64_t day;
	size_t at; /* among the events */
};

static int
newest_first(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->day != y->day)
		return x->day > y->day ? -1 : 1;
	return x->at > y->at ? -1 : x->at < y->at;
}

static void
days(const struct pager *x, const struct page_month *p, struct tmpl_map *m)
{
	struct placed *list = arena_array(x->j->mem, p->n + 1, sizeof *list);
	struct tmpl_map *d = NULL;
	size_t n = 0;

	tmpl_list(m, "days");
	tmpl_list(m, "reports");
	for (size_t i = 0; i < p->n; i++)
		if (p->events[i].report)
			page_listed(x, &p->events[i], tmpl_item(m, "reports"));
		else
			list[n++] =
			    (struct placed){ day_in(&p->events[i], p->month),
				    i };
	if (n != 0)
		qsort(list, n, sizeof *list, newest_first);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || list[i].day != list[i - 1].day) {
			d = tmpl_item(m, "days");
			tmpl_str(d, "day",
			    labels_date(&x->words, x->j->mem, list[i].day));
			tmpl_list(d, "events");
		}
		page_listed(x, &p->events[list[i].at], tmpl_item(d, "events"));
	}
	tmpl_int(m, "count", (long long)n);
	tmpl_flag(m, "one", n == 1);
}

static char *
month_name(const struct pager *x, int month)
{
	static const char *const names[] = { "January", "February", "March",
		"April", "May", "June", "July", "August", "September",
		"October", "November", "December" };

	return arena_printf(x->j->mem, "%s %d", names[month % 12], month / 12);
}

static void
put_month(const struct pager *x, int month, const char *prefix,
    struct tmpl_map *m)
{
	char *name = arena_printf(x->j->mem, "%smonth_name", prefix);
	char *path = arena_printf(x->j->mem, "%smonth_path", prefix);

	tmpl_str(m, name, month == 0 ? "" : month_name(x, month));
	tmpl_str(m, path,
	    month == 0 ? ""
		       : page_month_path(x->j->mem, when_month_begin(month)));
}

enum status
page_month(struct job *j, const struct conf *c, const struct page_month *p,
    struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct pager x;
	enum status st = page_site(&x, j, c, "../../../", m);

	if (st != ST_OK)
		return st;
	tmpl_int(m, "year", p->month / 12);
	tmpl_str(m, "month", page_month_of(j->mem, when_month_begin(p->month)));
	put_month(&x, p->month, "", m);
	put_month(&x, p->before, "before_", m);
	days(&x, p, m);
	return page_render(&x, "month.html", TMPL_HTML, m, out);
}

enum status
page_history(struct job *j, const struct conf *c, int year,
    const int64_t *months, size_t n, struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem), *y = NULL;
	struct pager x;
	enum status st = page_site(&x, j, c, year == 0 ? "../" : "../../", m);

	if (st != ST_OK)
		return st;
	tmpl_str(m, "of_year",
	    year == 0 ? "" : arena_printf(j->mem, "%d", year));
	tmpl_list(m, "years");
	for (size_t i = 0; i < n; i++) {
		int month = (int)months[i];
		struct tmpl_map *item;

		if (year != 0 && month / 12 != year)
			continue;
		if (y == NULL || months[i - 1] / 12 != month / 12) {
			y = tmpl_item(m, "years");
			tmpl_int(y, "year", month / 12);
			tmpl_list(y, "months");
		}
		item = tmpl_item(y, "months");
		put_month(&x, month, "", item);
		tmpl_str(item, "month",
		    page_month_of(j->mem, when_month_begin(month)));
	}
	return page_render(&x, "history.html", TMPL_HTML, m, out);
}
