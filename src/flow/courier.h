/*
 * Hands copies over to the relays: SMTP servers or spool folders, in the order
 * of the configuration.  One thread, several sessions, nothing waits but
 * courier_step().  It knows no store: parcels go in, each comes out once with
 * its outcome.
 *
 * A relay that can't be reached is passed over at once and left alone for half
 * a minute.  A parcel is repeated on another session only while no byte of its
 * text was sent; so a kill leaves at most COURIER_SESSIONS copies in doubt on
 * the wire of a relay, if outcomes are noted after each courier_step().
 */
#ifndef FLOW_COURIER_H
#define FLOW_COURIER_H

#include "base/job.h"
#include "model/parcel.h"

enum { COURIER_SESSIONS = 16 }; /* to one relay */

struct courier;

struct courier_options {
	const char *const *relays;
	size_t n_relays;
	const char *helo;
	size_t sessions; /* to one relay; 0: COURIER_SESSIONS */
};

/* ST_PERM: a relay that can't be read; the reason is in the job. */
enum status courier_new(struct job *j, const struct courier_options *o,
    struct courier **out) must_check;
/* Says QUIT where nothing is open.  NULL is allowed. */
void courier_free(struct courier *c);
size_t courier_relays(const struct courier *c);
/* HOST:PORT, or "spool"; "" where outcome.relay says nobody. */
const char *courier_relay_name(const struct courier *c, int relay);
/* Copies to a domain that wait here or are on the wire. */
size_t courier_to(const struct courier *c, const char *domain);

/* How many parcels may be added now. */
size_t courier_room(const struct courier *c);
void courier_add(struct courier *c, const struct parcel *p);
/*
 * Moves what can be moved and waits for the rest, at most wait_ms; now: the
 * time written into spool names.  What follows from the replies is said with
 * the next call: outcomes that were noted by then are not in doubt.
 */
void courier_step(struct courier *c, int64_t now, int wait_ms);
bool courier_take(struct courier *c, struct outcome *out);

#endif
