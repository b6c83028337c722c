#include "text/clock.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "base/zone.h"
#include "text/months.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { ZONE_WORDS = 3 };

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* A number of min to max digits, with no further digit behind it. */
static bool
number(const char **s, int min, int max, int *out)
{
	const char *p = *s;
	int n = 0, digits = 0;

	for (; digit(*p) && digits < max; digits++)
		n = n * 10 + (*p++ - '0');
	if (digits < min || digit(*p))
		return false;
	*out = n;
	*s = p;
	return true;
}

static bool
word(const char **s, const char *w)
{
	size_t n = strlen(w);

	if (strncmp(*s, w, n) != 0 || letter((*s)[n]) || ((*s)[n] & 0x80) != 0)
		return false;
	*s += n;
	return true;
}

static bool
iso_date(const char **s, struct clock *c)
{
	const char *p = *s;
	int y, m, d;
	char mark;

	if (!number(&p, 4, 4, &y) || (*p != '-' && *p != '/'))
		return false;
	mark = *p++;
	if (!number(&p, 1, 2, &m) || *p++ != mark || !number(&p, 1, 2, &d))
		return false;
	if (*p == 't' && digit(p[1]))
		p++;
	c->year = y;
	c->month = m;
	c->day = d;
	c->has_day = true;
	*s = p;
	return true;
}

/* 20260304, 20260304T1405Z. */
static bool
basic_date(const char **s, struct clock *c)
{
	const char *p = *s;
	int joined;

	if (!number(&p, 8, 8, &joined))
		return false;
	c->year = joined / 10000;
	c->month = joined / 100 % 100;
	c->day = joined % 100;
	c->has_day = true;
	*s = p + (*p == 't' && digit(p[1]));
	return true;
}

/* 03/04, 03-04-2026, 4.3.2026: noted, and refused by the caller.  Two numbers
 * with a dot between them are a clock time (9.02). */
static bool
numeric_date(const char **s, struct clock *c)
{
	const char *p = *s;
	int a, b, y = 0;
	char mark;

	if (!number(&p, 1, 2, &a) || *p == '\0' || strchr("/.-", *p) == NULL)
		return false;
	mark = *p++;
	if (!number(&p, 1, 2, &b))
		return false;
	if (*p == mark) {
		const char *q = p + 1;

		if (number(&q, 2, 4, &y))
			p = q;
		else if (mark == '.' && p[1] == ' ' && digit(p[2]))
			p++;
		else
			return false;
	} else if (mark == '.')
		return false;
	c->numeric_date = true;
	c->first = a;
	c->second_number = b;
	c->third = y;
	*s = p;
	return true;
}

static const char *
spaces(const char *s)
{
	while (*s == ' ')
		s++;
	return s;
}

static void
ordinal(const char **s)
{
	static const char *const ends[] = { "st", "nd", "rd", "th" };

	for (size_t i = 0; i < 4; i++)
		if (word(s, ends[i]))
			return;
	if (**s == '.')
		(*s)++;
}

static void
year_after(const char **s, struct clock *c)
{
	const char *p = *s;
	int y;

	/* 04MAR26 */
	if (number(&p, 2, 2, &y) && *p != ':' && *p != '.') {
		c->year = 2000 + y;
		*s = p;
		return;
	}
	p = *s;
	while (*p == ' ' || *p == ',' || *p == '-' || *p == '.')
		p++;
	if (word(&p, "de"))
		p = spaces(p);
	if (!number(&p, 4, 4, &y) || *p == ':' || y < 1900)
		return;
	c->year = y;
	*s = p;
}

/* "4 Mar", "4th of March 2026", "4-Mar-2026", "Mar 4", "March 4th, 2026". */
static bool
named_date(const char **s, struct clock *c)
{
	const char *p = *s;
	int d, m = months_read(&p);

	if (m != 0) {
		while (*p == '.' || *p == ' ' || *p == '-')
			p++;
		if (!number(&p, 1, 2, &d) || *p == ':')
			return false;
		ordinal(&p);
	} else {
		if (!number(&p, 1, 2, &d))
			return false;
		ordinal(&p);
		p = spaces(p);
		(void)(word(&p, "of") || word(&p, "de"));
		while (*p == ' ' || *p == '-')
			p++;
		if ((m = months_read(&p)) == 0)
			return false;
	}
	c->day = d;
	c->month = m;
	c->has_day = true;
	year_after(&p, c);
	*s = p;
	return true;
}

/* am, pm, a.m., p.m.: 1 or 2; 0 if none stands there. */
static int
half(const char **s)
{
	const char *p = spaces(*s);
	int which = *p == 'a' ? 1 : *p == 'p' ? 2 : 0;

	if (which == 0)
		return 0;
	p++;
	if (*p == '.')
		p++;
	if (*p != 'm' || letter(p[1]))
		return 0;
	p++;
	if (*p == '.')
		p++;
	*s = p;
	return which;
}

