#include "text/grammar.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "text/polite.h"
#include "text/roomword.h"
#include "text/values.h"

enum {
	KEY_MAX = 24,
	VALUE_MAX = 4 * LIMIT_FIELD,
	SPACED_HTML = 2,
	SPACED_TEXT = 3
};

enum kind { /* of a line in block position */
	LINE_TEXT,
	LINE_FIELD,
	LINE_COMMAND,
	LINE_MISFIT, /* a command that can't be carried out as written */
	LINE_NEAR_KEY,
	LINE_NEAR_VERB,
};

struct guess {
	enum kind kind;
	struct entry entry;
	const char *copy; /* of the two NEAR kinds */
};

struct block { /* the block as it is read */
	const struct grammar *g;
	const struct typed *lines;
	struct findings *f;
	struct outline *out;
	size_t at;     /* the line to read */
	size_t indent; /* of the last field's first line */
	bool full;     /* max_lines reached */
	bool open;     /* the last line was a field: folding goes on */
	bool listing;  /* ... and its value is a list, a line each */
	bool spaced;   /* a blank line stands between every two lines */
};

static const char *
skip_stars(const char *s)
{
	while (*s == '*')
		s++;
	return s;
}

/* Without the ** that was bold, at both ends. */
static const char *
without_stars(struct arena *mem, const char *s)
{
	char *p = text_trim(mem, skip_stars(s));
	size_t n = strlen(p);

	while (n != 0 && p[n - 1] == '*')
		p[--n] = '\0';
	return text_trim(mem, p);
}

/* "2" and **2** of a value that is one word. */
static const char *
undressed(struct arena *mem, const char *s)
{
	size_t n = strlen(s), mark = strspn(s, "*\"");

	if (mark == 0 || n <= 2 * mark || strchr(s, ' ') != NULL)
		return s;
	for (size_t i = 0; i < mark; i++)
		if (s[n - 1 - i] != s[i])
			return s;
	return arena_copy(mem, s + mark, n - 2 * mark);
}

/* `key: value`, `key = value`, **key:** value. */
static bool
shaped(struct arena *mem, const char *s, struct entry *out)
{
	const char *start = skip_stars(s), *p = start, *end;
	bool bold = start != s;

	if (start - s > 2 || !isalpha((unsigned char)*p))
		return false;
	while (
	    isalnum((unsigned char)*p) || *p == ' ' || *p == '-' || *p == '_')
		p++;
	end = p;
	while (end[-1] == ' ')
		end--;
	if (end - start > KEY_MAX)
		return false;
	p = skip_stars(p);
	p += strspn(p, " ");
	if (*p != ':' && *p != '=')
		return false;
	out->name = arena_copy(mem, start, (size_t)(end - start));
	p++;
	if (bold)
		p = skip_stars(p);
	p += strspn(p, " ");
	out->value =
	    undressed(mem, bold ? without_stars(mem, p) : arena_str(mem, p));
	return true;
}

/*
 * A key that is none, but near to one.  "Fixed: pool restarted" is a report,
 * not a slip of Fixes.
 */
static bool
near_key(struct arena *mem, const char *line, struct guess *out)
{
	const char *near;

	if (!shaped(mem, line, &out->entry) ||
	    verb_word(out->entry.name) != VERB_NONE ||
	    value_state(out->entry.name) != STATE_NONE)
		return false;
	if (isdigit(
		(unsigned char)out->entry.name[strlen(out->entry.name) - 1]))
		return false; /* "Started at 13:40 UTC" is a sentence */
	near = field_near(out->entry.name, &out->entry.key);
	if (near == NULL)
		return false;
	out->copy = arena_printf(mem, "%s: %s", near, out->entry.value);
	out->entry.slip = true;
	return true;
}

static bool
is_bullet(uint32_t c)
{
	return c == '-' || c == '*' || c == '+' || c == 0xb7 || c == 0x2013 ||
	       c == 0x2022 || (c >= 0x25a0 && c <= 0x27bf) ||
	       (c >= 0x1f300 && c <= 0x1faff);
}

/*
 * Behind "- ", "1. ", a picture and the like; the line itself: it has none.
 * One mark only: "--- public: fr ---" is no field.
 */
static const char *
behind_bullet(const char *s)
{
	size_t n = strspn(s, "0123456789");
	const char *p = s, *end;

	if (n != 0 && n <= 2 && (s[n] == '.' || s[n] == ')') && s[n + 1] == ' ')
		return s + n + 2;
	if (!is_bullet(text_next(&p)))
		return s;
	end = p;
	if (text_next(&p) == 0xfe0f) /* shown as a picture */
		end = p;
	return *end == ' ' ? end + 1 : s;
}

