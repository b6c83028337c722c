/* Commands to LIST-request, and the one mail that says what became of each. */
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "flow/subscribe_in.h"
#include "model/event_find.h"
#include "model/post.h"
#include "text/choice.h"
#include "text/labels.h"
#include "text/listhead.h"

struct doing { /* one mail */
	struct db *db;
	struct job *j;
	struct subscribing *s;
	struct member m;
	bool is_there; /* a row of the address */
	bool joined;   /* just now */
	bool helped;   /* all commands stand above */
	struct buf out;
	size_t done, not_done;
};

static void
line_done(struct doing *d, const char *what)
{
	d->done++;
	buf_printf(&d->out, "Done: %s\n\n", what);
}

static void
line_not(struct doing *d, const char *why, const char *copy)
{
	d->not_done++;
	buf_printf(&d->out, "Not done. %s\n", why);
	if (*copy != '\0')
		buf_printf(&d->out, "  %s\n", copy);
	buf_char(&d->out, '\n');
}

static bool
is_member(const struct doing *d)
{
	return d->is_there && (strcmp(d->m.status, "active") == 0 ||
				  strcmp(d->m.status, "nomail") == 0);
}

/* ---- what changes ---- */

typedef enum status does(struct doing *d, const struct list_command *c);

static enum status
join(struct doing *d, const struct list_command *c)
{
	bool may;
	enum status st = subscribe_may_join(d->db, d->j, d->s, &may);

	if (st != ST_OK)
		return st;
	if (!may) {
		line_not(d,
		    arena_printf(d->j->mem,
			"%s is a closed list. Ask %s-owner@%s.",
			d->s->list->slug, d->s->list->slug, d->s->conf->domain),
		    "");
		return ST_OK;
	}
	st = subscribe_join(d->db, d->j, d->s, c->value, &d->m);
	d->is_there = d->joined = true;
	line_done(d, "you are subscribed.");
	return st;
}

static enum status
leave(struct doing *d, const struct list_command *c)
{
	enum status st = ST_OK;

	(void)c;
	if (d->is_there)
		st = subscribe_off(d->db, d->j, d->s, &d->m);
	d->is_there = false;
	line_done(d, "you are unsubscribed.");
	return st;
}

static enum status
topics(struct doing *d, const struct list_command *c)
{
	d->m.topics = c->value;
	line_done(d, arena_printf(d->j->mem, "topics: %s.",
			 choice_show_topics(d->j->mem, d->s->conf, c->value)));
	return ST_OK;
}

static enum status
least(struct doing *d, const struct list_command *c)
{
	d->m.least = c->value;
	line_done(d, *c->value == '\0' ? "every impact."
				       : arena_printf(d->j->mem,
					     "impact %s and more.", c->value));
	return ST_OK;
}

static enum status
kind(struct doing *d, const struct list_command *c)
{
	d->m.kind = c->value;
	line_done(d, *c->value == '\0'
			 ? "incidents and maintenance."
			 : arena_printf(d->j->mem, "%s only.", c->value));
	return ST_OK;
}

static enum status
lang(struct doing *d, const struct list_command *c)
{
	const struct conf *conf = d->s->conf;
	struct labels words;
	enum status st = labels_load(d->j, conf->templates, conf->brand.slug,
	    c->value, &words);

	if (st != ST_OK)
		return st;
	d->m.lang = c->value;
	line_done(d,
	    arena_printf(d->j->mem, "language %s.%s", c->value,
		text_ieq(words.lang, c->value)
		    ? ""
		    : " We have no words of it yet: until then they are "
		      "English."));
	return ST_OK;
}

static enum status
zone(struct doing *d, const struct list_command *c)
{
	d->m.zone = c->value;
	line_done(d, arena_printf(d->j->mem, "times in UTC and %s.", c->value));
	return ST_OK;
}

static enum status
format(struct doing *d, const struct list_command *c)
{
	d->m.format = c->value;
	line_done(d, arena_printf(d->j->mem, "format %s.", c->value));
	return ST_OK;
}

static enum status
delivery(struct doing *d, const struct list_command *c)
{
	d->m.delivery = c->value;
	line_done(d,
	    strcmp(c->value, "each") == 0
		? "each mail."
		: "the first mail of an event, each rise of its impact, "
		  "corrections and the end.");
	return ST_OK;
}