/* 12 hours to 24; 14:05 pm is 14:05, 14:05 am is nothing. */
static bool
twelve(struct clock *c, int which)
{
	if (which == 0)
		return true;
	if (c->hour > 12)
		return which == 2 && c->hour < 24;
	if (c->hour == 0)
		return which == 1;
	c->hour = c->hour % 12 + (which == 2 ? 12 : 0);
	return true;
}

static bool
in_range(struct clock *c)
{
	if (c->hour == 24 && c->minute == 0 && c->second == 0) {
		c->next_day = true;
		c->hour = 0;
	}
	return c->hour < 24 && c->minute < 60 && c->second <= 60;
}

/* ":30" and ".125" behind the minutes; parts of a second are dropped. */
static bool
seconds(const char **s, char mark, struct clock *c)
{
	const char *p = *s;

	if (*p != mark || !digit(p[1]))
		return true;
	p++;
	if (!number(&p, 2, 2, &c->second))
		return false;
	if (*p == '.' && digit(p[1]))
		for (p++; digit(*p); p++)
			;
	*s = p;
	return true;
}

/* "9h", "14 h 50", "14 Uhr 30": behind the mark. */
static bool
hours_mark(const char **s)
{
	static const char *const marks[] = { "h", "uhr", "uur" };

	for (size_t i = 0; i < COUNT(marks); i++) {
		const char *p = spaces(*s), *after;
		size_t n = strlen(marks[i]);

		if (strncmp(p, marks[i], n) != 0 || letter(p[n]))
			continue;
		after = spaces(p + n);
		*s = digit(after[0]) && digit(after[1]) && !digit(after[2]) &&
			     after[2] != ':' && after[2] != '.'
			 ? after
			 : p + n;
		return true;
	}
	return false;
}

/* "1405", "9h", "14h05", "9.02", "14:05:30"; *marked false: a mere number,
 * which is a time only with am or pm. */
static bool
digits(const char **s, struct clock *c, bool *marked)
{
	int joined;

	*marked = true;
	if (number(s, 4, 4, &joined)) {
		c->hour = joined / 100;
		c->minute = joined % 100;
		return true;
	}
	if (!number(s, 1, 2, &c->hour))
		return false;
	if (hours_mark(s))
		return !digit(**s) || number(s, 2, 2, &c->minute);
	if ((**s == ':' || **s == '.') && digit((*s)[1])) {
		char mark = *(*s)++;

		return number(s, 2, 2, &c->minute) && seconds(s, mark, c);
	}
	*marked = false;
	return true;
}

static bool
clock_time(const char **s, struct clock *c)
{
	static const char *const units[] = { "h", "hrs", "hours", "uhr", "ish",
		"o'clock" };
	const char *p = *s;
	struct clock t = *c;
	bool marked;
	int which;

	t.minute = t.second = 0;
	if (!digits(&p, &t, &marked))
		return false;
	which = half(&p);
	if (!marked && strncmp(spaces(p), "o'clock", 7) == 0)
		marked = true;
	if ((!marked && which == 0) || !twelve(&t, which) || !in_range(&t))
		return false;
	*c = t;
	c->has_clock = true;
	*s = spaces(p);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (word(s, units[i]))
			break;
	return true;
}

/* +01:00, -0500, and behind UTC or GMT also +2. */
static bool
offset(const char **s, int min, struct clock *c)
{
	const char *p = *s;
	int sign = *p == '-' ? -1 : 1, h, m = 0;

	if (*p != '+' && *p != '-')
		return false;
	p++;
	if (number(&p, 4, 4, &m)) {
		h = m / 100;
		m %= 100;
	} else if (!number(&p, min, 2, &h) ||
		   (*p == ':' && (p++, !number(&p, 2, 2, &m))))
		return false;
	if (h > 14 || m > 59 || c->zoned)
		return false;
	c->zoned = true;
	c->offset = sign * (h * HOUR + m * MINUTE);
	*s = p;
	return true;
}

static bool
utc(const char **s, struct clock *c)
{
	const char *p = *s;

	if (!word(&p, "utc") && !word(&p, "gmt") && !word(&p, "z") &&
	    !word(&p, "zulu time") && !word(&p, "zulu"))
		return false;
	if (c->zoned)
		return false;
	if (!offset(&p, 1, c)) {
		c->zoned = true;
		c->utc = true;
		p = spaces(p);
		(void)word(&p, "time");
	}
	*s = p;
	return true;
}

static const char *
zone_of(struct arena *mem, const struct zone_word *words, size_t n,
    const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (text_ieq(words[i].word, name))
			return words[i].zone;
	return zone_find(mem, name);
}

static size_t
word_end(const char *s, size_t from)
{
	from += strspn(s + from, " ");
	return from + strcspn(s + from, " ,()");
}

