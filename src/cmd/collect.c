#include "cmd/collect.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/event_find.h"
#include "model/swap.h"
#include "model/writers.h"
#include "text/alike.h"
#include "text/eventid.h"
#include "text/ladder.h"

enum { LEVEL_MAX = 32 };

static void
join(struct job *j, struct crowd *c, const struct person *p)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->persons[i] == p)
			return;
	if (p == NULL)
		return;
	c->persons = arena_grow(j->mem, c->persons, c->n, sizeof(void *));
	c->persons[c->n++] = p;
}

static void
with_role(struct job *j, const struct conf *c, unsigned roles,
    struct crowd *out)
{
	for (size_t i = 0; i < c->n_persons; i++)
		if (c->persons[i].roles & roles)
			join(j, out, &c->persons[i]);
}

static void
of_level(struct job *j, const struct rota *r, int level, struct crowd *out)
{
	const struct person *all[LEVEL_MAX];
	size_t n = rota_level(r, level, j->now, all, LEVEL_MAX);

	for (size_t i = 0; i < n; i++)
		join(j, out, all[i]);
}

static void
on_duty(const struct world *w, struct job *j, const struct rota *r,
    struct people *p)
{
	const struct person *noc = rota_holder(r, ROLE_NOC, 1, j->now);

	p->oncall = rota_holder(r, ROLE_COMMS, 1, j->now);
	p->gap = p->oncall == NULL;
	with_role(j, &w->conf, ROLE_COMMS | ROLE_COMMS_LEAD, &p->team);
	of_level(j, r, 2, &p->level2);
	of_level(j, r, 3, &p->level3);
	of_level(j, r, 4, &p->level4);
	if (p->level3.n == 0)
		with_role(j, &w->conf, ROLE_EXEC, &p->level3);
	join(j, &p->noc, noc);
	if (p->noc.n == 0)
		with_role(j, &w->conf, ROLE_NOC, &p->noc);
	/* A gap in the rota: somebody of the team must get it all the same. */
	if (p->oncall == NULL && p->level2.n != 0)
		p->oncall = p->level2.persons[0];
	if (p->oncall == NULL && p->team.n != 0)
		p->oncall = p->team.persons[0];
}

static enum status
writers(struct world *w, struct job *j, const struct matter *m,
    struct people *p)
{
	struct writer *all;
	int64_t last = 0;
	size_t n = 0;
	enum status st = ST_OK;

	if (m->event != NULL) {
		join(j, &p->writers, conf_person(&w->conf, m->event->reporter));
		st = writers_list(w->db, j, m->event->id, &all, &n);
	}
	for (size_t i = 0; i < n && st == ST_OK; i++) {
		const struct person *x = conf_person(&w->conf, all[i].slug);

		join(j, &p->writers, x);
		if (x != NULL && (x->roles & ROLE_NOC) && all[i].last > last) {
			p->last_noc = x;
			last = all[i].last;
		}
	}
	/* A stranger whose mail was accepted is told nothing of it. */
	if (m->sender == NULL || m->sender->person == NULL || m->as_noc)
		return st;
	join(j, &p->writers, m->sender->person);
	if (m->sender->person->roles & ROLE_NOC)
		p->last_noc = m->sender->person;
	return st;
}

static enum status
drafts(struct world *w, struct job *j, struct matter *m)
{
	struct draft *open = arena_alloc(j->mem, sizeof *open);
	struct draft *asked = arena_alloc(j->mem, sizeof *asked);
	int64_t id = m->event->id;
	enum status st = draft_open(w->db, j, id, open);

	if (st == ST_OK)
		m->open_draft = open;
	if (st != ST_OK && st != ST_NONE)
		return st;
	if (m->route == NULL || m->route->object != 'd')
		return ST_OK;
	st = draft_get(w->db, j, id, m->route->number, asked);
	if (st == ST_OK)
		m->asked = asked;
	return st == ST_NONE ? ST_OK : st;
}

