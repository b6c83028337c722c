/* The sections of sitrep.conf: how fast, whose face, whose abbreviations. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/conf_in.h"

#define KEY_LENGTH(field, low, high) \
	{ \
#field, CONF_LENGTH, AT(severity, field), .min = (low), \
							  .max = (high) \
	}

enum { NEVER = -1 };
enum { SEVERITIES = 5 };

const struct conf_key conf_severity_keys[] = {
	/* clang-format off */
	KEY_LENGTH(handoff, NEVER, 7 * DAY),
	KEY_LENGTH(ack, MINUTE, DAY),
	KEY_LENGTH(first_post, MINUTE, 7 * DAY),
	KEY_LENGTH(cadence, 5 * MINUTE, 7 * DAY),
	KEY_LENGTH(cadence_max, 5 * MINUTE, 14 * DAY),
	KEY_LENGTH(preview, MINUTE, DAY),
	KEY_LENGTH(dwell, MINUTE, 7 * DAY),
	KEY_LENGTH(sitrep, MINUTE, 7 * DAY),
	KEY_LENGTH(postmortem, NEVER, 90 * DAY),
	{ "levels", CONF_LIMIT, AT(severity, levels), .min = 1, .max = 3 },
	{ "office", CONF_FLAG, AT(severity, office) },
	{ .name = NULL },
	/* clang-format on */
};

const struct conf_key conf_brand_keys[] = {
	/* clang-format off */
	{ "name", CONF_TEXT, AT(brand, name), .initial = "" },
	{ "apology", CONF_TEXT, AT(brand, apology), .initial = "" },
	{ .name = NULL },
	/* clang-format on */
};

/* process: timers T1 to T10; sitrep 0 is half the cadence. */
static const struct severity defaults[SEVERITIES + 1] = {
	/* clang-format off */
	{ 0 },
	{ 0, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 5 * MINUTE, HOUR, 0,
	  3 * DAY, 3, false },
	{ 15 * MINUTE, 5 * MINUTE, 15 * MINUTE, 2 * HOUR, 4 * HOUR,
	  10 * MINUTE, HOUR, 0, 5 * DAY, 3, false },
	{ 15 * MINUTE, 5 * MINUTE, 15 * MINUTE, 2 * HOUR, 12 * HOUR,
	  10 * MINUTE, HOUR, 0, NEVER, 2, false },
	{ HOUR, 5 * MINUTE, 15 * MINUTE, DAY, 3 * DAY, 10 * MINUTE, HOUR, 0,
	  NEVER, 2, true },
	{ NEVER, 5 * MINUTE, 15 * MINUTE, DAY, 3 * DAY, 10 * MINUTE, HOUR, 0,
	  NEVER, 2, true },
	/* clang-format on */
};

/* The same length, and digits where the form has some. */
bool
conf_looks_like(const char *s, const char *form)
{
	for (; *s != '\0' && *form != '\0'; s++, form++)
		if (*form == '0' ? *s < '0' || *s > '9' : *s != *form)
			return false;
	return *s == *form;
}

/* "Mon-Fri 09:00-17:00". */
static bool
read_office(const char *s, struct office *out)
{
	int days[2], clock[4];

	for (int i = 0; i < 2; i++, s += 3) {
		if (i == 1 && *s++ != '-')
			return false;
		for (days[i] = 0; days[i] < 7; days[i]++)
			if (strncmp(s, when_weekday(days[i]), 3) == 0)
				break;
		if (days[i] == 7)
			return false;
	}
	if (!conf_looks_like(s, " 00:00-00:00"))
		return false;
	for (int i = 0; i < 4; i++)
		clock[i] = text_number(s + 1 + 3 * (size_t)i);
	*out = (struct office){ .from = clock[0] * HOUR + clock[1] * MINUTE,
		.until = clock[2] * HOUR + clock[3] * MINUTE };
	for (int d = days[0];; d = (d + 1) % 7) {
		out->days |= 1u << d;
		if (d == days[1])
			break;
	}
	return clock[1] < 60 && clock[3] < 60 && out->from < out->until &&
	       out->until <= DAY;
}

