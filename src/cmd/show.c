/*
 * sitrep show: what is open, one event's history, the queue, who is on call,
 * the lists, how promises were kept; for people, or as JSON.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "cmd/held.h"
#include "cmd/show_delivery.h"
#include "cmd/show_promises.h"
#include "cmd/show_publications.h"
#include "cmd/show_queue.h"
#include "cmd/show_search.h"
#include "cmd/stale.h"
#include "cmd/world.h"
#include "ext/json.h"
#include "flow/report.h"
#include "model/draft.h"
#include "model/event.h"
#include "model/event_find.h"
#include "model/inbox.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/note.h"
#include "model/post.h"
#include "model/room.h"
#include "model/swap.h"
#include "model/timer.h"
#include "text/eventid.h"

static struct json *
event_json(struct world *w, struct job *j, const struct event *e)
{
	struct json *o = json_new_object(), *parts = json_new_array();

	json_put_str(o, "event", event_name(j->mem, e));
	json_put_str(o, "kind", e->kind);
	json_put_str(o, "title", event_title(j->mem, &w->conf, e));
	json_put_int(o, "severity", e->severity);
	json_put_str(o, "phase", words_phase(e->phase));
	json_put_str(o, "state", words_state(e->state));
	json_put_str(o, "noc_state", words_state(e->noc_state));
	json_put_str(o, "disclosure", words_disclosure(e->disclosure));
	json_put_str(o, "owner", e->owner);
	json_put_str(o, "reporter", e->reporter);
	json_put_time(o, "opened", e->opened);
	json_put_time(o, "started", e->started);
	json_put_time(o, "ended", e->ended);
	json_put_time(o, "handed_off", e->handed_off);
	json_put_time(o, "acked", e->acked);
	json_put_time(o, "closed", e->closed);
	json_put_time(o, "next_update", e->next_update);
	for (size_t i = 0; i < e->n_touches; i++) {
		struct json *t = json_new_object();

		json_put_str(t, "component", e->touches[i].slug);
		json_put_str(t, "level", words_level(e->touches[i].level));
		json_add(parts, t);
	}
	json_put(o, "components", parts);
	return o;
}

static enum status
open_json(struct world *w, struct job *j, struct json *root)
{
	struct json *list = json_new_array(), *drills = json_new_array();
	struct event *all;
	size_t n;
	enum status st = event_open(w->db, j, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		json_add(event_is_drill(&all[i]) ? drills : list,
		    event_json(w, j, &all[i]));
	json_put(root, "open", list);
	json_put(root, "drills", drills);
	return st;
}

static enum status
notes_json(struct world *w, struct job *j, int64_t event, struct json *root)
{
	struct json *list = json_new_array();
	struct note *all;
	size_t n = 0;
	enum status st = note_list(w->db, j, event, 0, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct json *o = json_new_object();

		json_put_int(o, "note", all[i].n);
		json_put_time(o, "at", all[i].at);
		json_put_str(o, "author", all[i].author);
		json_put_bool(o, "late", all[i].late);
		json_put_bool(o, "unverified", all[i].unverified);
		json_put_str(o, "kind", all[i].kind);
		json_put_str(o, "text", all[i].text);
		json_add(list, o);
	}
	json_put(root, "notes", list);
	return st;
}

static struct json *
members_json(const struct room *r)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < r->n_members; i++) {
		struct json *o = json_new_object();

		json_put_str(o, "person", r->members[i].person);
		json_put_time(o, "joined", r->members[i].joined);
		json_add(list, o);
	}
	return list;
}

static struct json *
actions_json(const struct room *r)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < r->n_actions; i++) {
		struct json *o = json_new_object();

		json_put_time(o, "at", r->actions[i].at);
		json_put_str(o, "text", r->actions[i].text);
		json_put_str(o, "owner", r->actions[i].owner);
		json_put_str(o, "due", r->actions[i].due);
		json_add(list, o);
	}
	return list;
}

static struct json *
room_json(const struct room *r)
{
	struct json *o = json_new_object();

	json_put_str(o, "rule", room_rule_word(r->rule));
	json_put_time(o, "proposed", r->proposed);
	json_put_str(o, "proposed_by", r->proposed_by);
	json_put_time(o, "refused", r->refused);
	json_put_str(o, "refused_by", r->refused_by);
	json_put_time(o, "opened", r->opened);
	json_put_str(o, "opened_by", r->opened_by);
	json_put_str(o, "chair", r->chair);
	json_put_str(o, "scribe", r->scribe);
	json_put_str(o, "comms_lead", r->comms_lead);
	json_put_str(o, "noc_lead", r->noc_lead);
	json_put_str(o, "bridge", r->bridge);
	json_put_int(o, "sitreps", r->sitreps);
	json_put_time(o, "closed", r->closed);
	json_put_str(o, "closed_by", r->closed_by);
	json_put_str(o, "postmortem", r->review_by);
	json_put(o, "members", members_json(r));
	json_put(o, "actions", actions_json(r));
	return o;
}

static enum status
rooms_json(struct world *w, struct job *j, int64_t event, struct json *root)
{
	struct json *list = json_new_array();
	struct room *all;
	size_t n = 0;
	enum status st = room_list(w->db, j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		json_add(list, room_json(&all[i]));
	json_put(root, "rooms", list);
	return st;
}

static enum status
drafts_json(struct world *w, struct job *j, int64_t event, struct json *root)
{
	struct json *list = json_new_array();
	struct draft *all;
	size_t n = 0;
	enum status st = draft_list(w->db, j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct json *o = json_new_object();

		json_put_int(o, "draft", all[i].n);
		json_put_time(o, "created", all[i].created);
		json_put_str(o, "author", all[i].author);
		json_put_str(o, "status", draft_word(all[i].status));
		json_put_str(o, "state", words_state(all[i].state));
		json_put_str(o, "title", all[i].title);
		json_put_str(o, "text", all[i].text);
		json_put_str(o, "hash", all[i].hash);
		json_add(list, o);
	}
	json_put(root, "drafts", list);
	return st;
}

static struct json *
post_json(const struct post *p)
{
	struct json *o = json_new_object();

	json_put_int(o, "update", p->u);
	json_put_int(o, "revision", p->r);
	json_put_time(o, "posted", p->posted);
	json_put_str(o, "state", words_state(p->state));
	json_put_str(o, "impact", words_impact(p->impact));
	json_put_str(o, "title", p->title);
	json_put_str(o, "text", p->text);
	json_put_str(o, "components", p->components);
	json_put_time(o, "next_update", p->next_update);
	json_put_str(o, "reason", p->reason);
	json_put_str(o, "author", p->author);
	json_put_str(o, "approver", p->approver);
	json_put_str(o, "hash", p->hash);
	return o;
}

/* The revision that counts, with those that it replaced inside. */
static enum status
posts_json(struct world *w, struct job *j, int64_t event, struct json *root)
{
	struct json *list = json_new_array();
	struct post *all;
	size_t n = 0;
	enum status st = post_revisions(w->db, j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct json *earlier = json_new_array(), *o;

		for (; i + 1 < n && all[i + 1].u == all[i].u; i++)
			json_add(earlier, post_json(&all[i]));
		o = post_json(&all[i]);
		json_put(o, "earlier", earlier);
		json_add(list, o);
	}
	json_put(root, "updates", list);
	return st;
}

