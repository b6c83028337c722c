#include "ext/conf.h"

#include <confuse.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf_scan.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"

enum { SHOWN = 60 }; /* characters of a wrong value in a message */

/* The library hands its callbacks only its own structs; each of our tables
 * begins with a function of this name, whose value leads back to us. */
static const char *const door = "include";

struct reading {
	struct job *j;
	struct arena *mem;
	const char *path;
	const struct conf_key *keys;
	struct conf_lines sections;
	size_t closed; /* sections that are complete */
	struct conf_item root, inner;
};

static struct reading *
reading_of(cfg_t *cfg)
{
	return (struct reading *)(void *)cfg_getopt(cfg, door)
	    ->simple_value.ptr;
}

static bool
is_root(const cfg_t *cfg)
{
	return strcmp(cfg->name, "root") == 0;
}

static const struct conf_key *
find(const struct conf_key *keys, const char *name)
{
	for (; keys->name != NULL; keys++)
		if (strcmp(keys->name, name) == 0)
			return keys;
	return NULL;
}

static const struct conf_key *
keys_of(const struct reading *r, const cfg_t *cfg)
{
	return is_root(cfg) ? r->keys : find(r->keys, cfg->name)->keys;
}

/* Distance as in the mail grammar: short keys must be nearer. */
static const char *
nearest(const struct conf_key *keys, const char *name)
{
	unsigned least = strlen(name) <= 5 ? 2 : 3;
	const char *best = NULL;

	for (; keys->name != NULL; keys++) {
		unsigned d = text_distance(keys->name, name);

		if (keys->type == CONF_LATER || d >= least)
			continue;
		least = d;
		best = keys->name;
	}
	return best;
}

static enum status
unknown(struct reading *r, const cfg_t *cfg, const char *name)
{
	const struct conf_key *keys = keys_of(r, cfg), *k = find(keys, name);
	const char *near = nearest(keys, name);

	if (k != NULL)
		return job_fail(r->j, ST_PERM,
		    "%s:%d: `%s` is not built yet: remove the line", r->path,
		    cfg->line, name);
	if (near != NULL)
		return job_fail(r->j, ST_PERM,
		    "%s:%d: unknown key `%s`: did you mean `%s`?", r->path,
		    cfg->line, name, near);
	return job_fail(r->j, ST_PERM,
	    "%s:%d: unknown key `%s`: sitrep.conf(5) lists the keys", r->path,
	    cfg->line, name);
}

static void complain(cfg_t *cfg, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* What the library says of whom, and how we say it. */
static const struct {
	const char *says, *better;
} sayings[] = {
	{ "found duplicate title '",
	    "another stands above: rename one or make them one" },
	{ "missing title for section '", "write a name behind it, in quotes" },
	{ "missing opening brace for section '",
	    "write its lines in braces, { ... }" },
	{ "missing equal sign after option '",
	    "write an equal sign and a value behind it" },
	{ "unexpected token '",
	    "this can't stand here: a key has one value, or several in braces "
	    "with commas between them" },
	{ "premature end of file",
	    "the file ends in the middle of a section or a value" },
};

/* The name in quotes behind it, alone. */
static const char *
of_whom(struct arena *mem, const char *said, const char *before)
{
	char *name = text_one_line(mem, said + strlen(before), SHOWN), *end;

	if ((end = strrchr(name, '\'')) != NULL)
		*end = '\0';
	return name;
}

static void
complain(cfg_t *cfg, const char *fmt, va_list ap)
{
	static const char unknown_key[] = "no such option '";
	struct reading *r = reading_of(cfg);
	struct arena *mem = r->j->mem;
	const char *said = arena_vprintf(mem, fmt, ap), *who = "";

	if (text_istarts(said, unknown_key)) {
		(void)unknown(r, cfg, of_whom(mem, said, unknown_key));
		return;
	}
	for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++)
		if (text_istarts(said, sayings[i].says)) {
			who = of_whom(mem, said, sayings[i].says);
			said = sayings[i].better;
			break;
		}
	(void)job_fail(r->j, ST_PERM, "%s:%d: %s%s%s", r->path, cfg->line, who,
	    *who == '\0' ? "" : ": ",
	    text_one_line(mem, said, (size_t)2 * SHOWN));
}

static int
refuse_include(cfg_t *cfg, cfg_opt_t *opt, int argc, const char **argv)
{
	struct reading *r = reading_of(cfg);

	(void)opt;
	(void)argc;
	(void)argv;
	(void)job_fail(r->j, ST_PERM,
	    "%s:%d: other files aren't included: write their lines here",
	    r->path, cfg->line);
	return 1;
}

static bool
read_flag(const char *s, int64_t *out)
{
	static const char *const words[] = { "false", "true", "no", "yes",
		"off", "on" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_ieq(words[i], s)) {
			*out = (int64_t)(i % 2);
			return true;
		}
	return false;
}

