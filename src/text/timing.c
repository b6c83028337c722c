#include "text/timing.h"

#include "model/room.h"
#include "text/ladder.h"
#include "text/office.h"

enum {
	SEV1_ROOM = 30 * 60, /* open so long: a war room is proposed */
	SEV2_ROOM = 4 * 3600,
	REVIEW_DAYS = 5,
};

static void
arm(struct verdict *v, int kind, int step, int64_t since, int64_t due)
{
	v->arms[v->n_arms++] = (struct timer){ .kind = kind,
		.step = step,
		.since = since,
		.due = due };
}

void
timing_cancel(struct verdict *v, int kind)
{
	size_t n = 0;

	/* Also what was armed just now. */
	for (size_t i = 0; i < v->n_arms; i++)
		if (kind != 0 && v->arms[i].kind != kind)
			v->arms[n++] = v->arms[i];
	v->n_arms = n;
	for (size_t i = 0; i < v->n_cancels; i++)
		if (v->cancels[i] == kind || v->cancels[i] == 0)
			return;
	v->cancels[v->n_cancels++] = kind;
}

static const struct timer *
armed(const struct matter *m, int kind)
{
	for (size_t i = 0; i < m->n_timers; i++)
		if (m->timers[i].kind == kind)
			return &m->timers[i];
	return NULL;
}

/* ---- the hand-off ---- */

/* T0, never later than the receipt. */
static int64_t
began(const struct matter *m, const struct event *e)
{
	int64_t t = e->began != 0 ? e->began : m->mail.written;

	if (e->detected != 0)
		t = e->detected;
	else if (e->started != 0)
		t = e->started;
	return t < e->opened ? t : e->opened;
}

bool
timing_hand_off(const struct matter *m, int64_t now, struct verdict *v)
{
	const struct timer *old = armed(m, T_HAND_OFF);
	struct event *e = &v->event;
	int64_t wait = conf_severity(m->conf, e->severity)->handoff;

	if (e->phase == PH_OPEN || e->began == 0)
		e->began = began(m, e);
	if (e->phase != PH_OPEN)
		return false;
	if (wait >= 0 && e->began + wait <= now)
		return true;
	if (old != NULL && wait >= 0 && old->due == e->began + wait)
		return false;
	if (old != NULL)
		timing_cancel(v, T_HAND_OFF);
	if (wait >= 0)
		arm(v, T_HAND_OFF, 1, e->began, e->began + wait);
	return false;
}

/* ---- when a step is due ---- */

/* In whose zone the office hours are. */
static const char *
zone_of(const struct matter *m, const struct event *e)
{
	const struct person *p = conf_person(m->conf, e->owner);

	if (p == NULL)
		p = m->people->oncall;
	return p == NULL ? m->conf->timezone : p->timezone;
}

/* How long NOC may be silent: half a cadence, less with a war room open. */
static int64_t
facts_wait(const struct matter *m, const struct event *e)
{
	int64_t s = e->cadence != 0
			? e->cadence / 2
			: conf_severity(m->conf, e->severity)->sitrep;

	return m->room != NULL && s > m->conf->room_sitrep
		   ? m->conf->room_sitrep
		   : s;
}

static int64_t
wait_of(const struct matter *m, const struct event *e, int kind)
{
	const struct severity *s = conf_severity(m->conf, e->severity);

	switch (kind) {
	case T_ACK: return s->ack;
	case T_FIRST_POST: return s->first_post;
	case T_SITREP: return facts_wait(m, e);
	case T_PREVIEW: return s->preview;
	case T_DWELL: return s->dwell;
	case T_ROOM: return m->conf->room_sitrep;
	case T_ROOM_LEFT: return m->conf->room_left;
	case T_DISCLOSURE: return m->conf->disclosure_review;
	default: return TIMING_NEVER;
	}
}

/*
 * A promise made is kept, also where the severity was lowered since; where it
 * was raised the house must be quicker than it promised.
 */
static int64_t
promised(const struct matter *m, const struct event *e, int64_t since)
{
	int64_t usual = conf_severity(m->conf, e->severity)->cadence;
	bool raised = m->event != NULL && e->severity < m->event->severity;

	if (raised && usual > 0 && since + usual < e->next_update)
		return since + usual;
	return e->next_update;
}

