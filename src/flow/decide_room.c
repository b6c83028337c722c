/* The war room: asked for, opened, worked in, closed. */
#include "flow/decide_in.h"

#include <string.h>

#include "base/text.h"
#include "text/args.h"
#include "text/grave.h"
#include "text/names.h"
#include "text/roomword.h"

enum { MISSED = 3 }; /* promises, until a room is proposed */

static const char prompts[] =
    "Not done: write below it what is known, unknown, doing, and when the next "
    "decision is due.";

static struct finding *
not_done(struct deciding *d, const char *code, const struct command *c,
    const char *says)
{
	struct finding *f = decide_tell(d, code, c);

	f->says = says;
	return f;
}

static void
done(struct deciding *d, unsigned what)
{
	d->v->did |= DID_ROOM;
	d->v->room_did |= what;
}

/* ---- rooms and members ---- */

/* The room that is open, this mail's own, or one that it asks for. */
static const struct room *
present(const struct deciding *d)
{
	return d->v->has_room ? &d->v->room : d->m->room;
}

static void
own(struct deciding *d, const struct room *from)
{
	struct room *r = &d->v->room;

	if (d->v->has_room)
		return;
	*r = *from;
	d->v->has_room = true;
	r->members =
	    arena_array(d->j->mem, from->n_members + 1, sizeof *r->members);
	for (size_t i = 0; i < from->n_members; i++)
		r->members[i] = from->members[i];
}

static struct room_member *
member(const struct room *r, const char *slug)
{
	for (size_t i = 0; i < r->n_members; i++)
		if (strcmp(r->members[i].person, slug) == 0)
			return &r->members[i];
	return NULL;
}

/* joined 0: only named. */
static void
add_member(struct deciding *d, const char *slug, int64_t joined)
{
	struct room *r = &d->v->room;
	struct room_member *x = member(r, slug), *more;

	if (slug[0] == '\0')
		return;
	if (x == NULL) {
		more = arena_array(d->j->mem, r->n_members + 1, sizeof *more);
		for (size_t i = 0; i < r->n_members; i++)
			more[i] = r->members[i];
		r->members = more;
		x = &more[r->n_members++];
		*x = (struct room_member){ slug, 0 };
	}
	if (x->joined == 0)
		x->joined = joined;
}

static const struct room blank = { .proposed_by = "",
	.refused_by = "",
	.opened_by = "",
	.chair = "",
	.scribe = "",
	.comms_lead = "",
	.noc_lead = "",
	.bridge = "",
	.closed_by = "",
	.review_by = "" };

/* ---- names ---- */

static bool
add_name(struct deciding *d, struct crowd *out, const char *name)
{
	const struct person *p = names_person(d->j->mem, d->m->conf, name);

	if (p != NULL) {
		out->persons = arena_grow(d->j->mem, out->persons, out->n,
		    sizeof *out->persons);
		out->persons[out->n++] = p;
	}
	return p != NULL;
}

/* The end of the first part: a comma, or " and ". */
static size_t
part_end(const char *names)
{
	const char *and = text_ifind(names, " and ");
	size_t n = strcspn(names, ",");

	return and != NULL && (size_t)(and-names) < n ? (size_t)(and-names) : n;
}

/* "noc2, Comms One and sec1": parts first, then their words; NULL: all. */
static const char *
unknown(struct deciding *d, const char *names, struct crowd *out)
{
	while (*names != '\0') {
		size_t n = part_end(names);
		const char *part =
		    text_trim(d->j->mem, arena_copy(d->j->mem, names, n));
		const char *word;

		names += n;
		names += *names == ',' ? 1 : strspn(names, " ");
		names += text_istarts(names, "and ") ? 4 : 0;
		if (add_name(d, out, part))
			continue;
		while (*(word = args_cut(d->j->mem, &part)) != '\0')
			if (!add_name(d, out, word))
				return word;
	}
	return NULL;
}

/* Everybody named, or told that one isn't known. */
static bool
read_names(struct deciding *d, const struct command *c, const char *names,
    struct crowd *out)
{
	const char *who = unknown(d, names, out);