static enum status
swap(struct world *w, struct job *j, struct matter *m)
{
	struct swap *all;
	enum status st =
	    swap_of(w->db, j, m->question->message, &all, &m->n_swaps);

	m->swaps = all;
	if (st == ST_OK && m->n_swaps == 0)
		st = job_fail(j, ST_PERM, "q%d is about no swap",
		    m->question->n);
	return st;
}

static enum status
question(struct world *w, struct job *j, struct matter *m)
{
	struct question *q = arena_alloc(j->mem, sizeof *q);
	enum status st;

	if (m->route == NULL || m->route->object != 'q')
		return ST_OK;
	st = question_get(w->db, j, m->event == NULL ? 0 : m->event->id,
	    m->route->number, q);
	if (st == ST_OK)
		m->question = q;
	if (st == ST_OK && q->kind == QUESTION_SWAP)
		return swap(w, j, m);
	return st == ST_NONE ? ST_OK : st;
}

/* Open events that the mail's report may be about as well. */
static enum status
similar(struct world *w, struct job *j, struct matter *m)
{
	struct event *all, *out;
	size_t n, k = 0;
	enum status st;

	if (m->event != NULL || m->request == NULL)
		return ST_OK;
	if ((st = event_open(w->db, j, &all, &n)) != ST_OK)
		return st;
	out = arena_array(j->mem, n + 1, sizeof *out);
	for (size_t i = 0; i < n; i++)
		if (alike(m->request, m->mail.subject, m->mail.written,
			&all[i]))
			out[k++] = all[i];
	m->similar = out;
	m->n_similar = k;
	return ST_OK;
}

/* Whose number a mail or a draft names; 0: none does. */
static enum status
named(struct world *w, struct job *j, const char *name, int64_t *id)
{
	struct event_found found;
	struct eventid e;
	enum status st = ST_NONE;

	if (eventid_read(name, when_utc(j->now).year, &e))
		st = event_find_name(w->db, j, eventid_kind_word(e.kind),
		    e.year, e.number, &found);
	*id = st == ST_OK ? found.id : 0;
	return st == ST_NONE ? ST_OK : st;
}

/* Into which event this one is, or is to be, merged. */
static enum status
merged_into(struct world *w, struct job *j, const struct matter *m, int64_t *id)
{
	const struct request *r = m->request;
	const struct draft *x = m->asked != NULL ? m->asked : m->open_draft;

	for (size_t i = 0; r != NULL && i < r->n_commands; i++)
		if (r->commands[i].verb == VERB_MERGE)
			return named(w, j, r->commands[i].args, id);
	if (x != NULL && x->kind == POST_MERGED)
		return named(w, j, x->reason, id);
	*id = m->event->merged;
	return ST_OK;
}

static enum status hangs_on(struct world *w, struct job *j, struct matter *m);

/* Whoever is on duty is so for both; writers it has its own. */
static enum status
other(struct world *w, struct job *j, struct matter *m)
{
	struct matter *o = arena_alloc(j->mem, sizeof *o);
	struct event *e = arena_alloc(j->mem, sizeof *e);
	struct people *p = arena_alloc(j->mem, sizeof *p);
	int64_t id = 0;
	enum status st = m->event == NULL ? ST_NONE : merged_into(w, j, m, &id);

	if (st == ST_OK)
		st = id == 0 ? ST_NONE : event_get(w->db, j, id, e);
	if (st != ST_OK)
		return st == ST_NONE ? ST_OK : st;
	*p = *m->people;
	p->writers = (struct crowd){ NULL, 0 };
	p->last_noc = NULL;
	*o = (struct matter){ .conf = m->conf,
		.stock = m->stock,
		.people = p,
		.event = e };
	if ((st = hangs_on(w, j, o)) == ST_OK)
		st = writers(w, j, o, p);
	m->other = o;
	return st;
}

