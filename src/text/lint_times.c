/* Times and days as readers see them: zone, clock, day of the week. */
#include "text/lint_in.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"

enum { HALF_YEAR = 183 };

static const char *const zones[] = { "utc", "gmt", "z", "est", "edt", "et",
	"cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "bst",
	"wet", "west", "cet", "cest", "eet", "eest", "msk", "ist", "jst", "kst",
	"sgt", "hkt", "awst", "acst", "aest", "aedt", "nzst", "nzdt", "brt",
	"art", "sast", "mez", "mesz", "eastern", "pacific", "central",
	"mountain", "atlantic", "zulu", "local", "locale", "ortszeit",
	"weltzeit", NULL };

static const char *const days[] = { "sun", "mon", "tue", "wed", "thu", "fri",
	"sat" };
static const char *const day_names[] = { "sunday", "monday", "tuesday",
	"wednesday", "thursday", "friday", "saturday" };
/* ... in German, French, Spanish and Portuguese, folded. */
static const char *const other_days[][7] = {
	{ "sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
	    "samstag" },
	{ "dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi",
	    "samedi" },
	{ "domingo", "lunes", "martes", "miercoles", "jueves", "viernes",
	    "sabado" },
	{ "domingo", "segunda feira", "terca feira", "quarta feira",
	    "quinta feira", "sexta feira", "sabado" },
};

/* ---- clocks ---- */

struct clock {
	size_t len; /* of hh:mm and what belongs to it */
	int hour;
	bool half; /* am or pm */
};

static bool
is_half(const char *s, size_t *n)
{
	size_t gap = strspn(s, " ");

	if ((s[gap] != 'a' && s[gap] != 'p') || gap > 1)
		return false;
	if (s[gap + 1] == 'm' && !lint_alnum(s[gap + 2])) {
		*n = gap + 2;
		return true;
	}
	*n = gap + 4;
	return strncmp(s + gap + 1, ".m.", 3) == 0;
}

/* "14h32", "14 h 32": how long; 0: it isn't one. */
static size_t
with_h(const char *s, size_t n)
{
	size_t at = n + (s[n] == ' ');

	if (n != 2 || s[at] != 'h')
		return 0;
	at += 1 + (s[at + 1] == ' ');
	return strspn(s + at, "0123456789") == 2 && s[at] <= '5' &&
		       !lint_alnum(s[at + 2])
		   ? at + 2
		   : 0;
}

/* "14:05", "9.05 pm", "5pm"; without a colon only with its half. */
static bool
read_clock(const struct piece *p, size_t at, struct clock *out)
{
	const char *s = p->low + at;
	size_t n = strspn(s, "0123456789"), more = 0;
	char before = lint_before(p, at);

	if (n == 0 || n > 2 || lint_alnum(before) ||
	    strchr(":.,-+/#", before) != NULL)
		return false;
	out->hour = n == 1 ? s[0] - '0' : (s[0] - '0') * 10 + s[1] - '0';
	out->len = n;
	if ((s[n] == ':' || s[n] == '.') &&
	    strspn(s + n + 1, "0123456789") == 2 && s[n + 1] <= '5') {
		out->len = n + 3;
		if (s[out->len] == ':' &&
		    strspn(s + out->len + 1, "0123456789") == 2)
			out->len += 3;
	}
	out->half = is_half(s + out->len, &more);
	if (out->len == n && (more = with_h(s, n)) != 0) {
		out->len = more;
		return out->hour <= 24;
	}
	if (out->len > n && s[n] == '.' && !out->half &&
	    strncmp(s + out->len, " uhr", 4) != 0)
		return false;
	out->len += out->half ? more : 0;
	return (out->len > n && out->hour <= 24) ||
	       (out->half && out->hour <= 24);
}

/* "et", "est", "ist": zones only in capitals, or behind am or pm. */
static bool
is_other_word(const struct piece *p, size_t i)
{
	static const char *const words[] = { "et", "est", "ist", "art", "west",
		"ct", "mt", "pt", "z", NULL };
	static const char *const halves[] = { "am", "pm", "m", NULL };

	return lint_word_in(p, i, words) &&
	       islower((unsigned char)p->s[p->words[i].at]) &&
	       !(i > 0 && lint_word_in(p, i - 1, halves));
}

