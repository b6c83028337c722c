#include "model/rota.h"

#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "model/words.h"

enum { FIELDS = 5, LEVELS = 4, SHOWN = 40 };

struct reading {
	struct job *j;
	struct arena *mem;
	const struct conf *conf;
	struct rota *rota;
	unsigned line;
};

static enum status wrong(struct reading *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static enum status
wrong(struct reading *r, const char *fmt, ...)
{
	const char *what;
	va_list ap;

	va_start(ap, fmt);
	what = arena_vprintf(r->j->mem, fmt, ap);
	va_end(ap);
	return job_fail(r->j, ST_PERM, "%s:%u: %s", r->conf->rota_path, r->line,
	    what);
}

static const char *
shown(struct reading *r, const char *s)
{
	return text_one_line(r->j->mem, s, SHOWN);
}

static enum status
read_time(struct reading *r, const char *s, int64_t *out)
{
	if (when_read_rfc3339(s, out))
		return ST_OK;
	return wrong(r, "%s is no time: write one such as 2026-03-04T08:00Z",
	    shown(r, s));
}

static enum status
read_person(struct reading *r, const char *s, struct shift *out)
{
	out->person = conf_person(r->conf, s);
	if (out->person == NULL)
		return wrong(r, "no such person: %s (sitrep.conf names them)",
		    shown(r, s));
	if ((out->person->roles & out->role) == 0)
		return wrong(r,
		    "%s hasn't the role %s: add it to the person in "
		    "sitrep.conf",
		    out->person->slug, words_role((enum role)out->role));
	return ST_OK;
}

static enum status
read_shift(struct reading *r, char *const field[FIELDS])
{
	struct shift s = { .line = r->line };
	enum status st;

	if ((st = read_time(r, field[0], &s.from)) != ST_OK ||
	    (st = read_time(r, field[1], &s.until)) != ST_OK)
		return st;
	if (s.until <= s.from)
		return wrong(r, "the shift ends before it begins");
	s.role = words_read_role(field[2]);
	if (s.role == 0)
		return wrong(r, "no such role: %s", shown(r, field[2]));
	if (strlen(field[3]) != 1 || field[3][0] < '1' ||
	    field[3][0] > '0' + LEVELS)
		return wrong(r, "the level is 1 to 4, not %s",
		    shown(r, field[3]));
	s.level = field[3][0] - '0';
	if ((st = read_person(r, field[4], &s)) != ST_OK)
		return st;
	r->rota->shifts =
	    arena_grow(r->mem, r->rota->shifts, r->rota->n, sizeof s);
	r->rota->shifts[r->rota->n++] = s;
	return ST_OK;
}

static enum status
read_line(struct reading *r, char *line, size_t n)
{
	char *field[FIELDS], *word, *rest;
	size_t fields = 0;

	if (strlen(line) != n)
		return wrong(r, "a NUL byte: this isn't a text file");
	if (strchr(line, '\r') != NULL)
		return wrong(r,
		    "the line ends in CR LF: save the file with Unix line "
		    "ends");
	line[strcspn(line, "#")] = '\0';
	for (word = strtok_r(line, " \t", &rest); word != NULL;
	     word = strtok_r(NULL, " \t", &rest)) {
		if (fields < FIELDS)
			field[fields] = word;
		fields++;
	}
	if (fields == 0)
		return ST_OK;
	if (fields != FIELDS)
		return wrong(r,
		    "a line is FROM UNTIL ROLE LEVEL PERSON, not "
		    "%zu words",
		    fields);
	return read_shift(r, field);
}

static enum status
read_lines(struct reading *r, char *s, size_t n)
{
	enum status st = ST_OK;

	while (st == ST_OK && n != 0) {
		char *lf = memchr(s, '\n', n);
		size_t len = lf == NULL ? n : (size_t)(lf - s);

		r->line++;
		s[len] = '\0';
		st = read_line(r, s, len);
		n -= lf == NULL ? len : len + 1;
		s += len + 1;
	}
	return st;
}

static bool
is_calendar(const char *path, const char *text)
{
	size_t n = strlen(path);

	return (n > 4 && text_ieq(path + n - 4, ".ics")) ||
	       text_istarts(text, "BEGIN:VCALENDAR");
}

enum status
rota_load(struct job *j, struct arena *mem, const struct conf *c,
    struct rota *out)
{
	struct rota rota = { 0 };
	struct reading r = { j, mem, c, &rota, 0 };
	struct buf text = BUF_INIT;
	enum status st;

	*out = rota;
	st = file_read(j, c->rota_path, LIMIT_CONF_FILE, &text);
	if (st == ST_OK && is_calendar(c->rota_path, text.data))
		st = job_fail(j, ST_PERM,
		    "%s: a calendar as rota is not built yet: write a line a "
		    "shift, FROM UNTIL ROLE LEVEL PERSON",
		    c->rota_path);
	if (st == ST_OK)
		st = read_lines(&r, text.data, text.len);
	if (st == ST_OK)
		*out = rota;
	buf_free(&text);
	return st;
}

static bool
covers(const struct shift *s, int level, int64_t t)
{
	return s->level == level && s->from <= t && t < s->until;
}

const struct person *
rota_holder(const struct rota *r, unsigned role, int level, int64_t t)
{
	for (size_t i = r->n; i-- > 0;)
		if (r->shifts[i].role == role &&
		    covers(&r->shifts[i], level, t))
			return r->shifts[i].person;
	return NULL;
}

/* Who steps in for another takes that one's place in the order: roles stand
 * as their first lines do, whoever holds them. */
size_t
rota_level(const struct rota *r, int level, int64_t t,
    const struct person **out, size_t max)
{
	unsigned seen = 0;
	size_t n = 0;

	for (size_t i = 0; i < r->n && n < max; i++) {
		const struct shift *s = &r->shifts[i];
		const struct person *p;
		bool known = false;

		if (!covers(s, level, t) || seen & s->role)
			continue;
		seen |= s->role;
		p = rota_holder(r, s->role, level, t);
		for (size_t k = 0; k < n; k++)
			known = known || out[k] == p;
		if (!known)
			out[n++] = p;
	}
	return n;
}

int64_t
rota_gap(const struct rota *r, int64_t from, int64_t until)
{
	int64_t t = from;

	while (t < until) {
		int64_t end = t;

		for (size_t i = 0; i < r->n; i++)
			if (r->shifts[i].role == ROLE_COMMS &&
			    covers(&r->shifts[i], 1, t) &&
			    r->shifts[i].until > end)
				end = r->shifts[i].until;
		if (end == t)
			return t;
		t = end;
	}
	return -1;
}
