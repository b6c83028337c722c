#include "base/tmpl.h"

#include <string.h>

#include "base/text.h"
#include "base/tmpl_tree.h"

enum value_type { VALUE_STR, VALUE_HTML, VALUE_HOLE, VALUE_FLAG, VALUE_LIST };

struct value {
	const char *name;
	uint64_t hash; /* of the name */
	enum value_type type;
	const char *text;
	bool flag;
	char byte; /* of a hole */
	size_t n;  /* bytes of a hole, items of a list */
	struct tmpl_map **items;
	struct value *next;
};

enum { SHELVES = 32 }; /* by hash of the name */

struct tmpl_map {
	struct arena *mem;
	struct value *values[SHELVES];
};

struct frame { /* the maps that a name is looked up in, inside first */
	const struct tmpl_map *map;
	const struct frame *up;
};

struct tmpl_map *
tmpl_map(struct arena *mem)
{
	struct tmpl_map *m = arena_alloc(mem, sizeof *m);

	m->mem = mem;
	return m;
}

static struct value *
find(const struct tmpl_map *m, const char *name, uint64_t hash)
{
	struct value *v = m->values[hash % SHELVES];

	while (v != NULL && (v->hash != hash || strcmp(v->name, name) != 0))
		v = v->next;
	return v;
}

static struct value *
put(struct tmpl_map *m, const char *name, enum value_type type)
{
	uint64_t hash = text_hash(name);
	struct value *v = find(m, name, hash), *next;

	if (v == NULL) {
		v = arena_alloc(m->mem, sizeof *v);
		v->next = m->values[hash % SHELVES];
		m->values[hash % SHELVES] = v;
	}
	next = v->next;
	*v = (struct value){ .name = name,
		.hash = hash,
		.type = type,
		.next = next };
	return v;
}

void
tmpl_str(struct tmpl_map *m, const char *name, const char *value)
{
	put(m, name, VALUE_STR)->text = value == NULL ? "" : value;
}

void
tmpl_int(struct tmpl_map *m, const char *name, long long value)
{
	tmpl_str(m, name, arena_printf(m->mem, "%lld", value));
}

void
tmpl_flag(struct tmpl_map *m, const char *name, bool value)
{
	put(m, name, VALUE_FLAG)->flag = value;
}

void
tmpl_html(struct tmpl_map *m, const char *name, struct html value)
{
	put(m, name, VALUE_HTML)->text =
	    value.markup == NULL ? "" : value.markup;
}

void
tmpl_hole(struct tmpl_map *m, const char *name, char byte, size_t n)
{
	struct value *v = put(m, name, VALUE_HOLE);

	v->byte = byte;
	v->n = n;
}

void
tmpl_list(struct tmpl_map *m, const char *name)
{
	(void)put(m, name, VALUE_LIST);
}

struct tmpl_map *
tmpl_item(struct tmpl_map *m, const char *name)
{
	struct value *v = find(m, name, text_hash(name));
	struct tmpl_map *item = tmpl_map(m->mem);

	if (v == NULL || v->type != VALUE_LIST)
		v = put(m, name, VALUE_LIST);
	v->items = arena_grow(m->mem, v->items, v->n, sizeof(void *));
	v->items[v->n++] = item;
	return item;
}

static const struct value *
look_up(const struct frame *f, const char *name)
{
	const struct value *v = NULL;
	uint64_t hash = text_hash(name);

	for (; f != NULL && v == NULL; f = f->up)
		v = find(f->map, name, hash);
	return v;
}

static bool
truth(const struct value *v)
{
	switch (v->type) {
	case VALUE_STR:
	case VALUE_HTML: return v->text[0] != '\0';
	case VALUE_FLAG: return v->flag;
	case VALUE_HOLE:
	case VALUE_LIST: return v->n != 0;
	}
	return false;
}

static enum status
wrong(struct job *j, const struct node *n, const char *what)
{
	return job_fail(j, ST_PERM, "%s:%u: %s: %s", n->file, n->line, n->text,
	    what);
}

static void
escape(struct buf *out, enum place place, const char *s)
{
	switch (place) {
	case PLACE_TEXT: escape_text(out, s); break;
	case PLACE_HTML:
	case PLACE_VALUE: escape_html(out, s); break;
	case PLACE_URL: escape_url(out, s); break;
	case PLACE_URL_PART: escape_url_part(out, s); break;
	case PLACE_HEADER: escape_header(out, s); break;
	case PLACE_XML: escape_xml(out, s); break;
	case PLACE_JSON: escape_json(out, s); break;
	case PLACE_NONE: break;
	}
}

static enum status
insert(struct job *j, const struct node *n, const struct frame *f,
    struct buf *out)
{
	const struct value *v = look_up(f, n->text);

	if (v == NULL)
		return wrong(j, n, "there is no such value");
	switch (v->type) {
	case VALUE_STR: escape(out, n->place, v->text); return ST_OK;
	case VALUE_HTML:
		if (n->place != PLACE_HTML)
			return wrong(j, n, "markup can't stand here");
		buf_str(out, v->text);
		return ST_OK;
	case VALUE_HOLE:
		for (size_t i = 0; i < v->n; i++)
			buf_char(out, v->byte);
		return ST_OK;
	case VALUE_FLAG:
	case VALUE_LIST: break;
	}
	return wrong(j, n, "this value isn't text");
}

static enum status render(struct job *j, const struct tmpl *t, size_t from,
    const struct frame *f, struct buf *out);

static size_t
past(const struct node *nodes, size_t i)
{
	return nodes[i].type == NODE_SECTION || nodes[i].type == NODE_INVERTED
		   ? nodes[i].end
		   : i + 1;
}

static enum status
section(struct job *j, const struct tmpl *t, size_t at, const struct frame *f,
    struct buf *out)
{
	const struct node *n = &t->nodes[at];
	const struct value *v = look_up(f, n->text);
	enum status st;

	if (v == NULL)
		return wrong(j, n, "there is no such value");
	if (truth(v) == (n->type == NODE_INVERTED))
		return ST_OK;
	if (v->type != VALUE_LIST || n->type == NODE_INVERTED)
		return render(j, t, at, f, out);
	for (size_t i = 0; i < v->n; i++) {
		struct frame inner = { v->items[i], f };

		if ((st = render(j, t, at, &inner, out)) != ST_OK)
			return st;
	}
	return ST_OK;
}

/* The body of the section at node `at`. */
static enum status
render(struct job *j, const struct tmpl *t, size_t at, const struct frame *f,
    struct buf *out)
{
	size_t end = t->nodes[at].end;
	enum status st = ST_OK;

	for (size_t i = at + 1; i < end && st == ST_OK; i = past(t->nodes, i))
		switch (t->nodes[i].type) {
		case NODE_LITERAL:
			buf_add(out, t->nodes[i].text, t->nodes[i].len);
			break;
		case NODE_INSERT: st = insert(j, &t->nodes[i], f, out); break;
		case NODE_SECTION:
		case NODE_INVERTED: st = section(j, t, i, f, out); break;
		}
	return st;
}

enum status
tmpl_render(struct job *j, const struct tmpl *t, const struct tmpl_map *values,
    struct buf *out)
{
	struct frame f = { values, NULL };
	size_t had = out->len;
	enum status st = render(j, t, 0, &f, out);

	if (st != ST_OK)
		buf_cut(out, had);
	return st;
}
