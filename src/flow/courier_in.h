/*
 * What flow/courier*.c share: sessions, and the lanes that they run in, one for
 * each relay.  Nothing else includes this.
 */
#ifndef FLOW_COURIER_IN_H
#define FLOW_COURIER_IN_H

#include "base/job.h"
#include "ext/resolve.h"
#include "ext/smtp.h"
#include "flow/courier.h"
#include "text/parcels.h"
#include "text/relay.h"
#include "text/talk.h"

enum {
	URGENT = 8, /* sessions to a relay that carry pages only */
	SESSIONS = 128,
	CONNECT_MS = 5 * 1000,
	RESOLVE_MS = 5 * 1000,
	DOWN_MS = 30 * 1000,
	FRUITLESS = 8, /* sessions in a row without a single answer */
	FAREWELL_MS = 500,
	NAME_ROOM = 48, /* of an envelope: two numbers and a dot */
	AT_ONCE = 8,    /* servers heard before what follows is said */
};

enum lane_state { UNKNOWN, RESOLVING, KNOWN, DOWN };

struct lane {
	struct relay relay;
	const char *name; /* HOST:PORT, or spool */
	enum lane_state state;
	struct resolve *resolve;
	struct resolve_address addresses[RESOLVE_MAX];
	size_t n_addresses, address;
	int64_t until;              /* of RESOLVING and DOWN */
	size_t limit, urgent_limit; /* sessions the server lets us have */
	size_t opening, ready, urgent;
	unsigned fruitless;
};

struct session {
	struct smtp *smtp; /* NULL: not in use */
	struct talk *talk;
	size_t lane;
	bool urgent, connected, was_ready;
	bool speaks;      /* something new is to be written */
	uint32_t watched; /* what epoll looks for; 0: it doesn't know of it */
	unsigned answers;
	uint64_t replies;
	int64_t deadline;
	int texting; /* the parcel whose text is being given */
	size_t piece, offset;
};

struct courier {
	struct job job; /* memory of the relays' names */
	const char *helo;
	size_t sessions_each, n_lanes;
	struct lane lanes[PARCELS_RELAYS];
	struct parcels *parcels;
	size_t n_sessions; /* none is in use from there on */
	struct session sessions[SESSIONS];
	int epoll;
	unsigned long spooled;
	int64_t heard_us; /* when something last came of a server */
	int64_t apart_us; /* ... and how long after what came before it */
};

struct heard { /* a session at which something is to be done */
	struct session *session;
	bool reads; /* its server has said something */
};

/* ---- courier_wait.c ---- */

enum status courier_wait_begin(struct courier *c, struct job *j) must_check;
void courier_wait_end(struct courier *c);
/*
 * Waits until servers say something or take something, or a deadline is over,
 * at most wait_ms.  Gives up to AT_ONCE of the former, and how many.  Sets
 * c->heard_us and c->apart_us.
 */
size_t courier_wait(struct courier *c, int64_t ms, int wait_ms,
    struct heard *heard);
/* Before its connection is closed. */
void courier_unwatch(struct courier *c, struct session *s);

/* ---- courier_lane.c ---- */

void courier_name_lane(struct courier *c, struct lane *l);
/* A relay that can't be used now: what waits for it goes another way. */
void courier_close_lane(struct courier *c, struct lane *l, const char *why,
    int64_t ms);
size_t courier_lane_index(const struct courier *c, const struct lane *l);
/* The resolver's answer has come. */
void courier_resolved(struct courier *c, struct lane *l, enum status st,
    int64_t ms);
/* Finds the addresses of a relay's name, without waiting. */
void courier_find_lane(struct courier *c, struct lane *l, int64_t ms);
/* What the end of a session says of its lane. */
void courier_lane_failed(struct courier *c, const struct session *s,
    const char *why, int64_t ms);

#endif