	if (who != NULL)
		not_done(d, "E24", c,
		    arena_printf(d->j->mem,
			"Not done: I know nobody called \"%s\". Write short "
			"names, as in war-room open noc1, comms1.",
			text_one_line(d->j->mem, who, 40)));
	return who == NULL;
}

/* ---- proposals ---- */

static const struct room *
newest(const struct deciding *d)
{
	size_t n = d->m->n_rooms;

	return n == 0 ? NULL : &d->m->rooms[n - 1];
}

static bool
proposed(const struct deciding *d, enum room_rule rule)
{
	for (size_t i = 0; i < d->m->n_rooms; i++)
		if (d->m->rooms[i].rule == rule)
			return true;
	return false;
}

static void
propose(struct deciding *d, enum room_rule rule, const char *by)
{
	struct room r = blank;

	r.rule = rule;
	r.proposed = d->j->now;
	r.proposed_by = by;
	own(d, &r);
}

/* By rule: once for each, and not while one is open. */
static bool
propose_by_rule(struct deciding *d, enum room_rule rule, const char *by)
{
	if (present(d) != NULL || proposed(d, rule) ||
	    !decide_is_open(&d->v->event))
		return false;
	propose(d, rule, by);
	return true;
}

void
decide_room_propose(struct deciding *d)
{
	enum room_rule rule = d->v->event.severity == 1 ? RULE_SEV1 : RULE_SEV2;

	if (!propose_by_rule(d, rule, "")) {
		d->v->did &= ~(unsigned)DID_RUNG;
		return;
	}
	d->v->room.asked = d->j->now;
	done(d, ROOM_PUT);
}

/* This miss isn't among the calls yet. */
void
decide_room_missed(struct deciding *d)
{
	int n = 1;

	for (size_t i = 0; i < d->m->n_climbs; i++)
		n += d->m->climbs[i].kind == d->m->timer->kind &&
		     d->m->climbs[i].step == d->m->timer->step;
	if (n >= MISSED)
		(void)propose_by_rule(d, RULE_MISSED, "");
}

void
decide_room_put(struct deciding *d)
{
	const struct room *r = newest(d);

	if (r == NULL || !room_is_pending(r) || r->asked != 0 ||
	    !decide_is_open(&d->v->event)) {
		d->v->did &= ~(unsigned)DID_RUNG;
		return;
	}
	own(d, r);
	d->v->room.asked = d->j->now;
	done(d, ROOM_PUT);
}

/* ---- opening ---- */

static const char *
first_chair(const struct deciding *d, const struct person *by)
{
	const struct conf *c = d->m->conf;

	if (by->roles & (ROLE_COMMS_LEAD | ROLE_EXEC))
		return by->slug;
	if (d->m->people->level2.n != 0)
		return d->m->people->level2.persons[0]->slug;
	for (size_t i = 0; i < c->n_persons; i++)
		if (c->persons[i].roles & ROLE_COMMS_LEAD)
			return c->persons[i].slug;
	return by->slug;
}

static const char *
noc_lead(const struct deciding *d)
{
	const struct people *p = d->m->people;

	if (p->last_noc != NULL)
		return p->last_noc->slug;
	return p->noc.n == 0 ? "" : p->noc.persons[0]->slug;
}

static const char *
comms_lead(const struct deciding *d)
{
	const struct people *p = d->m->people;

	if (d->v->event.owner[0] != '\0')
		return d->v->event.owner;
	return p->oncall == NULL ? "" : p->oncall->slug;
}

static void
open_room(struct deciding *d, const struct room *from)
{
	const struct person *by = d->m->sender->person;
	struct room *r;

	own(d, from);
	r = &d->v->room;
	r->opened = d->j->now;
	r->opened_by = by->slug;
	r->chair = r->chair[0] == '\0' ? first_chair(d, by) : r->chair;
	r->noc_lead = noc_lead(d);
	r->comms_lead = comms_lead(d);
	r->bridge = r->bridge[0] == '\0' ? d->m->conf->bridge : r->bridge;
	add_member(d, by->slug, d->j->now);
	add_member(d, r->chair, 0);
	add_member(d, r->comms_lead, 0);
	add_member(d, r->noc_lead, 0);
	done(d, ROOM_OPENED);
}