static enum status
arrivals_json(struct world *w, struct job *j, int64_t event, struct json *root)
{
	struct json *list = json_new_array();
	struct arrival *all;
	size_t n = 0;
	enum status st = inbox_of_event(w->db, j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		const struct outcome *m = &all[i].outcome;
		struct json *o = json_new_object();

		json_put_int(o, "message", m->message);
		json_put_time(o, "received", all[i].received);
		json_put_str(o, "source", all[i].source);
		json_put_str(o, "login", all[i].actor);
		json_put_str(o, "class", m->trust);
		json_put_str(o, "person", m->person);
		json_put_str(o, "from", m->address);
		json_put_str(o, "message_id", m->mid);
		json_put_str(o, "subject", m->subject);
		json_put_str(o, "verdict", m->verdict);
		json_put_str(o, "result", m->result);
		json_put_int(o, "repeats", all[i].repeats);
		json_add(list, o);
	}
	json_put(root, "mails", list);
	return st;
}

static enum status
timers_json(struct world *w, struct job *j, int64_t event, struct json *root)
{
	struct json *list = json_new_array();
	struct timer_fate *all;
	size_t n = 0;
	enum status st = timer_past(w->db, j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		const struct timer_fate *t = &all[i];
		struct json *o = json_new_object();

		json_put_str(o, "timer",
		    arena_printf(j->mem, "T%d", t->timer.kind));
		json_put_int(o, "step", t->timer.step);
		json_put_time(o, "since", t->timer.since);
		json_put_time(o, "due", t->timer.due);
		json_put_time(o, "fired", t->fired);
		json_put_time(o, "cancelled", t->cancelled);
		json_add(list, o);
	}
	json_put(root, "timers", list);
	return st;
}

