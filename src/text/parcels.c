#include "text/parcels.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"

enum {
	TOKEN_ROOM = 64,
	REPLY_ROOM = 320,
	BACKS = 3, /* sessions that shut before a copy's text */
};

struct place {
	int next; /* in the queue it is in */
	struct parcel parcel;
	char to[LIMIT_ADDRESS + 1], sender[LIMIT_ADDRESS + 1];
	char unsubscribe[TOKEN_ROOM];
	size_t relay;
	unsigned backs;
	bool open; /* its outcome isn't known yet */
	enum fate fate;
	enum refused_at at;
	int code;
	int by; /* the relay that said it; -1: none */
	char reply[REPLY_ROOM];
};

struct queue {
	int first, last;
	size_t n;
};

struct gate {
	struct queue waiting, pages;
	bool shut;
	char why[REPLY_ROOM];
};

struct parcels {
	size_t n_gates, held;
	struct gate gates[PARCELS_RELAYS];
	struct queue free, done;
	struct place places[PARCELS_ROOM];
};

static void
enqueue(struct parcels *p, struct queue *q, int at, bool forward)
{
	p->places[at].next = forward ? q->first : PARCELS_NONE;
	if (q->n++ == 0)
		q->first = q->last = at;
	else if (forward)
		q->first = at;
	else {
		p->places[q->last].next = at;
		q->last = at;
	}
}

static int
dequeue(struct parcels *p, struct queue *q)
{
	int at = q->first;

	if (q->n == 0)
		return PARCELS_NONE;
	q->first = p->places[at].next;
	q->n--;
	return at;
}

/* Cut where it doesn't fit; false: it was. */
static bool
put(char *to, size_t size, const char *s)
{
	size_t n = strlen(s);
	bool fits = n < size;

	if (!fits)
		n = size - 1;
	memmove(to, s, n);
	to[n] = '\0';
	return fits;
}

static void
put_reply(struct place *s, int code, const char *reply)
{
	s->code = code;
	(void)put(s->reply, sizeof s->reply, reply);
}

static void
finish(struct parcels *p, int at, enum fate fate)
{
	p->places[at].fate = fate;
	p->places[at].open = false;
	enqueue(p, &p->done, at, false);
}

/*
 * To the first relay from s->relay on that isn't shut; after the last one its
 * last real answer counts, if there was any.
 */
static void
post(struct parcels *p, int at, bool forward)
{
	struct place *s = &p->places[at];
	bool page = s->parcel.relay >= 0;
	size_t end = page ? (size_t)s->parcel.relay + 1 : p->n_gates;
	struct gate *g;

	for (; s->relay < end && p->gates[s->relay].shut; s->relay++)
		if (s->code == 0)
			put_reply(s, 0, p->gates[s->relay].why);
	if (s->relay >= end) {
		finish(p, at, s->code == 0 ? FATE_UNSENT : FATE_LATER);
		return;
	}
	g = &p->gates[s->relay];
	enqueue(p, page ? &g->pages : &g->waiting, at, forward);
}

struct parcels *
parcels_new(size_t relays)
{
	struct parcels *p = calloc(1, sizeof *p);

	if (p == NULL)
		die("out of memory for parcels");
	if (relays > PARCELS_RELAYS)
		die("parcels: %zu relays", relays);
	p->n_gates = relays;
	for (int i = 0; i < PARCELS_ROOM; i++)
		enqueue(p, &p->free, i, false);
	return p;
}

void
parcels_free(struct parcels *p)
{
	free(p);
}

size_t
parcels_room(const struct parcels *p)
{
	return p->free.n;
}

size_t
parcels_held(const struct parcels *p)
{
	return p->held;
}

size_t
parcels_done(const struct parcels *p)
{
	return p->done.n;
}

