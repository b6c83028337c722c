#include "flow/history.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "ext/json.h"

struct reader {
	struct job *j;
	const struct conf *c;
	struct history *out;
	bool lines; /* the form of our own: else Statuspage's */
	const char *where;
	struct past past;  /* the one that is being read */
	const char *slugs; /* of the incident as a whole, with commas */
	bool bad;
};

static void __attribute__((format(printf, 2, 3)))
fault(struct reader *r, const char *fmt, ...)
{
	struct history *h = r->out;
	char why[400];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	r->bad = true;
	h->faults =
	    arena_grow(r->j->mem, h->faults, h->n_faults, sizeof *h->faults);
	h->faults[h->n_faults++] = arena_printf(r->j->mem, "%s: %s", r->where,
	    text_one_line(r->j->mem, why, sizeof why));
}

/* A string, made fit for the store; NULL: there is none. */
static const char *
string(const struct reader *r, const struct json *o, const char *key)
{
	const char *s = json_text(json_get(o, key));

	return s == NULL ? NULL : arena_str(r->j->mem, s);
}

/* "2026-03-04T14:02:00.000Z": the thousandths are left out. */
static bool
read_time(const struct reader *r, const char *s, int64_t *out)
{
	char *own = arena_str(r->j->mem, s), *dot = strchr(own, '.');

	if (dot != NULL) {
		size_t n = 1 + strspn(dot + 1, "0123456789");

		memmove(dot, dot + n, strlen(dot + n) + 1);
	}
	return when_read_rfc3339(own, out);
}

static int64_t
moment(struct reader *r, const struct json *o, const char *key, bool needed)
{
	const char *s = string(r, o, key);
	int64_t t = 0;

	if (s == NULL && needed)
		fault(r,
		    "\"%s\" is missing: write it as "
		    "\"2026-03-04T14:02:00Z\"",
		    key);
	else if (s != NULL && !read_time(r, s, &t))
		fault(r,
		    "\"%s\": %s is no time: write it as "
		    "\"2026-03-04T14:02:00Z\"",
		    key, s);
	return t;
}

/* ---- words ---- */

static enum state
state_of(struct reader *r, const char *s)
{
	enum state state =
	    s == NULL ? STATE_NONE : words_read_state(text_lower(r->j->mem, s));

	if (state == STATE_NONE)
		fault(r,
		    "status %s: it is investigating, identified, monitoring, "
		    "resolved or postmortem",
		    s == NULL ? "is missing" : s);
	return state;
}

static enum impact
impact_of(struct reader *r, const char *s)
{
	enum impact i = s == NULL ? IMPACT_UNSET
				  : words_read_impact(text_lower(r->j->mem, s));

	if (i == IMPACT_UNSET)
		fault(r, "impact %s: it is none, minor, major or critical",
		    s == NULL ? "is missing" : s);
	return i;
}

static const struct component *
known(const struct conf *c, const char *name)
{
	for (size_t i = 0; i < c->n_components; i++) {
		const struct component *p = &c->components[i];

		if (text_ieq(p->slug, name) || text_ieq(p->name, name))
			return p;
		for (size_t k = 0; k < p->n_aliases; k++)
			if (text_ieq(p->aliases[k], name))
				return p;
	}
	return NULL;
}

static const char *
slug_of(struct reader *r, const char *name)
{
	const struct component *p = known(r->c, name);

	if (p == NULL)
		fault(r,
		    "component \"%s\" isn't configured: add it, or its name as "
		    "an alias of another",
		    name);
	return p == NULL ? "" : p->slug;
}

/* What an impact says of a component that is named without a level. */
static enum level
level_of(enum impact i)
{
	static const enum level levels[] = { LEVEL_DEGRADED, LEVEL_OPERATIONAL,
		LEVEL_MAINTENANCE, LEVEL_DEGRADED, LEVEL_PARTIAL, LEVEL_MAJOR };

	return levels[i];
}

