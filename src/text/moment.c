#include "text/moment.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "base/zone.h"
#include "text/clock.h"
#include "text/length.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum {
	YEAR = 366 * DAY,
	SKEW = 5 * MINUTE, /* a clock that is a little ahead */
	AHEAD = 20 * HOUR, /* so far ahead it's yesterday's */
	YEAR_FIRST = 1970,
	YEAR_LAST = 2199,
	WRITTEN_MAX = 100, /* characters of a time that can be read */
	STRANGE_MAX = 20,  /* ... and of a word that's quoted */
};

/* Where a wall clock hangs. */
struct wall {
	const char *zone; /* IANA name; NULL: offset counts */
	int offset;
	const char *name; /* for people */
};

static bool
refuse(struct moment_refusal *no, const char *code, const char *says,
    const char *copy)
{
	no->code = code;
	no->says = says;
	no->copy = copy;
	return false;
}

static struct civil
local(const struct wall *w, int64_t t)
{
	struct civil c;

	if (w->zone != NULL)
		return when_local(w->zone, t);
	c = when_utc(t + w->offset);
	c.offset = w->offset;
	return c;
}

static const char *
offset_name(struct arena *mem, int offset)
{
	int m = (offset < 0 ? -offset : offset) / MINUTE;

	if (offset == 0)
		return "UTC";
	return arena_printf(mem, "UTC%c%02d:%02d", offset < 0 ? '-' : '+',
	    m / 60, m % 60);
}

static struct wall
wall_of(struct arena *mem, const char *zone, int offset)
{
	struct wall w = { zone, offset, NULL };

	if (zone != NULL && (text_ieq(zone, "UTC") || !when_zone_known(zone)))
		w.zone = NULL;
	w.name = w.zone != NULL ? when_city(mem, w.zone)
				: offset_name(mem, w.offset);
	return w;
}

/* The zone that a time without one is read in. */
static struct wall
home(struct arena *mem, const struct moment_frame *f)
{
	const char *own = f->zone != NULL ? f->zone : f->house;

	if (!f->mail_zoned)
		return wall_of(mem, own, 0);
	if (when_zone_known(own) &&
	    when_local(own, f->written).offset == f->mail_offset)
		return wall_of(mem, own, 0);
	return wall_of(mem, NULL, f->mail_offset);
}

static struct wall
choose(struct arena *mem, const struct moment_frame *f, const struct clock *c)
{
	if (!c->zoned)
		return home(mem, f);
	return wall_of(mem, c->zone, c->offset);
}

static void
add_days(struct civil *c, int64_t days)
{
	struct civil next = when_utc(when_of(c) + days * DAY);

	*c = next;
}

/* In a form that moment_read() takes; the zone only where one was written. */
static const char *
form(struct arena *mem, const struct clock *k, const struct wall *w,
    const struct civil *c)
{
	const char *zone = "";

	if (k->zoned && (w->zone == NULL || zone_find(mem, w->name) != NULL))
		zone = arena_printf(mem, " %s", w->name);
	else if (k->zoned)
		zone = arena_printf(mem, " %s", w->zone);
	return arena_printf(mem, "%04d-%02d-%02d %02d:%02d%s", c->year,
	    c->month, c->day, c->hour, c->minute, zone);
}

static const char *
form_utc(struct arena *mem, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(mem, "%04d-%02d-%02d %02d:%02d UTC", c.year,
	    c.month, c.day, c.hour, c.minute);
}

static bool
refuse_unread(struct arena *mem, const struct moment_frame *f,
    struct moment_refusal *no)
{
	return refuse(no, "E23",
	    "This time wasn't understood. Write it like this, in UTC or with "
	    "the name of a city:",
	    form_utc(mem, f->written));
}

/*
 * A wall time as UTC.  0: the zone skipped it; 1: *t; 2: it came twice, at
 * t[0] and t[1].
 */
