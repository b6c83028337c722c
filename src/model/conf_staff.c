/* The sections of sitrep.conf: what is reported on and who works. */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "model/conf_in.h"

enum { SLUG = 40 };

const struct conf_key conf_component_keys[] = {
	/* clang-format off */
	{ "name", CONF_TEXT, AT(component, name), .initial = "" },
	{ "group", CONF_TEXT, AT(component, group), .initial = "" },
	{ "aliases", CONF_TEXTS, AT_LIST(component, aliases), .initial = "" },
	{ "visible", CONF_FLAG, AT(component, visible), .initial = "true" },
	{ "since", CONF_TEXT, AT(component, since), .initial = "" },
	{ .name = NULL },
	/* clang-format on */
};

const struct conf_key conf_person_keys[] = {
	/* clang-format off */
	{ "name", CONF_TEXT, AT(person, name), .initial = "" },
	{ "addresses", CONF_TEXTS, AT_LIST(person, addresses),
	  .initial = "" },
	{ "roles", CONF_TEXTS, .at = CONF_NOWHERE },
	{ "timezone", CONF_TEXT, AT(person, timezone), .initial = "" },
	{ "language", CONF_TEXT, AT(person, language), .initial = "en" },
	{ "page", CONF_TEXTS, AT_LIST(person, page), .initial = "" },
	{ "keys", CONF_TEXTS, AT_LIST(person, keys), .initial = "" },
	{ .name = NULL },
	/* clang-format on */
};

enum status
conf_check_slug(struct loading *l, const struct conf_item *s)
{
	if (conf_is_slug(s->title, SLUG))
		return ST_OK;
	return conf_wrong(l, s->line,
	    "%s \"%s\": a name of a-z, 0-9 and - is wanted, at most %d",
	    s->key->name, s->title, SLUG);
}

/* What stands in subjects and receipts must leave them room. */
enum status
conf_check_length(struct loading *l, const struct conf_item *s, const char *key,
    const char *text)
{
	size_t n = 0;

	for (const char *p = text; text_next(&p) != 0;)
		n++;
	if (n <= LIMIT_NAME)
		return ST_OK;
	return conf_wrong(l, conf_line(s, key),
	    "%s \"%s\": its %s has %zu characters: at most %d", s->key->name,
	    s->title, key, n, LIMIT_NAME);
}

/* One line that says something; it goes into headers and titles. */
enum status
conf_check_name(struct loading *l, const struct conf_item *s, const char *name)
{
	if (!text_blank(name))
		return conf_check_length(l, s, "name", name);
	return conf_wrong(l, conf_line(s, "name"),
	    "%s \"%s\": its name is missing: add name = \"...\"", s->key->name,
	    s->title);
}

/* A name in mails: at place i of slug, name, aliases. */
static const char *
called(const struct component *p, size_t i)
{
	if (i < 2)
		return i == 0 ? p->slug : p->name;
	return i - 2 < p->n_aliases ? p->aliases[i - 2] : NULL;
}

static bool
is_called(const struct component *p, const char *name)
{
	const char *s;

	for (size_t i = 0; (s = called(p, i)) != NULL; i++)
		if (text_key_eq(s, name))
			return true;
	return false;
}

static enum status
check_aliases(struct loading *l, const struct conf_item *s,
    const struct component *p)
{
	for (size_t i = 0; i < p->n_aliases; i++)
		if (text_blank(p->aliases[i]) ||
		    strpbrk(p->aliases[i], ",;:=") != NULL)
			return conf_wrong(l, conf_line(s, "aliases"),
			    "component \"%s\": the alias \"%s\" can't be "
			    "written in a mail: no , ; : or =",
			    s->title, p->aliases[i]);
	return ST_OK;
}

static enum status
check_component(struct loading *l, const struct conf_item *s,
    const struct component *p)
{
	const struct conf *c = l->conf;
	const char *name;
	enum status st;

	if ((st = conf_check_slug(l, s)) != ST_OK ||
	    (st = conf_check_name(l, s, p->name)) != ST_OK ||
	    (st = check_aliases(l, s, p)) != ST_OK)
		return st;
	for (size_t i = 0; (name = called(p, i)) != NULL; i++)
		for (size_t k = 0; k < c->n_components; k++)
			if (is_called(&c->components[k], name))
				return conf_wrong(l, s->line,
				    "component \"%s\": \"%s\" is a name of "
				    "\"%s\" already: take another",
				    p->slug, name, c->components[k].slug);
	return ST_OK;
}

/* "2025-11-01" */
static enum status
read_since(struct loading *l, const struct conf_item *s, struct component *p)
{
	struct civil c = { 0 };

	if (p->since[0] == '\0')
		return ST_OK;
	if (conf_looks_like(p->since, "0000-00-00"))
		c = (struct civil){ .year = text_number(p->since),
			.month = text_number(p->since + 5),
			.day = text_number(p->since + 8) };
	if (!when_valid(&c))
		return conf_wrong(l, conf_line(s, "since"),
		    "component \"%s\": since \"%s\" is no day: write "
		    "\"2025-11-01\"",
		    p->slug, p->since);
	p->born = when_of(&c);
	return ST_OK;
}

static unsigned
line_of(const struct loading *l, const struct component *p)
{
	for (size_t i = 0; i < l->root->n_items; i++) {
		const struct conf_item *s = &l->root->items[i];

		if (conf_is_section(s, "component") &&
		    strcmp(s->title, p->slug) == 0)
			return s->line;
	}
	return 0;
}

