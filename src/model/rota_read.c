#include "model/rota_in.h"

#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "model/words.h"

enum { FIELDS = 5, SHOWN = 40 };

enum status
rota_wrong(struct rota_reading *r, const char *fmt, ...)
{
	const char *what;
	va_list ap;

	va_start(ap, fmt);
	what = arena_vprintf(r->j->mem, fmt, ap);
	va_end(ap);
	return job_fail(r->j, ST_PERM, "%s:%u: %s", r->conf->rota_path, r->line,
	    what);
}

const char *
rota_shown(struct rota_reading *r, const char *s)
{
	return text_one_line(r->j->mem, s, SHOWN);
}

static enum status
read_time(struct rota_reading *r, const char *s, int64_t *out)
{
	if (when_read_rfc3339(s, out))
		return ST_OK;
	return rota_wrong(r,
	    "%s is no time: write one such as 2026-03-04T08:00Z",
	    rota_shown(r, s));
}

/* In a calendar the name is as good as the slug. */
static const struct person *
find_person(const struct conf *c, const char *s)
{
	const struct person *p = conf_person(c, s);

	for (size_t i = 0; p == NULL && i < c->n_persons; i++)
		if (c->persons[i].name != NULL &&
		    text_ieq(c->persons[i].name, s))
			p = &c->persons[i];
	return p;
}

enum status
rota_who(struct rota_reading *r, const char *role, const char *level,
    const char *person, struct shift *out)
{
	out->role = words_read_role(role);
	if (out->role == 0)
		return rota_wrong(r,
		    "no such role: %s (noc, comms, comms-lead, exec, security, "
		    "support, admin)",
		    rota_shown(r, role));
	if (strlen(level) != 1 || level[0] < '1' ||
	    level[0] > '0' + ROTA_LEVELS)
		return rota_wrong(r, "the level is 1 to 4, not %s",
		    rota_shown(r, level));
	out->level = level[0] - '0';
	out->person = find_person(r->conf, person);
	if (out->person == NULL)
		return rota_wrong(r,
		    "no such person: %s (sitrep.conf names them)",
		    rota_shown(r, person));
	if ((out->person->roles & out->role) == 0)
		return rota_wrong(r,
		    "%s hasn't the role %s: add it to the person in "
		    "sitrep.conf",
		    out->person->slug, words_role((enum role)out->role));
	return ST_OK;
}

enum status
rota_add(struct rota_reading *r, const struct shift *s)
{
	if (s->until <= s->from)
		return rota_wrong(r,
		    "the shift ends before it begins: write the later time "
		    "second");
	if (r->rota->n == LIMIT_SHIFTS)
		return rota_wrong(r,
		    "more than %d shifts: leave out what is over",
		    (int)LIMIT_SHIFTS);
	r->rota->shifts =
	    arena_grow(r->mem, r->rota->shifts, r->rota->n, sizeof *s);
	r->rota->shifts[r->rota->n++] = *s;
	return ST_OK;
}

static enum status
read_shift(struct rota_reading *r, char *const field[FIELDS])
{
	struct shift s = { .line = r->line };
	enum status st;

	if ((st = read_time(r, field[0], &s.from)) != ST_OK ||
	    (st = read_time(r, field[1], &s.until)) != ST_OK ||
	    (st = rota_who(r, field[2], field[3], field[4], &s)) != ST_OK)
		return st;
	return rota_add(r, &s);
}

static enum status
read_line(struct rota_reading *r, char *line, size_t n)
{
	char *field[FIELDS], *word, *rest;
	size_t fields = 0;

	if (strlen(line) != n)
		return rota_wrong(r, "a NUL byte: this isn't a text file");
	if (strchr(line, '\r') != NULL)
		return rota_wrong(r,
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
		return rota_wrong(r,
		    "a line is FROM UNTIL ROLE LEVEL PERSON, not "
		    "%zu words",
		    fields);
	return read_shift(r, field);
}

static enum status
read_lines(struct rota_reading *r, char *s, size_t n)
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
rota_read(struct job *j, struct arena *mem, const struct conf *c, char *text,
    size_t n, struct rota *out)
{
	static const char bom[] = "\xef\xbb\xbf";
	struct rota rota = { 0 };
	struct rota_reading r = { j, mem, c, &rota, 0 };
	enum status st;

	*out = rota;
	if (n >= 3 && memcmp(text, bom, 3) == 0) {
		text += 3;
		n -= 3;
	}
	st = is_calendar(c->rota_path, text) ? rota_calendar(&r, text, n)
					     : read_lines(&r, text, n);
	if (st == ST_OK)
		*out = rota;
	return st;
}

enum status
rota_load(struct job *j, struct arena *mem, const struct conf *c,
    struct rota *out)
{
	struct buf text = BUF_INIT;
	enum status st;

	*out = (struct rota){ 0 };
	st = file_read(j, c->rota_path, LIMIT_CONF_FILE, &text);
	if (st == ST_OK)
		st = rota_read(j, mem, c, text.data, text.len, out);
	buf_free(&text);
	return st;
}
