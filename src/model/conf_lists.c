/* lists/NAME.conf: a file for each reseller list. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "model/conf_in.h"

static const char suffix[] = ".conf";

const struct conf_key conf_list_keys[] = {
	/* clang-format off */
	{ "from", CONF_TEXT, AT(list, from), .initial = "" },
	{ "reply_to", CONF_TEXT, AT(list, reply_to), .initial = "" },
	{ "kind", CONF_TEXT, .at = CONF_NOWHERE },
	{ "description", CONF_TEXT, AT(list, description), .initial = "" },
	{ "language", CONF_TEXT, AT(list, language), .initial = "en" },
	{ "timezones", CONF_TEXTS, AT_LIST(list, timezones), .initial = "" },
	{ "topics", CONF_TEXTS, AT_LIST(list, topics), .initial = "" },
	{ "subject", CONF_TEXT, .at = CONF_NOWHERE },
	{ "prefix", CONF_TEXT, AT(list, prefix), .initial = "" },
	{ "digest", CONF_TEXT, .at = CONF_NOWHERE },
	{ .name = NULL },
	/* clang-format on */
};

const struct conf_key conf_list_file_keys[] = {
	{ "list", CONF_SECTION, .keys = conf_list_keys },
	{ .name = NULL },
};

static const char *const kinds[] = { "open", "account", "internal" };
static const char *const subjects[] = { "state", "stable" };

/* Our other addresses (local parts), and what follows a list's name in its
 * own: a list called so would get mail that is meant for them. */
static const char *const taken[] = { "incident", "noc", "outage", "maintenance",
	"robot", "provider", "warroom", "help", "postmaster", "abuse", "p",
	"selftest" };
