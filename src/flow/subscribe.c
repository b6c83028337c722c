#include "flow/subscribe.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "flow/subscribe_in.h"
#include "model/rebound.h"
#include "text/choice.h"
#include "text/listhead.h"
#include "text/machine.h"
#include "text/place.h"

enum {
	MONTH_MOST = 3, /* confirmations that nobody vouched for */
	DAY_MOST = 5,   /* ... and of a sender who is proved */
	DOMAIN_SHARE = 4,
};

bool
subscribe_proved(const struct subscribing *s)
{
	return s->confirmed || (!s->web && (s->conf->trust_open ||
					       s->sender->proof == PROOF_PASS));
}

/* ---- members ---- */

enum status
subscribe_member(struct db *db, struct job *j, const struct subscribing *s,
    struct member *out)
{
	return member_find(db, j, s->list->slug, s->address, out);
}

enum status
subscribe_join(struct db *db, struct job *j, const struct subscribing *s,
    const char *delivery, struct member *out)
{
	struct member m = { .list = s->list->slug, .address = s->address };
	enum status st = subscribe_member(db, j, s, out);

	if (st == ST_NONE && (st = member_add(db, j, &m)) == ST_OK)
		st = subscribe_member(db, j, s, out);
	if (st == ST_OK)
		st = member_consent(db, j, out->id, s->in->id);
	if (st == ST_OK && strcmp(out->status, "active") != 0)
		st = rebound_forgive(db, j, out->id); /* a new start */
	if (st != ST_OK)
		return st;
	out->status = "active";
	if (delivery[0] == '\0')
		return ST_OK;
	out->delivery = delivery;
	return member_save_settings(db, j, out);
}

/* Of a closed list only those who are kept on it. */
enum status
subscribe_may_join(struct db *db, struct job *j, const struct subscribing *s,
    bool *may)
{
	struct member m;
	enum status st;

	*may = s->list->kind == LIST_OPEN;
	if (s->list->kind != LIST_ACCOUNT)
		return ST_OK;
	st = subscribe_member(db, j, s, &m);
	*may = st == ST_OK && strcmp(m.status, "removed") != 0 &&
	       strcmp(m.status, "gone") != 0;
	return st == ST_NONE ? ST_OK : st;
}

enum status
subscribe_off(struct db *db, struct job *j, struct subscribing *s,
    const struct member *m)
{
	const char *to = s->list->kind == LIST_ACCOUNT ? "nomail" : "left";
	enum status st = member_leave(db, j, m->id, s->list->slug, to);

	if (st == ST_OK)
		s->left = m->id;

	log_note("step=subscribe id=%s list=%s member=%lld status=%s", j->id,
	    s->list->slug, (long long)m->id, to);
	return st == ST_NONE ? ST_OK : st;
}

static const char *
or_list(const char *s)
{
	return *s == '\0' ? "as the list" : s;
}

static const char *
or_all(const char *s)
{
	return *s == '\0' ? "all" : s;
}

char *
subscribe_settings(struct job *j, const struct subscribing *s,
    const struct member *m)
{
	char *out = arena_printf(j->mem,
	    "  topics: %s\n  min: %s\n  kind: %s\n  delivery: %s\n"
	    "  lang: %s\n  tz: %s\n  format: %s\n",
	    choice_show_topics(j->mem, s->conf, m->topics), or_all(m->least),
	    or_all(m->kind), m->delivery, or_list(m->lang), or_list(m->zone),
	    m->format);

	if (m->paused <= j->now)
		return out;
	return arena_printf(j->mem, "%s  paused until %s %s UTC\n", out,
	    when_day(j->mem, m->paused), when_clock(j->mem, m->paused));
}

/* ---- asking the address ---- */

static bool
too_much(const struct subscribing *s, const struct pending_counts *n)
{
	if (subscribe_proved(s))
		return n->same != 0 || n->day >= DAY_MOST;
	return n->day != 0 || n->month >= MONTH_MOST;
}

/* All requests together; they are many only while we are being misused. */
static bool
too_many(const struct conf *c, const struct pending_counts *n)
{
	int64_t share = c->confirm_rate / DOMAIN_SHARE;

	return n->hour >= c->confirm_rate ||
	       n->hour_domain >= (share == 0 ? 1 : share);
}

