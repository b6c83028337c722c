#include "flow/api.h"

#include <string.h>

#include "base/escape.h"
#include "base/text.h"
#include "base/when.h"
#include "ext/crypto.h"
#include "ext/json.h"
#include "text/posting.h"

enum { ID = 12, NAME = 240 };

/* 12 lower-case alphanumerics. */
static char *
id_of(const struct api *a, const char *kind, const char *name)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	char *whole = arena_printf(a->j->mem, "%s:%s", kind, name);
	char *id = arena_alloc(a->j->mem, ID + 1);
	unsigned char sum[CRYPTO_SHA256];

	crypto_sha256(whole, strlen(whole), sum);
	for (size_t i = 0; i < ID; i++)
		id[i] = digits[sum[i] % (sizeof digits - 1)];
	return id;
}

static char *
page_id(const struct api *a)
{
	return id_of(a, "page", a->conf->url);
}

static char *
update_id(const struct api *a, const struct public_update *u)
{
	return id_of(a, "update",
	    arena_printf(a->j->mem, "%s/u%d", u->event, u->u));
}

static void
put_line(const struct api *a, struct json *o, const char *key, const char *s)
{
	json_put_str(o, key, text_one_line(a->j->mem, s, NAME));
}

static struct json *
begin(const struct api *a)
{
	struct json *root = json_new_object(), *page = json_new_object();

	json_put_str(page, "id", page_id(a));
	put_line(a, page, "name", a->conf->brand.name);
	json_put_str(page, "url", a->conf->url);
	json_put_str(page, "time_zone",
	    strcmp(a->conf->timezone, "UTC") == 0 ? "Etc/UTC"
						  : a->conf->timezone);
	json_put_ms(page, "updated_at", a->updated);
	json_put(root, "page", page);
	return root;
}

static void
end(struct json *root, struct buf *out)
{
	json_write(root, out);
	json_free(root);
}

/* Services. */

static char *
group_id(const struct api *a, const char *group)
{
	return id_of(a, "group", group);
}

static size_t
first_of_group(const struct api *a, const char *group)
{
	size_t i = 0;

	while (i < a->n_services && strcmp(a->services[i].group, group) != 0)
		i++;
	return i;
}

static struct json *
any_component(const struct api *a, const char *id, const char *name,
    enum level level, int64_t born, int64_t changed, size_t position)
{
	struct json *o = json_new_object();

	json_put_str(o, "id", id);
	put_line(a, o, "name", name);
	json_put_str(o, "status", words_level(level));
	json_put_ms(o, "created_at", born);
	json_put_ms(o, "updated_at", changed > born ? changed : born);
	json_put_int(o, "position", (int64_t)position);
	json_put_null(o, "description");
	json_put_bool(o, "showcase", true);
	return o;
}

static void
put_day(const struct api *a, struct json *o, int64_t born)
{
	char *day = when_rfc3339(a->j->mem, born);

	day[strlen("2026-03-04")] = '\0';
	if (born == 0)
		json_put_null(o, "start_date");
	else
		json_put_str(o, "start_date", day);
}

static struct json *
component(const struct api *a, const struct service *s)
{
	size_t position = (size_t)(s - a->services) + 1;
	struct json *o = any_component(a, id_of(a, "component", s->slug),
	    s->name, s->level, s->born, s->changed, position);

	put_day(a, o, s->born);
	if (s->group[0] == '\0')
		json_put_null(o, "group_id");
	else
		json_put_str(o, "group_id", group_id(a, s->group));
	json_put_str(o, "page_id", page_id(a));
	json_put_bool(o, "group", false);
	json_put_bool(o, "only_show_if_degraded", false);
	return o;
}

/* A group is as its worst member. */
static struct json *
group(const struct api *a, size_t first)
{
	const char *name = a->services[first].group;
	struct json *o, *members = json_new_array();
	enum level worst = LEVEL_OPERATIONAL;
	int64_t born = a->services[first].born, changed = 0;

	for (size_t i = first; i < a->n_services; i++) {
		const struct service *s = &a->services[i];

		if (strcmp(s->group, name) != 0)
			continue;
		worst = s->level > worst ? s->level : worst;
		born = s->born < born ? s->born : born;
		changed = s->changed > changed ? s->changed : changed;
		json_add_str(members, id_of(a, "component", s->slug));
	}
	o = any_component(a, group_id(a, name), name, worst, born, changed,
	    first + 1);
	put_day(a, o, born);
	json_put_null(o, "group_id");
	json_put_str(o, "page_id", page_id(a));
	json_put_bool(o, "group", true);
	json_put_bool(o, "only_show_if_degraded", false);
	json_put(o, "components", members);
	return o;
}