static const char *const endings[] = { "-subscribe", "-unsubscribe", "-request",
	"-confirm", "-bounces", "-owner" };

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool
ends(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static enum status
check_slug(struct loading *l, const struct conf_item *s, const char *file)
{
	if (!conf_is_slug(s->title, LIMIT_LIST_NAME))
		return conf_wrong(l, s->line,
		    "list \"%s\": a name of a-z, 0-9 and - is wanted, at most "
		    "%d",
		    s->title, LIMIT_LIST_NAME);
	if (strncmp(file, s->title, strlen(s->title)) != 0 ||
	    strcmp(file + strlen(s->title), suffix) != 0)
		return conf_wrong(l, s->line,
		    "list \"%s\" stands in %s: name the file %s.conf", s->title,
		    file, s->title);
	for (size_t i = 0; i < COUNT(taken); i++)
		if (strcmp(taken[i], s->title) == 0)
			return conf_wrong(l, s->line,
			    "list \"%s\": %s@ is another address of ours: "
			    "take another name",
			    s->title, s->title);
	for (size_t i = 0; i < COUNT(endings); i++)
		if (ends(s->title, endings[i]))
			return conf_wrong(l, s->line,
			    "list \"%s\": a name can't end in %s", s->title,
			    endings[i]);
	return ST_OK;
}

/* The place of a word; the first if the key isn't given; n: none. */
static size_t
word(const struct conf_item *s, const char *key, const char *const *words,
    size_t n)
{
	const struct conf_item *item = conf_given(s, key);

	for (size_t i = 0; i < n; i++)
		if (item == NULL || strcmp(item->values[0].text, words[i]) == 0)
			return i;
	return n;
}

/* A component's slug, or a group's name as the components write it. */
static const char *
topic(const struct conf *c, const char *s)
{
	const struct component *p = conf_component(c, s);

	if (p != NULL)
		return p->slug;
	for (size_t i = 0; i < c->n_components; i++)
		if (c->components[i].group[0] != '\0' &&
		    text_key_eq(c->components[i].group, s))
			return c->components[i].group;
	return NULL;
}

static enum status
read_topics(struct loading *l, const struct conf_item *s, struct list *out)
{
	for (size_t i = 0; i < out->n_topics; i++) {
		const char *name = topic(l->conf, out->topics[i]);

		if (name == NULL)
			return conf_wrong(l, conf_line(s, "topics"),
			    "no such component or group: %s", out->topics[i]);
		out->topics[i] = name;
	}
	return ST_OK;
}

static enum status
read_words(struct loading *l, const struct conf_item *s, struct list *out)
{
	size_t kind = word(s, "kind", kinds, COUNT(kinds));
	size_t subject = word(s, "subject", subjects, COUNT(subjects));

	if (kind == COUNT(kinds))
		return conf_wrong(l, conf_line(s, "kind"),
		    "`kind` is open, account or internal");
	if (subject == COUNT(subjects))
		return conf_wrong(l, conf_line(s, "subject"),
		    "`subject` is state or stable");
	out->kind = (enum list_kind)kind;
	out->subject = (enum list_subject)subject;
	return ST_OK;
}

/* A time of day behind the word of the period. */
static bool
is_period(const char *value, const char *word, struct list *out)
{
	const char *clock = value + strlen(word);
	int hour, minute;

	if (strncmp(value, word, strlen(word)) != 0 ||
	    !conf_looks_like(clock, " 00:00"))
		return false;
	hour = text_number(clock + 1);
	minute = text_number(clock + sizeof " 00:" - 1);
	out->digest_minute = hour * 60 + minute;
	return hour < 24 && minute < 60;
}

static enum status
read_digest(struct loading *l, const struct conf_item *s, struct list *out)
{
	const struct conf_item *item = conf_given(s, "digest");
	const char *value = item == NULL ? "none" : item->values[0].text;

	if (is_period(value, "daily", out))
		out->digest = DIGEST_DAILY;
	else if (is_period(value, "weekly", out))
		out->digest = DIGEST_WEEKLY;
	else if (strcmp(value, "none") != 0)
		return conf_wrong(l, conf_line(s, "digest"),
		    "`digest` must be like \"daily 08:00\" or \"weekly "
		    "08:00\", in the first of the list's timezones, or "
		    "\"none\"");
	return ST_OK;
}

/* Who gets what people write to the From address, or mail from us. */
static const char *
reader(struct loading *l, const char *address)
{
	const struct conf *c = l->conf;
	const struct person *p = conf_person_reached(c, address);

	if (text_ieq(c->owner, address))
		return "`owner`";
	if (text_ieq(c->admin, address))
		return "`admin`";
	if (text_ieq(c->noc_list, address))
		return "`noc_list`";
	return p == NULL ? NULL
			 : arena_printf(l->mem, "person \"%s\"", p->slug);
}

static enum status
check_from(struct loading *l, const struct conf_item *s, struct list *out)
{
	unsigned line = conf_line(s, "from");
	const char *who;

	if (!conf_mailbox(l->mem, out->from, &out->from_address))
		return conf_wrong(l, line,
		    "`from` must be like \"Example Status "
		    "<status@status.example>\"");
	if (text_ieq(out->from_address, l->conf->status_address))
		return conf_wrong(l, line,
		    "`from`: %s is the address of internal mail: take another",
		    out->from_address);
	if ((who = reader(l, out->from_address)) != NULL)
		return conf_wrong(l, line,
		    "`from`: %s is the address of %s: mail to it comes back "
		    "to us, take another",
		    out->from_address, who);
	return ST_OK;
}

static enum status
check_list(struct loading *l, const struct conf_item *s, struct list *out)
{
	enum status st;

	if (out->from[0] == '\0')
		return conf_wrong(l, s->line,
		    "list \"%s\" has no from: add from = \"Example Status "
		    "<status@status.example>\"",
		    s->title);
	if ((st = check_from(l, s, out)) != ST_OK ||
	    (st = conf_check_length(l, s, "description", out->description)) !=
		ST_OK)
		return st;
	if (out->reply_to[0] != '\0' && !text_is_address(out->reply_to))
		return conf_wrong(l, conf_line(s, "reply_to"),
		    "`reply_to`: %s is no address", out->reply_to);
	if (!conf_is_language(out->language))
		return conf_wrong(l, conf_line(s, "language"),
		    "`language`: %s is no language such as en or fr",
		    out->language);
	if (out->n_timezones > 3)
		return conf_wrong(l, conf_line(s, "timezones"),
		    "`timezones` takes three at most; UTC is always shown");
	return conf_check_zones(l, s, "timezones");
}

static enum status
read_list(struct loading *l, const struct conf_item *s, const char *file)
{
	struct list out = { .slug = s->title };
	struct conf *c = l->conf;
	enum status st;

	conf_fill(l->mem, conf_list_keys, s, &out);
	if (out.description[0] == '\0')
		out.description = out.slug;
	if ((st = check_slug(l, s, file)) != ST_OK ||
	    (st = check_list(l, s, &out)) != ST_OK ||
	    (st = read_words(l, s, &out)) != ST_OK ||
	    (st = read_digest(l, s, &out)) != ST_OK ||
	    (st = read_topics(l, s, &out)) != ST_OK)
		return st;
	c->lists = arena_grow(l->mem, c->lists, c->n_lists, sizeof out);
	c->lists[c->n_lists++] = out;
	return ST_OK;
}

static enum status
read_file(struct loading *l, const char *file)
{
	struct conf_item root = { 0 };
	struct loading in = *l;
	enum status st;

	in.path = arena_printf(l->mem, "%s/%s", l->conf->lists_dir, file);
	in.root = &root;
	st = conf_read(l->j, l->mem, in.path, conf_list_file_keys, &root);
	if (st == ST_NONE)
		return conf_wrong(&in, 0, "the file went away: try again");
	if (st != ST_OK)
		return st;
	if (root.n_items != 1)
		return conf_wrong(&in,
		    root.n_items == 0 ? 0 : root.items[1].line,
		    "one list a file is wanted: list \"NAME\" { ... }");
	return read_list(&in, &root.items[0], file);
}

static int
compare(const void *a, const void *b)
{
	const struct list *x = a, *y = b;

	return strcmp(x->slug, y->slug);
}

static enum status
list_files(struct loading *l, char ***out, size_t *n)
{
	DIR *dir = opendir(l->conf->lists_dir);
	struct dirent *e;

	*out = NULL;
	*n = 0;
	if (dir == NULL)
		return conf_wrong(l, conf_line(l->root, "lists"),
		    "cannot open the folder of lists, %s: %s",
		    l->conf->lists_dir, strerror(errno));
	while ((e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.' || !ends(e->d_name, suffix))
			continue;
		*out = arena_grow(l->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = arena_str(l->mem, e->d_name);
	}
	(void)closedir(dir);
	return ST_OK;
}

enum status
conf_read_lists(struct loading *l)
{
	char **files;
	size_t n;
	enum status st = list_files(l, &files, &n);

	for (size_t i = 0; st == ST_OK && i < n; i++)
		st = read_file(l, files[i]);
	if (st == ST_OK && n != 0)
		qsort(l->conf->lists, n, sizeof *l->conf->lists, compare);
	return st;
}