/* So many seconds after t; T2 to T4 of small things count in office hours. */
static int64_t
in_office(const struct matter *m, const struct event *e, int kind, int64_t t,
    int64_t seconds)
{
	bool office = conf_severity(m->conf, e->severity)->office;

	if (!office || kind < T_ACK || kind > T_CADENCE)
		return t + seconds;
	return office_after(&m->conf->office, zone_of(m, e), t, seconds);
}

int64_t
timing_meant(const struct matter *m, const struct event *e)
{
	const struct timer *t = m->timer;
	const struct rung *r =
	    t == NULL ? NULL : ladder_rung(T_CADENCE, t->step);
	int64_t due;

	if (r == NULL || t->kind != T_CADENCE)
		return e->next_update;
	due = r->after == RUNG_BEFORE ? t->due + m->conf->remind
				      : t->due - r->after;
	return e->next_update == 0 || due < e->next_update ? due
							   : e->next_update;
}

/* When the timer itself is due. */
static int64_t
base(const struct matter *m, const struct event *e, int kind, int64_t since)
{
	const struct severity *s = conf_severity(m->conf, e->severity);
	int64_t wait = wait_of(m, e, kind);

	if (kind == T_CADENCE)
		return in_office(m, e, kind, promised(m, e, since), 0);
	if (kind == T_POSTMORTEM && s->postmortem > 0)
		return office_days_after(m->conf->timezone, since,
		    s->postmortem / 86400);
	return wait < 0 ? TIMING_NEVER : in_office(m, e, kind, since, wait);
}

int64_t
timing_due(const struct matter *m, const struct event *e, int kind, int step,
    int64_t since)
{
	const struct rung *r = ladder_rung(kind, step);
	int64_t due = base(m, e, kind, since);

	if (kind == T_PREVIEW && step == 3)
		return since + m->conf->draft_expires;
	if (r == NULL || due < 0)
		return TIMING_NEVER;
	if (r->after == RUNG_BEFORE)
		return in_office(m, e, kind,
		    promised(m, e, since) - m->conf->remind, 0);
	return in_office(m, e, kind, due, r->after);
}

/* ---- which step is next ---- */

bool
timing_holds(const struct conf *c, const struct event *e)
{
	return e->severity <= c->holding;
}

/* The holding statement is posted however low the clock climbs. */
static bool
comes(const struct matter *m, const struct event *e, const struct rung *r)
{
	int64_t levels = conf_severity(m->conf, e->severity)->levels;

	return ladder_climbs(r, levels) ||
	       (r->kind == T_FIRST_POST && r->step == LADDER_HOLDING &&
		   timing_holds(m->conf, e));
}

static const struct rung *
after(const struct matter *m, const struct event *e, const struct rung *r)
{
	const struct rung *next = r;

	while ((next = ladder_rung(r->kind, next->step + 1)) != NULL)
		if (comes(m, e, next))
			return next;
	return NULL;
}

/* ---- arming ---- */

static void
arm_step(const struct matter *m, struct verdict *v, int kind, int step,
    int64_t since)
{
	int64_t due = timing_due(m, &v->event, kind, step, since);

	if (due >= 0)
		arm(v, kind, step, since, due);
}

void
timing_start(const struct matter *m, int64_t now, struct verdict *v, int kind)
{
	if (armed(m, kind) != NULL)
		timing_cancel(v, kind);
	arm_step(m, v, kind, 1, now);
}

void
timing_again(const struct matter *m, int64_t now, struct verdict *v, int kind,
    int64_t due)
{
	if (armed(m, kind) != NULL)
		timing_cancel(v, kind);
	arm(v, kind, 1, now, due);
}

/*
 * A step counts from where its timer began; where the owner's office hours
 * became others between, not so soon after the step before that both fire at
 * once.
 */
