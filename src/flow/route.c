#include "flow/route.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/event_find.h"
#include "text/eventid.h"
#include "text/place.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { REFS_MAX = 100, IDS_MAX = 20, PAGE_TIMERS = 14 };

static const int64_t reply_ends = 30 * DAY;

/* What is known while the hits come in. */
struct search {
	struct db *db;
	struct job *j;
	const struct route_ask *q;
	struct place_parts at;
	int year; /* now: of ids without one */
	struct event_found found[HIT_SUBJECT + 1];
	bool hit[HIT_SUBJECT + 1];
	bool named; /* by a command that is written to the other, too */
};

static enum status
find(struct search *s, const struct eventid *id, struct event_found *out)
{
	enum status st = event_find_name(s->db, s->j,
	    eventid_kind_word(id->kind), id->year, id->number, out);

	if (st == ST_NONE && id->kind == EVENT_ANY)
		st = event_find_name(s->db, s->j,
		    eventid_kind_word(EVENT_MAINTENANCE), id->year, id->number,
		    out);
	return st;
}

static void
set_hit(struct search *s, enum hit h, const struct event_found *e,
    struct route *out)
{
	if (s->hit[h] && s->found[h].id != e->id)
		out->disagree = true;
	if (s->hit[h])
		return;
	s->hit[h] = true;
	s->found[h] = *e;
}

/* An id was written that can't be read or isn't in the store. */
static void
set_unknown(struct route *out, const char *written, bool by_key)
{
	if (out->unknown_id)
		return;
	out->unknown_id = true;
	out->named = written;
	out->named_by_key = by_key;
}

static enum status
by_name(struct search *s, enum hit h, const char *written, struct route *out)
{
	struct event_found e;
	struct eventid id;
	enum status st = ST_NONE;

	if (eventid_read(written, s->year, &id))
		st = find(s, &id, &e);
	if (st == ST_OK)
		set_hit(s, h, &e, out);
	else if (st == ST_NONE)
		set_unknown(out, written, h == HIT_KEY);
	return st == ST_NONE ? ST_OK : st;
}

/* `note 0042`, `show INC-2026-0042`: the first word, if it is an id. */
static const char *
id_argument(struct job *j, const struct command *cmd)
{
	static const enum verb take_id[] = { VERB_NOTE, VERB_SHOW, VERB_STATUS,
		VERB_LIST, VERB_WHO, VERB_REOPEN, VERB_SPLIT };
	const char *word =
	    arena_copy(j->mem, cmd->args, strcspn(cmd->args, " \t"));
	struct eventid id;

	for (size_t i = 0; i < COUNT(take_id); i++)
		if (cmd->verb == take_id[i] &&
		    (eventid_read_full(word, &id) ||
			(strlen(word) >= 4 && eventid_read(word, 1, &id))))
			return word;
	return NULL;
}

static bool
wants_new(const struct request *r)
{
	if (r->incident != NULL && text_ieq(r->incident, "new"))
		return true;
	for (size_t i = 0; i < r->n_commands; i++)
		if (r->commands[i].verb == VERB_NEW)
			return true;
	return false;
}

static enum status
hits_key(struct search *s, struct route *out)
{
	const struct request *r = s->q->request;
	enum status st = ST_OK;

	if (r->incident != NULL && !text_blank(r->incident) &&
	    !text_ieq(r->incident, "new"))
		st = by_name(s, HIT_KEY, r->incident, out);
	for (size_t i = 0; i < r->n_commands && st == ST_OK; i++) {
		const char *id = id_argument(s->j, &r->commands[i]);

		if (id != NULL)
			st = by_name(s, HIT_KEY, id, out);
		s->named |= id != NULL && r->commands[i].verb == VERB_SPLIT;
	}
	return st;
}

static enum status
ref(struct search *s, const char *mid, struct event_found *e)
{
	struct eventid_object o;
	struct eventid id;
	enum status st;

	if (eventid_of_mid(mid, s->q->conf->host, &id, &o) &&
	    (st = find(s, &id, e)) != ST_NONE)
		return st;
	return event_find_mid(s->db, s->j, mid, e);
}

/* In-Reply-To decides, then the nearest reference that we know. */
static enum status
hits_thread(struct search *s)
{
	const struct message *m = s->q->message;
	struct event_found e;
	enum status st;

	for (size_t i = 0; i < m->n_refs && i < REFS_MAX; i++) {
		if ((st = ref(s, m->refs[i], &e)) == ST_OK) {
			s->hit[HIT_THREAD] = true;
			s->found[HIT_THREAD] = e;
			return ST_OK;
		}
		if (st != ST_NONE)
			return st;
	}
	return ST_OK;
}

