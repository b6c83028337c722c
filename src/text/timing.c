#include "text/timing.h"

enum { REMIND_BEFORE = 20 * 60, T_HAND_OFF = 1, T_ACK = 2, T_CADENCE = 4 };

static void
arm(struct verdict *v, int kind, int step, int64_t since, int64_t due)
{
	v->arms[v->n_arms++] = (struct timer){ .kind = kind,
		.step = step,
		.since = since,
		.due = due };
}

static const struct timer *
armed(const struct matter *m, int kind)
{
	for (size_t i = 0; i < m->n_timers; i++)
		if (m->timers[i].kind == kind)
			return &m->timers[i];
	return NULL;
}

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
		v->cancels[v->n_cancels++] = T_HAND_OFF;
	if (wait >= 0)
		arm(v, T_HAND_OFF, 1, e->began, e->began + wait);
	return false;
}

void
timing_ack(const struct matter *m, struct verdict *v)
{
	const struct timer *old = armed(m, T_ACK);
	int64_t wait = conf_severity(m->conf, v->event.severity)->ack;

	if (v->event.phase != PH_HANDED_OFF || old == NULL ||
	    (wait >= 0 && old->due == old->since + wait))
		return;
	v->cancels[v->n_cancels++] = T_ACK;
	if (wait >= 0)
		arm(v, T_ACK, old->step, old->since, old->since + wait);
}

void
timing_cadence(int64_t now, struct verdict *v)
{
	int64_t due = v->event.next_update;

	if (due == 0)
		return;
	if (due - REMIND_BEFORE > now)
		arm(v, T_CADENCE, 1, now, due - REMIND_BEFORE);
	arm(v, T_CADENCE, 2, now, due);
}