static int
instants(const struct wall *w, const struct civil *c, int64_t t[2])
{
	int64_t wall = when_of(c);
	int before, after, n = 0;

	if (w->zone == NULL) {
		t[0] = wall - w->offset;
		return 1;
	}
	before = when_local(w->zone, wall - DAY).offset;
	after = when_local(w->zone, wall + DAY).offset;
	if (when_local(w->zone, wall - before).offset == before)
		t[n++] = wall - before;
	if (after != before &&
	    when_local(w->zone, wall - after).offset == after)
		t[n++] = wall - after;
	return n;
}

/* Which of the two times of a fold was meant: -1 if nothing tells. */
static int
which_of(const struct moment_frame *f, const int64_t t[2])
{
	if (f->use == MOMENT_PAST && t[1] > f->received + SKEW)
		return 0;
	if (f->use == MOMENT_FUTURE && t[0] < f->written)
		return 1;
	if (f->use == MOMENT_UNTIL && t[0] <= f->from)
		return 1;
	return -1;
}

static bool
place_wall(struct arena *mem, const struct moment_frame *f,
    const struct wall *w, const struct civil *c, int64_t *out,
    struct moment_refusal *no)
{
	int64_t t[2];
	int n = instants(w, c, t), k = 0;

	if (n == 0)
		return refuse(no, "E23",
		    arena_printf(mem,
			"%02d:%02d didn't exist in %s on %d %s: the clocks "
			"were put forward. Write it in UTC, if this is it:",
			c->hour, c->minute, w->name, c->day,
			when_month(c->month)),
		    form_utc(mem, when_of_local(w->zone, c)));
	if (n == 2)
		k = which_of(f, t);
	if (k < 0)
		return refuse(no, "E23",
		    arena_printf(mem,
			"%02d:%02d came twice in %s on %d %s, at %s and at "
			"%s UTC. Write it in UTC, for the first:",
			c->hour, c->minute, w->name, c->day,
			when_month(c->month), when_clock(mem, t[0]),
			when_clock(mem, t[1])),
		    form_utc(mem, t[0]));
	*out = t[k];
	return true;
}

/* A day without a year is the one nearest to the mail. */
static void
nearest_year(const struct wall *w, int64_t written, struct civil *c)
{
	int here = local(w, written).year;
	int64_t best = INT64_MAX;
	struct civil try = *c;

	for (int y = here - 1; y <= here + 1; y++) {
		int64_t away;

		try.year = y;
		if (!when_valid(&try))
			continue;
		away = when_of(&try) - written;
		if (away < 0)
			away = -away;
		if (away >= best)
			continue;
		best = away;
		c->year = y;
	}
	if (best == INT64_MAX)
		c->year = here;
}

/* The wall time meant, before the rules about yesterday and tomorrow. */
static struct civil
wall_time(const struct moment_frame *f, const struct wall *w,
    const struct clock *k)
{
	struct civil c = local(w, f->written);

	c.hour = k->hour;
	c.minute = k->minute;
	c.second = k->second;
	if (k->has_day) {
		c.year = k->year;
		c.month = k->month;
		c.day = k->day;
		if (k->year == 0)
			nearest_year(w, f->written, &c);
	}
	return c;
}

/* 03/04: both readings, the nearer one is the line to copy. */
static bool
refuse_numeric(struct arena *mem, const struct moment_frame *f,
    const struct clock *k, struct moment_refusal *no)
{
	struct wall w = choose(mem, f, k);
	struct civil a = local(&w, f->written), b;
	const struct civil *best = NULL;
	int64_t da, db;

	a.hour = k->hour;
	a.minute = k->minute;
	a.second = 0;
	if (k->third != 0)
		a.year = k->third < 100 ? 2000 + k->third : k->third;
	b = a;
	a.month = k->first;
	a.day = k->second_number;
	b.month = k->second_number;
	b.day = k->first;
	if (when_valid(&a))
		best = &a;
	if (when_valid(&b) && best == NULL)
		best = &b;
	else if (when_valid(&b)) {
		da = when_of(&a) - f->written;
		db = when_of(&b) - f->written;
		best = (da < 0 ? -da : da) <= (db < 0 ? -db : db) ? &a : &b;
	}
	if (best == NULL || !k->has_clock)
		return refuse_unread(mem, f, no);
	return refuse(no, "E23",
	    arena_printf(mem,
		"Day and month can be taken for each other here. Write the "
		"month as a word (%d %s %d:%02d) or like this:",
		best->day, when_month(best->month), best->hour, best->minute),
	    form(mem, k, &w, best));
}

