/*
 * Reads a template into nodes.  Partials are read in place, so that a place
 * in HTML is known for every insert.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "base/tmpl_tree.h"

enum { NODES = 20000, PARTIALS = 8, NAME = 64 };

struct reader {
	struct job *j;
	const char *dir, *file;
	struct tmpl *t;
	struct spotter spot;
	size_t open[TMPL_DEPTH]; /* sections, by node */
	struct spotter before[TMPL_DEPTH];
	size_t depth;
	int partials; /* nesting */
};

struct tag {
	char sigil; /* 0: an insert */
	char name[NAME + 1];
	const char *begin, *end; /* in the source, with its braces */
	unsigned line;
};

static enum status
wrong(const struct reader *r, unsigned line, const char *what, const char *name)
{
	return job_fail(r->j, ST_PERM, "%s:%u: %s%s%s", r->file, line, what,
	    name[0] == '\0' ? "" : ": ", name);
}

static enum status
add(struct reader *r, struct node n)
{
	struct tmpl *t = r->t;

	if (t->n >= NODES)
		return wrong(r, n.line, "the template is too long", "");
	n.file = r->file;
	t->nodes = arena_grow(r->j->mem, t->nodes, t->n, sizeof *t->nodes);
	t->nodes[t->n++] = n;
	return ST_OK;
}

static enum status
literal(struct reader *r, const char *p, size_t n, unsigned line)
{
	if (n == 0)
		return ST_OK;
	if (r->t->kind == TMPL_HTML)
		spotter_walk(&r->spot, p, n);
	return add(r, (struct node){ .type = NODE_LITERAL,
			  .text = p,
			  .len = n,
			  .line = line });
}

static enum place
place_of(const struct reader *r)
{
	switch (r->t->kind) {
	case TMPL_TEXT: return PLACE_TEXT;
	case TMPL_HTML: return spotter_place(&r->spot);
	case TMPL_HEADER: return PLACE_HEADER;
	case TMPL_XML: return PLACE_XML;
	case TMPL_JSON: return PLACE_JSON;
	}
	return PLACE_NONE;
}

static enum status
insert(struct reader *r, const struct tag *g)
{
	enum place place = place_of(r);

	if (place == PLACE_NONE)
		return wrong(r, g->line,
		    "nothing can be inserted safely at this place", g->name);
	spotter_insert(&r->spot);
	return add(r, (struct node){ .type = NODE_INSERT,
			  .place = place,
			  .text = arena_str(r->j->mem, g->name),
			  .line = g->line });
}

static enum status
section(struct reader *r, const struct tag *g)
{
	if (r->depth == TMPL_DEPTH)
		return wrong(r, g->line, "too many sections in one another",
		    g->name);
	r->before[r->depth] = r->spot;
	r->open[r->depth++] = r->t->n;
	return add(r, (struct node){ .type = g->sigil == '#' ? NODE_SECTION
							     : NODE_INVERTED,
			  .text = arena_str(r->j->mem, g->name),
			  .line = g->line });
}

static enum status
close_section(struct reader *r, const struct tag *g, size_t floor)
{
	struct node *n;

	if (r->depth == floor)
		return wrong(r, g->line, "this closes what isn't open",
		    g->name);
	n = &r->t->nodes[r->open[--r->depth]];
	if (strcmp(n->text, g->name) != 0)
		return wrong(r, g->line, "another section is open", n->text);
	if (!spotter_same(&r->spot, &r->before[r->depth]))
		return wrong(r, g->line,
		    "a section must end in the same place of the page as it "
		    "began",
		    g->name);
	/* It may be left out: what was the beginning of a link still is. */
	r->spot = r->before[r->depth];
	n->end = r->t->n;
	return ST_OK;
}

static enum status read_source(struct reader *r, const char *source);

/* As indented as its tag. */
static char *
indent(struct arena *mem, const char *source, const char *by, size_t n)
{
	struct buf out = BUF_INIT;
	char *p;

	while (*source != '\0') {
		size_t line = strcspn(source, "\n");

		line += source[line] == '\n';
		buf_add(&out, by, n);
		buf_add(&out, source, line);
		source += line;
	}
	p = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return p;
}

static enum status
load(struct reader *r, const char *name, unsigned line, char **out)
{
	const char *path = arena_printf(r->j->mem, "%s/%s", r->dir, name);
	struct buf b = BUF_INIT;
	enum status st = file_read(r->j, path, TMPL_FILE, &b);

	if (st == ST_OK && !text_is_utf8(b.data, b.len))
		st = job_fail(r->j, ST_PERM, "%s: this isn't UTF-8 text", path);
	if (st == ST_OK)
		*out = arena_copy(r->j->mem, b.data, b.len);
	buf_free(&b);
	if (st == ST_NONE && line != 0)
		return wrong(r, line, "there is no such file", path);
	return st;
}

static enum status
partial(struct reader *r, const struct tag *g, const char *by, size_t n)
{
	const char *file = r->file;
	char *source = NULL;
	enum status st;

	if (r->dir == NULL)
		return wrong(r, g->line, "no partials here", g->name);
	if (r->partials == PARTIALS)
		return wrong(r, g->line, "too many partials in one another",
		    g->name);
	if (strspn(g->name, "abcdefghijklmnopqrstuvwxyz0123456789_-.") !=
		strlen(g->name) ||
	    g->name[0] == '.')
		return wrong(r, g->line, "not the name of a partial", g->name);
	if ((st = load(r, g->name, g->line, &source)) != ST_OK)
		return st;
	assert(source != NULL);
	r->file = arena_printf(r->j->mem, "%s/%s", r->dir, g->name);
	r->partials++;
	st = read_source(r, n == 0 ? source : indent(r->j->mem, source, by, n));
	r->partials--;
	r->file = file;
	return st;
}