/* "UTC+2", "18:05UTC", "America/Toronto", "Toronto time" */
static bool
is_zone(struct linting *l, const struct piece *p, size_t i)
{
	/* "heure de Paris", "hora de Madrid" */
	static const char *const hours[] = { "heure", "hora", "horario", NULL };
	static const char *const of[] = { "de", "do", "da", "d", NULL };
	const struct conf *c = l->scene->conf;
	const struct span *w = &p->words[i];
	const char *word = p->low + w->at;
	size_t glued = strspn(word, "0123456789");

	if (glued < w->len && lint_in(word + glued, w->len - glued, zones) &&
	    !is_other_word(p, i))
		return true;
	for (size_t k = 0; k < c->n_zones; k++)
		if (strlen(c->zones[k].word) == w->len &&
		    strncasecmp(c->zones[k].word, word, w->len) == 0)
			return true;
	if (lint_word_in(p, i, hours) && lint_word_in(p, i + 1, of) &&
	    i + 2 < p->n_words)
		return isupper((unsigned char)p->s[p->words[i + 2].at]);
	return lint_word_is(p, i, "time") && i > 0 && lint_adjoins(p, i - 1) &&
	       isupper((unsigned char)p->s[p->words[i - 1].at]);
}

/* The sentence, or its line, that a time stands in. */
static struct span
sentence(const struct piece *p, size_t at)
{
	size_t from = at, to = at;

	while (from > 0 && p->s[from - 1] != '\n' &&
	       !(strchr(".!?", p->s[from - 1]) != NULL &&
		   strchr(" \n", p->s[from]) != NULL))
		from--;
	while (to < p->n && p->s[to] != '\n' &&
	       !(strchr(".!?", p->s[to]) != NULL &&
		   strchr(" \n", p->s[to + 1]) != NULL))
		to++;
	return (struct span){ from, to - from };
}

/* "all times UTC" serves all, wherever it stands. */
static bool
has_zone(struct linting *l, const struct piece *p, struct span s)
{
	static const char *const all[] = { "all times", "times are", "times in",
		"times utc" };

	for (size_t i = 0; i < p->n_words; i++)
		if (p->words[i].at >= s.at &&
		    p->words[i].at + p->words[i].len <= s.at + s.len &&
		    is_zone(l, p, i))
			return true;
	for (size_t i = s.at; i + 5 < s.at + s.len; i++)
		if ((p->s[i] == '+' || p->s[i] == '-') &&
		    isdigit((unsigned char)lint_before(p, i)) &&
		    strspn(p->s + i + 1, "0123456789") == 2 &&
		    p->s[i + 3] == ':')
			return true;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strstr(p->low, all[i]) != NULL)
			return true;
	return false;
}

/* "16:9" and the like are ratios; "took 01:20" is a length. */
static bool
is_length(const struct piece *p, size_t at)
{
	static const char *const before[] = { "took", "lasted", "for",
		"duration", "lasting", "ratio", "dauerte", "duree", "pendant",
		"durante", "duro", "durou", NULL };
	size_t k = p->n_words;

	while (k > 0 && p->words[k - 1].at >= at)
		k--;
	return k > 0 && at - p->words[k - 1].at < 16 &&
	       lint_word_in(p, k - 1, before);
}

static void
clocks(struct linting *l, const struct piece *p)
{
	struct span s = { 0, 0 };
	bool zone = false; /* said in this sentence or before */

	for (size_t i = 0; i < p->n; i++) {
		struct clock c;

		if (!isdigit((unsigned char)p->s[i]) || !read_clock(p, i, &c))
			continue;
		if (c.half && (c.hour > 12 || c.hour == 0))
			lint_mark(l, p, RULE_CLOCK, i, c.len);
		if (i >= s.at + s.len) {
			s = sentence(p, i);
			zone = zone || has_zone(l, p, s);
		}
		if (!l->scene->report && !is_length(p, i) && !zone)
			lint_mark(l, p, RULE_ZONE, i, c.len);
		i += c.len - 1;
	}
}

/* ---- days ---- */

static int
other_day(const struct piece *p, size_t i, size_t *n)
{
	for (size_t t = 0; t < sizeof other_days / sizeof *other_days; t++)
		for (int d = 0; d < 7; d++)
			if ((*n = lint_phrase_at(p, i, other_days[t][d],
				 false)) != 0)
				return d;
	return -1;
}

/* *n: of how many words it is. */
static int
weekday(const struct piece *p, size_t i, size_t *n)
{
	const struct span *w = &p->words[i];

	*n = 1;
	for (int d = 0; d < 7; d++) {
		if (lint_word_is(p, i, day_names[d]))
			return d;
		if (isupper((unsigned char)p->s[w->at]) && w->len >= 3 &&
		    w->len <= 5 && strncmp(p->low + w->at, days[d], 3) == 0 &&
		    strncmp(p->low + w->at, day_names[d], w->len) == 0)
			return d;
	}
	return other_day(p, i, n);
}