/* What can't be undone by a note needs a mail of now. */
static bool
ready(struct deciding *d, enum right r, const struct command *c)
{
	if (!d->late && !d->old)
		return decide_may(d, r, c);
	decide_park(d, c,
	    "Your mail took long to get here, so this needs your YES first.");
	return false;
}

static bool
opens_alone(const struct deciding *d)
{
	return rights_has(d->roles, RIGHT_ROOM_OPEN) ||
	       (d->v->event.severity == 1 &&
		   rights_has(d->roles, RIGHT_ROOM_SEV1));
}

/* There is one, it was asked for, or it is over; true: answered. */
static bool
needless(struct deciding *d, const struct command *c)
{
	const struct room *r = newest(d);

	if (present(d) != NULL) {
		not_done(d, "E14", c,
		    arena_printf(d->j->mem,
			"The war room is open since %s; its chair is %s. To "
			"be in it: war-room join",
			decide_clock(d, present(d)->opened),
			decide_name(d, present(d)->chair)));
		return true;
	}
	if (!decide_is_open(&d->v->event)) {
		not_done(d, "E11", c,
		    "Not done: the event is closed. If it is broken again, "
		    "mail a new report.");
		return true;
	}
	if (opens_alone(d) || r == NULL || !room_is_pending(r))
		return false;
	not_done(d, "E14", c,
	    arena_printf(d->j->mem,
		"A war room was proposed at %s already; level 2 has the "
		"question.",
		decide_clock(d, r->proposed)));
	return true;
}

static void
want_open(struct deciding *d, const struct command *c, const char *names)
{
	struct crowd who = { NULL, 0 };
	struct room r = blank;

	d->shut = true;
	if (!rights_has(d->roles, RIGHT_ROOM)) {
		decide_refuse(d, RIGHT_ROOM, c);
		return;
	}
	if (needless(d, c) || !read_names(d, c, names, &who))
		return;
	r.bridge = d->r->bridge == NULL ? "" : d->r->bridge;
	if (opens_alone(d)) {
		if (!ready(d, RIGHT_ROOM_SEV1, c))
			return;
		open_room(d, &r);
	} else {
		if (!decide_may(d, RIGHT_ROOM, c))
			return;
		propose(d, RULE_REQUEST, d->m->sender->person->slug);
		d->v->room.bridge = r.bridge;
		add_member(d, d->m->sender->person->slug, d->j->now);
		done(d, ROOM_ASKED);
	}
	for (size_t i = 0; i < who.n; i++)
		add_member(d, who.persons[i]->slug, 0);
	d->shut = false;
}

/* ---- yes or no of level 2 ---- */

static bool
is_level2(const struct deciding *d)
{
	const struct crowd *c = &d->m->people->level2;

	for (size_t i = 0; i < c->n; i++)
		if (c->persons[i] == d->m->sender->person)
			return true;
	return opens_alone(d);
}

static bool
answered(struct deciding *d, const struct command *c, const struct room *r)
{
	if (r == NULL || (r->opened == 0 && r->refused == 0))
		return false;
	not_done(d, "E14", c,
	    r->refused != 0
		? arena_printf(d->j->mem,
		      "%s said no at %s. To open one all the same: war-room "
		      "open",
		      decide_name(d, r->refused_by),
		      decide_clock(d, r->refused))
		: arena_printf(d->j->mem,
		      "The war room was opened at %s by %s; nothing was done "
		      "now.",
		      decide_clock(d, r->opened),
		      decide_name(d, r->opened_by)));
	return true;
}

void
decide_room_answer(struct deciding *d, const struct command *c)
{
	const struct room *r = newest(d);

	if (answered(d, c, r))
		return;
	if (r == NULL || !decide_is_open(&d->v->event)) {
		not_done(d, "E14", c, "Nothing waits for a yes here.");
		return;
	}
	if (!d->m->route->token_ok || !is_level2(d)) {
		not_done(d, "E42", c,
		    "Not done: this question was put to level 2.");
		return;
	}
	if (!decide_may(d, RIGHT_ROOM_LEAD, c))
		return;
	if (c->verb != VERB_NO) {
		open_room(d, r);
		return;
	}
	own(d, r);
	d->v->room.refused = d->j->now;
	d->v->room.refused_by = d->m->sender->person->slug;
	done(d, ROOM_REFUSED);
}