static bool
read_length(const char *s, int64_t min, int64_t *out)
{
	if (strcmp(s, "0") == 0) {
		*out = 0;
		return true;
	}
	if (strcmp(s, "never") == 0) {
		*out = -1;
		return min == -1;
	}
	return when_read_length(s, out);
}

static bool
read_size(const char *s, int64_t *out)
{
	static const char units[] = "KM";
	int64_t n = 0;
	int digits = 0;

	for (; isdigit((unsigned char)*s); s++) {
		if (++digits > 12)
			return false;
		n = n * 10 + (*s - '0');
	}
	if (digits != 0 && *s != '\0' && strchr(units, *s) != NULL) {
		n *= *s == 'K' ? 1024 : 1024 * 1024;
		s++;
	}
	*out = n;
	return digits != 0 && *s == '\0';
}

/* What the value isn't; NULL: it is well. */
static const char *
misread(struct arena *mem, const struct conf_key *k, const char *s,
    int64_t *out)
{
	*out = 0;
	if (!text_is_line(s))
		return "a line without control characters";
	switch (k->type) {
	case CONF_FLAG: return read_flag(s, out) ? NULL : "true or false";
	case CONF_LENGTH:
		if (!read_length(s, k->min, out))
			return "a time such as 90s, 15m, 2h or 3d";
		if (*out < k->min || *out > k->max)
			return arena_printf(mem, "a time from %s to %s",
			    k->min < 0 ? "never or 0"
				       : when_length(mem, k->min),
			    when_length(mem, k->max));
		return NULL;
	case CONF_SIZE:
		if (!read_size(s, out))
			return "a number of bytes such as 26214400, 64K or 25M";
		if (*out < k->min || *out > k->max)
			return arena_printf(mem,
			    "a size from %lld to %lld bytes", (long long)k->min,
			    (long long)k->max);
		return NULL;
	case CONF_NUMBER:
		if (strspn(s, "0123456789") != strlen(s) || strlen(s) > 9 ||
		    !read_size(s, out) || *out < k->min || *out > k->max)
			return arena_printf(mem, "a number from %lld to %lld",
			    (long long)k->min, (long long)k->max);
		return NULL;
	case CONF_LIMIT:
		if (read_size(s, out) && *out >= k->min && *out <= k->max)
			return NULL;
		return arena_printf(mem, "a number from %lld to %lld",
		    (long long)k->min, (long long)k->max);
	default: return NULL;
	}
}

/* A value of a key, which may be one of a list. */
static int
take(cfg_t *cfg, cfg_opt_t *opt, const char *value, void *result)
{
	struct reading *r = reading_of(cfg);
	struct conf_item *in = is_root(cfg) ? &r->root : &r->inner, *item;
	const struct conf_key *k = find(keys_of(r, cfg), opt->name);
	const struct conf_item *old = conf_given(in, opt->name);
	unsigned line = (unsigned)cfg->line;
	const char *should;
	int64_t number;

	if (old != NULL && opt->nvalues <= 1) {
		(void)job_fail(r->j, ST_PERM,
		    "%s:%u: `%s` stands here and on line %u: keep one of them",
		    r->path, line, k->name, old->line);
		return 1;
	}
	if ((should = misread(r->j->mem, k, value, &number)) != NULL) {
		(void)job_fail(r->j, ST_PERM, "%s:%u: `%s` must be %s, not %s",
		    r->path, line, k->name, should,
		    text_one_line(r->j->mem, value, SHOWN));
		return 1;
	}
	if (old == NULL) {
		in->items = arena_grow(r->mem, in->items, in->n_items,
		    sizeof *in->items);
		in->items[in->n_items++] =
		    (struct conf_item){ .key = k, .line = line };
	}
	/* The library reads one key at a time: it is the last one. */
	item = &in->items[in->n_items - 1];
	item->values = arena_grow(r->mem, item->values, item->n_values,
	    sizeof *item->values);
	item->values[item->n_values++] =
	    (struct conf_value){ arena_str(r->mem, value), line };
	*(const char **)result = value;
	return 0;
}

/* A list that was given without a value calls nobody back. */
static void
note_empty(struct reading *r, const cfg_t *cfg, struct conf_item *in)
{
	for (const cfg_opt_t *o = cfg->opts; o->name != NULL; o++) {
		if (!(o->flags & CFGF_LIST) || !(o->flags & CFGF_MODIFIED) ||
		    conf_given(in, o->name) != NULL)
			continue;
		in->items = arena_grow(r->mem, in->items, in->n_items,
		    sizeof *in->items);
		in->items[in->n_items++] =
		    (struct conf_item){ .key = find(keys_of(r, cfg), o->name),
			    .line = in->line };
	}
}

static int
close_section(cfg_t *cfg, cfg_opt_t *opt)
{
	struct reading *r = reading_of(cfg);
	cfg_t *section = opt->values[opt->nvalues - 1]->section;
	struct conf_item *in = &r->inner;

	in->key = find(r->keys, opt->name);
	in->line = r->closed < r->sections.n ? r->sections.line[r->closed]
					     : (unsigned)cfg->line;
	in->title = arena_str(r->mem, section->title);
	r->closed++;
	note_empty(r, section, in);
	r->root.items = arena_grow(r->mem, r->root.items, r->root.n_items,
	    sizeof *r->root.items);
	r->root.items[r->root.n_items++] = *in;
	*in = (struct conf_item){ 0 };
	return 0;
}