static bool
refuse_strange(struct arena *mem, const struct moment_frame *f,
    const struct clock *k, struct moment_refusal *no)
{
	struct wall w = home(mem, f);
	struct civil c = wall_time(f, &w, k);
	struct clock zoned = *k;

	if (k->strange == NULL || !k->has_clock || !when_valid(&c) ||
	    strlen(k->strange) > STRANGE_MAX)
		return refuse_unread(mem, f, no);
	zoned.zoned = true;
	return refuse(no, "E23",
	    arena_printf(mem,
		"\"%s\" wasn't understood. As a time zone write UTC or "
		"the name of a city, such as:",
		k->strange),
	    form(mem, &zoned, &w, &c));
}

/* Yesterday's 23:50, tomorrow's 01:00. */
static bool
roll(struct arena *mem, const struct moment_frame *f, const struct wall *w,
    struct civil *c, struct moment_refusal *no)
{
	int64_t t = 0;
	int days = 0;

	if (!place_wall(mem, f, w, c, &t, no))
		return false;
	if (f->use == MOMENT_PAST && t > f->written + AHEAD)
		days = -1;
	if (f->use == MOMENT_FUTURE && t <= f->written &&
	    t + DAY <= f->written + AHEAD)
		days = 1;
	if (f->use == MOMENT_UNTIL && t <= f->from)
		days = (int)((f->from - t) / DAY) + 1;
	add_days(c, days);
	return true;
}

static bool
check_use(struct arena *mem, const struct moment_frame *f, int64_t t,
    struct moment_refusal *no)
{
	struct civil c = when_utc(t);

	if (c.year < YEAR_FIRST || c.year > YEAR_LAST)
		return refuse(no, "E24", "This year is out of range.",
		    form_utc(mem, f->written));
	if (f->use == MOMENT_PAST && t > f->received + SKEW)
		return refuse(no, "E24",
		    arena_printf(mem,
			"That is %s UTC, which is still to come. Write the "
			"day and the zone:",
			when_clock(mem, t)),
		    form_utc(mem,
			t - DAY <= f->written ? t - DAY : f->written));
	if (f->use == MOMENT_FUTURE && t <= f->received)
		return refuse(no, "E24",
		    arena_printf(mem,
			"That is %s UTC, which is over. Write the day and "
			"the zone, or +2h:",
			when_clock(mem, t)),
		    "+2h");
	if (f->use == MOMENT_UNTIL && t <= f->from)
		return refuse(no, "E24", "The end lies before the start.",
		    form_utc(mem, f->from + HOUR));
	return true;
}

/* The weekday must be that of the date; alone it says too little. */
static bool
check_weekday(struct arena *mem, const struct clock *k, const struct wall *w,
    const struct civil *c, struct moment_refusal *no)
{
	struct civil day = when_utc(when_of(c)), near = day;
	bool dated = k->has_day || k->has_shift;

	if (k->weekday == 0 || (dated && day.weekday == k->weekday - 1))
		return true;
	if (!dated)
		add_days(&near, -((day.weekday - (k->weekday - 1) + 7) % 7));
	return refuse(no, "E23",
	    dated ? arena_printf(mem,
			"%d %s is a %s. Write the day again:", day.day,
			when_month(day.month), when_weekday(day.weekday))
		  : "A weekday alone doesn't say which day. Write the date:",
	    form(mem, k, w, &near));
}