static enum kind
guess_kind(struct arena *mem, const char *line, struct guess *out)
{
	const char *command = without_stars(mem, line);

	memset(out, 0, sizeof *out);
	if (shaped(mem, behind_bullet(line), &out->entry) &&
	    (out->entry.key = field_key(out->entry.name)) != KEY_NONE)
		return LINE_FIELD;
	switch (verb_read(mem, command, &out->entry.verb)) {
	case VERB_FITS: return LINE_COMMAND;
	case VERB_MISFIT: return LINE_MISFIT;
	case VERB_NOT: break;
	}
	if (near_key(mem, line, out))
		return LINE_NEAR_KEY;
	out->entry.key = KEY_NONE;
	if (value_opening(command) != STATE_NONE)
		return LINE_TEXT; /* "solved" tells something */
	out->copy = verb_near(mem, command);
	return out->copy != NULL ? LINE_NEAR_VERB : LINE_TEXT;
}

/* "chair noc1" below war-room: it stands there alone. */
static const char *
whole(const struct block *b, const char *line)
{
	const struct outline *r = b->out;

	if (r->n == 0 || r->entries[0].key != KEY_NONE ||
	    r->entries[0].verb.command.verb != VERB_WAR_ROOM ||
	    !roomword_alone(b->f->mem, line))
		return line;
	return arena_printf(b->f->mem, "war-room %s", line);
}

static void
guess(const struct block *b, size_t at, struct guess *out)
{
	const struct typed_line *l = &b->lines->at[at];

	out->kind = guess_kind(b->f->mem, whole(b, l->clean), out);
	out->entry.line = (unsigned)at + 1;
	out->entry.written = l->raw;
	out->entry.verb.command.line = (unsigned)at + 1;
	out->entry.verb.command.written =
	    text_one_line(b->f->mem, l->raw, LIMIT_SUBJECT);
}

static void
find(struct block *b, const struct guess *g)
{
	const struct entry *e = &g->entry;
	struct finding what = { "E20", e->line, e->written, NULL, g->copy };

	switch (g->kind) {
	case LINE_NEAR_KEY:
		what.says = "No such word; the line was left out. Did you "
			    "mean this?";
		break;
	case LINE_NEAR_VERB:
		what.code = "E21";
		what.says = "No such command; nothing was done. Did you mean "
			    "this?";
		break;
	case LINE_MISFIT:
		what.code = e->verb.code;
		what.says = e->verb.says;
		what.copy = e->verb.copy;
		break;
	case LINE_TEXT:
	case LINE_FIELD:
	case LINE_COMMAND: return;
	}
	findings_add(b->f, what);
	b->out->degraded = true;
}

static void
add(struct block *b, const struct entry *e)
{
	struct outline *r = b->out;

	if (r->n == b->g->max_lines) {
		if (!b->full)
			findings_add(b->f,
			    (struct finding){ "E33", e->line, e->written,
				"The block of fields and commands is too "
				"long; from this line on none was read.",
				NULL });
		b->full = true;
		r->degraded = true;
		return;
	}
	r->entries = arena_grow(b->f->mem, r->entries, r->n, sizeof *e);
	r->entries[r->n++] = *e;
}

/* A list below "Components:", one of them a line: indented, or bulleted. */
static bool
lists(const struct block *b, const struct typed_line *l)
{
	const struct outline *r = b->out;
	const struct entry *e = r->n == 0 ? NULL : &r->entries[r->n - 1];
	const char *item = behind_bullet(l->clean);
	struct entry field;

	if (!b->open || e == NULL || !field_adds(e->key) ||
	    (!b->listing && *e->value != '\0'))
		return false;
	if (item == l->clean)
		return l->indent > b->indent && e->key == KEY_COMPONENTS;
	return !shaped(b->f->mem, item, &field) ||
	       field_key(field.name) == KEY_NONE;
}

/* RFC 5322 folding: deeper than the field's own line. */
static bool
folds(const struct block *b, const struct typed_line *l)
{
	return (b->open && l->indent > b->indent) || lists(b, l);
}

static void
fold(struct block *b, const struct typed_line *l)
{
	struct outline *r = b->out;
	struct entry *e;

	if (r->n == 0 || b->full)
		return;
	e = &r->entries[r->n - 1];
	if (strlen(e->value) > VALUE_MAX)
		return;
	b->listing = lists(b, l);
	e->value = arena_printf(b->f->mem, "%s%s%s", e->value,
	    *e->value == '\0' ? ""
	    : b->listing      ? ", "
			      : " ",
	    b->listing ? behind_bullet(l->clean) : l->clean);
}

/* One line of the block; false: it is text. */
static bool
take(struct block *b)
{
	const struct typed_line *l = &b->lines->at[b->at];
	struct guess g;

	if (folds(b, l)) {
		fold(b, l);
		b->at++;
		return true;
	}
	if (*l->clean == '#' && l->clean[1] != '\0') {
		b->at++;
		return true;
	}
	guess(b, b->at, &g);
	if (g.kind == LINE_TEXT)
		return false;
	find(b, &g);
	b->open = g.kind == LINE_FIELD || g.kind == LINE_NEAR_KEY;
	b->listing = false;
	b->indent = l->indent;
	if (b->open || g.kind == LINE_COMMAND)
		add(b, &g.entry);
	b->at++;
	return true;
}

