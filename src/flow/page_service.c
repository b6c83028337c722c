/* Services: their bars, the page of each, its badge. */
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "flow/page_in.h"
#include "text/eventid.h"

enum {
	BARS = 36 * 1024, /* markup of bars on one page */
	STEP = 10,        /* of a bar, in the units of the drawing */
	TALL = 40,
	GLYPH = 7, /* of the badge, about */
	GAP = 16,
};

/* How tall a day stands: trouble sticks out, whatever its colour. */
static const struct look {
	const char *class;
	int height;
} looks[] = {
	{ "kx", 14 },
	{ "k0", 26 },
	{ "k1", 26 },
	{ "k2", 32 },
	{ "k3", 36 },
	{ "k4", TALL },
};

/* Of the badge: white stands on each at 4.5:1 or better. */
static const char *const colours[] = { "#565d64", "#1b7040", "#2b59a8",
	"#7a5600", "#a04200", "#b3151d" };

static const char *
level_word(const struct pager *x, enum level l)
{
	return labels_of(&x->words, x->j->mem, "level_", words_level(l));
}

/* "4 Mar: Partial outage 2 h 3 min, INC-2026-0042" */
static char *
day_title(const struct pager *x, const struct service *s, size_t i)
{
	const struct uptime *u = &s->days[i];

	return arena_printf(x->j->mem, "%s: %s %s%s%s",
	    labels_date(&x->words, x->j->mem, s->first_day + i * DAY),
	    level_word(x, u->worst),
	    when_length(x->j->mem, u->seconds[u->worst]),
	    u->event == NULL ? "" : ", ", u->event == NULL ? "" : u->event);
}

/* One stroke for each day from i on that looks the same; where it ends. */
static size_t
quiet_run(const struct pager *x, const struct service *s, size_t i,
    struct tmpl_map *m)
{
	enum level l = s->days[i].worst;
	struct buf b = BUF_INIT;

	for (; i < SERVICE_DAYS && s->days[i].worst == l; i++)
		buf_printf(&b, "M%zu %dv-%d", i * STEP + STEP / 2, TALL,
		    looks[l].height);
	tmpl_str(m, "d", arena_str(x->j->mem, b.data));
	tmpl_str(m, "k", looks[l].class);
	buf_free(&b);
	return i;
}

static size_t
bad_day(const struct pager *x, const struct service *s, size_t i,
    struct tmpl_map *m)
{
	enum level l = s->days[i].worst;

	tmpl_str(m, "d",
	    arena_printf(x->j->mem, "M%zu %dv-%d", i * STEP + STEP / 2, TALL,
		looks[l].height));
	tmpl_str(m, "k", looks[l].class);
	tmpl_str(m, "title", day_title(x, s, i));
	return i + 1;
}

/* The same in a sentence. */
static char *
bars_label(const struct pager *x, const struct service *s)
{
	size_t bad = 0, worst = 0;

	for (size_t i = 0; i < SERVICE_DAYS; i++) {
		bad += s->days[i].worst > LEVEL_OPERATIONAL;
		if (s->days[i].worst > s->days[worst].worst)
			worst = i;
	}
	if (bad == 0)
		return arena_printf(x->j->mem,
		    "Past %d days: no problem reported", SERVICE_DAYS);
	return arena_printf(x->j->mem,
	    "Past %d days: problems on %zu day%s, the worst on %s",
	    SERVICE_DAYS, bad, bad == 1 ? "" : "s", day_title(x, s, worst));
}

static size_t
bars(const struct pager *x, const struct service *s, struct tmpl_map *m)
{
	struct tmpl_map *b = tmpl_item(m, "bars");
	size_t size = 0;

	tmpl_str(b, "label", bars_label(x, s));
	tmpl_list(b, "runs");
	for (size_t i = 0; i < SERVICE_DAYS;) {
		struct tmpl_map *item = tmpl_item(b, "runs");
		bool bad = s->days[i].worst > LEVEL_OPERATIONAL;
		size_t next;

		tmpl_str(item, "title", "");
		next = bad ? bad_day(x, s, i, item) : quiet_run(x, s, i, item);
		size += bad ? 120 : 40 + (next - i) * 12;
		i = next;
	}
	return size;
}

static void
one_service(const struct pager *x, const struct service *s, struct tmpl_map *m)
{
	tmpl_str(m, "name", text_one_line(x->j->mem, s->name, 120));
	tmpl_str(m, "slug", s->slug);
	tmpl_str(m, "level", level_word(x, s->level));
	tmpl_str(m, "path",
	    s->of == NULL ? "" : posting_path(x->j->mem, s->of));
	tmpl_str(m, "share",
	    s->days == NULL ? ""
			    : uptime_percent(x->j->mem, uptime_share(&s->sum)));
	tmpl_list(m, "bars");
	posting_look(m, s->level, false);
}

/* Groups in the order in which the configuration names them first. */
void
page_services(const struct pager *x, const struct service *list, size_t n,
    struct tmpl_map *m)
{
	size_t used = 0;

