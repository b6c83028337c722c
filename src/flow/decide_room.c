/* The war room at work: who is in it, who leads it, sitreps, its end. */
#include "flow/decide_room_in.h"

#include <string.h>

#include "text/roomword.h"

static const char prompts[] =
    "Not done: write below it what is known, unknown, doing, and when the next "
    "decision is due.";

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
	const struct room *r = decide_room_present(d);

	if (d->shut)
		return NULL;
	if (r == NULL)
		decide_room_tell(d, "E13", c,
		    "Not done: no war room is open here. To open one, or to "
		    "ask for it: war-room open");
	return r;
}

static bool
works(struct deciding *d, const struct command *c, const struct room *r)
{
	if (decide_room_find(r, d->m->sender->person->slug) == NULL)
		return decide_may(d, RIGHT_ROOM, c);
	return decide_may(d, RIGHT_NOTE, c);
}

static void
want_join(struct deciding *d, const struct command *c, const char *names)
{
	const struct room *r = wanted(d, c);
	const char *self = d->m->sender->person->slug;
	struct crowd who = { NULL, 0 };

	if (r == NULL || !works(d, c, r) ||
	    !decide_room_names(d, c, names, &who))
		return;
	decide_room_own(d, r);
	if (who.n == 0)
		decide_room_add(d, self, d->j->now);
	for (size_t i = 0; i < who.n; i++)
		decide_room_add(d, who.persons[i]->slug,
		    who.persons[i] == d->m->sender->person ? d->j->now : 0);
	decide_room_did(d, ROOM_JOINED);
}

static const struct person *
one_name(struct deciding *d, const struct command *c, const char *names)
{
	struct crowd who = { NULL, 0 };

	if (!decide_room_names(d, c, names, &who))
		return NULL;
	if (who.n == 1)
		return who.persons[0];
	decide_room_tell(d, "E24", c, "Not done: name one person behind it.");
	return NULL;
}

/* The lead may name a chair where another has it, so that none is missing. */
static bool
may_seat(struct deciding *d, const struct command *c, const struct room *r)
{
	if (leads(d, r) || (d->roles & ROLE_COMMS_LEAD))
		return true;
	decide_room_tell(d, "E42", c,
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
	    (!first && !decide_room_ready(d, RIGHT_ROOM_LEAD, c)))
		return;
	decide_room_own(d, r);
	d->v->room.chair = p->slug;
	decide_room_add(d, p->slug, 0);
	decide_room_did(d, ROOM_POSTS);
}

static void
want_scribe(struct deciding *d, const struct command *c, const char *names)
{
	const struct room *r = wanted(d, c);
	const struct person *p;

	if (r == NULL || !works(d, c, r) || (p = one_name(d, c, names)) == NULL)
		return;
	decide_room_own(d, r);
	d->v->room.scribe = p->slug;
	decide_room_add(d, p->slug, 0);
	decide_room_did(d, ROOM_POSTS);
}

static void
want_sitrep(struct deciding *d, const struct command *c, const char *said)
{
	const struct room *r = wanted(d, c);

	if (r == NULL || !works(d, c, r))
		return;
	if (said[0] == '\0' && !d->r->more) {
		decide_room_tell(d, "E24", c, prompts)->copy =
		    "war-room sitrep";
		return;
	}
	decide_room_own(d, r);
	decide_room_add(d, d->m->sender->person->slug, d->j->now);
	decide_room_did(d, ROOM_SITREP);
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
		decide_room_tell(d, "E42", c,
		    arena_printf(d->j->mem,
			"Not done: the room is closed by its chair (%s) or an "
			"executive.",
			decide_name(d, r->chair)));
		return false;
	}
	if (decide_is_open(&d->v->event)) {
		decide_room_tell(d, "E13", c,
		    "Not done: the room is closed when it is over; resolve "
		    "comes first.");
		return false;
	}
	if (!d->r->more) {
		decide_room_tell(d, "E24", c,
		    "Not done: the closing sitrep is missing. Write below the "
		    "line what it was, what was done and what is left; "
		    "Action: lines, and Postmortem: NAME.")
		    ->copy = "war-room close";
		return false;
	}
	return decide_room_ready(d, RIGHT_ROOM_LEAD, c);
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
	decide_room_own(d, r);
	d->v->room.review_by = review;
	d->v->room.closed = d->j->now;
	d->v->room.closed_by = d->m->sender->person->slug;
	decide_room_did(d, ROOM_CLOSED);
}

void
decide_war_room(struct deciding *d, const struct command *c)
{
	static void (*const words[])(struct deciding *, const struct command *,
	    const char *) = {
		[ROOMWORD_NONE] =
		    decide_room_open, /* the grammar knows no other */
		[ROOMWORD_OPEN] = decide_room_open,
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
