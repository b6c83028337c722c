#include "flow/herald.h"

#include "base/limits.h"
#include "base/text.h"
#include "ext/json.h"
#include "text/blurb.h"

static const char *
kind_of(const struct public_update *u)
{
	if (u->kind == POST_WITHDRAWN)
		return "withdrawal";
	return u->r > 1 ? "correction" : "update";
}

static struct json *
components(struct job *j, const struct public_update *u)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < u->n_components; i++) {
		const struct public_component *c = &u->components[i];
		struct json *o = json_new_object();

		json_put_str(o, "component", c->slug);
		json_put_str(o, "name",
		    text_one_line(j->mem, c->name, LIMIT_NAME));
		json_put_str(o, "level", words_level(c->level));
		json_add(list, o);
	}
	return list;
}

/* Lengths as those who take them count; a link is shortened there, or not. */
static void
put_texts(struct json *o, const struct posting *p, size_t at)
{
	static const struct {
		const char *key;
		size_t most, link;
	} all[] = {
		{ "text280", BLURB_SHORT, BLURB_LINK },
		{ "text300", 300, 0 },
		{ "text500", 500, BLURB_LINK },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		json_put_str(o, all[i].key,
		    blurb_text(p, at, all[i].most, all[i].link));
}

enum status
herald_write(struct job *j, const struct conf *c, const struct herald *h,
    struct buf *out)
{
	const struct public_update *u = &h->event->updates[h->at];
	struct labels words;
	struct posting p = { .mem = j->mem,
		.conf = c,
		.words = &words,
		.event = h->event };
	enum status st =
	    labels_load(j, c->templates, c->brand.slug, u->lang, &words);
	struct json *o;

	if (st != ST_OK)
		return st;
	o = json_new_object();
	json_put_str(o, "event", u->event);
	json_put_int(o, "update", u->u);
	json_put_int(o, "revision", u->r);
	json_put_str(o, "kind", kind_of(u));
	json_put_str(o, "state", words_state(u->state));
	json_put_str(o, "impact", words_impact(u->impact));
	json_put_str(o, "title",
	    text_one_line(j->mem, u->title, (size_t)2 * LIMIT_TITLE));
	json_put_str(o, "language", u->lang);
	json_put_time(o, "posted", u->posted);
	json_put_time(o, "next_update", u->next_update);
	json_put(o, "components", components(j, u));
	json_put_str(o, "url", blurb_url(&p, h->at));
	json_put_str(o, "thread", h->thread);
	json_put_str(o, "reply_to", h->reply_to);
	put_texts(o, &p, h->at);
	json_write(o, out);
	json_free(o);
	return ST_OK;
}
