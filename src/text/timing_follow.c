/* What of the timers follows from a verdict. */
#include "text/timing_in.h"

#include "model/room.h"
#include "text/office.h"

enum {
	SEV1_ROOM = 30 * 60, /* open so long: a war room is proposed */
	SEV2_ROOM = 4 * 3600,
	REVIEW_DAYS = 5,
};

static bool
owed(const struct event *e)
{
	return (e->phase == PH_HANDED_OFF || e->phase == PH_OWNED) &&
	       e->state == STATE_NONE && e->disclosure != DISCLOSURE_EMBARGOED;
}

/* The first post is owed from the hand-off, or from whoever took it before;
 * under embargo nothing is owed. */
static void
first_post(const struct matter *m, int64_t now, struct verdict *v)
{
	bool was = m->event != NULL && owed(m->event);

	if (owed(&v->event) && !was)
		timing_start(m, now, v, T_FIRST_POST);
	else if (was && !owed(&v->event))
		timing_cancel(v, T_FIRST_POST);
}

/* The promise of a new post; the reminder only where there is time for it. */
static void
cadence(const struct matter *m, int64_t now, struct verdict *v)
{
	int64_t remind, due;

	if (!(v->did & DID_POST))
		return;
	if (timing_armed(m, T_CADENCE) != NULL)
		timing_cancel(v, T_CADENCE);
	if (v->event.next_update == 0)
		return;
	remind = timing_due(m, &v->event, T_CADENCE, 1, now);
	due = timing_due(m, &v->event, T_CADENCE, 2, now);
	timing_arm_step(m, v, T_CADENCE, remind > now && remind < due ? 1 : 2,
	    now);
}

static bool
noc_wrote(const struct matter *m, const struct verdict *v)
{
	const struct person *p =
	    v->has_note ? conf_person(m->conf, v->note.author) : NULL;

	return p != NULL && (p->roles & ROLE_NOC);
}

/* Facts are asked for half a cadence after the last post or word of NOC. */
static void
sitrep(const struct matter *m, int64_t now, struct verdict *v)
{
	bool open = v->event.phase == PH_PUBLIC;

	if (open && ((v->did & DID_POST) || noc_wrote(m, v)))
		timing_start(m, now, v, T_SITREP);
}

/* Not at once, where holds have kept it for longer than drafts are. */
static int64_t
held_since(const struct conf *c, const struct draft *x, int64_t now)
{
	return x->created + c->draft_expires > now ? x->created : now;
}

/* Somebody's draft waits: the program's own waits with the hand-off. */
static void
preview(const struct matter *m, int64_t now, struct verdict *v)
{
	if (v->has_draft && v->draft.author[0] != '\0')
		timing_start(m, now, v, T_PREVIEW);
	else if (v->n_moves != 0 && timing_armed(m, T_PREVIEW) != NULL)
		timing_cancel(v, T_PREVIEW);
	if (v->has_draft || v->n_moves == 0 || v->moves[0].status != DRAFT_HELD)
		return;
	/* Held until then: all of it counts on from the reminder of then. */
	if (v->hold != 0)
		timing_arm_step(m, v, T_PREVIEW, 1,
		    now + v->hold - timing_wait(m, &v->event, T_PREVIEW));
	else
		timing_arm_step(m, v, T_PREVIEW, 3,
		    held_since(m->conf, &v->moves[0], now));
}

static bool
cancelled(const struct verdict *v, int kind)
{
	for (size_t i = 0; i < v->n_cancels; i++)
		if (v->cancels[i] == kind || v->cancels[i] == 0)
			return true;
	return false;
}

static void
dwell(const struct matter *m, int64_t now, struct verdict *v)
{
	if (!(v->did & DID_POST))
		return;
	if (v->post.state == STATE_MONITORING)
		timing_start(m, now, v, T_DWELL);
	else if (timing_armed(m, T_DWELL) != NULL)
		timing_cancel(v, T_DWELL);
}

static void
afterwards(const struct matter *m, int64_t now, struct verdict *v)
{
	if (!(v->did & DID_POST))
		return;
	if (v->post.state == STATE_POSTMORTEM)
		timing_cancel(v, T_POSTMORTEM);
	/* An addendum to what was resolved starts nothing anew. */
	if (v->post.state != STATE_RESOLVED || v->post.kind == POST_MERGED ||
	    v->post.kind == POST_VOIDED ||
	    (m->event != NULL && m->event->state == STATE_RESOLVED))
		return;
	timing_arm_step(m, v, T_POSTMORTEM, 1, now);
}

/* Over, and something was kept back; of a false alarm there is nothing. */
static bool
guarded(const struct event *e)
{
	return words_phase_is_closed(e->phase) && e->phase < PH_VOID &&
	       e->disclosure != DISCLOSURE_FULL;
}

static void
disclosure(const struct matter *m, int64_t now, struct verdict *v)
{
	bool was = m->event != NULL && guarded(m->event);

	if (guarded(&v->event) && (!was || cancelled(v, T_DISCLOSURE)))
		timing_arm_step(m, v, T_DISCLOSURE, 1, now);
	else if (was && !guarded(&v->event))
		timing_cancel(v, T_DISCLOSURE);
}

static bool
counts_anew(int kind)
{
	return kind >= T_ACK && kind <= T_PREVIEW;
}