	tmpl_list(m, "groups");
	for (size_t i = 0; i < n; i++) {
		struct tmpl_map *g = NULL;
		bool seen = false;

		for (size_t k = 0; k < i && !seen; k++)
			seen = strcmp(list[k].group, list[i].group) == 0;
		for (size_t k = i; k < n && !seen; k++) {
			struct tmpl_map *item;

			if (strcmp(list[k].group, list[i].group) != 0)
				continue;
			if (g == NULL)
				g = tmpl_item(m, "groups");
			tmpl_str(g, "group", list[i].group);
			item = tmpl_item(g, "services");
			one_service(x, &list[k], item);
			if (list[k].days != NULL && used < BARS)
				used += bars(x, &list[k], item);
		}
	}
}

/* The page of one. */

/* Hours and minutes at each level, the worst first: "Outage 25 min". */
static char *
lengths(const struct pager *x, const struct uptime *u)
{
	char *all = arena_str(x->j->mem, "");

	for (int l = LEVEL_MAJOR; l > LEVEL_OPERATIONAL; l--)
		if (u->seconds[l] != 0)
			all = arena_printf(x->j->mem, "%s%s%s %s", all,
			    all[0] == '\0' ? "" : ", ",
			    level_word(x, (enum level)l),
			    when_length(x->j->mem, u->seconds[l]));
	return all;
}

static char *
path_of_name(const struct pager *x, const char *event)
{
	struct eventid id;

	if (event == NULL || !eventid_read_full(event, &id))
		return arena_str(x->j->mem, "");
	return arena_printf(x->j->mem, "incident/%04d/%04d/", id.year,
	    id.number);
}

static void
bad_days(const struct pager *x, const struct service *s, struct tmpl_map *m)
{
	tmpl_list(m, "bad_days");
	for (size_t i = SERVICE_DAYS; s->days != NULL && i-- != 0;) {
		const struct uptime *u = &s->days[i];
		struct tmpl_map *d;

		if (u->worst <= LEVEL_OPERATIONAL)
			continue;
		d = tmpl_item(m, "bad_days");
		tmpl_str(d, "day",
		    labels_date(&x->words, x->j->mem, s->first_day + i * DAY));
		tmpl_str(d, "lengths", lengths(x, u));
		tmpl_str(d, "event", u->event == NULL ? "" : u->event);
		tmpl_str(d, "event_path", path_of_name(x, u->event));
		posting_look(d, u->worst, false);
	}
}

static void
months(const struct pager *x, const struct page_service *p, struct tmpl_map *m)
{
	int last = when_month_of(x->today);

	tmpl_list(m, "months");
	for (int i = SERVICE_MONTHS; p->months != NULL && i-- != 0;) {
		const struct uptime *u = &p->months[i];
		int month = last - (SERVICE_MONTHS - 1 - i);
		struct tmpl_map *d;

		if (u->observed == 0)
			continue;
		d = tmpl_item(m, "months");
		tmpl_str(d, "month",
		    arena_printf(x->j->mem, "%s %d", when_month(month % 12 + 1),
			month / 12));
		tmpl_str(d, "share",
		    uptime_percent(x->j->mem, uptime_share(u)));
		tmpl_str(d, "lengths", lengths(x, u));
	}
}

enum status
page_service(struct job *j, const struct conf *c, const struct page_service *p,
    struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct pager x;
	enum status st =
	    page_site(&x, j, c, p->page == 0 ? "../../" : "../../../", m);

	if (st != ST_OK)
		return st;
	one_service(&x, p->service, m);
	tmpl_flag(m, "newest", p->page == 0);
	tmpl_str(m, "group", p->service->group);
	tmpl_str(m, "page",
	    p->page == 0 ? "" : arena_printf(j->mem, "%d", p->page));
	tmpl_str(m, "older",
	    p->older == 0 ? "" : arena_printf(j->mem, "%d", p->older));
	if (p->service->days != NULL)
		(void)bars(&x, p->service, m);
	bad_days(&x, p->service, m);
	months(&x, p, m);
	tmpl_list(m, "events");
	for (size_t i = 0; i < p->n; i++)
		page_listed(&x, &p->events[i], tmpl_item(m, "events"));
	return page_render(&x, "service.html", TMPL_HTML, m, out);
}

/* Its words, side by side in a picture. */
enum status
page_badge(struct job *j, const struct conf *c, const struct service *s,
    struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct pager x;
	enum status st = page_begin(&x, j, c);
	int left, right;

	if (st != ST_OK)
		return st;
	one_service(&x, s, m);
	left = (int)text_columns(text_one_line(j->mem, s->name, 120)) * GLYPH +
	       GAP;
	right = ((int)text_columns(level_word(&x, s->level)) + 2) * GLYPH + GAP;
	tmpl_int(m, "left", left);
	tmpl_int(m, "right_less", right - 4);
	tmpl_str(m, "colour", colours[s->level]);
	tmpl_int(m, "width", left + right);
	tmpl_int(m, "left_at", left / 2);
	tmpl_int(m, "right_at", left + right / 2);
	return page_render(&x, "badge.svg", TMPL_XML, m, out);
}
