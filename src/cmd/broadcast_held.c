#include "cmd/broadcast_in.h"
#include "text/domains.h"

enum { HELD_LOOK_MS = 50 };

bool
broadcast_may_go(const struct broadcast *b, const struct giving *g, int domain)
{
	const struct domains *d = b->w->domains;

	return domains_may(d, domain,
	    courier_to(g->to, domains_name(d, domain)), g->ms);
}

void
broadcast_hold(struct broadcast *b, int64_t member, int domain)
{
	if (!held_copies_put(b->held, member, domain))
		b->passed++;
}

/* To somebody who was held; he may have left meanwhile. */
static void
give_held(struct broadcast *b, const struct giving *g, int64_t member,
    int domain)
{
	const struct recipient *r;
	struct job j;
	enum status st;

	if (audience_full(b->audience) && b->out == 0)
		broadcast_forget_mails(b);
	job_begin(&j, "broadcast", g->now);
	st = broadcast_ready(b, &j);
	if (st == ST_OK)
		st = audience_one(b->w->db, &j, b->audience, member, &r);
	if (st == ST_OK && broadcast_is_meant(b, r, g->now))
		broadcast_give(b, g, r);
	else if (st == ST_NONE && audience_full(b->audience))
		broadcast_hold(b, member, domain);
	else if (st != ST_OK && st != ST_NONE)
		broadcast_note(b, st, j.why);
	job_end(&j);
}

void
broadcast_feed_held(struct broadcast *b, const struct giving *g)
{
	uint64_t shut = 0; /* a bit for each domain that may have no more */
	int64_t member;
	int domain;

	if (g->ms < b->held_look)
		return;
	b->held_look = g->ms + HELD_LOOK_MS;
	for (size_t n = held_copies_n(b->held);
	     n != 0 && broadcast_may_give(b, g); n--) {
		(void)held_copies_take(b->held, &member, &domain);
		if ((shut >> domain & 1) == 0 &&
		    broadcast_may_go(b, g, domain)) {
			give_held(b, g, member, domain);
			continue;
		}
		shut |= UINT64_C(1) << domain;
		broadcast_hold(b, member, domain);
	}
}

void
broadcast_let_go(struct broadcast *b)
{
	int64_t member;
	int domain;

	while (held_copies_take(b->held, &member, &domain))
		b->passed++;
}
