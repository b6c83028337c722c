#include "cmd/show_event.h"

#include <string.h>

#include "cmd/show_publications.h"
#include "cmd/show_queue.h"
#include "model/draft.h"
#include "model/event.h"
#include "model/inbox.h"
#include "model/letter.h"
#include "model/note.h"
#include "model/post.h"
#include "model/room.h"
#include "model/timer.h"

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

enum status
show_open_json(struct world *w, struct job *j, struct json *root)
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

enum status
show_event_json(struct world *w, struct job *j, int64_t id, struct json *root)
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