static int64_t
due_after(const struct matter *m, const struct event *e, const struct rung *r,
    const struct rung *next)
{
	const struct timer *t = m->timer;
	bool before = r->after == RUNG_BEFORE;
	int64_t apart = next->after + (before ? m->conf->remind : -r->after);
	int64_t due = timing_due(m, e, t->kind, next->step, t->since), least;

	/* By the promise as it was computed, severity then or now. */
	if (t->kind == T_CADENCE &&
	    !conf_severity(m->conf, e->severity)->office)
		return t->due + apart;
	if (due < 0 || before)
		return due;
	least = in_office(m, e, t->kind, t->due, apart);
	return due > least ? due : least;
}

void
timing_next(const struct matter *m, int64_t now, struct verdict *v)
{
	const struct timer *t = m->timer;
	const struct rung *r = ladder_rung(t->kind, t->step), *next;
	int64_t due = t->due;

	if (r == NULL)
		return;
	if (r->again != 0) {
		/* Once, however many were slept through. */
		while (due <= now)
			due += r->again;
		arm(v, t->kind, t->step, t->since, due);
		return;
	}
	next = after(m, &v->event, r);
	if (next == NULL)
		return;
	due = due_after(m, &v->event, r, next);
	if (due >= 0)
		arm(v, t->kind, next->step, t->since, due);
}

/* ---- what follows from a verdict ---- */

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
	if (armed(m, T_CADENCE) != NULL)
		timing_cancel(v, T_CADENCE);
	if (v->event.next_update == 0)
		return;
	remind = timing_due(m, &v->event, T_CADENCE, 1, now);
	due = timing_due(m, &v->event, T_CADENCE, 2, now);
	arm_step(m, v, T_CADENCE, remind > now && remind < due ? 1 : 2, now);
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
	else if (v->n_moves != 0 && armed(m, T_PREVIEW) != NULL)
		timing_cancel(v, T_PREVIEW);
	if (v->has_draft || v->n_moves == 0 || v->moves[0].status != DRAFT_HELD)
		return;
	/* Held until then: all of it counts on from the reminder of then. */
	if (v->hold != 0)
		arm_step(m, v, T_PREVIEW, 1,
		    now + v->hold - wait_of(m, &v->event, T_PREVIEW));
	else
		arm_step(m, v, T_PREVIEW, 3,
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
	else if (armed(m, T_DWELL) != NULL)
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
	arm_step(m, v, T_POSTMORTEM, 1, now);
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
		arm_step(m, v, T_DISCLOSURE, 1, now);
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

	if (r == NULL || !comes(m, &v->event, r))
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
	if (!wanted || armed(m, kind) != NULL)
		return;
	for (size_t i = 0; i < m->n_fired; i++) {
		const struct timer *t = &m->fired[i];
		const struct rung *r = ladder_rung(kind, t->step), *next;

		if (t->kind != kind || r == NULL ||
		    (next = after(m, &v->event, r)) == NULL)
			continue;
		arm_step(m, v, kind, next->step, t->since);
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
			arm(v, t->kind, step, t->since, due);
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
	if (armed(m, T_PROPOSE) != NULL)
		timing_cancel(v, T_PROPOSE);
	if (e->severity <= 2)
		arm(v, T_PROPOSE, 1, e->opened, e->opened + waits[e->severity]);
}

/* A room's event gets a postmortem, whatever its severity. */
static void
review(const struct matter *m, int64_t now, struct verdict *v)
{
	int64_t due = timing_due(m, &v->event, T_POSTMORTEM, 1, now);

	if (v->event.state != STATE_RESOLVED || armed(m, T_POSTMORTEM) != NULL)
		return;
	if (due < 0)
		due = office_days_after(m->conf->timezone, now, REVIEW_DAYS);
	arm(v, T_POSTMORTEM, 1, now, due);
}

static void
war_room(const struct matter *m, int64_t now, struct verdict *v)
{
	bool over = words_phase_is_closed(v->event.phase);
	bool was = m->event != NULL && words_phase_is_closed(m->event->phase);

	if (v->has_room && v->room.opened == 0 && v->room.asked == 0)
		arm(v, T_ROOM_ASK, 1, now, now);
	if (!over && (v->room_did & (ROOM_OPENED | ROOM_SITREP)))
		timing_start(m, now, v, T_ROOM);
	if ((v->room_did & ROOM_OPENED) && armed(m, T_SITREP) != NULL)
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