/* An address of ours, or of a program: nobody there can confirm anything. */
static bool
is_nobody(const struct subscribing *s)
{
	return !text_is_address(s->address) ||
	       place_known(s->conf, s->address) ||
	       (s->web && machine_is_role(s->address));
}

static enum status
send_question(struct db *db, struct job *j, const struct subscribing *s,
    const struct pending *p)
{
	static const char *const flags[] = { "joins", "leaves", "asks" };
	struct tmpl_map *v = subscribe_values(j, s);
	char token[TOKEN_LIST + 1], *text, *until = NULL;
	struct list_mail m = { .answers = !s->web };
	enum status st = subscribe_time(j, s, s->list->language, NULL,
	    j->now + PENDING_LASTS, &until);

	if (st != ST_OK)
		return st;
	keys_confirm(s->keys, p->list, p->id, token);
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		tmpl_flag(v, flags[i], i == (size_t)p->what);
	tmpl_str(v, "link",
	    arena_printf(j->mem, "%sc/%s", s->conf->url, token));
	tmpl_str(v, "until", until);
	st = subscribe_text(j, s, s->list->language, "confirm.txt", v, &text);
	if (st != ST_OK)
		return st;
	m.name = arena_printf(j->mem, "confirm.%lld", (long long)p->id);
	m.text = text;
	m.reply_to =
	    listhead_address(j->mem, s->conf, s->list, "confirm", token);
	return subscribe_send(db, j, s, &m);
}

enum status
subscribe_ask(struct db *db, struct job *j, struct subscribing *s,
    enum pending_what what, const char *delivery)
{
	struct pending p = { .list = s->list->slug,
		.address = s->address,
		.what = what,
		.delivery = delivery,
		.message = s->in->id };
	struct pending_counts n;
	enum status st;

	s->outcome = s->sender->quiet ? "quiet" : "address";
	if (s->sender->quiet || is_nobody(s))
		return ST_OK;
	if ((st = pending_count(db, j, &p, &n)) != ST_OK)
		return st;
	if (too_much(s, &n)) {
		s->outcome = "again";
		return pending_again(db, j, s->address);
	}
	if (too_many(s->conf, &n)) {
		log_warn("step=subscribe id=%s st=none why=confirm_rate hour="
			 "%lld domain=%lld",
		    j->id, (long long)n.hour, (long long)n.hour_domain);
		s->outcome = "limited";
		return ST_OK;
	}
	s->outcome = "asked";
	if ((st = pending_add(db, j, &p)) != ST_OK)
		return st;
	log_note("step=subscribe id=%s list=%s pending=%lld what=%d", j->id,
	    p.list, (long long)p.id, (int)what);
	return send_question(db, j, s, &p);
}

/* ---- leaving ---- */

static enum status
say_goodbye(struct db *db, struct job *j, const struct subscribing *s)
{
	struct tmpl_map *v = subscribe_values(j, s);
	struct list_mail m = { .answers = true };
	bool may;
	char *text;
	enum status st = subscribe_may_answer(db, j, s, &may);

	if (st != ST_OK || !may)
		return st;
	tmpl_str(v, "subscribe",
	    listhead_address(j->mem, s->conf, s->list, "subscribe", ""));
	st = subscribe_text(j, s, s->list->language, "goodbye.txt", v, &text);
	if (st != ST_OK)
		return st;
	m.name = arena_printf(j->mem, "goodbye.%lld", (long long)s->in->id);
	m.text = text;
	m.reply_to = listhead_address(j->mem, s->conf, s->list, "request", "");
	return subscribe_send(db, j, s, &m);
}

/* Who wasn't there gets the same words as who was. */
static enum status
leave_now(struct db *db, struct job *j, struct subscribing *s)
{
	struct member m;
	enum status st = subscribe_member(db, j, s, &m);

	if (st == ST_OK)
		st = subscribe_off(db, j, s, &m);
	if (st != ST_OK && st != ST_NONE)
		return st;
	return say_goodbye(db, j, s);
}