static bool
known(const struct block *b, size_t at)
{
	struct guess g;

	if (at >= b->lines->n || b->lines->at[at].blank)
		return false;
	guess(b, at, &g);
	return g.kind == LINE_FIELD || g.kind == LINE_COMMAND ||
	       g.kind == LINE_MISFIT;
}

/*
 * Made from HTML, a mail often has a blank line between any two; so has the
 * plain text that some programs make of it, where we ask for one line more
 * before we believe it.
 */
static bool
is_spaced(const struct block *b)
{
	size_t n = 0, least = b->g->from_html ? SPACED_HTML : SPACED_TEXT;

	for (size_t i = b->at; n < least && known(b, i); i += 2) {
		n++;
		if (i + 1 >= b->lines->n || !b->lines->at[i + 1].blank)
			break;
	}
	return n >= least;
}

static void
read_block(struct block *b)
{
	size_t start = b->at;

	b->spaced = is_spaced(b);
	while (b->at < b->lines->n) {
		const struct typed_line *l = &b->lines->at[b->at];

		if (l->blank) {
			if (!b->spaced || !known(b, b->at + 1))
				break;
			b->open = false;
			b->at++;
			continue;
		}
		if (polite_stops(l->clean) &&
		    (b->at != start || b->at + 1 < b->lines->n)) {
			b->at++;
			break;
		}
		if (!take(b))
			break;
	}
	/* Comments alone are no block: they are the text's headings. */
	if (b->out->n == 0 && !b->out->degraded)
		b->at = start;
}

static bool
is_banner(const struct grammar *g, const char *line)
{
	line = skip_stars(line);
	if (*line == '[')
		line++;
	for (size_t i = 0; i < g->n_banners; i++) {
		const char *banner = g->banners[i];

		if (*banner == '[')
			banner++;
		if (*banner != '\0' && text_istarts(line, banner))
			return true;
	}
	return false;
}

/* Blank lines, banners, one greeting. */
static size_t
skip_top(const struct grammar *g, const struct typed *l)
{
	bool greeted = false;
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (l->at[i].blank || is_banner(g, l->at[i].clean))
			continue;
		if (greeted || !polite_greets(l->at[i].clean))
			break;
		greeted = true;
	}
	return i;
}

/* `!resolve` further down: someone may have meant it (W42). */
static void
warn_commands(const struct block *b)
{
	for (size_t i = b->at; i < b->lines->n; i++) {
		const struct typed_line *l = &b->lines->at[i];
		struct verb_line verb;

		if ((*l->clean != '!' && *l->clean != '/') ||
		    verb_read(b->f->mem, l->clean, &verb) != VERB_FITS)
			continue;
		findings_add(b->f,
		    (struct finding){ "W42", (unsigned)i + 1, l->raw,
			"Commands count only above the text. This one wasn't "
			"carried out; send it again as the first line:",
			l->clean + 1 });
	}
}

/* A field with a value; *severe: a severity that can be read. */
static bool
is_field(const struct block *b, size_t at, bool *severe)
{
	struct guess g;

	if (at >= b->lines->n)
		return false;
	guess(b, at, &g);
	if (g.kind != LINE_FIELD || *g.entry.value == '\0')
		return false;
	*severe |=
	    g.entry.key == KEY_SEVERITY && value_severity(g.entry.value) > 0;
	return true;
}

/*
 * Fields that stand together further down were meant, too (W42); without a
 * severity they may as well be the words of some monitoring.
 */
static void
warn_fields(const struct block *b)
{
	for (size_t i = b->at; i < b->lines->n; i++) {
		const struct typed_line *l = &b->lines->at[i];
		bool severe = false;

		if (!is_field(b, i, &severe) || !is_field(b, i + 1, &severe) ||
		    !severe)
			continue;
		findings_add(b->f,
		    (struct finding){ "W42", (unsigned)i + 1, l->raw,
			"Fields count only above the text. From this line on "
			"none was read; send them again as the first lines:",
			l->clean });
		return;
	}
}

void
grammar_read(const struct grammar *g, const char *text, struct findings *f,
    struct outline *out)
{
	struct typed lines;
	struct block b = { .g = g, .lines = &lines, .f = f, .out = out };

	memset(out, 0, sizeof *out);
	typed_split(f->mem, text, &lines);
	b.at = skip_top(g, &lines);
	out->body = typed_join(f->mem, &lines, b.at, lines.n);
	out->opening = b.at < lines.n ? lines.at[b.at].clean : "";
	read_block(&b);
	warn_commands(&b);
	warn_fields(&b);
	parts_read(&lines, b.at, g->brand, f, &out->parts);
	if (out->parts.doubtful)
		out->degraded = true;
}