/* The longest run of words that names a zone. */
static bool
place(struct arena *mem, const struct zone_word *words, size_t n_words,
    const char **s, struct clock *c)
{
	size_t ends[ZONE_WORDS], n = 0;

	if (!letter(**s) || c->zoned)
		return false;
	for (size_t end = 0; n < ZONE_WORDS && (*s)[end] != '\0' &&
			     (end == 0 || (*s)[end] == ' ');) {
		end = word_end(*s, end);
		ends[n++] = end;
	}
	while (n-- != 0) {
		const char *name = arena_copy(mem, *s, ends[n]);

		c->zone = zone_of(mem, words, n_words, name);
		if (c->zone == NULL)
			continue;
		c->zoned = true;
		*s = spaces(*s + ends[n]);
		(void)word(s, "time");
		return true;
	}
	return false;
}

static bool
day_word(const char **s, struct clock *c)
{
	static const struct {
		const char *word;
		int shift;
	} shifts[] = { { "today", 0 }, { "this morning", 0 },
		{ "this afternoon", 0 }, { "this evening", 0 },
		{ "tonight", 0 }, { "yesterday", -1 }, { "tomorrow", 1 },
		{ "heute", 0 }, { "gestern", -1 }, { "aujourd'hui", 0 },
		{ "hier", -1 }, { "demain", 1 }, { "hoy", 0 }, { "ayer", -1 },
		{ "hoje", 0 }, { "ontem", -1 }, { "amanhã", 1 }, { "oggi", 0 },
		{ "ieri", -1 }, { "domani", 1 }, { "vandaag", 0 },
		{ "gisteren", -1 }, { "dzisiaj", 0 }, { "dziś", 0 },
		{ "wczoraj", -1 }, { "jutro", 1 } };
	static const char *const names[] = { "sunday", "monday", "tuesday",
		"wednesday", "thursday", "friday", "saturday" };
	size_t n = 0;

	for (size_t i = 0; i < COUNT(shifts); i++)
		if (!c->has_shift && word(s, shifts[i].word)) {
			c->has_shift = true;
			c->shift = shifts[i].shift;
			return true;
		}
	while (letter((*s)[n]))
		n++;
	for (int i = 0; n >= 3 && c->weekday == 0 && i < 7; i++)
		if (strncmp(*s, names[i], n) == 0 &&
		    (n <= 5 || n == strlen(names[i]))) {
			c->weekday = i + 1;
			*s += n;
			return true;
		}
	return false;
}

/* Of the day, between its word and the hour: "yesterday evening 21:30". */
static bool
part_of_day(const char **s, const struct clock *c)
{
	static const char *const words[] = { "morning", "afternoon",
		"evening" };

	for (size_t i = 0; c->has_shift && i < COUNT(words); i++)
		if (word(s, words[i]))
			return true;
	return false;
}

/* Words that say nothing about the time. */
static bool
filler(const char **s)
{
	static const char *const words[] = { "at", "on", "around", "about",
		"approx", "approximately", "ca", "circa", "since", "from",
		"the", "local time", "local", "roughly", "c", "in", "or so",
		"seit", "um", "gegen", "depuis", "vers", "desde", "las",
		"sinds", "om", "od", "dalle" };

	if (**s == '~' || **s == '(' || **s == ')' || **s == ',' ||
	    **s == '.' || **s == '@') {
		(*s)++;
		return true;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (word(s, words[i]))
			return true;
	return false;
}

static bool
noon(const char **s, struct clock *c)
{
	if (!word(s, "noon") && !word(s, "12 noon") && !word(s, "midday"))
		return false;
	c->hour = 12;
	c->has_clock = true;
	return true;
}

static bool
date(const char **s, struct clock *c)
{
	if (c->has_day || c->numeric_date)
		return false;
	return iso_date(s, c) || basic_date(s, c) || named_date(s, c) ||
	       numeric_date(s, c);
}

/* "Wed Mar 4 13:30:02 UTC 2026", as date(1) writes it. */
static bool
late_year(const char **s, struct clock *c)
{
	const char *p = *s;
	int y;

	if (!c->has_day || !c->has_clock || c->year != 0 ||
	    !number(&p, 4, 4, &y) || y < 1900 || *p != '\0')
		return false;
	c->year = y;
	*s = p;
	return true;
}

bool
clock_read(struct arena *mem, const struct zone_word *words, size_t n_words,
    const char *s, struct clock *out)
{
	struct clock c = { 0 };

	*out = c;
	for (s = spaces(s); *s != '\0'; s = spaces(s)) {
		if (date(&s, &c))
			continue;
		if (!c.has_clock && (noon(&s, &c) || clock_time(&s, &c)))
			continue;
		if (c.has_clock && offset(&s, 2, &c))
			continue;
		if (utc(&s, &c) || day_word(&s, &c) || part_of_day(&s, &c) ||
		    filler(&s) || late_year(&s, &c))
			continue;
		if (place(mem, words, n_words, &s, &c))
			continue;
		*out = c;
		if (letter(*s))
			out->strange = arena_copy(mem, s, word_end(s, 0));
		return false;
	}
	*out = c;
	return true;
}