static struct json *
components(const struct api *a)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < a->n_services; i++) {
		const char *name = a->services[i].group;

		if (name[0] != '\0' && first_of_group(a, name) == i)
			json_add(list, group(a, i));
		json_add(list, component(a, &a->services[i]));
	}
	return list;
}

static const struct service *
service_of(const struct api *a, const char *slug)
{
	for (size_t i = 0; i < a->n_services; i++)
		if (strcmp(a->services[i].slug, slug) == 0)
			return &a->services[i];
	return NULL;
}

/* Updates. */

/* What was said of it before; nothing was: it was well. */
static enum level
level_before(const struct public_event *e, size_t i, const char *slug)
{
	while (i-- != 0) {
		const struct public_update *u = &e->updates[i];

		if (!posting_current(e, i))
			continue;
		for (size_t k = 0; k < u->n_components; k++)
			if (strcmp(u->components[k].slug, slug) == 0)
				return u->components[k].level;
	}
	return LEVEL_OPERATIONAL;
}

static struct json *
affected(const struct api *a, const struct public_event *e, size_t i)
{
	const struct public_update *u = &e->updates[i];
	struct json *list = json_new_array();

	for (size_t k = 0; k < u->n_components; k++) {
		const struct public_component *c = &u->components[k];
		const struct service *s = service_of(a, c->slug);
		struct json *o = json_new_object();
		const char *name = c->name;

		if (s != NULL && s->group[0] != '\0')
			name =
			    arena_printf(a->j->mem, "%s - %s", s->group, name);
		json_put_str(o, "code", id_of(a, "component", c->slug));
		put_line(a, o, "name", name);
		json_put_str(o, "old_status",
		    words_level(level_before(e, i, c->slug)));
		json_put_str(o, "new_status", words_level(c->level));
		json_add(list, o);
	}
	return list;
}

/* "Email Cluster B: Partial outage; Webmail: Degraded" */
static char *
components_text(const struct api *a, const struct public_component *c, size_t n)
{
	char *all = arena_str(a->j->mem, "");

	for (size_t i = 0; i < n; i++)
		all = arena_printf(a->j->mem, "%s%s%s: %s", all,
		    i == 0 ? "" : "; ",
		    text_one_line(a->j->mem, c[i].name, NAME),
		    words_level_title(c[i].level));
	return all;
}

/* As it was written, without what no text has. */
static void
put_body(struct json *o, const char *text)
{
	struct buf b = BUF_INIT;

	escape_text(&b, text);
	json_put_str(o, "body", b.data);
	buf_free(&b);
}

static struct json *
update(const struct api *a, const struct public_event *e, size_t i)
{
	const struct public_update *u = &e->updates[i];
	struct json *o = json_new_object();

	json_put_str(o, "id", update_id(a, u));
	json_put_str(o, "status", words_state(u->state));
	put_body(o, u->text);
	json_put_str(o, "incident_id", id_of(a, "event", e->event));
	json_put_ms(o, "created_at", u->first_posted);
	json_put_ms(o, "updated_at", u->posted);
	json_put_ms(o, "display_at", u->first_posted);
	if (u->n_components == 0)
		json_put_null(o, "affected_components");
	else
		json_put(o, "affected_components", affected(a, e, i));
	json_put_bool(o, "deliver_notifications", !u->typo);
	json_put_null(o, "custom_tweet");
	json_put_null(o, "tweet_id");
	json_put_int(o, "x_revision", u->r);
	json_put_bool(o, "x_corrected", u->r > 1);
	json_put_bool(o, "x_withdrawn", false);
	json_put_ms(o, "x_next_update_at", u->next_update);
	json_put_str(o, "x_message_id",
	    arena_printf(a->j->mem, "%s.u%d.r%d@%s", posting_id(a->j->mem, e),
		u->u, u->r, a->conf->host));
	json_put_str(o, "x_hash", u->hash);
	return o;
}

static struct json *
updates(const struct api *a, const struct public_event *e)
{
	struct json *list = json_new_array();

	for (size_t i = e->n_updates; i-- != 0;)
		if (posting_current(e, i))
			json_add(list, update(a, e, i));
	return list;
}