/* Folded; English ones may be cut short. */
static const char *const other_months[][12] = {
	{ "januar", "februar", "marz", "april", "mai", "juni", "juli", "august",
	    "september", "oktober", "november", "dezember" },
	{ "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet",
	    "aout", "septembre", "octobre", "novembre", "decembre" },
	{ "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
	    "agosto", "septiembre", "octubre", "noviembre", "diciembre" },
	{ "janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho",
	    "agosto", "setembro", "outubro", "novembro", "dezembro" },
};

static int
other_month(const struct piece *p, size_t i)
{
	for (size_t t = 0; t < sizeof other_months / sizeof *other_months; t++)
		for (int m = 0; m < 12; m++)
			if (lint_word_is(p, i, other_months[t][m]))
				return m + 1;
	return 0;
}

static int
month(const struct piece *p, size_t i)
{
	static const char *const names[] = { "january", "february", "march",
		"april", "may", "june", "july", "august", "september",
		"october", "november", "december" };
	const struct span *w;

	if (i >= p->n_words)
		return 0;
	w = &p->words[i];
	for (int m = 0; m < 12; m++)
		if (w->len >= 3 && w->len <= strlen(names[m]) &&
		    strncmp(p->low + w->at, names[m], w->len) == 0)
			return m + 1;
	return other_month(p, i);
}

/* A number of 1, 2 or 4 digits, with st, nd, rd or th behind it; 0: none. */
static int
number(const struct piece *p, size_t i, size_t digits)
{
	const struct span *w;
	size_t n;
	int v = 0;

	if (i >= p->n_words)
		return 0;
	w = &p->words[i];
	n = strspn(p->low + w->at, "0123456789");
	if (n == 0 || n > w->len || (digits == 4 ? n != 4 : n > 2))
		return 0;
	/* "4th", "1er", "1o" */
	if (w->len != n && (w->len > n + 2 || digits == 4 ||
			       strchr("snrteo", p->low[w->at + n]) == NULL))
		return 0;
	for (size_t k = 0; k < n; k++)
		v = v * 10 + (p->s[w->at + k] - '0');
	return v;
}

/* The day that follows at word i; returns how many words it takes. */
static size_t
read_day(const struct piece *p, size_t i, struct civil *out)
{
	static const char *const fill[] = { "the", "of", "den", "dem", "der",
		"le", "el", "de", "dia", NULL };
	size_t from = i;

	*out = (struct civil){ 0 };
	if (lint_word_in(p, i, fill))
		i++;
	if ((out->year = number(p, i, 4)) != 0) {
		out->month = number(p, i + 1, 2);
		out->day = number(p, i + 2, 2);
		return out->month != 0 && out->day != 0 ? i + 3 - from : 0;
	}
	if ((out->month = month(p, i)) != 0) {
		out->day = number(p, i + 1, 2);
		i += 2;
	} else if ((out->day = number(p, i, 2)) != 0) {
		i += lint_word_in(p, i + 1, fill) ? 2 : 1;
		out->month = month(p, i);
		if (out->month == 0 && i < p->n_words &&
		    lint_before(p, p->words[i].at) == '.')
			out->month = number(p, i, 2); /* 04.03.2026 */
		i++;
	}
	if (lint_word_in(p, i, fill) && number(p, i + 1, 4) != 0)
		i++;
	if (out->day == 0 || out->month == 0)
		return 0;
	if ((out->year = number(p, i, 4)) != 0)
		i++;
	return i - from;
}

/* Without a year the one that is nearest counts. */
static void
nearest_year(struct civil *c, int64_t now)
{
	c->year = when_utc(now).year;
	if (!when_valid(c))
		return;
	if (when_of(c) - now > (int64_t)HALF_YEAR * DAY)
		c->year--;
	else if (now - when_of(c) > (int64_t)HALF_YEAR * DAY)
		c->year++;
}

static void
weekdays(struct linting *l, const struct piece *p)
{
	for (size_t i = 0; i + 1 < p->n_words; i++) {
		size_t n, words;
		int day = weekday(p, i, &words);
		const struct span *last;
		struct civil c;

		if (day < 0 || (n = read_day(p, i + words, &c)) == 0)
			continue;
		last = &p->words[i + words - 1 + n];
		if (last->at - p->words[i].at > 40)
			continue;
		if (c.year == 0)
			nearest_year(&c, l->scene->now);
		if (when_valid(&c) && when_utc(when_of(&c)).weekday != day)
			lint_mark(l, p, RULE_WEEKDAY, p->words[i].at,
			    last->at + last->len - p->words[i].at);
	}
}

void
lint_times(struct linting *l, const struct piece *p)
{
	clocks(l, p);
	weekdays(l, p);
}