static enum status
letters_json(struct world *w, struct job *j, int64_t event, struct json *root)
{
	struct json *list = json_new_array();
	struct letter *all;
	size_t n = 0;
	enum status st = letter_of_event(w->db, j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		json_add(list, show_letter_json(&all[i]));
	json_put(root, "letters", list);
	return st;
}

static enum status
find_event(struct world *w, struct job *j, const char *id, int64_t *out)
{
	struct event_found found;
	struct eventid name;
	enum status st;

	if (!eventid_read(id, when_utc(j->now).year, &name))
		return job_fail(j, ST_PERM,
		    "%s is no event's name: write it as INC-2026-0042", id);
	st = event_find_name(w->db, j, eventid_kind_word(name.kind), name.year,
	    name.number, &found);
	*out = st == ST_OK ? found.id : 0;
	return st;
}

static enum status
one_json(struct world *w, struct job *j, int64_t id, struct json *root)
{
	struct event e;
	enum status st = event_get(w->db, j, id, &e);

	if (st != ST_OK)
		return st;
	json_put(root, "event", event_json(w, j, &e));
	if ((st = notes_json(w, j, id, root)) != ST_OK ||
	    (st = arrivals_json(w, j, id, root)) != ST_OK ||
	    (st = timers_json(w, j, id, root)) != ST_OK ||
	    (st = rooms_json(w, j, id, root)) != ST_OK ||
	    (st = drafts_json(w, j, id, root)) != ST_OK ||
	    (st = posts_json(w, j, id, root)) != ST_OK)
		return st;
	if ((st = letters_json(w, j, id, root)) != ST_OK)
		return st;
	return show_publications_json(w, j, id, root);
}

static void
duties_json(struct job *j, const struct rota *r, struct json *root)
{
	struct json *list = json_new_array();
	struct shift *all;
	size_t n = rota_duties(j->mem, r, j->now, &all);

	for (size_t i = 0; i < n; i++) {
		struct json *o = json_new_object();

		json_put_int(o, "level", all[i].level);
		json_put_str(o, "role", words_role((enum role)all[i].role));
		json_put_str(o, "person", all[i].person->slug);
		json_put_str(o, "name", all[i].person->name);
		json_put_time(o, "until", all[i].until);
		json_add(list, o);
	}
	json_put(root, "rota", list);
}

static enum status
swaps_json(struct world *w, struct job *j, struct json *root)
{
	struct json *list = json_new_array();
	struct swap *all;
	size_t n = 0;
	enum status st = swap_list(w->db, j, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct json *o = json_new_object();

		json_put_int(o, "level", all[i].level);
		json_put_str(o, "role", words_role((enum role)all[i].role));
		json_put_str(o, "giver", all[i].giver);
		json_put_str(o, "taker", all[i].taker);
		json_put_time(o, "asked", all[i].asked);
		json_put_time(o, "from", all[i].from);
		json_put_time(o, "until", all[i].until);
		json_put_time(o, "giver_yes", all[i].giver_yes);
		json_put_time(o, "taker_yes", all[i].taker_yes);
		json_add(list, o);
	}
	json_put(root, "swaps", list);
	return st;
}

/* The next one of comms level 1; empty if there is none. */
static void
gaps_json(struct job *j, const struct rota *r, struct json *root)
{
	struct json *list = json_new_array();
	int64_t gap = rota_gap(r, j->now, j->now + ROTA_AHEAD), end;

	if (gap >= 0) {
		struct json *o = json_new_object();

		end = rota_gap_end(r, gap);
		json_put_time(o, "from", gap);
		json_put_time(o, "until", end < 0 ? 0 : end);
		json_add(list, o);
	}
	json_put(root, "gaps", list);
}

static enum status
rota_json(struct world *w, struct job *j, struct json *root)
{
	struct rota r;
	enum status st = swap_rota(w->db, j, &w->conf, &w->rota, &r);

	if (st != ST_OK)
		return st;
	duties_json(j, &r, root);
	gaps_json(j, &r, root);
	return swaps_json(w, j, root);
}

static enum status
lists_json(struct world *w, struct job *j, struct json *root)
{
	struct json *list = json_new_array();
	enum status st = ST_OK;

	for (size_t i = 0; i < w->conf.n_lists && st == ST_OK; i++) {
		struct json *o = json_new_object();
		int64_t n = 0;

		st = member_count(w->db, j, w->conf.lists[i].slug, &n);
		json_put_str(o, "list", w->conf.lists[i].slug);
		json_put_int(o, "active", n);
		json_add(list, o);
	}
	json_put(root, "lists", list);
	return st;
}

/* Of the desk as a whole: what the public sees isn't what the store has. */
static bool
is_desk(const char *what)
{
	return what == NULL || strcmp(what, "queue") == 0;
}

static enum status
as_json(struct world *w, struct job *j, const char *what, struct buf *out)
{
	struct json *root = json_new_object();
	const char *stale = is_desk(what) ? stale_why(j, &w->conf) : NULL;
	enum status st = ST_OK;
	int64_t id = 0;

	if (stale != NULL)
		json_put_str(root, "pages", stale);
	if (what == NULL)
		st = open_json(w, j, root);
	else if (strcmp(what, "queue") == 0)
		st = show_queue_json(w, j, root);
	else if (strcmp(what, "rota") == 0)
		st = rota_json(w, j, root);
	else if (strcmp(what, "held") == 0)
		st = held_json(w, j, root);
	else if (strcmp(what, "lists") == 0)
		st = lists_json(w, j, root);
	else if ((st = find_event(w, j, what, &id)) == ST_OK)
		st = one_json(w, j, id, root);
	json_write(root, out);
	json_free(root);
	return st;
}

static enum status
as_text(struct world *w, struct job *j, const char *what, struct buf *out)
{
	const char *stale = is_desk(what) ? stale_why(j, &w->conf) : NULL;
	enum status st = ST_OK;
	int64_t id = 0;

	if (stale != NULL)
		buf_printf(out,
		    "The pages stay as they were %s; sitrep check names what "
		    "to mend.\n",
		    stale);
	if (what == NULL)
		return report_open(w->db, j, &w->conf, out);
	if (strcmp(what, "queue") == 0)
		return show_queue(w, j, out);
	if (strcmp(what, "lists") == 0)
		return report_lists(w->db, j, &w->conf, out);
	if (strcmp(what, "rota") == 0)
		return report_rota(w->db, j, &w->conf, &w->rota, out);
	if ((st = find_event(w, j, what, &id)) == ST_OK)
		st = report_event(w->db, j, &w->conf, id, out);
	return st;
}

struct wish {
	const char *what, *since, *address; /* NULL: not given */
	bool delivery;
	int held;     /* number of a held mail; 0: not given */
	char **words; /* of --search */
	bool json;
};

/* "18", or "q18". */
static bool
read_number(const char *s, int *out)
{
	char *end;
	long n = strtol(s + (*s == 'q'), &end, 10);

	*out = (int)n;
	return *end == '\0' && n > 0 && n < INT32_MAX;
}

static bool
read_wish(int argc, char **argv, struct wish *out)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			out->json = true;
		else if (strcmp(argv[i], "--search") == 0 && i + 1 < argc) {
			out->words = argv + i + 1;
			return out->what == NULL;
		} else if (strcmp(argv[i], "--since") == 0 && i + 1 < argc)
			out->since = argv[++i];
		else if (strcmp(argv[i], "--delivery") == 0)
			out->delivery = true;
		else if (out->delivery && out->what != NULL &&
			 out->address == NULL && strchr(argv[i], '@') != NULL)
			out->address = argv[i];
		else if (out->what == NULL && argv[i][0] != '-')
			out->what = argv[i];
		else if (out->what == NULL || strcmp(out->what, "held") != 0 ||
			 out->held != 0 || !read_number(argv[i], &out->held))
			return false;
	}
	if (out->delivery && (out->what == NULL || out->since != NULL))
		return false;
	return out->since == NULL ||
	       (out->what != NULL && strcmp(out->what, "promises") == 0);
}