static enum status
pause(struct doing *d, const struct list_command *c)
{
	const char *zone = d->m.zone[0] == '\0' ? NULL : d->m.zone;
	char *until = NULL;
	enum status st =
	    subscribe_time(d->j, d->s, "en", zone, c->until, &until);

	if (st != ST_OK)
		return st;
	d->m.paused = c->until;
	line_done(d, arena_printf(d->j->mem,
			 "nothing until %s. `resume` ends that.", until));
	return ST_OK;
}

static enum status
resume(struct doing *d, const struct list_command *c)
{
	(void)c;
	d->m.paused = 0;
	line_done(d, "mails come again.");
	return ST_OK;
}

/* What isn't public doesn't exist here. */
static enum status
follow(struct doing *d, const struct list_command *c)
{
	struct event_found e;
	struct public_event p;
	enum status st = event_find_name(d->db, d->j,
	    eventid_kind_word(c->id.kind), c->id.year, c->id.number, &e);

	if (st == ST_OK)
		st = post_public_event(d->db, d->j, d->s->conf, e.id, &p);
	if (st == ST_NONE) {
		line_not(d, "There is no such event in public.", "open");
		return ST_OK;
	}
	if (st == ST_OK)
		st = member_follow(d->db, d->j, d->m.id, e.id);
	line_done(d, arena_printf(d->j->mem,
			 "you get all of %s, whatever else you chose.%s",
			 eventid_tag(d->j->mem, &c->id),
			 e.closed == 0 ? "" : " It is over by now."));
	return st;
}

static does *const settings[] = {
	[LIST_TOPICS] = topics,
	[LIST_LEAST] = least,
	[LIST_KIND] = kind,
	[LIST_LANG] = lang,
	[LIST_ZONE] = zone,
	[LIST_FORMAT] = format,
	[LIST_DELIVERY] = delivery,
	[LIST_PAUSE] = pause,
	[LIST_RESUME] = resume,
	[LIST_FOLLOW] = follow,
};

static enum status
set(struct doing *d, const struct list_command *c)
{
	enum status st;

	if (!is_member(d)) {
		line_not(d,
		    "This address isn't a member. Write this above that "
		    "line:",
		    "subscribe");
		return ST_OK;
	}
	st = settings[c->verb](d, c);
	return st == ST_OK ? member_save_settings(d->db, d->j, &d->m) : st;
}

/* ---- what is asked ---- */

static enum status
which(struct doing *d, const struct list_command *c)
{
	const struct conf *conf = d->s->conf;
	enum status st = ST_OK;
	size_t n = 0;

	(void)c;
	for (size_t i = 0; i < conf->n_lists && st == ST_OK; i++) {
		struct member m;

		st = member_find(d->db, d->j, conf->lists[i].slug,
		    d->s->address, &m);
		if (st == ST_OK && strcmp(m.status, "left") != 0) {
			buf_printf(&d->out, "%s (%s):\n%s\n", m.list, m.status,
			    subscribe_settings(d->j, d->s, &m));
			n++;
		}
		if (st == ST_NONE)
			st = ST_OK;
	}
	if (n == 0)
		buf_str(&d->out, "This address is on no list of ours.\n\n");
	d->done++;
	return st;
}

static enum status
open_events(struct doing *d, const struct list_command *c)
{
	(void)c;
	d->done++;
	buf_printf(&d->out, "%s\n",
	    *d->s->open == '\0' ? "Nothing is open.\n" : d->s->open);
	return ST_OK;
}

static enum status
get(struct doing *d, const struct list_command *c)
{
	if (c->answer == NULL || *c->answer == '\0') {
		line_not(d, "There is no such event in public.", "open");
		return ST_OK;
	}
	d->done++;
	buf_printf(&d->out, "%s\n", c->answer);
	return ST_OK;
}

static enum status
help(struct doing *d, const struct list_command *c)
{
	char *text;
	enum status st = subscribe_text(d->j, d->s, d->s->list->language,
	    "listhelp.txt", subscribe_values(d->j, d->s), &text);

	(void)c;
	d->done++;
	d->helped = true;
	if (st == ST_OK)
		buf_printf(&d->out, "%s\n", text);
	return st;
}