static const char *
add_claim(struct reader *r, const char *all, const char *slug, enum level l)
{
	return arena_printf(r->j->mem, "%s%s%s=%s", all,
	    all[0] == '\0' ? "" : ",", slug, words_level(l));
}

/* ---- an incident ---- */

/* Names of the incident as a whole. */
static void
read_components(struct reader *r, const struct json *list)
{
	r->slugs = "";
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *v = json_at(list, i);
		const char *name =
		    r->lines ? json_text(v) : json_text(json_get(v, "name"));
		const char *slug;

		if (name == NULL) {
			fault(r, "component %zu has no name", i + 1);
			continue;
		}
		slug = slug_of(r, name);
		if (slug[0] != '\0' && !text_among(r->slugs, slug))
			r->slugs = arena_printf(r->j->mem, "%s%s%s", r->slugs,
			    r->slugs[0] == '\0' ? "" : ",", slug);
	}
}

/* Of an update that says nothing of components. */
static const char *
usual_claims(struct reader *r, enum state s)
{
	enum level l =
	    s < STATE_RESOLVED ? level_of(r->past.impact) : LEVEL_OPERATIONAL;
	const char *all = "", *rest = r->slugs;

	while (*rest != '\0') {
		size_t n = strcspn(rest, ",");

		all = add_claim(r, all, arena_copy(r->j->mem, rest, n), l);
		rest += n + (rest[n] == ',');
	}
	return all;
}

/* As Statuspage has it: "affected_components" with their new status. */
static const char *
claims(struct reader *r, const struct json *o, enum state s)
{
	const struct json *list = json_get(o, "affected_components");
	const char *all = "";

	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *v = json_at(list, i);
		const char *name = json_text(json_get(v, "name"));
		enum level l = words_read_level(string(r, v, "new_status"));
		const char *slug = name == NULL ? "" : slug_of(r, name);

		if (slug[0] != '\0' && l != LEVEL_UNSET)
			all = add_claim(r, all, slug, l);
	}
	return all[0] == '\0' ? usual_claims(r, s) : all;
}

static const char *
text_of(struct reader *r, const struct json *o)
{
	const char *s = string(r, o, r->lines ? "text" : "body");

	if (s == NULL || text_blank(s))
		fault(r, "an update has no text");
	else if (strlen(s) > LIMIT_MARKDOWN)
		fault(r, "a text is longer than %d bytes", LIMIT_MARKDOWN);
	return s == NULL ? "" : s;
}

static void
read_update(struct reader *r, const struct json *o)
{
	struct past *p = &r->past;
	struct past_update u = { .text = text_of(r, o) };
	bool shown = !r->lines && json_get(o, "display_at") != NULL;

	u.state = state_of(r, string(r, o, "status"));
	u.at = moment(r, o,
	    r->lines ? "at"
	    : shown  ? "display_at"
		     : "created_at",
	    true);
	u.components = claims(r, o, u.state);
	p->updates = arena_grow(r->j->mem, p->updates, p->n_updates, sizeof u);
	p->updates[p->n_updates++] = u;
}

static int
by_time(const void *a, const void *b)
{
	const struct past_update *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->state < y->state ? -1 : x->state > y->state;
}

/* What an import can't take, though each word of it can be read. */
static void
judge(struct reader *r)
{
	const struct past *p = &r->past;

	if (p->n_updates == 0)
		fault(r, "it has no updates");
	else if (p->updates[p->n_updates - 1].state < STATE_RESOLVED)
		fault(r, "it isn't resolved: import it when it is, or leave it "
			 "out");
	else if (p->updates[p->n_updates - 1].at > r->j->now)
		fault(r, "its last update lies in the future");
	if (p->ended != 0 && p->ended < p->started)
		fault(r, "it ended before it started");
}

/* "https://host/incidents/abc": the path alone. */
static const char *
path_of(const char *s)
{
	const char *host = strstr(s, "://");
	const char *path = host == NULL ? s : strchr(host + 3, '/');

	return path == NULL || path[0] != '/' ? "" : path;
}