/* "Email" in a mail must mean the group or the component, not either. */
static enum status
check_groups(struct loading *l)
{
	const struct conf *c = l->conf;

	for (size_t i = 0; i < c->n_components; i++)
		for (size_t k = 0; k < c->n_components; k++) {
			const struct component *p = &c->components[i],
					       *q = &c->components[k];

			if (i != k && p->group[0] != '\0' &&
			    is_called(q, p->group))
				return conf_wrong(l, line_of(l, p),
				    "component \"%s\": its group \"%s\" is "
				    "also a name of \"%s\": rename one",
				    p->slug, p->group, q->slug);
		}
	return ST_OK;
}

enum status
conf_read_components(struct loading *l)
{
	struct conf *c = l->conf;

	for (size_t i = 0; i < l->root->n_items; i++) {
		const struct conf_item *s = &l->root->items[i];
		struct component p = { .slug = s->title };
		enum status st;

		if (!conf_is_section(s, "component"))
			continue;
		conf_fill(l->mem, conf_component_keys, s, &p);
		if ((st = check_component(l, s, &p)) != ST_OK ||
		    (st = read_since(l, s, &p)) != ST_OK)
			return st;
		c->components = arena_grow(l->mem, c->components,
		    c->n_components, sizeof p);
		c->components[c->n_components++] = p;
	}
	return check_groups(l);
}

static enum status
read_roles(struct loading *l, const struct conf_item *s, struct person *p)
{
	const struct conf_item *roles = conf_given(s, "roles");

	for (size_t i = 0; roles != NULL && i < roles->n_values; i++) {
		unsigned bit = words_read_role(roles->values[i].text);

		if (bit == 0)
			return conf_wrong(l, roles->values[i].line,
			    "no such role: %s (noc, comms, comms-lead, exec, "
			    "security, support, admin)",
			    roles->values[i].text);
		p->roles |= bit;
	}
	if (p->roles == 0)
		return conf_wrong(l, s->line,
		    "person \"%s\" has no role: add roles = { \"noc\" } or "
		    "another",
		    p->slug);
	return ST_OK;
}

static enum status
check_address(struct loading *l, const struct conf_item *s, const char *key,
    const char *address)
{
	unsigned line = conf_line(s, key);
	const struct person *other;

	if (!text_is_address(address))
		return conf_wrong(l, line, "person \"%s\": %s is no address",
		    s->title, address);
	if (text_ieq(strrchr(address, '@') + 1, l->conf->domain) ||
	    text_ieq(address, l->conf->status_address))
		return conf_wrong(l, line,
		    "person \"%s\": %s is an address of ours: name the "
		    "person's own",
		    s->title, address);
	if ((other = conf_person_reached(l->conf, address)) != NULL)
		return conf_wrong(l, line,
		    "person \"%s\": %s belongs to \"%s\" already: an address "
		    "is one person",
		    s->title, address, other->slug);
	return ST_OK;
}

static enum status
check_pages(struct loading *l, const struct conf_item *s,
    const struct person *p)
{
	enum status st;

	for (size_t i = 0; i < p->n_page; i++) {
		if (p->page[i][0] == '|' && p->page[i][1] == '/')
			continue;
		if (p->page[i][0] == '|')
			return conf_wrong(l, conf_line(s, "page"),
			    "person \"%s\": %s must name its command from /: "
			    "\"|/usr/local/bin/page\"",
			    s->title, p->page[i]);
		if ((st = check_address(l, s, "page", p->page[i])) != ST_OK)
			return st;
	}
	return ST_OK;
}

/* OpenPGP fingerprints, 40 or 64 hexadecimal digits, blanks allowed. */
static bool
is_fingerprint(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++) {
		if (*s == ' ' || *s == ':')
			continue;
		if (strchr("0123456789abcdefABCDEF", *s) == NULL)
			return false;
		n++;
	}
	return n == 40 || n == 64;
}

static enum status
check_person(struct loading *l, const struct conf_item *s,
    const struct person *p)
{
	enum status st;

	if ((st = conf_check_slug(l, s)) != ST_OK ||
	    (st = conf_check_name(l, s, p->name)) != ST_OK)
		return st;
	if (p->n_addresses == 0)
		return conf_wrong(l, s->line,
		    "person \"%s\" has no address: add addresses = { "
		    "\"...\" }",
		    p->slug);
	for (size_t i = 0; i < p->n_addresses; i++)
		if ((st = check_address(l, s, "addresses", p->addresses[i])) !=
		    ST_OK)
			return st;
	for (size_t i = 0; i < p->n_keys; i++)
		if (!is_fingerprint(p->keys[i]))
			return conf_wrong(l, conf_line(s, "keys"),
			    "person \"%s\": %s is no fingerprint: 40 "
			    "hexadecimal digits are wanted",
			    p->slug, p->keys[i]);
	if (!conf_is_language(p->language))
		return conf_wrong(l, conf_line(s, "language"),
		    "person \"%s\": %s is no language such as en or fr",
		    p->slug, p->language);
	if ((st = check_pages(l, s, p)) != ST_OK)
		return st;
	return conf_check_zones(l, s, "timezone");
}

enum status
conf_read_persons(struct loading *l)
{
	struct conf *c = l->conf;

	for (size_t i = 0; i < l->root->n_items; i++) {
		const struct conf_item *s = &l->root->items[i];
		struct person p = { .slug = s->title };
		enum status st;

		if (!conf_is_section(s, "person"))
			continue;
		conf_fill(l->mem, conf_person_keys, s, &p);
		if (p.timezone[0] == '\0')
			p.timezone = c->timezone;
		if ((st = check_person(l, s, &p)) != ST_OK ||
		    (st = read_roles(l, s, &p)) != ST_OK)
			return st;
		c->persons =
		    arena_grow(l->mem, c->persons, c->n_persons, sizeof p);
		c->persons[c->n_persons++] = p;
	}
	return ST_OK;
}