static enum status
refused(struct doing *d, const struct list_command *c)
{
	line_not(d, c->no, c->copy);
	return ST_OK;
}

static does *const others[] = {
	[LIST_REFUSED] = refused,
	[LIST_SUBSCRIBE] = join,
	[LIST_UNSUBSCRIBE] = leave,
	[LIST_WHICH] = which,
	[LIST_OPEN_EVENTS] = open_events,
	[LIST_GET] = get,
	[LIST_HELP] = help,
};

/* ---- the whole ---- */

static enum status
each(struct doing *d, struct list_commands *c)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < c->n && st == ST_OK; i++) {
		enum list_verb v = c->list[i].verb;
		bool sets = v >= LIST_TOPICS && v <= LIST_FOLLOW;

		buf_printf(&d->out, "> %s\n", c->list[i].line);
		st = sets ? set(d, &c->list[i]) : others[v](d, &c->list[i]);
	}
	return st;
}

static enum status
finish(struct doing *d, const struct list_commands *c)
{
	static const struct list_command none = { .value = "" };
	enum status st = ST_OK;

	if (c->unread != 0)
		buf_printf(&d->out,
		    "%zu more line%s not read: the ones above aren't "
		    "commands, or there are too many.\n\n",
		    c->unread, c->unread == 1 ? " was" : "s were");
	if (c->again != 0)
		buf_printf(&d->out,
		    "%zu more line%s asked for what stands above: it is here "
		    "once.\n\n",
		    c->again, c->again == 1 ? "" : "s");
	if (d->joined && *d->s->open != '\0')
		buf_printf(&d->out, "Open now:\n\n%s\n", d->s->open);
	if (d->done == 0)
		st = help(d, &none);
	else if (!d->helped)
		buf_printf(&d->out, "Write `help` for all commands.\n");
	return st;
}

static const char *
subject(const struct doing *d, size_t n)
{
	const char *list = d->s->list->slug;
	struct arena *mem = d->j->mem;

	if (n == 0)
		return arena_printf(mem, "How to write to %s", list);
	if (d->not_done == 0)
		return arena_printf(mem, "Your mail to %s: done", list);
	return arena_printf(mem, "Your mail to %s: %zu done, %zu not", list,
	    d->done, d->not_done);
}

static enum status
answer(struct doing *d, const struct list_commands *c)
{
	struct list_mail m = { .answers = true };
	char token[TOKEN_LIST + 1];
	size_t done = d->done;
	enum status st = finish(d, c);

	if (st != ST_OK)
		return st;
	d->done = done;
	m.name = arena_printf(d->j->mem, "rcpt.%lld", (long long)d->s->in->id);
	m.subject = subject(d, c->n);
	while (d->out.len > 1 && d->out.data[d->out.len - 2] == '\n')
		buf_cut(&d->out, d->out.len - 1);
	m.text = arena_copy(d->j->mem, d->out.data, d->out.len);
	m.reply_to =
	    listhead_address(d->j->mem, d->s->conf, d->s->list, "request", "");
	if (is_member(d)) {
		keys_unsubscribe(d->s->keys, d->s->list->slug, d->m.id, token);
		m.token = token;
	}
	return subscribe_send(d->db, d->j, d->s, &m);
}

enum status
subscribe_do(struct db *db, struct job *j, struct subscribing *s,
    struct list_commands *c)
{
	struct doing d = { .db = db, .j = j, .s = s, .out = BUF_INIT };
	bool may = false;
	enum status st = subscribe_member(db, j, s, &d.m);

	d.is_there = st == ST_OK;
	s->outcome = "request";
	if (st == ST_OK || st == ST_NONE)
		st = each(&d, c);
	if (st == ST_OK)
		st = subscribe_may_answer(db, j, s, &may);
	if (st == ST_OK && may)
		st = answer(&d, c);
	log_note("step=subscribe id=%s list=%s done=%zu not=%zu", j->id,
	    s->list->slug, d.done, d.not_done);
	buf_free(&d.out);
	return st;
}
