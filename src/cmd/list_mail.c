#include "cmd/list_mail.h"

#include "base/text.h"
#include "cmd/opennow.h"
#include "flow/compose.h"
#include "flow/contact.h"
#include "flow/texts.h"
#include "model/event_find.h"
#include "model/member.h"
#include "model/post.h"
#include "model/post_find.h"

enum { SHOWN = 10 }; /* updates of one event, newest first */

static struct subscribing
about(const struct world *w, const struct list_letter *l)
{
	return (struct subscribing){ .conf = &w->conf,
		.keys = &w->keys,
		.list = conf_list(&w->conf, l->list),
		.in = l->in,
		.message = l->message,
		.sender = l->sender,
		.address = l->message->from_address,
		.web = l->web,
		.open = "",
		.outcome = "" };
}

/* ---- what is asked ---- */

/* What he chose on this list; "" where he chose nothing. */
static struct variant
reader(struct world *w, struct job *j, const struct subscribing *s)
{
	struct member m;

	if (member_find(w->db, j, s->list->slug, s->address, &m) != ST_OK)
		return (struct variant){ "", "", "" };
	return (struct variant){ m.lang, m.zone, m.format };
}

static enum status
find_open(struct world *w, struct job *j, struct subscribing *s)
{
	const struct variant v = reader(w, j, s);
	char *open = NULL;
	enum status st = opennow_text(w, j,
	    v.lang[0] == '\0' ? s->list->language : v.lang, &open);

	if (st == ST_OK)
		s->open = open;
	return st;
}

static enum status
tell_updates(struct world *w, struct job *j, const struct subscribing *s,
    struct public_event *e, struct buf *out)
{
	const struct variant v = reader(w, j, s);
	enum status st = texts_read(j, &w->conf.limits, &e, 1);
	size_t shown = 0;

	for (size_t i = e->n_updates; i-- != 0 && st == ST_OK;) {
		struct told t;

		if (i + 1 < e->n_updates &&
		    e->updates[i + 1].u == e->updates[i].u)
			continue;
		if (shown++ == SHOWN)
			break;
		st = compose_told(j, &w->conf, s->list, e, i, &v, &t);
		if (st == ST_OK)
			buf_printf(out, "%s\n%s\n", t.subject, t.text);
	}
	return st;
}

/* ST_OK with "" where the public knows no such event. */
static enum status
find_event(struct world *w, struct job *j, const struct subscribing *s,
    struct list_command *c)
{
	struct buf out = BUF_INIT;
	struct event_found found;
	struct public_event e;
	enum status st = event_find_name(w->db, j,
	    eventid_kind_word(c->id.kind), c->id.year, c->id.number, &found);

	if (st == ST_OK)
		st = post_public_event(w->db, j, &w->conf, found.id, &e);
	if (st == ST_OK)
		st = tell_updates(w, j, s, &e, &out);
	c->answer = arena_copy(j->mem, out.data, out.len);
	buf_free(&out);
	return st == ST_NONE ? ST_OK : st;
}

static enum status
gather(struct world *w, struct job *j, struct subscribing *s,
    struct list_commands *c)
{
	enum status st = find_open(w, j, s);

	for (size_t i = 0; i < c->n && st == ST_OK; i++)
		if (c->list[i].verb == LIST_GET)
			st = find_event(w, j, s, &c->list[i]);
	return st;
}

/* ---- requests ---- */

static const char *
zone_of(struct world *w, struct job *j, const struct subscribing *s)
{
	const struct variant v = reader(w, j, s);

	if (v.zone[0] != '\0')
		return v.zone;
	return s->list->n_timezones == 0 ? NULL : s->list->timezones[0];
}

/* A subject is a command if the text has none: List-Help is such a mail. */
static void
read_commands(struct world *w, struct job *j, const struct subscribing *s,
    struct list_commands *out)
{
	const struct list_reading r = { &w->conf, j->now, zone_of(w, j, s),
		s->list };
	struct list_command c;

	listcommand_read(j->mem, &r, s->message->reply, out);
	if (out->odd != out->n ||
	    !listcommand_line(j->mem, &r, s->message->subject, &c))
		return;
	out->list = arena_alloc(j->mem, sizeof *out->list);
	out->list[0] = c;
	out->n = 1;
	out->odd = out->unread = 0;
}

static bool
has_verb(const struct list_commands *c, enum list_verb v)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].verb == v)
			return true;
	return false;
}