enum status
subscribe_leave(struct db *db, struct job *j, struct subscribing *s)
{
	if (!subscribe_proved(s))
		return subscribe_ask(db, j, s, PENDING_UNSUBSCRIBE, "");
	s->outcome = "unsubscribe";
	return leave_now(db, j, s);
}

/* ---- confirming ---- */

static enum status
welcome(struct db *db, struct job *j, const struct subscribing *s,
    const struct pending *p)
{
	struct tmpl_map *v = subscribe_values(j, s);
	struct list_mail mail = { .answers = !s->web };
	char token[TOKEN_LIST + 1], *text;
	struct member m;
	enum status st = subscribe_join(db, j, s, p->delivery, &m);

	if (st != ST_OK)
		return st;
	keys_unsubscribe(s->keys, s->list->slug, m.id, token);
	tmpl_str(v, "settings", subscribe_settings(j, s, &m));
	tmpl_str(v, "open", s->open);
	tmpl_str(v, "leave",
	    listhead_address(j->mem, s->conf, s->list, "unsubscribe", token));
	st =
	    subscribe_text(j, s, m.lang[0] == '\0' ? s->list->language : m.lang,
		"welcome.txt", v, &text);
	if (st != ST_OK)
		return st;
	log_note("step=subscribe id=%s list=%s member=%lld status=active",
	    j->id, s->list->slug, (long long)m.id);
	mail.name = arena_printf(j->mem, "welcome.%lld", (long long)p->id);
	mail.text = text;
	mail.reply_to =
	    listhead_address(j->mem, s->conf, s->list, "request", "");
	mail.token = token;
	return subscribe_send(db, j, s, &mail);
}

/*
 * By its token, in time, not used yet, and by the address or a button; a
 * ticket system that takes the question for a ticket says nothing.
 */
static enum status
find_pending(struct db *db, struct job *j, const struct subscribing *s,
    const char *token, struct pending *out)
{
	int64_t id;
	enum status st;

	if (!keys_confirm_ok(s->keys, s->list->slug, token, &id))
		return ST_NONE;
	st = pending_get(db, j, id, out);
	if (st != ST_OK)
		return st;
	if (out->done != 0 || out->asked + PENDING_LASTS < j->now ||
	    !text_ieq(out->list, s->list->slug))
		return ST_NONE;
	if (s->web)
		return ST_OK;
	return !s->sender->quiet && text_ieq(out->address, s->sender->address)
		   ? ST_OK
		   : ST_NONE;
}

enum status
subscribe_confirm(struct db *db, struct job *j, struct subscribing *s,
    const char *token, struct pending *out)
{
	enum status st = find_pending(db, j, s, token, out);

	s->outcome = "confirm:unverified";
	if (st == ST_NONE)
		log_warn("step=subscribe id=%s st=none why=token", j->id);
	if (st != ST_OK || (st = pending_done(db, j, out->id)) != ST_OK)
		return st;
	s->outcome = "confirmed";
	s->address = out->address;
	s->confirmed = true;
	if (out->what == PENDING_SUBSCRIBE)
		return welcome(db, j, s, out);
	if (out->what == PENDING_UNSUBSCRIBE)
		return leave_now(db, j, s);
	return ST_OK;
}

/* ---- for check ---- */

enum status
subscribe_try(struct job *j, const struct conf *c, const struct list *l)
{
	static const char *const names[] = { "confirm.txt", "welcome.txt",
		"goodbye.txt", "listhelp.txt" };
	static const char *const flags[] = { "joins", "leaves", "asks" };
	static const char *const strings[] = { "link", "until", "subscribe",
		"settings", "open", "leave" };
	const struct subscribing s = { .conf = c, .list = l };
	struct tmpl_map *v = subscribe_values(j, &s);
	enum status st = ST_OK;
	char *text;

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		tmpl_flag(v, flags[i], true);
	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		tmpl_str(v, strings[i], "x");
	for (size_t i = 0; i < sizeof names / sizeof *names && st == ST_OK; i++)
		st = subscribe_text(j, &s, l->language, names[i], v, &text);
	return st;
}