/* When the step that waits is due by the new severity; never: it isn't. */
static int64_t
due_anew(const struct matter *m, const struct verdict *v, const struct timer *t,
    int step)
{
	const struct rung *r = ladder_rung(t->kind, step);

	if (r == NULL || !timing_comes(m, &v->event, r))
		return TIMING_NEVER;
	return timing_due(m, &v->event, t->kind, step, t->since);
}

/* Nobody is reminded of what is due by now. */
static int
step_anew(const struct matter *m, int64_t now, const struct verdict *v,
    const struct timer *t)
{
	if (t->kind == T_CADENCE && t->step == 1 && due_anew(m, v, t, 2) <= now)
		return 2;
	return t->step;
}

/* A ladder that had ended for the lower severity goes on for the higher. */
static void
resume(const struct matter *m, struct verdict *v, int kind, bool wanted)
{
	if (!wanted || timing_armed(m, kind) != NULL)
		return;
	for (size_t i = 0; i < m->n_fired; i++) {
		const struct timer *t = &m->fired[i];
		const struct rung *r = ladder_rung(kind, t->step), *next;

		if (t->kind != kind || r == NULL ||
		    (next = timing_after(m, &v->event, r)) == NULL)
			continue;
		timing_arm_step(m, v, kind, next->step, t->since);
	}
}

/* Another severity: what is armed is computed anew from its start. */
static void
renew(const struct matter *m, int64_t now, struct verdict *v)
{
	const struct event *e = &v->event;

	if (m->event == NULL || m->event->severity == e->severity)
		return;
	for (size_t i = 0; i < m->n_timers; i++) {
		const struct timer *t = &m->timers[i];
		int step = step_anew(m, now, v, t);
		int64_t due = due_anew(m, v, t, step);

		if (!counts_anew(t->kind) || cancelled(v, t->kind) ||
		    due == t->due)
			continue;
		timing_cancel(v, t->kind);
		if (due >= 0)
			timing_arm(v, t->kind, step, t->since, due);
	}
	resume(m, v, T_ACK, e->phase == PH_HANDED_OFF);
	resume(m, v, T_FIRST_POST, owed(e) && owed(m->event));
	resume(m, v, T_CADENCE, e->phase == PH_PUBLIC && !(v->did & DID_POST));
}

/* ---- the war room ---- */

/* SEV1 and SEV2 that stay open: level 2 is asked whether there is to be one. */
static void
propose(const struct matter *m, struct verdict *v)
{
	static const int64_t waits[] = { 0, SEV1_ROOM, SEV2_ROOM };
	const struct event *e = &v->event;

	if (words_phase_is_closed(e->phase) ||
	    (m->event != NULL && m->event->severity == e->severity))
		return;
	if (timing_armed(m, T_PROPOSE) != NULL)
		timing_cancel(v, T_PROPOSE);
	if (e->severity <= 2)
		timing_arm(v, T_PROPOSE, 1, e->opened,
		    e->opened + waits[e->severity]);
}

/* A room's event gets a postmortem, whatever its severity. */
static void
review(const struct matter *m, int64_t now, struct verdict *v)
{
	int64_t due = timing_due(m, &v->event, T_POSTMORTEM, 1, now);

	if (v->event.state != STATE_RESOLVED ||
	    timing_armed(m, T_POSTMORTEM) != NULL)
		return;
	if (due < 0)
		due = office_days_after(m->conf->timezone, now, REVIEW_DAYS);
	timing_arm(v, T_POSTMORTEM, 1, now, due);
}

static void
war_room(const struct matter *m, int64_t now, struct verdict *v)
{
	bool over = words_phase_is_closed(v->event.phase);
	bool was = m->event != NULL && words_phase_is_closed(m->event->phase);

	if (v->has_room && v->room.opened == 0 && v->room.asked == 0)
		timing_arm(v, T_ROOM_ASK, 1, now, now);
	if (!over && (v->room_did & (ROOM_OPENED | ROOM_SITREP)))
		timing_start(m, now, v, T_ROOM);
	if ((v->room_did & ROOM_OPENED) && timing_armed(m, T_SITREP) != NULL)
		timing_start(m, now, v, T_SITREP);
	if (m->room != NULL && over && !was)
		timing_start(m, now, v, T_ROOM_LEFT);
	if (!(v->room_did & ROOM_CLOSED))
		return;
	timing_cancel(v, T_ROOM);
	timing_cancel(v, T_ROOM_LEFT);
	review(m, now, v);
}

/* Who is named later is called by the same T2: it never starts again. */
static void
handed_off(const struct matter *m, int64_t now, struct verdict *v)
{
	bool was = m->event != NULL && m->event->phase == PH_HANDED_OFF;

	if ((v->did & DID_HAND_OFF) && v->event.phase == PH_HANDED_OFF && !was)
		timing_start(m, now, v, T_ACK);
}

void
timing_follow(const struct matter *before, int64_t now, struct verdict *v)
{
	struct matter after = *before;
	const struct matter *m = &after;

	if (v->event.phase == PH_NONE || event_is_report(&v->event))
		return;
	if (v->has_room)
		after.room = room_is_open(&v->room) ? &v->room : NULL;
	renew(m, now, v);
	handed_off(m, now, v);
	first_post(m, now, v);
	cadence(m, now, v);
	sitrep(m, now, v);
	preview(m, now, v);
	dwell(m, now, v);
	afterwards(m, now, v);
	disclosure(m, now, v);
	propose(m, v);
	war_room(m, now, v);
}