/* Nobody vouches for it, and it may be anything: an answer would be spam. */
static bool
is_noise(const struct subscribing *s, const struct list_commands *c)
{
	return c->odd == c->n && !subscribe_proved(s);
}

/* Subscribing to an open list is confirmed in any case, and all that a
 * stranger asks. */
static bool
needs_word(const struct subscribing *s, const struct list_commands *c)
{
	return !s->confirmed &&
	       (!subscribe_proved(s) ||
		   (s->list->kind == LIST_OPEN && has_verb(c, LIST_SUBSCRIBE)));
}

/* What came to LIST-subscribe says that by its address. */
static void
put_subscribe_first(struct job *j, struct list_commands *c)
{
	struct list_command *all = arena_array(j->mem, c->n + 1, sizeof *all);

	all[0] = (struct list_command){ .verb = LIST_SUBSCRIBE,
		.value = "",
		.line = "subscribe" };
	for (size_t i = 0; i < c->n; i++)
		all[i + 1] = c->list[i];
	c->list = all;
	c->n++;
}

static enum status
request(struct world *w, struct job *j, struct subscribing *s, bool joins)
{
	struct list_commands c;
	enum status st;

	read_commands(w, j, s, &c);
	if (joins && !has_verb(&c, LIST_SUBSCRIBE))
		put_subscribe_first(j, &c);
	s->outcome = "no command";
	if (is_noise(s, &c))
		return ST_OK;
	if (c.n == 1 && c.list[0].verb == LIST_SUBSCRIBE && !s->confirmed &&
	    s->list->kind == LIST_OPEN)
		return subscribe_ask(w->db, j, s, PENDING_SUBSCRIBE,
		    c.list[0].value);
	if (needs_word(s, &c))
		return subscribe_ask(w->db, j, s, PENDING_REQUEST, "");
	if ((st = gather(w, j, s, &c)) != ST_OK)
		return st;
	return subscribe_do(w->db, j, s, &c);
}

/* More than how much: then the whole mail waits for the word. */
static bool
sets_more(const struct list_commands *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].verb >= LIST_TOPICS &&
		    c->list[i].verb <= LIST_FOLLOW &&
		    c->list[i].verb != LIST_DELIVERY)
			return true;
	return false;
}

/* "first-last" in the text says how much. */
static enum status
subscribe(struct world *w, struct job *j, struct subscribing *s)
{
	const struct list_reading r = { &w->conf, j->now, NULL, s->list };
	struct list_commands c;
	const char *delivery = "";

	if (s->list->kind != LIST_OPEN) /* which has words for it */
		return request(w, j, s, true);
	listcommand_read(j->mem, &r, s->message->reply, &c);
	if (sets_more(&c))
		return subscribe_ask(w->db, j, s, PENDING_REQUEST, "");
	for (size_t i = 0; i < c.n; i++)
		if (c.list[i].verb == LIST_SUBSCRIBE ||
		    c.list[i].verb == LIST_DELIVERY)
			delivery = c.list[i].value;
	return subscribe_ask(w->db, j, s, PENDING_SUBSCRIBE, delivery);
}

static enum status
confirm(struct world *w, struct job *j, struct subscribing *s,
    struct list_letter *l)
{
	struct pending p;
	enum status st = find_open(w, j, s);

	if (st == ST_OK)
		st = subscribe_confirm(w->db, j, s, l->token, &p);
	if (st == ST_OK && p.what == PENDING_REQUEST)
		l->carry = p.message;
	return st == ST_NONE ? ST_OK : st;
}

enum status
list_mail(struct world *w, struct job *j, enum place place,
    struct list_letter *l)
{
	struct subscribing s = about(w, l);
	enum status st;

	if (place == PLACE_CONFIRM)
		st = confirm(w, j, &s, l);
	else if (place == PLACE_SUBSCRIBE)
		st = subscribe(w, j, &s);
	else if (place == PLACE_LEAVE)
		st = subscribe_leave(w->db, j, &s);
	else
		st = request(w, j, &s, false);
	l->outcome = s.outcome;
	return st == ST_OK ? contact_left(w->db, j, &w->conf, s.list, s.left)
			   : st;
}

enum status
list_mail_carry(struct world *w, struct job *j, struct list_letter *l)
{
	struct subscribing s = about(w, l);
	enum status st;

	s.confirmed = true;
	st = request(w, j, &s, l->joins);
	l->outcome = s.outcome;
	return st == ST_OK ? contact_left(w->db, j, &w->conf, s.list, s.left)
			   : st;
}
