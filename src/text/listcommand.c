#include "text/listcommand.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "base/zone.h"
#include "text/args.h"
#include "text/choice.h"
#include "text/moment.h"
#include "text/polite.h"
#include "text/values.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { SHOWN = 120, LANGUAGE_MOST = 35, PAUSE_DAYS = 366, FEW = 2 };

struct reader {
	struct arena *mem;
	const struct list_reading *r;
};

typedef void reads(const struct reader *r, const char *value,
    struct list_command *out);
static reads read_delivery;

static void
refuse(struct list_command *out, const char *no, const char *copy)
{
	out->verb = LIST_REFUSED;
	out->no = no;
	out->copy = copy;
}

/* ---- values ---- */

struct word {
	const char *said, *kept;
};

static const char *
kept(const struct word *words, size_t n, const char *s)
{
	for (size_t i = 0; i < n; i++)
		if (text_key_eq(words[i].said, s))
			return words[i].kept;
	return NULL;
}

static void
one_of(const struct word *words, size_t n, const char *value, const char *no,
    const char *copy, struct list_command *out)
{
	out->value = kept(words, n, value);
	if (out->value == NULL)
		refuse(out, no, copy);
}

static const char *
all_topics(const struct reader *r)
{
	const struct conf *c = r->r->conf;
	const char *s = "";

	for (size_t i = 0; i < c->n_components; i++)
		if (c->components[i].visible)
			s = arena_printf(r->mem, "%s%s%s", s,
			    *s == '\0' ? "" : ", ", c->components[i].slug);
	return s;
}

static void
read_topics(const struct reader *r, const char *value, struct list_command *out)
{
	const char *unknown;

	out->value = choice_read_topics(r->mem, r->r->conf, value, &unknown);
	if (out->value != NULL)
		return;
	refuse(out,
	    *unknown == '\0'
		? arena_printf(r->mem, "Name services: %s.", all_topics(r))
		: arena_printf(r->mem, "There is no \"%s\". There are: %s.",
		      text_one_line(r->mem, unknown, SHOWN), all_topics(r)),
	    "set topics all");
}

static void
read_least(const struct reader *r, const char *value, struct list_command *out)
{
	static const struct word words[] = { { "minor", "minor" },
		{ "degraded", "minor" }, { "major", "major" },
		{ "partial outage", "major" }, { "critical", "critical" },
		{ "outage", "critical" }, { "all", "" }, { "none", "" },
		{ "any", "" } };

	(void)r;
	one_of(words, COUNT(words), value,
	    "The least impact is minor, major, critical or all.",
	    "set min major", out);
}

static void
read_kind(const struct reader *r, const char *value, struct list_command *out)
{
	static const struct word words[] = { { "incidents", "incidents" },
		{ "incident", "incidents" }, { "maintenance", "maintenance" },
		{ "maintenances", "maintenance" }, { "all", "" },
		{ "both", "" } };

	(void)r;
	one_of(words, COUNT(words), value,
	    "The kind is incidents, maintenance or all.",
	    "set kind maintenance", out);
}

static void
read_format(const struct reader *r, const char *value, struct list_command *out)
{
	static const struct word words[] = { { "text", "text" },
		{ "plain", "text" }, { "html", "html" }, { "both", "both" } };

	(void)r;
	one_of(words, COUNT(words), value, "The format is text, html or both.",
	    "set format text", out);
}

static bool
has_digest(const struct reader *r)
{
	return r->r->list != NULL && r->r->list->digest != DIGEST_NONE;
}

/* A daily one has the weekly one beside it; mime has the mails in it. */
static void
read_digest(const struct reader *r, const char *value, struct list_command *out)
{
	static const struct word words[] = { { "", "digest" },
		{ "on", "digest" }, { "yes", "digest" }, { "daily", "digest" },
		{ "summary", "digest" }, { "daily summary", "digest" },
		{ "weekly", "digest-weekly" },
		{ "weekly summary", "digest-weekly" },
		{ "mime", "digest-mime" }, { "daily mime", "digest-mime" },
		{ "mime daily", "digest-mime" },
		{ "weekly mime", "digest-weekly-mime" },
		{ "mime weekly", "digest-weekly-mime" }, { "off", "each" },
		{ "no", "each" }, { "none", "each" } };

	if (has_digest(r))
		one_of(words, COUNT(words), value,
		    "The digest is daily or weekly; the mails themselves are "
		    "in it as mime.",
		    "set digest weekly mime", out);
	else
		read_delivery(r, value, out);
}

