#include "text/monthly.h"

#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "text/ladder.h"
#include "text/posting.h"

enum {
	MONTHS = 12,
	/* A text over LIMIT_MARKDOWN isn't rendered: beyond this much of it
	 * lists only count. */
	ROOM = LIMIT_MARKDOWN - 4096,
	HOUR_OF_DRAFT = 8,
};

struct writer {
	struct arena *mem;
	const struct monthly *m;
	struct buf *out;
};

/* ---- months and days ---- */

char *
monthly_name(struct arena *mem, int month)
{
	static const char *const names[MONTHS] = { "January", "February",
		"March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December" };

	return arena_printf(mem, "%s %d", names[month % MONTHS],
	    month / MONTHS);
}

char *
monthly_title(struct arena *mem, int month)
{
	return arena_printf(mem, "%s: incidents and promises",
	    monthly_name(mem, month));
}

static bool
digits(const char *s, size_t n)
{
	return strspn(s, "0123456789") >= n;
}

bool
monthly_read(const char *s, int *month)
{
	int year, m;

	if (strlen(s) != 7 || !digits(s, 4) || s[4] != '-' || !digits(s + 5, 2))
		return false;
	year = (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 +
	       (s[3] - '0');
	m = (s[5] - '0') * 10 + (s[6] - '0');
	if (year == 0 || m < 1 || m > MONTHS)
		return false;
	*month = year * MONTHS + m - 1;
	return true;
}

/* In the month of local day c. */
static int64_t
first_working_day(const char *zone, int year, int month)
{
	struct civil c = { .year = year,
		.month = month,
		.day = 1,
		.hour = HOUR_OF_DRAFT };
	int weekday = when_utc(when_of(&c)).weekday;

	if (weekday == 0)
		c.day = 2;
	if (weekday == 6)
		c.day = 3;
	return when_of_local(zone, &c);
}

int64_t
monthly_next(const char *zone, int64_t t)
{
	struct civil c = when_local(zone, t);
	int64_t at = first_working_day(zone, c.year, c.month);

	if (at > t)
		return at;
	return first_working_day(zone, c.month == MONTHS ? c.year + 1 : c.year,
	    c.month == MONTHS ? 1 : c.month + 1);
}

/* ---- words ---- */

/* Public text that must not be read as marks. */
static char *
plain(struct arena *mem, const char *s)
{
	struct buf b = BUF_INIT;
	char *out;

	escape_markdown(&b, text_one_line(mem, s, LIMIT_TITLE));
	out = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return out;
}

static const char *
plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

static char *
moment(struct arena *mem, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(mem, "%d %s, %s UTC", c.day, when_month(c.month),
	    when_clock(mem, t));
}

static void
head(const struct writer *w, const char *s)
{
	buf_printf(w->out, "\n### %s\n\n", s);
}

/* ---- figures ---- */

static const char *
length(const struct writer *w, int64_t s)
{
	return s < 60 ? "a minute" : when_length(w->mem, s);
}

static const char *
median(const struct writer *w, const struct spread *s)
{
	return s->n == 0 ? "none" : length(w, s->median);
}

static const char *
share(const struct writer *w, const struct span *s)
{
	return score_kept(&s->score) < 0 ? "none"
					 : score_kept_words(w->mem, &s->score);
}

/* The same of the month before and of twelve months. */
static void
beside(const struct writer *w, const char *before, const char *year)
{
	buf_printf(w->out, " (%s: %s, twelve months: %s)",
	    monthly_name(w->mem, w->m->month - 1), before, year);
}

static void
lengths(const struct writer *w, const char *name, size_t at, const char *goal)
{
	const struct span *spans[] = { &w->m->now, &w->m->before, &w->m->year };
	struct spread s[3];

	for (size_t i = 0; i < 3; i++)
		memcpy(&s[i], (const char *)spans[i] + at, sizeof s[i]);
	buf_printf(w->out, "* **%s:** ", name);
	if (s[0].n == 0)
		buf_str(w->out, "none this month");
	else
		buf_printf(w->out, "half within %s, nine in ten within %s",
		    median(w, &s[0]), length(w, s[0].p90));
	beside(w, median(w, &s[1]), median(w, &s[2]));
	buf_printf(w->out, "%s%s.\n", goal[0] == '\0' ? "" : "; our target is ",
	    goal);
}

static void
kept(const struct writer *w)
{
	const struct score *s = &w->m->now.score;

	buf_printf(w->out, "* **Promised updates that came in time:** %s",
	    score_kept(s) < 0 ? "none was due" : share(w, &w->m->now));
	if (score_kept(s) >= 0)
		buf_printf(w->out, ", %zu of %zu", s->kept,
		    s->kept + s->missed);
	beside(w, share(w, &w->m->before), share(w, &w->m->year));
	buf_printf(w->out, "; our target is %d %%.\n", TARGET_KEPT);
}

static void
count(const struct writer *w, const char *name, enum monthly_count k)
{
	const struct monthly *m = w->m;

	buf_printf(w->out, "* **%s:** %lld", name, (long long)m->now.counts[k]);
	beside(w, arena_printf(w->mem, "%lld", (long long)m->before.counts[k]),
	    arena_printf(w->mem, "%lld", (long long)m->year.counts[k]));
	buf_str(w->out, ".\n");
}

static void
figures(const struct writer *w)
{
	static const struct {
		const char *name;
		size_t at;
		const char *target;
	} all[] = {
		{ "From the start until those who write here were called",
		    offsetof(struct span, score.hand_off), "15 min" },
		{ "Until one of them had taken it",
		    offsetof(struct span, score.ack), "5 min" },
		{ "From the first report to our first post",
		    offsetof(struct span, score.first_post),
		    "30 min, "
		    "15 min for the worst" },
		{ "From the start of the trouble to our first post",
		    offsetof(struct span, score.from_start), "" },
		{ "From a finished text to its release",
		    offsetof(struct span, preview), "5 min" },
		{ "From start to end", offsetof(struct span, score.resolve),
		    "" },
	};

	head(w, "In figures");
	count(w, "Incidents posted", MONTHLY_POSTED);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		lengths(w, all[i].name, all[i].at, all[i].target);
	kept(w);
	count(w, "Corrections", MONTHLY_CORRECTIONS);
	if (w->m->now.counts[MONTHLY_WITHDRAWN] != 0)
		count(w, "Withdrawn updates", MONTHLY_WITHDRAWN);
	if (w->m->now.counts[MONTHLY_REMOVED] != 0)
		count(w, "Texts removed", MONTHLY_REMOVED);
	count(w, "Posted after the fact", MONTHLY_BACKFILLS);
	count(w, "Over before we could post", MONTHLY_QUIET);
	count(w, "Posted on the page without mail", MONTHLY_SILENT);
}

/* ---- lists ---- */

static bool
room(const struct writer *w)
{
	return w->out->len < ROOM;
}

static void
more(const struct writer *w, size_t left)
{
	if (left != 0)
		buf_printf(w->out, "* and %zu more\n", left);
}

static const char *
impact_words(enum impact i)
{
	static const char *const words[] = { "", "no impact", "maintenance",
		"minor impact", "major impact", "critical impact" };

	return words[i];
}

static void
incident(const struct writer *w, const struct public_event *e)
{
	int64_t began =
	    e->started != 0 ? e->started : e->updates[0].first_posted;
	bool open = posting_open(e->state);

	buf_printf(w->out, "* [%s](%s%s) %s: %s", e->event, w->m->url,
	    posting_path(w->mem, e), plain(w->mem, e->title),
	    moment(w->mem, began));
	if (open)
		buf_str(w->out, ", not over yet");
	else if (e->ended > began)
		buf_printf(w->out, ", %s",
		    when_length(w->mem, e->ended - began));
	if (e->peak != IMPACT_UNSET)
		buf_printf(w->out, ", %s", impact_words(e->peak));
	buf_str(w->out, "\n");
}

static void
incidents(const struct writer *w)
{
	const struct monthly *m = w->m;
	size_t i = 0;

	head(w, "Incidents");
	if (m->n_incidents == 0)
		buf_str(w->out, "None was posted.\n");
	for (; i < m->n_incidents && room(w); i++)
		incident(w, &m->incidents[i]);
	more(w, m->n_incidents - i);
}

static void
quiet(const struct writer *w)
{
	const struct monthly *m = w->m;
	size_t i = 0;

	if (m->n_quiet == 0)
		return;
	head(w, "Over before we could post");
	for (; i < m->n_quiet && room(w); i++) {
		const struct quiet_close *q = &m->quiet[i];

		buf_printf(w->out, "* %s %s", q->event,
		    plain(w->mem, q->components));
		if (q->seconds > 0)
			buf_printf(w->out, ": %s",
			    when_length(w->mem, q->seconds));
		buf_str(w->out, "\n");
	}
	more(w, m->n_quiet - i);
}

static void
promise(const struct writer *w, const struct interval *i)
{
	buf_printf(w->out, "* %s: promised by %s; ", i->event,
	    moment(w->mem, i->due));
	if (i->next == 0)
		buf_str(w->out, "we still owe it\n");
	else
		buf_printf(w->out, "it came %s late\n", length(w, i->late));
}

static void
promises(const struct writer *w)
{
	const struct monthly *m = w->m;
	size_t left = 0;

	if (m->now.score.missed == 0)
		return;
	head(w, "Promises that we missed");
	for (size_t i = 0; i < m->n_promises; i++) {
		if (m->promises[i].kept != PROMISE_MISSED)
			continue;
		if (room(w))
			promise(w, &m->promises[i]);
		else
			left++;
	}
	more(w, left);
}

static const char *
cause(int kind)
{
	switch (kind) {
	case 0: return "asked for by somebody";
	case T_ACK: return "nobody had answered";
	case T_FIRST_POST: return "the first post was late";
	case T_CADENCE: return "a promised update was late";
	default: return "something else was late";
	}
}

/* A hand-off calls level 1 as it should: that is no escalation. */
static void
climbs(const struct writer *w)
{
	const struct monthly *m = w->m;
	bool any = false;

	for (size_t i = 0; i < m->n_climbs; i++) {
		const struct climbs *c = &m->climbs[i];

		if (c->kind == T_HAND_OFF)
			continue;
		if (!any)
			head(w, "When we called for more people");
		any = true;
		buf_printf(w->out, "* Level %d, %lld time%s: %s\n", c->level,
		    (long long)c->n, plural(c->n), cause(c->kind));
	}
}

static void
left_out(const struct writer *w)
{
	int64_t limited = w->m->now.counts[MONTHLY_LIMITED];
	int64_t secret = w->m->now.counts[MONTHLY_EMBARGOED];

	if (limited == 0 && secret == 0)
		return;
	head(w, "What we left out");
	if (limited != 0)
		buf_printf(w->out,
		    "* %lld incident%s of which we told less, so as not to "
		    "help an attacker\n",
		    (long long)limited, plural(limited));
	if (secret != 0)
		buf_printf(w->out,
		    "* %lld of which we can't tell anything yet\n",
		    (long long)secret);
}

char *
monthly_text(struct arena *mem, const struct monthly *m)
{
	struct buf b = BUF_INIT;
	struct writer w = { mem, m, &b };
	char *s;

	buf_printf(&b,
	    "What went wrong with our services in %s, how soon we said so, and "
	    "which promises we kept. Times are UTC.\n",
	    monthly_name(mem, m->month));
	figures(&w);
	incidents(&w);
	quiet(&w);
	promises(&w);
	climbs(&w);
	left_out(&w);
	s = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return s;
}
