#include "flow/courier_in.h"

#include <string.h>

#include "base/log.h"

/* ---- lanes ---- */

size_t
courier_lane_index(const struct courier *c, const struct lane *l)
{
	return (size_t)(l - c->lanes);
}

void
courier_name_lane(struct courier *c, struct lane *l)
{
	const struct relay *r = &l->relay;
	bool six = r->kind == RELAY_SMTP && strchr(r->host, ':') != NULL;

	if (r->kind == RELAY_SPOOL)
		l->name = "spool";
	else
		l->name = arena_printf(c->job.mem, six ? "[%s]:%s" : "%s:%s",
		    r->host, r->port);
}

/* Nobody is reached there: what waits goes to the next relay. */
void
courier_close_lane(struct courier *c, struct lane *l, const char *why,
    int64_t ms)
{
	if (l->state == DOWN)
		return;
	log_warn("step=courier relay=%zu st=down why=%s",
	    courier_lane_index(c, l), why);
	l->state = DOWN;
	l->until = ms + DOWN_MS;
	parcels_shut(c->parcels, courier_lane_index(c, l), why);
}

void
courier_resolved(struct courier *c, struct lane *l, enum status st, int64_t ms)
{
	if (st == ST_NONE) {
		if (ms < l->until)
			return;
		st = ST_TEMP;
	}
	resolve_end(l->resolve);
	l->resolve = NULL;
	if (st != ST_OK) {
		courier_close_lane(c, l, "the relay's name can't be resolved",
		    ms);
		return;
	}
	l->state = KNOWN;
	l->address = 0;
	l->fruitless = 0;
	l->limit = c->sessions_each;
	l->urgent_limit = URGENT;
}

void
courier_find_lane(struct courier *c, struct lane *l, int64_t ms)
{
	enum status st = resolve_begin(l->relay.host, l->relay.port,
	    l->addresses, &l->n_addresses, &l->resolve);

	l->state = RESOLVING;
	l->until = ms + RESOLVE_MS;
	courier_resolved(c, l, st, ms);
}

void
courier_lane_failed(struct courier *c, const struct session *s, const char *why,
    int64_t ms)
{
	struct lane *l = &c->lanes[s->lane];

	if (s->was_ready) {
		if (s->answers == 0 && ++l->fruitless >= FRUITLESS)
			courier_close_lane(c, l, why, ms);
		return;
	}
	if (l->opening + l->ready != 0) { /* it takes so many and no more */
		if (s->urgent)
			l->urgent_limit = 0;
		else
			l->limit = l->opening + l->ready;
		return;
	}
	if (l->address + 1 < l->n_addresses && !s->connected)
		l->address++;
	else
		courier_close_lane(c, l, why, ms);
}
