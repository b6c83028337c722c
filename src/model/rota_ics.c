/*
 * A calendar as rota: whose shift an event is, and all its repetitions.  Both
 * ends of a repetition stand at the wall clock of the first one, so that a
 * shift is handed over at the same local time in summer and in winter.
 */
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "model/ical.h"
#include "model/rota_in.h"

enum {
	SLACK = 2 * DAY,           /* what zones may be apart */
	OLDEST = 92 * DAY,         /* before now; what is over is left out */
	HORIZON = 5 * (366 * DAY), /* after now */
};

/* ---- whose ---- */

static const char *
skip(const char *s, const char *what)
{
	return s + strspn(s, what);
}

/* "comms 1 comms1", "comms L1: Comms One", "comms level 1, comms1". */
static enum status
read_summary(struct rota_reading *r, const char *s, struct shift *out)
{
	static const char between[] = " \t:,";
	const char *whole = s, *role, *level;

	role = arena_copy(r->mem, s, strcspn(s, between));
	s = skip(s + strlen(role), between);
	if (text_istarts(s, "level"))
		s = skip(s + 5, between);
	else if (*s == 'L' || *s == 'l')
		s++;
	level = arena_copy(r->mem, s, strcspn(s, between));
	s = skip(s + strlen(level), between);
	if (words_read_role(role) == 0 || *s == '\0')
		return rota_wrong(r,
		    "SUMMARY is ROLE LEVEL PERSON, as in comms 1 comms1, not "
		    "%s",
		    whole[0] == '\0' ? "empty" : rota_shown(r, whole));
	return rota_who(r, role, level, s, out);
}

static enum status
whose(struct rota_reading *r, const struct ical_event *e, struct shift *out)
{
	if (e->role[0] == '\0' && e->level[0] == '\0' && e->person[0] == '\0')
		return read_summary(r, e->summary, out);
	if (e->role[0] == '\0' || e->level[0] == '\0' || e->person[0] == '\0')
		return rota_wrong(r,
		    "X-SITREP-ROLE, X-SITREP-LEVEL and X-SITREP-PERSON go "
		    "together: write all three");
	return rota_who(r, e->role, e->level, e->person, out);
}

/* ---- when ---- */

static int64_t
ends(const struct ical_event *e, int64_t days)
{
	if (e->lasts)
		return ical_at(&e->start, days + e->days) + e->seconds;
	if (e->end.given)
		return ical_at(&e->end, days);
	return ical_at(&e->start, days + 1);
}

/* The day of a repetition as the rule sees it. */
static int
weekday(const struct ical_event *e, int64_t days)
{
	return (int)((e->start.wall.weekday + days) % 7);
}

static bool
falls(const struct ical_event *e, int64_t days)
{
	const struct ical_rule *r = &e->rule;
	unsigned on = r->days;
	int64_t period = days;

	if (r->step == 7) {
		period += (e->start.wall.weekday - r->week_start + 7) % 7;
		period /= 7;
		if (on == 0)
			on = 1u << e->start.wall.weekday;
	}
	return period % r->interval == 0 &&
	       (on == 0 || (on & 1u << weekday(e, days)) != 0);
}

/* Of the wall clocks alone where the other is a day. */
static bool
same(const struct ical_event *e, int64_t days, const struct ical_when *w)
{
	if (w->date)
		return (when_of(&e->start.wall) / DAY + days) ==
		       when_of(&w->wall) / DAY;
	return ical_at(&e->start, days) == ical_at(w, 0);
}

static bool
is_past(const struct ical_event *e, int64_t days, const struct ical_when *last)
{
	if (!last->given)
		return false;
	if (last->date)
		return when_of(&e->start.wall) / DAY + days >
		       when_of(&last->wall) / DAY;
	return ical_at(&e->start, days) > ical_at(last, 0);
}

static bool
is_left_out(const struct ical_event *e, int64_t days)
{
	for (size_t i = 0; i < e->n_except; i++)
		if (same(e, days, &e->except[i]))
			return true;
	return false;
}

static enum status
one(struct rota_reading *r, const struct ical_event *e, int64_t days,
    const struct shift *who)
{
	struct shift s = *who;

	s.from = ical_at(&e->start, days);
	s.until = ends(e, days);
	return is_left_out(e, days) ? ST_OK : rota_add(r, &s);
}

static enum status
repeat(struct rota_reading *r, const struct ical_event *e,
    const struct shift *who)
{
	int64_t wall = when_of(&e->start.wall);
	int64_t oldest =
	    r->j->now - OLDEST - SLACK - (ends(e, 0) - ical_at(&e->start, 0));
	int count = 0;
	enum status st = ST_OK;

	for (int64_t d = 0; st == ST_OK; d++) {
		if (wall + d * DAY > r->j->now + HORIZON)
			break;
		if (!falls(e, d))
			continue;
		if (e->rule.count != 0 && count++ == e->rule.count)
			break;
		if (wall + d * DAY < oldest)
			continue;
		if (is_past(e, d, &e->rule.until))
			break;
		st = one(r, e, d, who);
	}
	return st;
}

static enum status
event(struct rota_reading *r, const struct ical_event *e)
{
	struct shift who = { .line = e->line };
	enum status st;

	r->line = e->line;
	if ((st = whose(r, e, &who)) != ST_OK)
		return st;
	if (ends(e, 0) <= ical_at(&e->start, 0))
		return rota_wrong(r,
		    "the shift ends before it begins: mend DTEND");
	if (e->rule.step == 0)
		return one(r, e, 0, &who);
	if (!falls(e, 0))
		return rota_wrong(r,
		    "DTSTART is on none of the days of BYDAY: begin on the "
		    "first of them");
	return repeat(r, e, &who);
}

/* ---- the whole ---- */

/* The same event again, or the same one of its repetitions. */
static bool
is_same(const struct ical_event *a, const struct ical_event *b)
{
	const struct ical_when *x = &a->instead_of, *y = &b->instead_of;

	if (a->uid[0] == '\0' || strcmp(a->uid, b->uid) != 0 ||
	    x->given != y->given)
		return false;
	return !x->given || ical_at(x, 0) == ical_at(y, 0);
}

/* Another with a higher SEQUENCE, or the same and further down, holds. */
static bool
is_replaced(const struct ical_event *all, size_t n, size_t i)
{
	for (size_t k = 0; k < n; k++)
		if (k != i && is_same(&all[i], &all[k]) &&
		    (all[k].sequence > all[i].sequence ||
			(all[k].sequence == all[i].sequence && k > i)))
			return true;
	return false;
}

/* What another event stands instead of isn't repeated. */
static void
leave_out(struct rota_reading *r, struct ical_event *all, size_t n, size_t i)
{
	struct ical_event *e = &all[i];

	for (size_t k = 0; k < n && e->uid[0] != '\0'; k++) {
		if (!all[k].instead_of.given || e->instead_of.given ||
		    strcmp(all[k].uid, e->uid) != 0)
			continue;
		e->except = arena_grow(r->mem, e->except, e->n_except,
		    sizeof *e->except);
		e->except[e->n_except++] = all[k].instead_of;
	}
}

enum status
rota_calendar(struct rota_reading *r, const char *text, size_t n)
{
	struct ical_event *all;
	size_t count;
	enum status st = ical_read(r->j, r->mem, r->conf->rota_path,
	    r->conf->timezone, text, n, &all, &count);

	for (size_t i = 0; i < count && st == ST_OK; i++) {
		if (all[i].cancelled || is_replaced(all, count, i))
			continue;
		leave_out(r, all, count, i);
		st = event(r, &all[i]);
	}
	return st;
}