static void
read_past(struct reader *r, const struct json *o)
{
	struct history *h = r->out;
	struct past *p = &r->past;
	const struct json *updates =
	    json_get(o, r->lines ? "updates" : "incident_updates");
	const char *title = string(r, o, r->lines ? "title" : "name");
	const char *address = string(r, o, r->lines ? "address" : "shortlink");

	r->bad = false;
	*p = (struct past){ .where = r->where };
	if (title == NULL || text_blank(title))
		fault(r, "it has no title");
	p->title = title == NULL ? ""
				 : text_one_line(r->j->mem, title,
				       (size_t)2 * LIMIT_TITLE);
	p->address = address == NULL ? "" : path_of(address);
	p->impact = impact_of(r, string(r, o, "impact"));
	p->started = moment(r, o, r->lines ? "started" : "started_at", false);
	p->ended = moment(r, o, r->lines ? "ended" : "resolved_at", false);
	read_components(r, json_get(o, "components"));
	for (size_t i = 0; i < json_count(updates); i++)
		read_update(r, json_at(updates, i));
	if (p->n_updates != 0)
		qsort(p->updates, p->n_updates, sizeof *p->updates, by_time);
	judge(r);
	if (r->bad)
		return;
	h->list = arena_grow(r->j->mem, h->list, h->n, sizeof *p);
	h->list[h->n++] = *p;
}

/* ---- files ---- */

static void
read_all(struct reader *r, const struct json *root)
{
	const struct json *list = json_get(root, "incidents");

	r->where = "the file";
	if (list == NULL)
		fault(r, "it has no \"incidents\": take incidents.json of the "
			 "page's API");
	for (size_t i = 0; i < json_count(list); i++) {
		const char *id = json_text(json_get(json_at(list, i), "id"));

		r->where = arena_printf(r->j->mem, "incident %zu%s%s%s", i + 1,
		    id == NULL ? "" : " (", id == NULL ? "" : id,
		    id == NULL ? "" : ")");
		read_past(r, json_at(list, i));
	}
}

static void
read_json(struct reader *r, const char *text, size_t n,
    void (*take)(struct reader *, const struct json *))
{
	struct json *root;

	if (json_read(r->j, text, n, &root) != ST_OK) {
		fault(r, "%s", r->j->why);
		job_forget(r->j);
		return;
	}
	take(r, root);
	json_free(root);
}

static void
read_lines(struct reader *r, const char *text, size_t n)
{
	char *rest = arena_copy(r->j->mem, text, n), *line;
	size_t number = 0;

	while ((line = text_line(&rest)) != NULL) {
		r->where = arena_printf(r->j->mem, "line %zu", ++number);
		if (!text_blank(line))
			read_json(r, line, strlen(line), read_past);
	}
}

static int
by_first(const void *a, const void *b)
{
	const struct past *x = a, *y = b;

	if (x->updates[0].at != y->updates[0].at)
		return x->updates[0].at < y->updates[0].at ? -1 : 1;
	return strcmp(x->title, y->title);
}

void
history_read(struct job *j, const struct conf *c, enum history_form form,
    const char *text, size_t n, struct history *out)
{
	struct reader r = { .j = j,
		.c = c,
		.out = out,
		.lines = form == HISTORY_LINES,
		.where = "the file" };

	*out = (struct history){ .list = NULL };
	if (strlen(text) != n || !text_is_utf8(text, n))
		fault(&r, "it isn't text in UTF-8: convert it");
	else if (form == HISTORY_LINES)
		read_lines(&r, text, n);
	else
		read_json(&r, text, n, read_all);
	if (out->n != 0)
		qsort(out->list, out->n, sizeof *out->list, by_first);
	if (out->n == 0 && out->n_faults == 0)
		fault(&r, "it holds no incident");
}