static void
read_delivery(const struct reader *r, const char *value,
    struct list_command *out)
{
	static const char digest[] = "digest";
	static const struct word words[] = { { "each", "each" },
		{ "all", "each" }, { "every", "each" }, { "off", "each" },
		{ "no", "each" }, { "first-last", "first-last" },
		{ "first+last", "first-last" },
		{ "first and last", "first-last" } };

	if (text_istarts(value, digest) && has_digest(r)) {
		value += sizeof digest - 1;
		read_digest(r, value + strspn(value, " -_:"), out);
	} else
		one_of(words, COUNT(words), value,
		    has_digest(r)
			? "It sends each mail; or the first one, each rise of "
			  "the impact, corrections and the end: first-last; or "
			  "a digest."
			: "This list has no digest. It sends each mail, or the "
			  "first one, each rise of the impact, corrections and "
			  "the end: first-last.",
		    "set delivery first-last", out);
}

static void
read_lang(const struct reader *r, const char *value, struct list_command *out)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	char *s = text_lower(r->mem, value);
	size_t n = strlen(s), first = strcspn(s, "-");

	out->value = s;
	if (first < 2 || first > 3 || n > LANGUAGE_MOST ||
	    strspn(s, letters) != n)
		refuse(out, "A language is two letters.", "set lang fr");
}

static void
read_zone(const struct reader *r, const char *value, struct list_command *out)
{
	out->value = zone_find(r->mem, value);
	if (out->value == NULL)
		refuse(out,
		    "No such time zone. Name a place, as the tz database "
		    "does.",
		    "set tz Europe/Paris");
}

/* A day alone begins at midnight. */
static bool
read_time(const struct reader *r, const char *value, int64_t *out)
{
	const struct conf *c = r->r->conf;
	const struct moment_frame f = { .written = r->r->now,
		.received = r->r->now,
		.zone = r->r->zone,
		.house = c->timezone,
		.words = c->zones,
		.n_words = c->n_zones,
		.use = MOMENT_FUTURE };
	struct moment_refusal no;
	struct moment m;
	bool ok = moment_read(r->mem, &f, value, &m, &no) ||
		  moment_read(r->mem, &f,
		      arena_printf(r->mem, "%s 00:00", value), &m, &no);

	if (ok)
		*out = m.at;
	return ok;
}

static void
read_pause(const struct reader *r, const char *value, struct list_command *out)
{
	const char *copy = arena_printf(r->mem, "pause until %.10s",
	    when_rfc3339(r->mem, r->r->now + 14 * DAY));
	int64_t length;

	if (text_istarts(value, "until "))
		value += strlen("until ");
	if (text_istarts(value, "for "))
		value += strlen("for ");
	while (*value == ' ')
		value++;
	if (when_read_length(value, &length))
		out->until = r->r->now + length;
	else if (*value == '\0' || !read_time(r, value, &out->until)) {
		refuse(out, "Say until when, as a day.", copy);
		return;
	}
	if (out->until <= r->r->now)
		refuse(out, "That is over already.", copy);
	else if (out->until > r->r->now + (int64_t)PAUSE_DAYS * DAY)
		refuse(out, "A pause lasts a year at most.", copy);
}

static void
read_id(const struct reader *r, const char *value, struct list_command *out)
{
	if (!eventid_read(value, when_utc(r->r->now).year, &out->id))
		refuse(out, "Name an event by its number, as in the subjects.",
		    arena_printf(r->mem, "%s INC-%d-0042",
			out->verb == LIST_GET ? "get" : "follow",
			when_utc(r->r->now).year));
}

static void
read_subscribe(const struct reader *r, const char *value,
    struct list_command *out)
{
	out->value = "";
	if (*value != '\0')
		read_delivery(r, value, out);
	if (out->verb == LIST_REFUSED)
		out->copy = "subscribe first-last";
}

/* ---- lines ---- */

