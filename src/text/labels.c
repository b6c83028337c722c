#include "text/labels.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "base/when.h"

enum { WORDS_FILE = 64 * 1024, ZONES = 3 };

enum status
labels_read(struct job *j, const char *name, const char *text,
    struct labels *out)
{
	char *rest = arena_str(j->mem, text), *line;
	unsigned n = 0;

	while ((line = text_line(&rest)) != NULL) {
		char *equals = strchr(line, '=');

		n++;
		if (text_blank(line) || line[0] == '#')
			continue;
		if (equals == NULL)
			return job_fail(j, ST_PERM,
			    "%s:%u: write `key = text`, or # before a comment",
			    name, n);
		*equals = '\0';
		out->list =
		    arena_grow(j->mem, out->list, out->n, sizeof *out->list);
		out->list[out->n] = (struct label){
			.key = text_trim(j->mem, line),
			.text = text_trim(j->mem, equals + 1),
		};
		out->list[out->n].field =
		    arena_printf(j->mem, "t_%s", out->list[out->n].key);
		out->n++;
	}
	return ST_OK;
}

static bool
name_ok(const char *s)
{
	return s != NULL && *s != '\0' && *s != '.' && strchr(s, '/') == NULL;
}

static enum status
try(struct job *j, const char *folder, const char *lang, struct labels *out)
{
	const char *path = arena_printf(j->mem, "%s/words", folder);
	struct buf b = BUF_INIT;
	enum status st = file_read(j, path, WORDS_FILE, &b);

	*out = (struct labels){ .lang = arena_str(j->mem, lang),
		.folder = folder };
	if (st == ST_OK && !text_is_utf8(b.data, b.len))
		st = job_fail(j, ST_PERM, "%s: this isn't UTF-8 text", path);
	if (st == ST_OK)
		st = labels_read(j, path, b.data, out);
	buf_free(&b);
	return st;
}

/* BRAND/LANG, LANG: the first that is there. */
static enum status
try_both(struct job *j, const char *templates, const char *brand,
    const char *lang, struct labels *out)
{
	enum status st = ST_NONE;

	if (!name_ok(lang))
		return ST_NONE;
	if (name_ok(brand))
		st = try(j,
		    arena_printf(j->mem, "%s/%s/%s", templates, brand, lang),
		    lang, out);
	if (st == ST_NONE)
		st = try(j, arena_printf(j->mem, "%s/%s", templates, lang),
		    lang, out);
	return st;
}

static enum status
read_words(struct job *j, const char *templates, const char *brand,
    const char *lang, struct labels *out)
{
	const char *langs[] = { lang,
		arena_copy(j->mem, lang, strcspn(lang, "-")), "en" };
	enum status st = ST_NONE;

	for (size_t i = 0; i < 3 && st == ST_NONE; i++)
		st = try_both(j, templates, brand, langs[i], out);
	if (st == ST_NONE)
		return job_fail(j, ST_PERM,
		    "%s/en/words is missing; point `templates` at the folder "
		    "that came with sitrep",
		    templates);
	out->wanted = lang;
	out->english = arena_printf(j->mem, "%s/en", templates);
	return st;
}

enum status
labels_load(struct job *j, const char *templates, const char *brand,
    const char *lang, struct labels *out)
{
	const char *kept = arena_printf(j->mem, "words %s %s %s", templates,
	    brand == NULL ? "" : brand, lang);
	const struct labels *before = job_kept(j, kept);
	enum status st = ST_OK;

	if (before != NULL) {
		*out = *before;
		return ST_OK;
	}
	if ((st = read_words(j, templates, brand, lang, out)) == ST_OK) {
		struct labels *copy = arena_alloc(j->mem, sizeof *copy);

		*copy = *out;
		copy->wanted = arena_str(j->mem, lang);
		job_keep(j, kept, copy);
	}
	return st;
}

const char *
labels_get(const struct labels *p, const char *key)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->list[i].key, key) == 0)
			return p->list[i].text;
	return key;
}

const char *
labels_of(const struct labels *p, struct arena *mem, const char *prefix,
    const char *key)
{
	const char *whole = arena_printf(mem, "%s%s", prefix, key);
	const char *text = labels_get(p, whole);

	return text == whole ? key : text;
}

void
labels_put(const struct labels *p, struct tmpl_map *m)
{
	for (size_t i = 0; i < p->n; i++)
		tmpl_str(m, p->list[i].field, p->list[i].text);
}

/* The i-th word of a list of them. */
static const char *
month(const struct labels *p, struct arena *mem, int number)
{
	const char *s = labels_get(p, "months");

	for (int i = 1; i < number; i++) {
		s += strcspn(s, " ");
		s += strspn(s, " ");
	}
	return *s == '\0' ? when_month(number)
			  : arena_copy(mem, s, strcspn(s, " "));
}

char *
labels_date(const struct labels *p, struct arena *mem, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(mem, "%d %s", c.day, month(p, mem, c.month));
}

char *
labels_day(const struct labels *p, struct arena *mem, int64_t t)
{
	return arena_printf(mem, "%s %d", labels_date(p, mem, t),
	    when_utc(t).year);
}

static int64_t
day_of(int64_t t)
{
	return (t - (t % DAY + DAY) % DAY) / DAY;
}

static const char *
day_beside(const struct labels *p, struct arena *mem, int64_t t, int64_t beside)
{
	if (beside == 0)
		return arena_printf(mem, "%s ", labels_day(p, mem, t));
	if (day_of(t) == day_of(beside))
		return "";
	if (when_utc(t).year == when_utc(beside).year)
		return arena_printf(mem, "%s ", labels_date(p, mem, t));
	return arena_printf(mem, "%s ", labels_day(p, mem, t));
}

char *
labels_time(const struct labels *p, struct arena *mem, int64_t t,
    int64_t beside, const struct zones *z)
{
	char *s = arena_printf(mem, "%s%s UTC", day_beside(p, mem, t, beside),
	    when_clock(mem, t));
	size_t shown = 0;

	for (size_t i = 0; z != NULL && i < z->n && shown < ZONES; i++) {
		int64_t local;

		if (!when_zone_known(z->names[i]) ||
		    text_ieq(z->names[i], "UTC"))
			continue;
		local = t + when_local(z->names[i], t).offset;
		s = arena_printf(mem, "%s%s%s%s %s", s,
		    shown == 0 ? " (" : ", ", day_beside(p, mem, local, t),
		    when_clock(mem, local), when_city(mem, z->names[i]));
		shown++;
	}
	return shown == 0 ? s : arena_printf(mem, "%s)", s);
}