/* Incidents. */

/* When the newest update in that state was posted; 0: none was. */
static int64_t
last_in(const struct public_event *e, enum state s)
{
	int64_t t = 0;

	for (size_t i = 0; i < e->n_updates; i++)
		if (e->updates[i].state == s && posting_current(e, i))
			t = e->updates[i].first_posted;
	return t;
}

static struct json *
services_of(const struct api *a, const struct public_event *e)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < e->n_components; i++) {
		const struct service *s = service_of(a, e->components[i].slug);

		if (s != NULL)
			json_add(list, component(a, s));
	}
	return list;
}

static enum impact
impact_of(const struct public_event *e)
{
	enum impact i = posting_open(e->state) ? e->impact : e->peak;

	return i == IMPACT_UNSET ? IMPACT_NONE : i;
}

static struct json *
incident(const struct api *a, const struct public_event *e)
{
	const struct public_update *last = &e->updates[e->n_updates - 1];
	struct json *o = json_new_object();
	bool over = !posting_open(e->state);
	int64_t newest = 0;

	for (size_t i = 0; i < e->n_updates; i++)
		if (e->updates[i].posted > newest)
			newest = e->updates[i].posted;
	json_put_str(o, "id", id_of(a, "event", e->event));
	put_line(a, o, "name", e->title);
	json_put_str(o, "status", words_state(e->state));
	json_put_ms(o, "created_at", e->updates[0].first_posted);
	json_put_ms(o, "updated_at", newest);
	json_put_ms(o, "monitoring_at", last_in(e, STATE_MONITORING));
	json_put_ms(o, "resolved_at",
	    !over           ? 0
	    : e->ended != 0 ? e->ended
			    : last_in(e, STATE_RESOLVED));
	json_put_str(o, "impact", words_impact(impact_of(e)));
	json_put_str(o, "shortlink",
	    arena_printf(a->j->mem, "%s%s", a->conf->url,
		posting_path(a->j->mem, e)));
	json_put_ms(o, "started_at",
	    e->started != 0 ? e->started : e->updates[0].first_posted);
	json_put_str(o, "page_id", page_id(a));
	json_put(o, "incident_updates", updates(a, e));
	json_put(o, "components", services_of(a, e));
	json_put_str(o, "x_number", e->event);
	json_put_ms(o, "x_next_update_at", over ? 0 : e->next_update);
	json_put_str(o, "x_components_text",
	    components_text(a, last->components, last->n_components));
	return o;
}

static void
put_incidents(const struct api *a, const struct public_event *events, size_t n,
    struct json *root)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < n; i++)
		if (!events[i].report)
			json_add(list, incident(a, &events[i]));
	json_put(root, "incidents", list);
}

static void
put_status(const struct api *a, const struct public_event *open, size_t n,
    struct json *root)
{
	struct service_sum s =
	    service_add_up(a->services, a->n_services, open, n);
	struct json *o = json_new_object();
	enum impact i = s.worst > LEVEL_OPERATIONAL ? words_impact_of(s.worst)
			: s.open != 0               ? s.impact
						    : IMPACT_NONE;

	json_put_str(o, "indicator",
	    words_impact(i == IMPACT_UNSET ? IMPACT_NONE : i));
	json_put_str(o, "description",
	    service_headline(a->j->mem, &s, words_level_title(s.worst)));
	json_put(root, "status", o);
}

void
api_status(const struct api *a, const struct public_event *open, size_t n,
    struct buf *out)
{
	struct json *root = begin(a);

	put_status(a, open, n, root);
	end(root, out);
}

void
api_summary(const struct api *a, const struct public_event *open, size_t n,
    struct buf *out)
{
	struct json *root = begin(a);

	json_put(root, "components", components(a));
	put_incidents(a, open, n, root);
	json_put(root, "scheduled_maintenances", json_new_array());
	put_status(a, open, n, root);
	end(root, out);
}

void
api_components(const struct api *a, struct buf *out)
{
	struct json *root = begin(a);

	json_put(root, "components", components(a));
	end(root, out);
}

void
api_incidents(const struct api *a, const struct public_event *events, size_t n,
    struct buf *out)
{
	struct json *root = begin(a);

	put_incidents(a, events, n, root);
	end(root, out);
}

void
api_maintenances(const struct api *a, struct buf *out)
{
	struct json *root = begin(a);

	json_put(root, "scheduled_maintenances", json_new_array());
	end(root, out);
}
