#include "model/ical.h"

#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"
#include "model/ical_value.h"

enum { SHOWN = 60 };

struct reader {
	struct job *j;
	struct arena *mem;
	const char *path, *house;
	unsigned line;
	struct ical_event *events;
	size_t n;
	bool begun;   /* BEGIN:VCALENDAR was read */
	bool inside;  /* of the last event */
	size_t below; /* ... and of so many components in it */
};

struct prop {
	const char *name, *value;
	const char *zone; /* TZID, NULL */
};

static enum status wrong(struct reader *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static enum status
wrong(struct reader *r, const char *fmt, ...)
{
	const char *what;
	va_list ap;

	va_start(ap, fmt);
	what = arena_vprintf(r->j->mem, fmt, ap);
	va_end(ap);
	return job_fail(r->j, ST_PERM, "%s:%u: %s", r->path, r->line, what);
}

static const char *
shown(struct reader *r, const char *s)
{
	return text_one_line(r->j->mem, s, SHOWN);
}

/* ---- times ---- */

static enum status
read_when(struct reader *r, const struct prop *p, const char *s,
    struct ical_when *out)
{
	struct ical_when w = { .zone = r->house };
	bool utc;

	if (!ical_stamp(s, &w, &utc))
		return wrong(r,
		    "%s is no time: write one such as 20260304T080000Z",
		    shown(r, s));
	if (utc)
		w.zone = "UTC";
	else if (p->zone != NULL && !w.date) {
		if (!when_zone_known(p->zone))
			return wrong(r,
			    "TZID %s is no zone's IANA name: write one such as "
			    "America/Toronto, or the time in UTC",
			    shown(r, p->zone));
		w.zone = p->zone;
	}
	*out = w;
	return ST_OK;
}

static enum status
read_start(struct reader *r, const struct prop *p, struct ical_event *e)
{
	return read_when(r, p, p->value, &e->start);
}

static enum status
read_end(struct reader *r, const struct prop *p, struct ical_event *e)
{
	return read_when(r, p, p->value, &e->end);
}

static enum status
read_instead(struct reader *r, const struct prop *p, struct ical_event *e)
{
	return read_when(r, p, p->value, &e->instead_of);
}

/* EXDATE: times with commas. */
static enum status
read_except(struct reader *r, const struct prop *p, struct ical_event *e)
{
	char *rest = arena_str(r->mem, p->value), *one;
	enum status st = ST_OK;

	while (st == ST_OK && (one = strsep(&rest, ",")) != NULL) {
		e->except = arena_grow(r->mem, e->except, e->n_except,
		    sizeof *e->except);
		st = read_when(r, p, one, &e->except[e->n_except]);
		if (st == ST_OK)
			e->n_except++;
	}
	return st;
}

static enum status
read_duration(struct reader *r, const struct prop *p, struct ical_event *e)
{
	e->lasts = ical_duration(p->value, &e->days, &e->seconds);
	if (e->lasts)
		return ST_OK;
	return wrong(r, "%s is no duration: write one such as PT8H or P7D",
	    shown(r, p->value));
}

/* ---- the rule ---- */

static enum status
rule_part(struct reader *r, const struct prop *p, const char *key, char *value,
    struct ical_rule *out)
{
	bool good = true;

	if (strcmp(key, "FREQ") == 0) {
		out->step = strcmp(value, "DAILY") == 0    ? 1
			    : strcmp(value, "WEEKLY") == 0 ? 7
							   : 0;
		if (out->step == 0)
			return wrong(r,
			    "FREQ=%s isn't read: repeat DAILY or WEEKLY, or "
			    "write an event for each shift",
			    shown(r, value));
	} else if (strcmp(key, "INTERVAL") == 0)
		good = ical_positive(value, &out->interval);
	else if (strcmp(key, "COUNT") == 0)
		good = ical_positive(value, &out->count);
	else if (strcmp(key, "UNTIL") == 0)
		return read_when(r, p, value, &out->until);
	else if (strcmp(key, "BYDAY") == 0)
		good = ical_days(value, &out->days);
	else if (strcmp(key, "WKST") == 0)
		good = (out->week_start = ical_weekday(value)) >= 0;
	else
		return wrong(r,
		    "%s in RRULE isn't read: use FREQ, INTERVAL, BYDAY, COUNT, "
		    "UNTIL and WKST, or write an event for each shift",
		    shown(r, key));
	return good ? ST_OK
		    : wrong(r, "%s in RRULE can't be %s", key, shown(r, value));
}

static enum status
read_rule(struct reader *r, const struct prop *p, struct ical_event *e)
{
	struct ical_rule rule = { .interval = 1, .week_start = 1 };
	char *rest = arena_str(r->mem, p->value), *part;
	enum status st = ST_OK;

	while (st == ST_OK && (part = strsep(&rest, ";")) != NULL) {
		char *value = strchr(part, '=');

		if (value == NULL)
			return wrong(r, "RRULE is KEY=VALUE;KEY=VALUE, not %s",
			    shown(r, part));
		*value++ = '\0';
		st = rule_part(r, p, part, value, &rule);
	}
	if (st == ST_OK && rule.step == 0)
		st = wrong(r, "RRULE has no FREQ: write DAILY or WEEKLY");
	e->rule = rule;
	return st;
}

static enum status
refuse_dates(struct reader *r, const struct prop *p, struct ical_event *e)
{
	(void)p;
	(void)e;
	return wrong(r, "RDATE isn't read: write an event for each such shift");
}

/* ---- words ---- */

/* Without the escapes of RFC 5545, on one line. */
static const char *
words(struct reader *r, const char *s)
{
	char *out = arena_str(r->mem, s), *p = out;

	for (; *s != '\0'; s++) {
		if (*s != '\\' || s[1] == '\0') {
			*p++ = *s;
			continue;
		}
		s++;
		*p++ = *s == 'n' || *s == 'N' ? ' ' : *s;
	}
	*p = '\0';
	return text_trim(r->mem, out);
}

static enum status
read_summary(struct reader *r, const struct prop *p, struct ical_event *e)
{
	e->summary = words(r, p->value);
	return ST_OK;
}

static enum status
read_role(struct reader *r, const struct prop *p, struct ical_event *e)
{
	e->role = words(r, p->value);
	return ST_OK;
}

static enum status
read_level(struct reader *r, const struct prop *p, struct ical_event *e)
{
	e->level = words(r, p->value);
	return ST_OK;
}

static enum status
read_person(struct reader *r, const struct prop *p, struct ical_event *e)
{
	e->person = words(r, p->value);
	return ST_OK;
}

static enum status
read_uid(struct reader *r, const struct prop *p, struct ical_event *e)
{
	e->uid = arena_str(r->mem, p->value);
	return ST_OK;
}

static enum status
read_sequence(struct reader *r, const struct prop *p, struct ical_event *e)
{
	const char *s = p->value;

	e->sequence = ical_number(&s);
	if (e->sequence >= 0 && *s == '\0')
		return ST_OK;
	return wrong(r, "SEQUENCE is a number, not %s", shown(r, p->value));
}

static enum status
read_status(struct reader *r, const struct prop *p, struct ical_event *e)
{
	(void)r;
	e->cancelled = text_ieq(p->value, "CANCELLED");
	return ST_OK;
}

static const struct {
	const char *name;
	enum status (
	    *read)(struct reader *, const struct prop *, struct ical_event *);
} props[] = {
	/* clang-format off */
	{ "DTSTART", read_start },
	{ "DTEND", read_end },
	{ "DURATION", read_duration },
	{ "RRULE", read_rule },
	{ "EXDATE", read_except },
	{ "RDATE", refuse_dates },
	{ "RECURRENCE-ID", read_instead },
	{ "SUMMARY", read_summary },
	{ "X-SITREP-ROLE", read_role },
	{ "X-SITREP-LEVEL", read_level },
	{ "X-SITREP-PERSON", read_person },
	{ "UID", read_uid },
	{ "SEQUENCE", read_sequence },
	{ "STATUS", read_status },
	/* clang-format on */
};

/* ---- lines ---- */

/* NAME;KEY=VALUE;KEY="VALUE":VALUE */
static bool
split(char *s, struct prop *out)
{
	char end;

	*out = (struct prop){ .name = s };
	s += strcspn(s, ";:");
	for (end = *s; end == ';'; end = *s) {
		char *key, *value;

		*s++ = '\0';
		key = s;
		s += strcspn(s, "=;:");
		if (*s != '=')
			return false;
		*s++ = '\0';
		value = s;
		if (*s == '"') {
			value = ++s;
			s += strcspn(s, "\"");
			if (*s == '\0')
				return false;
			*s++ = '\0';
		} else
			s += strcspn(s, ";:");
		if (*s != ';' && *s != ':')
			return false;
		if (text_ieq(key, "TZID"))
			out->zone = value;
	}
	if (end != ':')
		return false;
	*s++ = '\0';
	out->value = s;
	return out->name[0] != '\0';
}

static enum status
begin(struct reader *r, const char *what)
{
	static const struct ical_event none = { .uid = "",
		.summary = "",
		.role = "",
		.level = "",
		.person = "" };

	if (r->inside && text_ieq(what, "VEVENT"))
		return wrong(r,
		    "an event in an event: the one of line %u has no "
		    "END:VEVENT",
		    r->events[r->n - 1].line);
	r->begun = r->begun || text_ieq(what, "VCALENDAR");
	if (r->inside)
		r->below++;
	if (r->inside || !text_ieq(what, "VEVENT"))
		return ST_OK;
	r->events = arena_grow(r->mem, r->events, r->n, sizeof *r->events);
	r->events[r->n] = none;
	r->events[r->n++].line = r->line;
	r->inside = true;
	return ST_OK;
}

/* What is wrong with the event as a whole is told where it begins. */
static enum status
complete(struct reader *r)
{
	const struct ical_event *e = &r->events[r->n - 1];

	r->inside = false;
	r->line = e->line;
	if (!e->start.given)
		return wrong(r,
		    "the event has no DTSTART: write when the shift begins");
	if (!e->end.given && !e->lasts && !e->start.date)
		return wrong(r,
		    "the event has no DTEND: write when the shift ends");
	return ST_OK;
}

static enum status
end(struct reader *r)
{
	if (r->below != 0)
		r->below--;
	else if (r->inside)
		return complete(r);
	return ST_OK;
}

static enum status
take(struct reader *r, char *line)
{
	char *copy = arena_str(r->mem, line);
	struct prop p;

	if (text_blank(line))
		return ST_OK;
	if (!split(copy, &p))
		return wrong(r, "%s is no line of a calendar: NAME:VALUE",
		    shown(r, line));
	if (text_ieq(p.name, "BEGIN"))
		return begin(r, p.value);
	if (!r->begun)
		return wrong(r, "a calendar begins with BEGIN:VCALENDAR");
	if (text_ieq(p.name, "END"))
		return end(r);
	for (size_t i = 0; i < sizeof props / sizeof *props; i++)
		if (r->inside && r->below == 0 &&
		    text_ieq(props[i].name, p.name))
			return props[i].read(r, &p, &r->events[r->n - 1]);
	return ST_OK;
}

/* One physical line without its end; the count of bytes used. */
static size_t
physical(const char *s, size_t n, struct buf *out)
{
	const char *lf = memchr(s, '\n', n);
	size_t len = lf == NULL ? n : (size_t)(lf - s);
	size_t used = lf == NULL ? n : len + 1;

	if (len != 0 && s[len - 1] == '\r')
		len--;
	buf_add(out, s, len);
	return used;
}

static bool
is_folded(const char *s, size_t n)
{
	return n != 0 && (*s == ' ' || *s == '\t');
}

static enum status
lines(struct reader *r, const char *s, size_t n)
{
	struct buf line = BUF_INIT;
	enum status st = ST_OK;
	unsigned next = 1;

	while (st == ST_OK && n != 0) {
		size_t used = physical(s, n, &line);

		r->line = next++;
		for (s += used, n -= used; is_folded(s, n); next++) {
			used = physical(s + 1, n - 1, &line) + 1;
			s += used;
			n -= used;
		}
		if (strlen(line.data) != line.len)
			st = wrong(r, "a NUL byte: this isn't a text file");
		else
			st = take(r, line.data);
		buf_cut(&line, 0);
	}
	buf_free(&line);
	return st;
}

enum status
ical_read(struct job *j, struct arena *mem, const char *path, const char *house,
    const char *text, size_t n, struct ical_event **out, size_t *n_out)
{
	struct reader r = { .j = j, .mem = mem, .path = path, .house = house };
	enum status st;

	*out = NULL;
	*n_out = 0;
	st = lines(&r, text, n);
	if (st == ST_OK && r.inside) {
		r.line = r.events[r.n - 1].line;
		st = wrong(&r, "the event has no END:VEVENT: add it");
	}
	if (st != ST_OK)
		return st;
	*out = r.events;
	*n_out = r.n;
	return ST_OK;
}

int64_t
ical_at(const struct ical_when *w, int64_t days)
{
	struct civil c = when_utc(when_of(&w->wall) + days * DAY);

	return when_of_local(w->zone, &c);
}
