#include "text/weekly.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"

enum { MONDAY = 1, WEEK = 7, THURSDAY = 4, HOUR_OF_IT = 8, SHOWN = 80 };

/* ---- days ---- */

static int64_t
at_hour(const char *zone, struct civil c, int days)
{
	struct civil d;

	c.hour = 12;
	c.minute = c.second = 0;
	d = when_utc(when_of(&c) + days * DAY); /* a calendar, no zone */
	d.hour = HOUR_OF_IT;
	return when_of_local(zone, &d);
}

int64_t
weekly_next(const char *zone, int64_t t)
{
	struct civil c = when_local(zone, t);
	int days = (WEEK + MONDAY - c.weekday) % WEEK;
	int64_t at = at_hour(zone, c, days);

	return at > t ? at : at_hour(zone, c, days + WEEK);
}

/* The week belongs to the year that its Thursday is in. */
char *
weekly_name(struct arena *mem, const char *zone, int64_t t)
{
	struct civil c = when_local(zone, t), first;
	int back = (c.weekday + WEEK - MONDAY) % WEEK;

	c.hour = 12;
	c = when_utc(when_of(&c) + (THURSDAY - MONDAY - back) * DAY);
	first = (struct civil){ .year = c.year, .month = 1, .day = 1 };
	return arena_printf(mem, "%d-W%02d", c.year,
	    (int)((when_of(&c) - when_of(&first)) / DAY / WEEK) + 1);
}

/* ---- text ---- */

static void
put_number(struct buf *b, int64_t n, const char *what)
{
	if (n != 0)
		buf_printf(b, "  %8lld  %s\n", (long long)n, what);
}

static void
put_growth(struct buf *b, const struct weekly_list *l)
{
	const struct growth *g = &l->growth;

	buf_printf(b, "  %8lld  members get its mail, %+lld\n",
	    (long long)g->active, (long long)(g->active - g->before));
	put_number(b, g->joined, "joined");
	put_number(b, g->left, "left");
	put_number(b, g->nomail, "want no mail any more");
	put_number(b, g->complained, "complained, and get nothing any more");
	put_number(b, g->removed, "were removed by hand");
	put_number(b, g->gone, "aren't in the reseller database any more");
	put_number(b, g->bounced, "bounced, and get nothing any more");
	put_number(b, g->back, "had bounced, and are reached again");
	if (l->list->kind == LIST_ACCOUNT)
		put_number(b, l->complaints,
		    "complaints, which changed nothing");
}

static void
put_unreached(struct buf *b, struct arena *mem, const struct unreached *u)
{
	buf_printf(b, "    %s%s%s\n        %s since %s", u->account,
	    *u->account == '\0' ? "" : ": ",
	    text_one_line(mem, u->address, SHOWN), u->status,
	    when_day(mem, u->since));
	if (u->members > 1)
		buf_printf(b, "; %lld more addresses",
		    (long long)(u->members - 1));
	buf_char(b, '\n');
}

static void
put_accounts(struct buf *b, struct arena *mem, const struct weekly_list *l)
{
	const struct growth *g = &l->growth;

	if (l->list->kind != LIST_ACCOUNT)
		return;
	if (g->unreached == 0) {
		buf_printf(b, "\n  All %lld resellers can be reached.\n",
		    (long long)g->accounts);
		return;
	}
	buf_printf(b,
	    "\n  %lld of %lld resellers can't be reached: none of their "
	    "addresses\n  gets mail. Ask them for another, and put it into "
	    "the database:\n",
	    (long long)g->unreached, (long long)g->accounts);
	for (size_t i = 0; i < l->n_unreached; i++)
		put_unreached(b, mem, &l->unreached[i]);
	if ((int64_t)l->n_unreached < g->unreached)
		buf_printf(b, "    and %lld more: sitrep list %s unreachable\n",
		    (long long)(g->unreached - (int64_t)l->n_unreached),
		    l->list->slug);
}

char *
weekly_text(struct arena *mem, const struct weekly *w)
{
	struct buf b = BUF_INIT;
	char *out;

	buf_str(&b, "The lists, since the last such report.\n");
	for (size_t i = 0; i < w->n; i++) {
		const struct weekly_list *l = &w->lists[i];
		static const char *const kinds[] = { "open", "account",
			"internal" };

		buf_printf(&b, "\n%s (%s)\n", l->list->slug,
		    kinds[l->list->kind]);
		put_growth(&b, l);
		put_accounts(&b, mem, l);
	}
	out = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return out;
}
