/*
 * Letters on their way, each to one recipient: mails and pages, which the
 * courier carries, and the commands of a pager, which run beside it.  What
 * becomes of one is noted in the store as soon as it is known; a page that
 * nobody got makes the next step due in the same transaction.
 */
#ifndef CMD_ERRANDS_H
#define CMD_ERRANDS_H

#include "cmd/world.h"
#include "flow/courier.h"

enum { ERRANDS_MOST = 32 }; /* at a time; tags of their parcels are below it */

/* A run of the courier, of letters and broadcasts alike. */
struct sending {
	struct world *w;
	struct courier *courier;
	int clock;   /* rung when a page that nobody got made a timer due; -1:
			nobody is there */
	bool kept;   /* something stays for a later try */
	bool probed; /* the store takes writes, in this look */
	bool broken; /* it doesn't: begin nothing */
};

/* Asked before a letter begins: what becomes of it must not be lost. */
bool errands_can_write(struct sending *s, struct job *j, int64_t letter);

struct errands;

/* run: stays until they are freed; its courier may come later. */
struct errands *errands_new(struct sending *run);
void errands_free(struct errands *a); /* when there isn't any, or NULL */

/*
 * Takes the next letter that is due; pages: one of those, else one of the
 * others.  false: none is left, or there is no place for one now.
 */
bool errands_take(struct errands *a, bool pages);
/* From the first one in the store on again. */
void errands_again(struct errands *a);
void errands_outcome(struct errands *a, const struct outcome *r);
/* Looks what became of commands. */
void errands_watch(struct errands *a);

bool errands_any(const struct errands *a);
bool errands_commands(const struct errands *a);

#endif
