/*
 * The children of serve.  Each is a loop that ends at SIGTERM, with nothing
 * half done, and may be killed at any moment without loss: all its memory is
 * the store's.  Each opens the store for itself and again after trouble.
 */
#ifndef CMD_CHILD_H
#define CMD_CHILD_H

#include <stdbool.h>

#include "cmd/world.h"

enum bell { /* who is to look at once; a look a second comes anyway */
	BELL_WALK,
	BELL_CLOCK,
	BELL_COURIER,
	BELL_PAGE,
	BELL_PUBLISH,
	BELLS,
};

struct house {           /* what serve hands to its children */
	struct world *w; /* its configuration and clock; no store */
	int lmtp, http;  /* listening; -1: none */
	int bell[BELLS];
};

/* Each returns the child's exit status. */
typedef int child_fn(const struct house *h);

child_fn child_lmtp, child_walk, child_clock, child_courier, child_page,
    child_publish, child_web;

enum confinement {
	CONFINED_NOT,    /* it runs gpg, or commands of the configuration */
	CONFINED_WORKER, /* confine_worker() */
	CONFINED_SELF,   /* it does that itself: web_confine() */
};

enum { CHILDREN = 7 };

extern const struct child_kind {
	const char *name;
	child_fn *run;
	enum confinement confined;
} child_kinds[CHILDREN];

/* In the child: confines it as its kind is, and runs it. */
int child_run(const struct child_kind *k, const struct house *h);

/* Once: writes the administrator that the configuration can't be read. */
int child_alarm(const struct house *h, const char *why);

void bell_ring(const struct house *h, enum bell b);
/* SIGTERM and SIGINT as a descriptor that becomes readable. */
int child_stop_fd(void);

struct desk { /* a child's own view of the world */
	const struct house *house;
	struct world w;
	bool open;
	int stop;
};

void desk_begin(struct desk *d, const struct house *h);
/* The store, opened if it isn't; ST_TEMP: not now. */
enum status desk_open(struct desk *d, struct job *j) must_check;
void desk_close(struct desk *d);
/* Seconds UTC, also while the store is away. */
int64_t desk_now(const struct desk *d);

#endif
