/* What a mail adds to the minutes; and words that call for a room. */
#include "flow/decide_room_in.h"

#include "text/grave.h"
#include "text/names.h"

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
	decide_room_own(d, decide_room_present(d));
	collect(d);
	name_review(d);
	if (here &&
	    decide_room_find(&v->room, d->m->sender->person->slug) != NULL)
		decide_room_add(d, d->m->sender->person->slug, d->j->now);
	if (!v->has_note)
		return;
	v->note.kind = v->room_did & reports ? "sitrep" : "minute";
	decide_room_did(d, ROOM_MINUTED);
}

/* Words of a note, or what a resolution says stays. */
static void
grave(struct deciding *d)
{
	const char *lasts = d->r->lasting;

	if ((d->v->has_note && grave_says(d->v->note.text)) ||
	    (lasts != NULL && grave_lasts(lasts)))
		(void)decide_room_by_rule(d, RULE_LOSS,
		    d->m->sender->person->slug);
}

void
decide_room_minutes(struct deciding *d)
{
	const struct room *r = decide_room_present(d);

	if (d->m->noted)
		return;
	if (r != NULL && r->opened != 0)
		minute(d);
	else
		grave(d);
}