/* Two events named in one subject disagree like two hits. */
static enum status
hits_subject(struct search *s, struct route *out)
{
	const char *rest = s->q->message->subject, *at;
	struct eventid id;
	size_t n;

	for (int i = 0; i < IDS_MAX && eventid_next(&rest, &id, &at, &n); i++) {
		struct event_found e;
		enum status st = find(s, &id, &e);

		if (st == ST_OK)
			set_hit(s, HIT_SUBJECT, &e, out);
		else if (st == ST_NONE)
			set_unknown(out, arena_copy(s->j->mem, at, n), false);
		else
			return st;
	}
	return ST_OK;
}

static char *
slug(struct job *j, const struct event_found *e)
{
	struct eventid id = { eventid_kind_of(e->kind), e->year, e->number };

	return eventid_slug(j->mem, &id);
}

static bool
token_fits(struct search *s, const char *event, const struct eventid_object *o,
    const struct person *p)
{
	const char *object = eventid_object_word(s->j->mem, o);

	if (s->at.place == PLACE_PAGE)
		return keys_page_ok(s->j, s->q->keys, event, object, p->slug,
		    s->at.token);
	return keys_reply_ok(s->j, s->q->keys, event, object, p->slug,
	    s->at.token);
}

/* The sender first; then whose it is in truth. */
static bool
token_owner(struct search *s, const char *event, const struct eventid_object *o,
    struct route *out)
{
	const struct conf *c = s->q->conf;
	const struct person *who = s->q->sender->person;

	if (who != NULL && token_fits(s, event, o, who)) {
		out->token_ok = true;
		out->token_person = who->slug;
		return true;
	}
	for (size_t i = 0; i < c->n_persons; i++)
		if (&c->persons[i] != who &&
		    token_fits(s, event, o, &c->persons[i])) {
			out->token_person = c->persons[i].slug;
			return true;
		}
	return false;
}

/* A draft made later, of a postmortem, can be approved all the same. */
static bool
has_ended(struct search *s, const struct event_found *e)
{
	int64_t last = e->closed;

	if (s->at.object.letter == 'd' && e->drafted > last)
		last = e->drafted;
	return e->closed != 0 && s->j->now - last > reply_ends;
}

static void
read_token(struct search *s, struct route *out)
{
	const char *event = "";

	if (!out->has_token || s->q->keys == NULL || s->at.object.letter == 0)
		return;
	if (s->at.event != NULL) {
		const struct event_found *e = &s->found[HIT_ADDRESS];

		if (!s->hit[HIT_ADDRESS] || has_ended(s, e))
			return;
		event = slug(s->j, e);
	}
	(void)token_owner(s, event, &s->at.object, out);
}

/* The objects that a page can be about: the event, its timers, its drafts. */
static bool
page_of(struct search *s, const struct event_found *e, struct route *out)
{
	const char *event = slug(s->j, e);
	struct eventid_object o = { 'e', 0 };

	if (token_owner(s, event, &o, out))
		goto found;
	for (o.letter = 't', o.number = 1; o.number <= PAGE_TIMERS; o.number++)
		if (token_owner(s, event, &o, out))
			goto found;
	for (o.letter = 'd', o.number = e->drafts; o.number > 0; o.number--)
		if (token_owner(s, event, &o, out))
			goto found;
	return false;
found:
	out->object = o.letter;
	out->number = o.number;
	return true;
}

/* A page's address names nothing: what it was made for is tried out. */
static enum status
hits_page(struct search *s, struct route *out)
{
	struct event_found *all;
	enum status st;
	size_t n;

	if (s->q->keys == NULL)
		return ST_OK;
	st = event_find_since(s->db, s->j, s->j->now - reply_ends, &all, &n);
	for (size_t i = 0; st == ST_OK && i < n; i++)
		if (page_of(s, &all[i], out)) {
			set_hit(s, HIT_ADDRESS, &all[i], out);
			break;
		}
	return st;
}

static enum status
hits_address(struct search *s, struct route *out)
{
	if (s->at.place == PLACE_PAGE)
		return hits_page(s, out);
	if (s->at.event == NULL)
		return ST_OK;
	return by_name(s, HIT_ADDRESS, s->at.event, out);
}

