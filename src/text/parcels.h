/*
 * Where parcels stand: a fixed number of places, queues before each relay, and
 * the outcomes nobody took yet.  The rules of who goes where next, without any
 * network: a relay that is shut is passed over; what no relay is left for is
 * an outcome.  A parcel is named by its place, a small number.
 */
#ifndef TEXT_PARCELS_H
#define TEXT_PARCELS_H

#include "model/parcel.h"

enum { PARCELS_ROOM = 64, PARCELS_RELAYS = 8, PARCELS_NONE = -1 };

struct parcels;

struct parcels *parcels_new(size_t relays);
void parcels_free(struct parcels *p); /* NULL is allowed */

size_t parcels_room(const struct parcels *p);
size_t parcels_held(const struct parcels *p); /* not taken yet */
size_t parcels_done(const struct parcels *p); /* to be taken */
/* There must be room. */
void parcels_add(struct parcels *p, const struct parcel *parcel);
bool parcels_take(struct parcels *p, struct outcome *out);

/* What waits before a relay: pages (parcel.relay >= 0), or the others. */
size_t parcels_waiting(const struct parcels *p, size_t relay, bool pages);
/* The next of them, now on its way; PARCELS_NONE: none waits. */
int parcels_next(struct parcels *p, size_t relay, bool pages);
const struct parcel *parcels_at(const struct parcels *p, int at);

/* How many copies to a domain are held whose outcome isn't known yet. */
size_t parcels_to(const struct parcels *p, const char *domain);

/* What became of one that was on its way. */
void parcels_answered(struct parcels *p, int at, int code, const char *reply);
void parcels_stage(struct parcels *p, int at, enum refused_at stage);
void parcels_lost(struct parcels *p, int at, const char *why);
/* Nothing of it was sent: it goes in front again, a few times. */
void parcels_back(struct parcels *p, int at, const char *why);

/* Nobody can be reached there; what waits goes on.  Open: again. */
void parcels_shut(struct parcels *p, size_t relay, const char *why);
void parcels_open(struct parcels *p, size_t relay);

#endif
