#include "flow/apply.h"

#include <string.h>

#include "base/log.h"
#include "model/letter.h"
#include "model/rehearsal.h"

/*
 * An approval binds to the hash over all that was shown.  ST_PERM: only this
 * mail is set aside, the next ones go on.
 */
static enum status
unaltered(struct job *j, const struct draft *d)
{
	if (d->status != DRAFT_APPROVED ||
	    strcmp(draft_hash(j, d), d->hash) == 0)
		return ST_OK;
	return job_fail(j, ST_PERM,
	    "draft d%d isn't what was shown: restore the store", d->n);
}

static enum status
drafts(struct db *db, struct job *j, struct verdict *v)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < v->n_moves && st == ST_OK; i++)
		if ((st = unaltered(j, &v->moves[i])) == ST_OK)
			st = draft_move(db, j, &v->moves[i]);
	if (st != ST_OK || !v->has_draft)
		return st;
	v->draft.event = v->event.id;
	if ((st = draft_add(db, j, &v->draft)) == ST_OK &&
	    (v->did & DID_RESHOW))
		v->reshow = v->draft;
	return st;
}

static enum status
adopt(struct db *db, struct job *j, const struct verdict *v)
{
	struct event from;
	enum status st = event_get(db, j, v->adopts, &from);

	return st == ST_OK ? note_adopt(db, j, v->event.id, from.id,
				 event_name(j->mem, &from))
			   : st;
}

static enum status
texts(struct db *db, struct job *j, const struct conf *c, const struct keys *k,
    struct verdict *v)
{
	enum status st = ST_OK;

	v->note.event = v->post.event = v->event.id;
	if (v->has_note)
		st = note_add(db, j, &v->note);
	if (v->adopts != 0 && st == ST_OK)
		st = adopt(db, j, v);
	if (st != ST_OK || !v->has_post)
		return st;
	if (event_is_drill(&v->event))
		return rehearsal_add(db, j, c, &v->post);
	if ((st = post_add(db, j, c, k, &v->post)) != ST_OK)
		return st;
	if (v->post.kind == POST_REDACTED)
		return letter_take_back(db, j, v->event.id, v->post.u);
	return ST_OK;
}

static enum status
timers(struct db *db, struct job *j, struct verdict *v)
{
	enum status st = ST_OK;

	if (v->fired != 0)
		st = timer_fired(db, j, v->fired);
	for (size_t i = 0; i < v->n_cancels && st == ST_OK; i++)
		st =
		    timer_cancel(db, j, v->event.id, v->cancels[i], v->outcome);
	for (size_t i = 0; i < v->n_arms && st == ST_OK; i++) {
		v->arms[i].event = v->event.id;
		st = timer_arm(db, j, &v->arms[i]);
	}
	return st;
}

static enum status
calls(struct db *db, struct job *j, struct verdict *v)
{
	enum status st = ST_OK;

	if (v->answered_level != 0)
		st = climb_answer(db, j, v->event.id, v->answered_level,
		    v->answered_by);
	if (st != ST_OK || !v->has_climb)
		return st;
	v->climb.event = v->event.id;
	return climb_add(db, j, &v->climb);
}

static enum status
rooms(struct db *db, struct job *j, struct verdict *v)
{
	enum status st = ST_OK;

	if (!v->has_room)
		return ST_OK;
	v->room.event = v->event.id;
	st = room_save(db, j, &v->room);
	for (size_t i = 0; i < v->n_actions && st == ST_OK; i++)
		st = room_act(db, j, v->room.id, &v->actions[i]);
	return st;
}

static enum status
questions(struct db *db, struct job *j, struct verdict *v)
{
	enum status st = ST_OK;

	if (v->answered != 0)
		st = question_answer(db, j, v->answered, v->answer);
	if (st != ST_OK || !v->has_question)
		return st;
	v->question.event = v->also.event = v->event.id;
	st = question_add(db, j, &v->question);
	return st == ST_OK && v->has_also ? question_add(db, j, &v->also) : st;
}

static enum status
swaps(struct db *db, struct job *j, struct verdict *v)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < v->n_swaps && st == ST_OK; i++)
		st = swap_save(db, j, &v->swaps[i]);
	return st;
}

enum status
apply(struct db *db, struct job *j, const struct conf *c, const struct keys *k,
    struct verdict *v)
{
	enum status st = ST_OK;

	if (v->save)
		st = event_save(db, j, &v->event);
	if (st == ST_OK)
		st = drafts(db, j, v);
	if (st == ST_OK)
		st = texts(db, j, c, k, v);
	if (st == ST_OK)
		st = timers(db, j, v);
	if (st == ST_OK)
		st = calls(db, j, v);
	if (st == ST_OK)
		st = rooms(db, j, v);
	if (st == ST_OK)
		st = questions(db, j, v);
	if (st == ST_OK)
		st = swaps(db, j, v);
	if (st == ST_OK && v->second != NULL)
		st = apply(db, j, c, k, v->second);
	if (st == ST_OK && v->did != 0 && v->event.id != 0)
		log_note("step=apply id=%s event=%d-%04d phase=%s did=%x st=ok",
		    j->id, v->event.year, v->event.number,
		    words_phase(v->event.phase), v->did);
	return st;
}
