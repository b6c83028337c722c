/*
 * Copies that wait for a receiving domain which asked to be sent less: members
 * in a ring of fixed size, each with the number of its domain (text/domains.h).
 */
#ifndef CMD_HELD_COPIES_H
#define CMD_HELD_COPIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct held_copies;

struct held_copies *held_copies_new(void);
void held_copies_free(struct held_copies *h); /* NULL is allowed */
size_t held_copies_n(const struct held_copies *h);
/* false: there is no room. */
bool held_copies_put(struct held_copies *h, int64_t member, int domain);
/* The oldest; false: there is none. */
bool held_copies_take(struct held_copies *h, int64_t *member, int *domain);

#endif