static const struct form { /* a command with a value, or without */
	const char *name;
	enum list_verb verb;
	reads *read;       /* NULL: nothing may follow */
	const char *value; /* ... and this is meant */
} forms[] = {
	/* clang-format off */
	{ "subscribe", LIST_SUBSCRIBE, read_subscribe, NULL },
	{ "join", LIST_SUBSCRIBE, read_subscribe, NULL },
	{ "unsubscribe", LIST_UNSUBSCRIBE, NULL, "" },
	{ "leave", LIST_UNSUBSCRIBE, NULL, "" },
	{ "signoff", LIST_UNSUBSCRIBE, NULL, "" },
	{ "maintenance only", LIST_KIND, NULL, "maintenance" },
	{ "only maintenance", LIST_KIND, NULL, "maintenance" },
	{ "incidents only", LIST_KIND, NULL, "incidents" },
	{ "first-last", LIST_DELIVERY, NULL, "first-last" },
	{ "each", LIST_DELIVERY, NULL, "each" },
	{ "topics", LIST_TOPICS, read_topics, NULL },
	{ "topic", LIST_TOPICS, read_topics, NULL },
	{ "min", LIST_LEAST, read_least, NULL },
	{ "minimum", LIST_LEAST, read_least, NULL },
	{ "impact", LIST_LEAST, read_least, NULL },
	{ "kind", LIST_KIND, read_kind, NULL },
	{ "lang", LIST_LANG, read_lang, NULL },
	{ "language", LIST_LANG, read_lang, NULL },
	{ "tz", LIST_ZONE, read_zone, NULL },
	{ "timezone", LIST_ZONE, read_zone, NULL },
	{ "time zone", LIST_ZONE, read_zone, NULL },
	{ "format", LIST_FORMAT, read_format, NULL },
	{ "delivery", LIST_DELIVERY, read_delivery, NULL },
	{ "digest", LIST_DELIVERY, read_digest, NULL },
	{ "pause", LIST_PAUSE, read_pause, NULL },
	{ "resume", LIST_RESUME, NULL, "" },
	{ "which", LIST_WHICH, NULL, "" },
	{ "settings", LIST_WHICH, NULL, "" },
	{ "open", LIST_OPEN_EVENTS, NULL, "" },
	{ "get", LIST_GET, read_id, NULL },
	{ "follow", LIST_FOLLOW, read_id, NULL },
	{ "help", LIST_HELP, NULL, "" },
	/* clang-format on */
};

/* s begins with the words of the form; what follows them. */
static const char *
rest_after(const char *s, const char *name)
{
	size_t n = strlen(name);

	if (!text_istarts(s, name) ||
	    (s[n] != '\0' && strchr(" \t:=", s[n]) == NULL))
		return NULL;
	return s + n + strspn(s + n, " \t:=");
}

static bool
fits(const struct reader *r, const char *s, struct list_command *out)
{
	for (size_t i = 0; i < COUNT(forms); i++) {
		const char *rest = rest_after(s, forms[i].name);

		if (rest == NULL || (forms[i].read == NULL && *rest != '\0'))
			continue;
		out->verb = forms[i].verb;
		out->value = forms[i].read == NULL ? forms[i].value : "";
		if (forms[i].read != NULL)
			forms[i].read(r, rest, out);
		return true;
	}
	return false;
}

/* What is set stands behind it, but the word itself is a slip. */
static bool
is_nearly_set(const struct reader *r, const char *s, struct list_command *out)
{
	size_t n = strcspn(s, " ");
	const char *word = arena_copy(r->mem, s, n);
	const char *rest = s + n + strspn(s + n, " ");

	if (*rest == '\0' || text_distance(word, "set") > 1 ||
	    !fits(r, rest, out))
		return false;
	refuse(out, "No such word. Did you mean this?",
	    arena_printf(r->mem, "set %s", rest));
	return true;
}

/* "unsubscribe me please": one that stands alone, and a few words more. */
static bool
is_more(const char *s, struct list_command *out)
{
	for (size_t i = 0; i < COUNT(forms); i++) {
		const char *rest = rest_after(s, forms[i].name);

		if (rest == NULL || forms[i].read != NULL ||
		    args_words(rest) > FEW)
			continue;
		refuse(out, "Nothing may stand behind that word.",
		    forms[i].name);
		return true;
	}
	return false;
}