static enum status
delivery(struct world *w, struct job *j, const struct wish *o, struct buf *out)
{
	struct delivery_wish d = { .address = o->address, .json = o->json };
	struct event e;
	enum status st = find_event(w, j, o->what, &d.event);

	if (st == ST_OK)
		st = event_get(w->db, j, d.event, &e);
	if (st != ST_OK)
		return st;
	d.name = event_name(j->mem, &e);
	return show_delivery(w, j, &d, out);
}

static enum status
show(struct world *w, struct job *j, const struct wish *o, struct buf *out)
{
	if (o->words != NULL)
		return show_search(w, j, o->words, o->json, out);
	if (o->delivery)
		return delivery(w, j, o, out);
	if (o->what != NULL && strcmp(o->what, "promises") == 0)
		return show_promises(w, j, o->since, o->json, out);
	if (o->what != NULL && strcmp(o->what, "held") == 0 && !o->json)
		return held_show(w, j, o->held, out);
	return o->json ? as_json(w, j, o->what, out)
		       : as_text(w, j, o->what, out);
}

int
cmd_show(struct world *w, struct job *j, int argc, char **argv)
{
	struct buf out = BUF_INIT;
	struct wish o = { 0 };
	enum status st;

	if (!read_wish(argc, argv, &o)) {
		(void)fputs("usage: sitrep show [ID|queue|rota|lists|held "
			    "[NUMBER]] [--json]\n       sitrep show ID "
			    "--delivery [ADDRESS] [--json]\n       sitrep "
			    "show promises [--since DATE|LENGTH] [--json]\n"
			    "       sitrep show [--json] --search WORD ...\n",
		    stderr);
		return EX_WRONG_USAGE;
	}
	st = show(w, j, &o, &out);
	if (st == ST_OK)
		(void)fputs(out.data, stdout);
	else
		(void)fprintf(stderr, "sitrep: %s\n",
		    st != ST_NONE ? j->why
		    : o.held != 0 ? "no such mail; sitrep show held lists "
				    "those that wait"
				  : "no such event; sitrep show lists the "
				    "open ones");
	buf_free(&out);
	return st == ST_OK ? EX_DONE : EX_FAILED;
}