void
parcels_add(struct parcels *p, const struct parcel *parcel)
{
	int at = dequeue(p, &p->free);
	const struct copy *c = &parcel->copy;
	struct place *s;
	bool fits;

	if (at == PARCELS_NONE || parcel->relay >= (int)p->n_gates)
		die("parcels: no place for one");
	p->held++;
	s = &p->places[at];
	s->parcel = *parcel;
	s->relay = parcel->relay >= 0 ? (size_t)parcel->relay : 0;
	s->backs = 0;
	s->open = true;
	s->at = AT_NOTHING;
	s->by = -1;
	put_reply(s, 0, "");
	fits = put(s->to, sizeof s->to, c->to) &
	       put(s->sender, sizeof s->sender, c->sender) &
	       put(s->unsubscribe, sizeof s->unsubscribe,
		   c->unsubscribe == NULL ? "" : c->unsubscribe);
	s->parcel.copy.to = s->to;
	s->parcel.copy.sender = s->sender;
	s->parcel.copy.unsubscribe = s->unsubscribe;
	if (fits) {
		post(p, at, parcel->forward);
		return;
	}
	put_reply(s, 553, "5.1.3 the address is too long");
	finish(p, at, FATE_REFUSED);
}

bool
parcels_take(struct parcels *p, struct outcome *out)
{
	int at = dequeue(p, &p->done);
	const struct place *s;

	if (at == PARCELS_NONE)
		return false;
	s = &p->places[at];
	*out = (struct outcome){ s->parcel.tag, s->parcel.copy.member, s->fate,
		s->code, s->reply, s->to, s->at, s->by };
	enqueue(p, &p->free, at, false);
	p->held--;
	return true;
}

size_t
parcels_waiting(const struct parcels *p, size_t relay, bool pages)
{
	const struct gate *g = &p->gates[relay];

	return pages ? g->pages.n : g->waiting.n;
}

int
parcels_next(struct parcels *p, size_t relay, bool pages)
{
	struct gate *g = &p->gates[relay];

	return dequeue(p, pages ? &g->pages : &g->waiting);
}

const struct parcel *
parcels_at(const struct parcels *p, int at)
{
	return &p->places[at].parcel;
}

size_t
parcels_to(const struct parcels *p, const char *domain)
{
	size_t n = 0;

	for (size_t i = 0; i < PARCELS_ROOM; i++) {
		const struct place *s = &p->places[i];
		const char *at = s->open ? strrchr(s->to, '@') : NULL;

		if (at != NULL && text_ieq(at + 1, domain))
			n++;
	}
	return n;
}

void
parcels_stage(struct parcels *p, int at, enum refused_at stage)
{
	p->places[at].at = stage;
}

void
parcels_answered(struct parcels *p, int at, int code, const char *reply)
{
	struct place *s = &p->places[at];
	bool further =
	    s->parcel.fall && s->parcel.relay < 0 && s->relay + 1 < p->n_gates;

	put_reply(s, code, reply);
	s->by = (int)s->relay;
	if (code >= 200 && code <= 299)
		finish(p, at, FATE_TAKEN);
	else if (code >= 500)
		finish(p, at, FATE_REFUSED);
	else if (!further)
		finish(p, at, FATE_LATER);
	else {
		s->relay++;
		post(p, at, false);
	}
}

void
parcels_lost(struct parcels *p, int at, const char *why)
{
	struct place *s = &p->places[at];

	put_reply(s, 0, why);
	s->by = (int)s->relay;
	finish(p, at, FATE_LATER);
}

void
parcels_back(struct parcels *p, int at, const char *why)
{
	struct place *s = &p->places[at];

	if (++s->backs < BACKS)
		post(p, at, true);
	else
		parcels_lost(p, at, why);
}

static void
move(struct parcels *p, struct queue from)
{
	int at;

	while ((at = dequeue(p, &from)) != PARCELS_NONE)
		post(p, at, false);
}

void
parcels_shut(struct parcels *p, size_t relay, const char *why)
{
	struct gate *g = &p->gates[relay];
	struct queue waiting = g->waiting, pages = g->pages;

	g->shut = true;
	(void)put(g->why, sizeof g->why, why);
	g->waiting = g->pages = (struct queue){ 0 };
	move(p, pages);
	move(p, waiting);
}

void
parcels_open(struct parcels *p, size_t relay)
{
	p->gates[relay].shut = false;
}