/* ---- at work ---- */

static bool
leads(const struct deciding *d, const struct room *r)
{
	return strcmp(r->chair, d->m->sender->person->slug) == 0 ||
	       (d->roles & ROLE_EXEC);
}

/* The room that a word is about; NULL: told why there is none. */
static const struct room *
wanted(struct deciding *d, const struct command *c)
{
	const struct room *r = present(d);

	if (d->shut)
		return NULL;
	if (r == NULL)
		not_done(d, "E13", c,
		    "Not done: no war room is open here. To open one, or to "
		    "ask for it: war-room open");
	return r;
}

static bool
works(struct deciding *d, const struct command *c, const struct room *r)
{
	if (member(r, d->m->sender->person->slug) == NULL)
		return decide_may(d, RIGHT_ROOM, c);
	return decide_may(d, RIGHT_NOTE, c);
}

static void
want_join(struct deciding *d, const struct command *c, const char *names)
{
	const struct room *r = wanted(d, c);
	const char *self = d->m->sender->person->slug;
	struct crowd who = { NULL, 0 };

	if (r == NULL || !works(d, c, r) || !read_names(d, c, names, &who))
		return;
	own(d, r);
	if (who.n == 0)
		add_member(d, self, d->j->now);
	for (size_t i = 0; i < who.n; i++)
		add_member(d, who.persons[i]->slug,
		    who.persons[i] == d->m->sender->person ? d->j->now : 0);
	done(d, ROOM_JOINED);
}

static const struct person *
one_name(struct deciding *d, const struct command *c, const char *names)
{
	struct crowd who = { NULL, 0 };

	if (!read_names(d, c, names, &who))
		return NULL;
	if (who.n == 1)
		return who.persons[0];
	not_done(d, "E24", c, "Not done: name one person behind it.");
	return NULL;
}

/* The lead may name a chair where another has it, so that none is missing. */
static bool
may_seat(struct deciding *d, const struct command *c, const struct room *r)
{
	if (leads(d, r) || (d->roles & ROLE_COMMS_LEAD))
		return true;
	not_done(d, "E42", c,
	    arena_printf(d->j->mem,
		"Not done: that is for the chair (%s), Marketing's lead or an "
		"executive.",
		decide_name(d, r->chair)));
	return false;
}

static void
want_chair(struct deciding *d, const struct command *c, const char *names)
{
	const struct room *r = wanted(d, c);
	const struct person *p;
	/* This mail has opened it, or asks for it. */
	bool first = d->v->room_did & (ROOM_OPENED | ROOM_ASKED);

	if (r == NULL || (!first && !may_seat(d, c, r)) ||
	    (p = one_name(d, c, names)) == NULL ||
	    (!first && !ready(d, RIGHT_ROOM_LEAD, c)))
		return;
	own(d, r);
	d->v->room.chair = p->slug;
	add_member(d, p->slug, 0);
	done(d, ROOM_POSTS);
}

static void
want_scribe(struct deciding *d, const struct command *c, const char *names)
{
	const struct room *r = wanted(d, c);
	const struct person *p;

	if (r == NULL || !works(d, c, r) || (p = one_name(d, c, names)) == NULL)
		return;
	own(d, r);
	d->v->room.scribe = p->slug;
	add_member(d, p->slug, 0);
	done(d, ROOM_POSTS);
}

static void
want_sitrep(struct deciding *d, const struct command *c, const char *said)
{
	const struct room *r = wanted(d, c);

	if (r == NULL || !works(d, c, r))
		return;
	if (said[0] == '\0' && !d->r->more) {
		not_done(d, "E24", c, prompts)->copy = "war-room sitrep";
		return;
	}
	own(d, r);
	add_member(d, d->m->sender->person->slug, d->j->now);
	done(d, ROOM_SITREP);
}

/* ---- closing ---- */

