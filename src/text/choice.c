#include "text/choice.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/posting.h"

static const char group_mark[] = "group:";

/* As text_key_eq() compares; a comma would end it. */
static char *
group_topic(struct arena *mem, const char *name)
{
	char *s = arena_printf(mem, "%s%s", group_mark, text_lower(mem, name));
	char *to = s + strlen(group_mark);

	for (const char *from = to; *from != '\0'; from++)
		if (strchr(" -_,", *from) == NULL)
			*to++ = *from;
	*to = '\0';
	return s;
}

/* ---- an update ---- */

static void
add(struct arena *mem, struct choice *c, const char *topic)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->topics[i], topic) == 0)
			return;
	c->topics = arena_grow(mem, c->topics, c->n, sizeof *c->topics);
	c->topics[c->n++] = topic;
}

static void
add_component(struct arena *mem, const struct conf *c, const char *slug,
    struct choice *out)
{
	const struct component *p = conf_component(c, slug);

	add(mem, out, slug);
	if (p != NULL && p->group[0] != '\0')
		add(mem, out, group_topic(mem, p->group));
}

/* What was hurt up to this update; if nothing was, what it names. */
static void
topics_of(struct arena *mem, const struct conf *c, const struct public_event *e,
    size_t at, struct choice *out)
{
	const struct public_update *u = &e->updates[at];

	for (size_t i = 0; i <= at; i++)
		for (size_t k = 0; k < e->updates[i].n_components; k++)
			if (e->updates[i].components[k].level >
			    LEVEL_OPERATIONAL)
				add_component(mem, c,
				    e->updates[i].components[k].slug, out);
	for (size_t k = 0; out->n == 0 && k < u->n_components; k++)
		add_component(mem, c, u->components[k].slug, out);
}

static enum impact
highest_before(const struct public_event *e, size_t at)
{
	enum impact high = IMPACT_UNSET;

	for (size_t i = 0; i < at; i++)
		if (e->updates[i].impact > high)
			high = e->updates[i].impact;
	return high;
}

void
choice_of(struct arena *mem, const struct conf *c, const struct public_event *e,
    size_t at, struct choice *out)
{
	const struct public_update *u = &e->updates[at];

	*out = (struct choice){ .incident = !e->report,
		.rated = !e->report,
		.impact = u->impact,
		.same = u->kind == POST_SAME };
	out->turning = u->r > 1 || !posting_open(u->state) ||
		       u->impact > highest_before(e, at);
	topics_of(mem, c, e, at, out);
}

/* ---- a member ---- */

static bool
is_topic(const struct choice *c, const struct member *m)
{
	if (m->topics[0] == '\0' || c->n == 0)
		return true;
	for (size_t i = 0; i < c->n; i++)
		if (text_among(m->topics, c->topics[i]))
			return true;
	return false;
}

static bool
is_chosen(const struct choice *c, const struct member *m)
{
	if (c->incident && strcmp(m->kind, "maintenance") == 0)
		return false;
	if (c->rated && c->n != 0 && m->least[0] != '\0' &&
	    c->impact < words_read_impact(m->least))
		return false;
	return is_topic(c, m);
}

bool
choice_wants(const struct choice *c, const struct member *m, bool had,
    int64_t now)
{
	if (m->paused > now)
		return false;
	if (m->follows)
		return true;
	if (strcmp(m->delivery, "first-last") == 0 &&
	    (c->same || (had && !c->turning)))
		return false;
	return had || is_chosen(c, m);
}

/* ---- words ---- */

static const char *
topic_of(struct arena *mem, const struct conf *c, const char *word)
{
	const struct component *p = conf_component(c, word);

	if (p != NULL)
		return p->slug;
	for (size_t i = 0; i < c->n_components; i++) {
		const char *group = c->components[i].group, *kept;

		if (*group == '\0')
			continue;
		kept = group_topic(mem, group);
		if (text_key_eq(group, word) || text_ieq(kept, word))
			return kept;
	}
	return NULL;
}

const char *
choice_read_topics(struct arena *mem, const struct conf *c, const char *s,
    const char **unknown)
{
	const char *out = "";

	*unknown = NULL;
	if (text_key_eq(s, "all") || text_key_eq(s, "everything"))
		return out;
	while (*s != '\0') {
		size_t n = strcspn(s, ",;");
		char *word = text_trim(mem, arena_copy(mem, s, n));
		const char *topic = topic_of(mem, c, word);

		s += n + (s[n] != '\0');
		if (*word == '\0')
			continue;
		if (topic == NULL) {
			*unknown = word;
			return NULL;
		}
		if (!text_among(out, topic))
			out = arena_printf(mem, "%s%s%s", out,
			    *out == '\0' ? "" : ",", topic);
	}
	if (*out == '\0')
		*unknown = "";
	return *out == '\0' ? NULL : out;
}

/* A component or group that isn't there any more is shown as it is kept. */
static const char *
name_of(struct arena *mem, const struct conf *c, const char *topic)
{
	const struct component *p = conf_component(c, topic);

	if (p != NULL)
		return p->slug;
	for (size_t i = 0; i < c->n_components; i++)
		if (c->components[i].group[0] != '\0' &&
		    strcmp(group_topic(mem, c->components[i].group), topic) ==
			0)
			return c->components[i].group;
	return topic;
}

char *
choice_show_topics(struct arena *mem, const struct conf *c, const char *topics)
{
	char *out = arena_str(mem, *topics == '\0' ? "all" : "");

	while (*topics != '\0') {
		size_t n = strcspn(topics, ",");

		out = arena_printf(mem, "%s%s%s", out, *out == '\0' ? "" : ", ",
		    name_of(mem, c, arena_copy(mem, topics, n)));
		topics += n + (topics[n] == ',');
	}
	return out;
}