/* A time of day, with or without its date. */
static bool
read_wall(struct arena *mem, const struct moment_frame *f,
    const struct clock *k, struct moment *out, struct moment_refusal *no)
{
	struct wall w = choose(mem, f, k);
	struct civil c = wall_time(f, &w, k);

	if (!when_valid(&c))
		return refuse(no, "E23",
		    "There is no such day. Write the date again:",
		    form_utc(mem, f->written));
	if (!check_weekday(mem, k, &w, &c, no))
		return false;
	add_days(&c, k->shift + (k->next_day ? 1 : 0));
	if (!k->has_day && !k->has_shift && !k->next_day &&
	    !roll(mem, f, &w, &c, no))
		return false;
	if (!place_wall(mem, f, &w, &c, &out->at, no))
		return false;
	out->read_as = w.name;
	return check_use(mem, f, out->at, no);
}

/* Behind "about" and the like. */
static const char *
without_about(const char *s)
{
	static const char *const words[] = { "about ", "around ", "approx. ",
		"approx ", "approximately ", "roughly ", "ca. ", "ca ", "~" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_istarts(s, words[i]))
			return s + strlen(words[i]);
	return s;
}

/* The length in "10 min ago", "vor 10 Minuten", "il y a 10 minutes". */
static bool
ago(const char *s, int64_t *seconds)
{
	static const char *const ends[] = { " ago", " geleden", " temu",
		" fa" };
	static const char *const begins[] = { "vor ", "il y a ", "hace ",
		"há " };
	size_t len = strlen(s);
	char head[WRITTEN_MAX + 1];

	for (size_t i = 0; i < COUNT(begins); i++)
		if (text_istarts(s, begins[i]) &&
		    length_read(without_about(s + strlen(begins[i])), seconds))
			return true;
	for (size_t i = 0; i < COUNT(ends); i++) {
		size_t n = strlen(ends[i]);

		if (len <= n || strcmp(s + len - n, ends[i]) != 0)
			continue;
		memcpy(head, s, len - n);
		head[len - n] = '\0';
		return *head != '+' && length_read(head, seconds);
	}
	return false;
}

/* "10 min ago", "+45m", "in 2 hours", "now". */
static bool
relative(const char *s, int64_t *seconds)
{
	*seconds = 0;
	if (strcmp(s, "now") == 0 || strcmp(s, "just now") == 0 ||
	    strcmp(s, "right now") == 0)
		return true;
	if (ago(s, seconds)) {
		*seconds = -*seconds;
		return true;
	}
	if (*s == '-' && length_read(s + 1, seconds)) {
		*seconds = -*seconds;
		return s[1] != '+';
	}
	if (*s != '+' && !text_istarts(s, "in "))
		return false;
	return length_read(s, seconds);
}

/* In lower case, without what ends a sentence. */
static const char *
lowered(struct arena *mem, const char *s)
{
	char *p = text_lower(mem, s);
	size_t n = strlen(p);

	while (n != 0 && strchr(". !", p[n - 1]) != NULL)
		p[--n] = '\0';
	return p;
}

bool
moment_read(struct arena *mem, const struct moment_frame *f, const char *s,
    struct moment *out, struct moment_refusal *no)
{
	const char *plain = text_one_line(mem, s, WRITTEN_MAX + 1);
	struct moment m = { true, 0, plain, "UTC" };
	struct clock k;
	int64_t seconds;

	plain = lowered(mem, plain);
	if (strlen(plain) > WRITTEN_MAX)
		return refuse_unread(mem, f, no);
	if (relative(without_about(plain), &seconds)) {
		m.at = f->written + seconds;
		m.read_as = "";
		if (!check_use(mem, f, m.at, no))
			return false;
		*out = m;
		return true;
	}
	if (!clock_read(mem, f->words, f->n_words, plain, &k))
		return refuse_strange(mem, f, &k, no);
	if (k.numeric_date)
		return refuse_numeric(mem, f, &k, no);
	if (!k.has_clock || (k.has_day && k.has_shift))
		return refuse_unread(mem, f, no);
	if (!read_wall(mem, f, &k, &m, no))
		return false;
	*out = m;
	return true;
}