/* Whom the mail names, an earlier one did, or else the owner. */
static const char *
review_by(struct deciding *d, const struct command *c, const struct room *r)
{
	const char *name = d->r->review;
	const struct person *p;

	if (name != NULL)
		return (p = one_name(d, c, name)) == NULL ? NULL : p->slug;
	if (r->review_by[0] != '\0')
		return r->review_by;
	return d->v->event.owner[0] != '\0' ? d->v->event.owner : r->chair;
}

static bool
may_close(struct deciding *d, const struct command *c, const struct room *r)
{
	if (!leads(d, r)) {
		not_done(d, "E42", c,
		    arena_printf(d->j->mem,
			"Not done: the room is closed by its chair (%s) or an "
			"executive.",
			decide_name(d, r->chair)));
		return false;
	}
	if (decide_is_open(&d->v->event)) {
		not_done(d, "E13", c,
		    "Not done: the room is closed when it is over; resolve "
		    "comes first.");
		return false;
	}
	if (!d->r->more) {
		not_done(d, "E24", c,
		    "Not done: the closing sitrep is missing. Write below the "
		    "line what it was, what was done and what is left; "
		    "Action: lines, and Postmortem: NAME.")
		    ->copy = "war-room close";
		return false;
	}
	return ready(d, RIGHT_ROOM_LEAD, c);
}

static void
want_close(struct deciding *d, const struct command *c, const char *said)
{
	const struct room *r = wanted(d, c);
	const char *review;

	(void)said;
	if (r == NULL || !may_close(d, c, r) ||
	    (review = review_by(d, c, r)) == NULL)
		return;
	own(d, r);
	d->v->room.review_by = review;
	d->v->room.closed = d->j->now;
	d->v->room.closed_by = d->m->sender->person->slug;
	done(d, ROOM_CLOSED);
}

void
decide_war_room(struct deciding *d, const struct command *c)
{
	static void (*const words[])(struct deciding *, const struct command *,
	    const char *) = {
		[ROOMWORD_NONE] = want_open, /* the grammar knows no other */
		[ROOMWORD_OPEN] = want_open,
		[ROOMWORD_SITREP] = want_sitrep,
		[ROOMWORD_JOIN] = want_join,
		[ROOMWORD_CHAIR] = want_chair,
		[ROOMWORD_SCRIBE] = want_scribe,
		[ROOMWORD_CLOSE] = want_close,
	};
	const char *rest;
	enum roomword word = roomword_read(d->j->mem, c->args, &rest);

	words[word](d, c, rest);
}

/* ---- the minutes ---- */

static void
collect(struct deciding *d)
{
	const struct request *q = d->r;
	struct verdict *v = d->v;

	for (size_t i = 0; i < q->n_actions; i++)
		q->actions[i].at = d->m->mail.written;
	v->actions = q->actions;
	v->n_actions = q->n_actions;
}

/* Postmortem: NAME of an earlier mail holds until the room is closed. */
static void
name_review(struct deciding *d)
{
	const struct person *p =
	    d->r->review == NULL
		? NULL
		: names_person(d->j->mem, d->m->conf, d->r->review);

	if (p != NULL)
		d->v->room.review_by = p->slug;
}

static void
minute(struct deciding *d)
{
	const unsigned reports = ROOM_SITREP | ROOM_CLOSED;
	bool here = d->m->route->place == PLACE_WARROOM;
	struct verdict *v = d->v;

	if (!here && !(v->room_did & reports))
		return;
	own(d, present(d));
	collect(d);
	name_review(d);
	if (here && member(&v->room, d->m->sender->person->slug) != NULL)
		add_member(d, d->m->sender->person->slug, d->j->now);
	if (!v->has_note)
		return;
	v->note.kind = v->room_did & reports ? "sitrep" : "minute";
	done(d, ROOM_MINUTED);
}

/* Words of a note, or what a resolution says stays. */
static void
grave(struct deciding *d)
{
	const char *lasts = d->r->lasting;

	if ((d->v->has_note && grave_says(d->v->note.text)) ||
	    (lasts != NULL && grave_lasts(lasts)))
		(void)propose_by_rule(d, RULE_LOSS, d->m->sender->person->slug);
}

void
decide_room_minutes(struct deciding *d)
{
	const struct room *r = present(d);

	if (d->m->noted)
		return;
	if (r != NULL && r->opened != 0)
		minute(d);
	else
		grave(d);
}
