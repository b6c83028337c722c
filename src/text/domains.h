/*
 * Receiving domains that asked us to slow down, with a reply of 4.7.x: how
 * many copies may be on their way to each at a time, and when the next one
 * may go.
 *
 * The first such reply leaves a domain DOMAINS_FIRST copies at a time, each
 * further one half of what it had, down to one, and a pause that doubles from
 * a quarter of a second to a minute; replies within a pause are of one and the
 * same burst and count once.  As many copies taken in a row as may go at a time
 * make it one more and halve the pause; a domain that may have DOMAINS_MOST is
 * forgotten.  One that isn't known here may have as many as there is room for.
 *
 * Pure: the owner says the time (ms of a clock that doesn't jump) and how many
 * copies are on their way.  Addresses are compared without case.
 */
#ifndef TEXT_DOMAINS_H
#define TEXT_DOMAINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* DOMAINS_ROOM: how many are known at a time. */
enum { DOMAINS_FIRST = 8, DOMAINS_MOST = 64, DOMAINS_ROOM = 64 };

struct domains;

struct domains *domains_new(void);
void domains_free(struct domains *d); /* NULL is allowed */

/* What is behind the @, "" if there is none. */
const char *domains_of(const char *address);
/* The number of a domain that has a limit; -1: it has none. */
int domains_find(const struct domains *d, const char *domain);
/* The name of one. */
const char *domains_name(const struct domains *d, int at);
/* A further copy may go there, where so many are on their way. */
bool domains_may(const struct domains *d, int at, size_t on_their_way,
    int64_t ms);
/* What became of one; true: the domain was slowed down just now. */
bool domains_said(struct domains *d, const char *address, int code,
    const char *reply, int64_t ms);
/* How many may go there at a time; 0: as many as there is room for. */
unsigned domains_limit(const struct domains *d, const char *domain);

#endif