/* One page of T1 is for all of what was reported within minutes. */
static enum status
twins(struct world *w, struct job *j, struct matter *m)
{
	struct event *all, *out;
	size_t n, k = 0;
	enum status st;

	if (m->event == NULL || m->timer == NULL ||
	    m->timer->kind != T_HAND_OFF)
		return ST_OK;
	if ((st = event_open(w->db, j, &all, &n)) != ST_OK)
		return st;
	out = arena_array(j->mem, n + 1, sizeof *out);
	for (size_t i = 0; i < n; i++)
		if (all[i].id != m->event->id && alike_twins(&all[i], m->event))
			out[k++] = all[i];
	m->twins = out;
	m->n_twins = k;
	return ST_OK;
}

/* What was so far; the newest may be open. */
static enum status
rooms(struct world *w, struct job *j, struct matter *m)
{
	struct room *all;
	enum status st = room_list(w->db, j, m->event->id, &all, &m->n_rooms);

	if (st != ST_OK)
		return st;
	m->rooms = all;
	if (m->n_rooms != 0 && room_is_open(&all[m->n_rooms - 1]))
		m->room = &all[m->n_rooms - 1];
	return ST_OK;
}

static enum status
hangs_on(struct world *w, struct job *j, struct matter *m)
{
	struct post *posts;
	struct timer *timers, *fired;
	struct climb *climbs;
	struct note *notes;
	enum status st = drafts(w, j, m);

	if (st == ST_OK)
		st = post_list(w->db, j, m->event->id, &posts, &m->n_posts);
	if (st == ST_OK)
		st = timer_armed(w->db, j, m->event->id, &timers, &m->n_timers);
	if (st == ST_OK)
		st = timer_fired_last(w->db, j, m->event->id, &fired,
		    &m->n_fired);
	if (st == ST_OK)
		st = climb_list(w->db, j, m->event->id, &climbs, &m->n_climbs);
	if (st == ST_OK)
		st =
		    note_list(w->db, j, m->event->id, 0, &notes, &m->n_written);
	if (st == ST_OK)
		st = rooms(w, j, m);
	if (st == ST_OK)
		st = writers_unproved(w->db, j, m->event->id, &m->unproved);
	if (st != ST_OK)
		return st;
	m->posts = posts;
	m->timers = timers;
	m->fired = fired;
	m->climbs = climbs;
	m->written = notes;
	return ST_OK;
}

/* What of the rota a mail can be about: the sender's, or the giver's. */
static void
held(struct job *j, const struct rota *r, struct matter *m)
{
	const struct person *who = m->sender == NULL ? NULL : m->sender->person;
	struct shift *all;

	if (m->n_swaps != 0)
		who = conf_person(m->conf, m->swaps[0].giver);
	if (who == NULL)
		return;
	m->n_held = rota_held(j->mem, r, who, j->now, &all);
	m->held = all;
}

static enum status
duty(struct world *w, struct job *j, struct matter *m, struct people *p)
{
	struct rota rota;
	enum status st = swap_rota(w->db, j, &w->conf, &w->rota, &rota);

	if (st != ST_OK)
		return st;
	on_duty(w, j, &rota, p);
	held(j, &rota, m);
	return writers(w, j, m, p);
}

enum status
collect(struct world *w, struct job *j, int64_t event, struct matter *m)
{
	struct people *p = arena_alloc(j->mem, sizeof *p);
	struct event *e = arena_alloc(j->mem, sizeof *e);
	enum status st = ST_OK;

	m->conf = &w->conf;
	m->stock = &w->stock;
	m->people = p;
	if (event != 0 && (st = event_get(w->db, j, event, e)) == ST_OK) {
		m->event = e;
		st = hangs_on(w, j, m);
	}
	if (st == ST_OK || st == ST_NONE)
		st = question(w, j, m);
	if (st == ST_OK)
		st = similar(w, j, m);
	if (st == ST_OK)
		st = twins(w, j, m);
	if (st == ST_OK)
		st = duty(w, j, m, p);
	return st == ST_OK ? other(w, j, m) : st;
}

enum status
collect_duty(struct world *w, struct job *j, struct matter *m)
{
	struct people *p = arena_alloc(j->mem, sizeof *p);

	m->conf = &w->conf;
	m->stock = &w->stock;
	m->people = p;
	m->event = NULL;
	return duty(w, j, m, p);
}
