#include "text/timing_in.h"

#include "text/office.h"

void
timing_arm(struct verdict *v, int kind, int step, int64_t since, int64_t due)
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

const struct timer *
timing_armed(const struct matter *m, int kind)
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
	const struct timer *old = timing_armed(m, T_HAND_OFF);
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
		timing_arm(v, T_HAND_OFF, 1, e->began, e->began + wait);
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

int64_t
timing_wait(const struct matter *m, const struct event *e, int kind)
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
	int64_t wait = timing_wait(m, e, kind);

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
bool
timing_comes(const struct matter *m, const struct event *e,
    const struct rung *r)
{
	int64_t levels = conf_severity(m->conf, e->severity)->levels;

	return ladder_climbs(r, levels) ||
	       (r->kind == T_FIRST_POST && r->step == LADDER_HOLDING &&
		   timing_holds(m->conf, e));
}

const struct rung *
timing_after(const struct matter *m, const struct event *e,
    const struct rung *r)
{
	const struct rung *next = r;

	while ((next = ladder_rung(r->kind, next->step + 1)) != NULL)
		if (timing_comes(m, e, next))
			return next;
	return NULL;
}

/* ---- arming ---- */

void
timing_arm_step(const struct matter *m, struct verdict *v, int kind, int step,
    int64_t since)
{
	int64_t due = timing_due(m, &v->event, kind, step, since);

	if (due >= 0)
		timing_arm(v, kind, step, since, due);
}

void
timing_start(const struct matter *m, int64_t now, struct verdict *v, int kind)
{
	if (timing_armed(m, kind) != NULL)
		timing_cancel(v, kind);
	timing_arm_step(m, v, kind, 1, now);
}

void
timing_again(const struct matter *m, int64_t now, struct verdict *v, int kind,
    int64_t due)
{
	if (timing_armed(m, kind) != NULL)
		timing_cancel(v, kind);
	timing_arm(v, kind, 1, now, due);
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
		timing_arm(v, t->kind, t->step, t->since, due);
		return;
	}
	next = timing_after(m, &v->event, r);
	if (next == NULL)
		return;
	due = due_after(m, &v->event, r, next);
	if (due >= 0)
		timing_arm(v, t->kind, next->step, t->since, due);
}
