/* Late mail and old mail: what they may still do, and what needs a yes. */
#include "flow/decide_in.h"

enum {
	LATE = 10 * 60,        /* older than this may be overtaken */
	STALE_MAIL = 2 * 3600, /* older than this needs a yes */
};

void
decide_age(struct deciding *d)
{
	const struct letter_seen *mail = &d->m->mail;
	int64_t delay = mail->received - mail->written;
	const struct event *e = d->m->event;

	d->stale = delay > STALE_MAIL || mail->ancient;
	if (d->m->confirmed)
		return;
	d->old = d->stale && rights_has(d->roles, RIGHT_APPROVE);
	d->late = e != NULL && delay > LATE && e->changed > mail->written;
}

void
decide_ask_late(struct deciding *d)
{
	struct verdict *v = d->v;

	if (!d->late && !(d->old && decide_is_bound(d->r)))
		return;
	if (d->old && !d->late) {
		decide_park(d, NULL,
		    "Your mail is more than two hours old, so it needs your "
		    "YES first.");
		return;
	}
	v->did |= DID_LATE;
	decide_tell(d, "W40", NULL)->says = arena_printf(d->j->mem,
	    "Your mail of %s reached me %s. Since then the event has moved on "
	    "(now %s).",
	    decide_clock(d, d->m->mail.written),
	    decide_clock(d, d->m->mail.received), words_state(v->event.state));
	if (!decide_is_bound(d->r) && !decide_names_facts(d->r) &&
	    (d->r->opening_word == STATE_NONE || !(d->roles & ROLE_NOC)))
		return;
	v->has_question = true;
	v->question = (struct question){
		.event = v->event.id,
		.kind = QUESTION_LATE,
		.person = d->m->sender->person->slug,
		.message = d->m->mail.id,
		.asked = d->j->now,
		.answer = "",
	};
}