static bool
name_ok(const char *s)
{
	return strcmp(s, ".") == 0 ||
	       (*s != '\0' &&
		   strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-.") ==
		       strlen(s));
}

/* p is at "{{". */
static enum status
read_tag(struct reader *r, const char *p, unsigned line, struct tag *out)
{
	const char *end = strstr(p + 2, "}}"), *from = p + 2, *to;
	size_t n;

	*out = (struct tag){ .begin = p, .end = p, .line = line };
	if (end == NULL)
		return wrong(r, line, "this tag has no end", "");
	out->end = end + 2;
	to = end;
	if (strchr("#^/!>&{=", *from) != NULL)
		out->sigil = *from++;
	if (out->sigil == '&' || out->sigil == '{')
		return wrong(r, line, "there is no unescaped insert", "");
	if (out->sigil == '=')
		return wrong(r, line, "the braces can't be changed", "");
	while (from < to && (*from == ' ' || *from == '\t'))
		from++;
	while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
		to--;
	n = (size_t)(to - from);
	if (out->sigil == '!')
		return ST_OK;
	if (n > NAME)
		return wrong(r, line, "this name is too long", "");
	memcpy(out->name, from, n);
	if (!name_ok(out->name))
		return wrong(r, line, "a name is made of a-z, 0-9, _ and -",
		    "");
	return ST_OK;
}

/* The blanks before a tag that stands alone on its line; -1: it doesn't. */
static ptrdiff_t
alone(const char *source, const struct tag *g)
{
	const char *p = g->begin, *q = g->end;

	if (g->sigil == 0)
		return -1;
	while (p > source && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	q += strspn(q, " \t\r");
	if ((p > source && p[-1] != '\n') || (*q != '\n' && *q != '\0'))
		return -1;
	return g->begin - p;
}

static enum status
do_tag(struct reader *r, const struct tag *g, size_t floor, ptrdiff_t blanks)
{
	size_t n = blanks > 0 ? (size_t)blanks : 0;

	switch (g->sigil) {
	case '!': return ST_OK;
	case '#':
	case '^': return section(r, g);
	case '/': return close_section(r, g, floor);
	case '>': return partial(r, g, g->begin - n, n);
	default: return insert(r, g);
	}
}

static unsigned
lines(const char *p, const char *end)
{
	unsigned n = 0;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

static enum status
read_source(struct reader *r, const char *source)
{
	const char *at = source, *p;
	size_t floor = r->depth;
	unsigned line = 1;
	enum status st;
	struct tag g;

	while ((p = strstr(at, "{{")) != NULL) {
		unsigned here = line + lines(at, p);
		ptrdiff_t blanks;

		if ((st = read_tag(r, p, here, &g)) != ST_OK)
			return st;
		blanks = alone(source, &g);
		if (blanks > 0 && p - blanks >= at)
			p -= blanks;
		if ((st = literal(r, at, (size_t)(p - at), line)) != ST_OK ||
		    (st = do_tag(r, &g, floor, blanks)) != ST_OK)
			return st;
		line = here + lines(g.begin, g.end);
		at = g.end;
		if (blanks >= 0) {
			at += strcspn(at, "\n");
			line += *at == '\n';
			at += *at == '\n';
		}
	}
	if ((st = literal(r, at, strlen(at), line)) != ST_OK)
		return st;
	if (r->depth != floor)
		return wrong(r, line, "a section isn't closed",
		    r->t->nodes[r->open[r->depth - 1]].text);
	return ST_OK;
}

enum status
tmpl_read(struct job *j, const char *dir, const char *name, const char *source,
    enum tmpl_kind kind, struct tmpl **out)
{
	struct reader r = { .j = j, .dir = dir, .file = name };
	enum status st;

	r.t = arena_alloc(j->mem, sizeof *r.t);
	r.t->kind = kind;
	/* Node 0 is the whole, a section like any other. */
	if ((st = add(&r, (struct node){ .type = NODE_SECTION, .text = "" })) !=
		ST_OK ||
	    (st = read_source(&r, source)) != ST_OK)
		return st;
	r.t->nodes[0].end = r.t->n;
	if (kind == TMPL_HTML && r.spot.spot != SPOT_TEXT)
		return wrong(&r, 1, "the page ends inside of a tag", "");
	*out = r.t;
	return ST_OK;
}

enum status
tmpl_load(struct job *j, const char *dir, const char *name, enum tmpl_kind kind,
    struct tmpl **out)
{
	const char *path = arena_printf(j->mem, "%s/%s", dir, name);
	const char *kept = arena_printf(j->mem, "template %d %s", kind, path);
	struct tmpl *const *before = job_kept(j, kept);
	struct reader r = { .j = j, .dir = dir, .file = path };
	char *source = NULL;
	enum status st;

	if (before != NULL) {
		*out = *before;
		return ST_OK;
	}
	if ((st = load(&r, name, 0, &source)) == ST_OK)
		st = tmpl_read(j, dir, path, source, kind, out);
	if (st == ST_OK) {
		struct tmpl **slot = arena_alloc(j->mem, sizeof(void *));

		*slot = *out;
		job_keep(j, kept, slot);
	}
	return st;
}