enum status
conf_read_office(struct loading *l)
{
	const struct conf_item *given = conf_given(l->root, "office");
	const char *text =
	    given == NULL ? "Mon-Fri 09:00-17:00" : given->values[0].text;

	if (read_office(text, &l->conf->office))
		return ST_OK;
	return conf_wrong(l, given == NULL ? 0 : given->line,
	    "`office` must be like \"Mon-Fri 09:00-17:00\", not \"%s\"", text);
}

enum status
conf_read_severities(struct loading *l)
{
	struct conf *c = l->conf;

	memcpy(c->severity, defaults, sizeof defaults);
	for (size_t i = 0; i < l->root->n_items; i++) {
		const struct conf_item *s = &l->root->items[i];
		struct severity *to;

		if (!conf_is_section(s, "severity"))
			continue;
		if (strlen(s->title) != 1 || s->title[0] < '1' ||
		    s->title[0] > '0' + SEVERITIES)
			return conf_wrong(l, s->line,
			    "severity %s: 1 to 5 are wanted", s->title);
		to = &c->severity[s->title[0] - '0'];
		conf_fill(l->mem, conf_severity_keys, s, to);
		if (to->cadence > to->cadence_max)
			return conf_wrong(l, conf_line(s, "cadence"),
			    "severity %s: its cadence is longer than "
			    "cadence_max: raise that",
			    s->title);
	}
	for (int i = 1; i <= SEVERITIES; i++)
		if (c->severity[i].sitrep == 0)
			c->severity[i].sitrep = c->severity[i].cadence / 2;
	return ST_OK;
}

enum status
conf_read_brand(struct loading *l)
{
	struct brand *b = &l->conf->brand;
	enum status st;

	for (size_t i = 0; i < l->root->n_items; i++) {
		const struct conf_item *s = &l->root->items[i];

		if (!conf_is_section(s, "brand"))
			continue;
		if (b->slug != NULL)
			return conf_wrong(l, s->line,
			    "a second brand is not built yet: remove it");
		b->slug = s->title;
		conf_fill(l->mem, conf_brand_keys, s, b);
		if ((st = conf_check_slug(l, s)) != ST_OK ||
		    (st = conf_check_name(l, s, b->name)) != ST_OK)
			return st;
	}
	if (b->slug == NULL)
		*b = (struct brand){ "default", l->conf->host, "" };
	return ST_OK;
}

static enum status
read_zone(struct loading *l, const struct conf_value *v, struct zone_word *out)
{
	static const char *const fixed[] = { "UTC", "GMT", "Z" };
	const char *eq = strchr(v->text, '=');
	size_t n = eq == NULL ? 0 : (size_t)(eq - v->text);

	if (n < 1 || n > 8 ||
	    strspn(v->text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != n)
		return conf_wrong(l, v->line,
		    "`zones`: %s must be like \"EST=America/Toronto\"",
		    v->text);
	out->word = arena_copy(l->mem, v->text, n);
	out->zone = eq + 1;
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (strcmp(out->word, fixed[i]) == 0)
			return conf_wrong(l, v->line,
			    "`zones`: %s is fixed: leave it out", fixed[i]);
	if (!when_zone_known(out->zone))
		return conf_wrong(l, v->line,
		    "`zones`: no such time zone: %s (write one such as "
		    "America/Toronto)",
		    out->zone);
	for (size_t i = 0; i < l->conf->n_zones; i++)
		if (strcmp(l->conf->zones[i].word, out->word) == 0)
			return conf_wrong(l, v->line,
			    "`zones`: %s stands twice: keep one", out->word);
	return ST_OK;
}

enum status
conf_read_zones(struct loading *l)
{
	const struct conf_item *given = conf_given(l->root, "zones");
	struct conf *c = l->conf;

	for (size_t i = 0; given != NULL && i < given->n_values; i++) {
		struct zone_word z;
		enum status st = read_zone(l, &given->values[i], &z);

		if (st != ST_OK)
			return st;
		c->zones = arena_grow(l->mem, c->zones, c->n_zones, sizeof z);
		c->zones[c->n_zones++] = z;
	}
	return ST_OK;
}