static cfg_opt_t *
options(struct reading *r, const struct conf_key *keys)
{
	cfg_opt_t *out, *o;
	size_t n = 0;

	while (keys[n].name != NULL)
		n++;
	o = out = arena_array(r->mem, n + 2, sizeof *out);
	*o = (cfg_opt_t)CFG_FUNC(door, refuse_include);
	o++->simple_value.ptr = (void **)(void *)r;
	for (const struct conf_key *k = keys; k->name != NULL; k++) {
		if (k->type == CONF_LATER)
			continue; /* found again by unknown() */
		*o = (cfg_opt_t){ .name = k->name,
			.type = CFGT_STR,
			.flags = CFGF_NODEFAULT,
			.parsecb = take };
		if (k->type == CONF_TEXTS)
			o->flags |= CFGF_LIST;
		if (k->type == CONF_SECTION) {
			o->type = CFGT_SEC;
			o->flags =
			    CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES;
			o->parsecb = NULL;
			o->validcb = close_section;
			o->subopts = options(r, k->keys);
		}
		o++;
	}
	return out;
}

static enum status
parse(struct reading *r, const char *text)
{
	cfg_t *cfg = cfg_init(options(r, r->keys), CFGF_NONE);
	int rc;

	if (cfg == NULL)
		die("out of memory for a configuration");
	(void)cfg_set_error_function(cfg, complain);
	rc = cfg_parse_buf(cfg, text);
	if (rc == CFG_SUCCESS)
		note_empty(r, cfg, &r->root);
	(void)cfg_free(cfg);
	if (rc == CFG_SUCCESS)
		return ST_OK;
	return job_fail(r->j, ST_PERM, "%s: cannot be read", r->path);
}

enum status
conf_read(struct job *j, struct arena *mem, const char *path,
    const struct conf_key *keys, struct conf_item *root)
{
	struct reading r = { .j = j, .mem = mem, .path = path, .keys = keys };
	struct buf text = BUF_INIT;
	enum status st = file_read(j, path, LIMIT_CONF_FILE, &text);

	if (st == ST_OK)
		st = conf_scan(j, path, &text, &r.sections);
	if (st == ST_OK)
		st = parse(&r, text.data);
	if (st == ST_OK)
		*root = r.root;
	buf_free(&text);
	return st;
}

const struct conf_item *
conf_given(const struct conf_item *section, const char *name)
{
	for (size_t i = 0; i < section->n_items; i++)
		if (strcmp(section->items[i].key->name, name) == 0)
			return &section->items[i];
	return NULL;
}

unsigned
conf_line(const struct conf_item *section, const char *name)
{
	const struct conf_item *item = conf_given(section, name);

	return item == NULL ? section->line : item->line;
}

static void
fill_list(struct arena *mem, const struct conf_key *k,
    const struct conf_item *given, void *list, size_t *count)
{
	const char **out = NULL;
	char *rest, *line;

	*count = 0;
	rest = given == NULL ? arena_str(mem, k->initial) : NULL;
	while ((line = text_line(&rest)) != NULL) {
		out = arena_grow(mem, out, *count, sizeof *out);
		out[(*count)++] = line;
	}
	for (size_t i = 0; given != NULL && i < given->n_values; i++) {
		out = arena_grow(mem, out, *count, sizeof *out);
		out[(*count)++] = given->values[i].text;
	}
	memcpy(list, &out, sizeof out);
}

static void
fill(struct arena *mem, const struct conf_key *k, const char *text,
    char *record)
{
	int64_t number;
	const char *bad = misread(mem, k, text, &number);

	if (bad != NULL)
		die("the default of %s must be %s", k->name, bad);
	if (k->type == CONF_TEXT)
		memcpy(record, &text, sizeof text);
	else if (k->type == CONF_FLAG)
		*(bool *)record = number != 0;
	else if (k->type == CONF_LIMIT)
		*(size_t *)(void *)record = (size_t)number;
	else
		memcpy(record, &number, sizeof number);
}

void
conf_fill(struct arena *mem, const struct conf_key *keys,
    const struct conf_item *section, void *record)
{
	char *to = record;

	for (const struct conf_key *k = keys; k->name != NULL; k++) {
		const struct conf_item *given = conf_given(section, k->name);

		if (k->type == CONF_SECTION || k->type == CONF_LATER ||
		    k->at == CONF_NOWHERE ||
		    (given == NULL && k->initial == NULL))
			continue;
		if (k->type == CONF_TEXTS)
			fill_list(mem, k, given, to + k->at,
			    (size_t *)(void *)(to + k->count));
		else
			fill(mem, k,
			    given == NULL ? k->initial : given->values[0].text,
			    to + k->at);
	}
}