static void
choose(struct search *s, struct route *out)
{
	for (enum hit h = HIT_KEY; h <= HIT_SUBJECT; h++) {
		if (!s->hit[h])
			continue;
		if (out->event == 0) {
			out->hit = h;
			out->event = s->found[h].id;
			out->closed = words_phase_is_closed(s->found[h].phase);
			out->closed_at = s->found[h].closed;
		} else if (s->found[h].id != out->event && !s->named)
			out->disagree = true;
	}
	if (out->event != 0 && out->unknown_id)
		out->disagree = true;
	out->by_reply =
	    s->hit[HIT_THREAD] && s->found[HIT_THREAD].id == out->event;
	out->subject_tag =
	    s->hit[HIT_SUBJECT] && s->found[HIT_SUBJECT].id == out->event;
}

/*
 * On a closed event a real reply is one whose subject was left as it was: ours
 * always carry the tag.  On an open one either is enough, and an address
 * without a token was typed by hand.  A question stands for itself.
 */
static bool
is_fresh(const struct search *s, const struct route *out)
{
	if (out->event == 0 || out->hit == HIT_KEY ||
	    s->at.place == PLACE_PAGE ||
	    (out->object == 'q' && s->at.event == NULL))
		return false;
	if (out->closed)
		return !(out->by_reply && out->subject_tag);
	return out->hit == HIT_ADDRESS && out->has_token && !out->by_reply &&
	       !out->subject_tag;
}

static bool
may_open(const struct search *s)
{
	return s->at.place == PLACE_INCIDENT ||
	       s->at.place == PLACE_MAINTENANCE || s->at.place == PLACE_ROBOT;
}

static const char *
name_of(const struct search *s, const struct route *out)
{
	const struct event_found *e = &s->found[out->hit];
	struct eventid id = { eventid_kind_of(e->kind), e->year, e->number };

	return eventid_tag(s->j->mem, &id);
}

static void
settle(const struct search *s, struct route *out)
{
	static const unsigned reports = ROLE_NOC | ROLE_SUPPORT | ROLE_SECURITY;
	const struct person *who = s->q->sender->person;

	out->fresh = is_fresh(s, out);
	if (!may_open(s))
		return;
	if (wants_new(s->q->request)) {
		out->opens = true;
		out->disagree = false;
		out->unknown_id = false;
		out->named = NULL;
	} else
		out->opens =
		    out->fresh && who != NULL && (who->roles & reports) != 0;
	if (!out->opens || out->event == 0)
		return;
	out->related = out->event;
	out->related_name = name_of(s, out);
}

static bool
has_event(enum place p)
{
	return p == PLACE_INCIDENT || p == PLACE_MAINTENANCE ||
	       p == PLACE_WARROOM || p == PLACE_PAGE;
}

static void
fill_place(const struct search *s, struct route *out)
{
	bool named = s->at.list != NULL || s->at.place == PLACE_PAGE_BOUNCES ||
		     s->at.place == PLACE_SELFTEST;

	*out = (struct route){
		.place = s->at.place,
		.recipient = s->q->envelope->recipient,
		.list = s->at.list,
		.token = named ? s->at.token : NULL,
		.object = s->at.object.letter,
		.number = s->at.object.number,
		.has_token = s->at.reply,
	};
}

static struct search
begin(struct db *db, struct job *j, const struct route_ask *q)
{
	struct search s = { .db = db, .j = j, .q = q };

	s.year = when_utc(j->now).year;
	place_parse(j->mem, q->conf, q->envelope->recipient, &s.at);
	return s;
}

enum status
route_find(struct db *db, struct job *j, const struct route_ask *q,
    struct route *out)
{
	struct search s = begin(db, j, q);
	struct route r;
	enum status st;

	fill_place(&s, &r);
	if (has_event(s.at.place)) {
		if ((st = hits_key(&s, &r)) != ST_OK ||
		    (st = hits_address(&s, &r)) != ST_OK ||
		    (st = hits_thread(&s)) != ST_OK ||
		    (st = hits_subject(&s, &r)) != ST_OK)
			return st;
		choose(&s, &r);
		if (s.at.place != PLACE_PAGE)
			read_token(&s, &r);
		settle(&s, &r);
	}
	*out = r;
	return ST_OK;
}

void
route_place(struct job *j, const struct route_ask *q, struct route *out)
{
	struct search s = begin(NULL, j, q);

	fill_place(&s, out);
	s.at.event = NULL;
	read_token(&s, out);
	if (has_event(s.at.place))
		settle(&s, out);
}
