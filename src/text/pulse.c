#include "text/pulse.h"

/* The last two went in this silence, and neither came back. */
static bool
lost(const struct pulse_seen *s, int64_t last)
{
	if (s->n_beats < PULSE_BEATS)
		return false;
	for (size_t i = 0; i < PULSE_BEATS; i++)
		if (s->beats[i].back != 0 || s->beats[i].sent < last)
			return false;
	return true;
}

struct pulse
pulse_decide(const struct pulse_seen *s)
{
	int64_t last = s->last < s->now ? s->last : s->now;
	int64_t due = s->next;
	struct pulse p = { .next = INT64_MAX };

	if (s->silence < 0)
		return p;
	p.over = s->alarmed != 0 && s->last > s->alarmed;
	p.next = last + s->silence;
	if (s->now < p.next)
		return p;
	/* Set before the clock went back. */
	p.moved = due > s->now + s->period;
	if (p.moved)
		due = s->now + s->period;
	p.next = due;
	if (s->now < due)
		return p;
	p.send = true;
	p.alarm = s->alarmed == 0 && lost(s, last);
	p.next = s->now + s->period;
	return p;
}