/* A first word that is nearly one of ours. */
static bool
is_nearly(const struct reader *r, const char *s, struct list_command *out)
{
	size_t n = strcspn(s, " \t:=");
	const char *word = arena_copy(r->mem, s, n);

	for (size_t i = 0; i < COUNT(forms); i++)
		if (text_ieq(word, forms[i].name))
			return false;
	for (size_t i = 0; i < COUNT(forms); i++)
		if (value_is_near(word, forms[i].name)) {
			refuse(out, "No such word. Did you mean this?",
			    arena_printf(r->mem, "%s%s", forms[i].name, s + n));
			return true;
		}
	return false;
}

static const char *
cleaned(struct arena *mem, const char *line)
{
	char *s = text_one_line(mem, line, LIMIT_FIELD);
	size_t n;

	while (*s == '*' || *s == '!' || *s == '/' || *s == ' ')
		s++;
	n = strlen(s);
	while (n != 0 && strchr(".!;* ", s[n - 1]) != NULL)
		s[--n] = '\0';
	return s;
}

static void
read_set(const struct reader *r, const char *s, struct list_command *out)
{
	if (*s == '\0' || (!fits(r, s, out) && !is_nearly(r, s, out)))
		refuse(out,
		    "Settings are topics, min, kind, lang, tz, format and "
		    "delivery.",
		    "set topics all");
	else if (out->verb == LIST_REFUSED && !text_istarts(out->copy, "set "))
		out->copy = arena_printf(r->mem, "set %s", out->copy);
}

/* false: no command; *out is then a refusal all the same. */
static bool
read_line(const struct reader *r, const char *line, struct list_command *out)
{
	const char *s = cleaned(r->mem, line), *set;

	*out = (struct list_command){ .value = "",
		.no = "",
		.copy = "",
		.line = text_one_line(r->mem, line, SHOWN) };
	if (fits(r, s, out))
		return true;
	if ((set = rest_after(s, "set")) != NULL) {
		read_set(r, set, out);
		return true;
	}
	if (is_more(s, out) || is_nearly_set(r, s, out) || is_nearly(r, s, out))
		return true;
	refuse(out, "No such command.", "help");
	return false;
}

static bool
ends(const char *s)
{
	return text_key_eq(s, "end") || polite_stops(s) ||
	       strcmp(s, "-- ") == 0;
}

bool
listcommand_line(struct arena *mem, const struct list_reading *r,
    const char *line, struct list_command *out)
{
	const struct reader in = { mem, r };

	while (text_istarts(line, "re:"))
		for (line += strlen("re:"); *line == ' ';)
			line++;
	return read_line(&in, line, out) && out->verb != LIST_REFUSED;
}

static size_t
lines_left(char *rest)
{
	size_t n = 0;
	char *line;

	while ((line = text_line(&rest)) != NULL)
		n += !text_blank(line);
	return n;
}

/* What one mail may ask for; false: it stands above already. */
static bool
is_new(const struct list_commands *all, struct list_command *c)
{
	size_t gets = 0;

	for (size_t i = 0; c->verb == LIST_GET && i < all->n; i++) {
		const struct list_command *old = &all->list[i];

		if (old->verb != LIST_GET)
			continue;
		if (old->id.kind == c->id.kind && old->id.year == c->id.year &&
		    old->id.number == c->id.number)
			return false;
		gets++;
	}
	if (gets == LISTCOMMAND_GETS)
		refuse(c,
		    "Five events are what one mail gets. Ask for this one in "
		    "another mail:",
		    c->line);
	return true;
}

void
listcommand_read(struct arena *mem, const struct list_reading *r,
    const char *text, struct list_commands *out)
{
	const struct reader in = { mem, r };
	char *rest = arena_str(mem, text), *line;
	size_t odd = 0;

	*out = (struct list_commands){ .n = 0 };
	while ((line = text_line(&rest)) != NULL && !ends(line)) {
		struct list_command c;

		if (text_blank(line) || (out->n == 0 && polite_greets(line)))
			continue;
		odd = read_line(&in, line, &c) ? 0 : odd + 1;
		out->odd += odd != 0;
		if (!is_new(out, &c)) {
			out->again++;
			continue;
		}
		out->list =
		    arena_grow(mem, out->list, out->n, sizeof *out->list);
		out->list[out->n++] = c;
		if (odd == LISTCOMMAND_ODD || out->n == LISTCOMMAND_MAX) {
			out->unread = lines_left(rest);
			return;
		}
	}
}
