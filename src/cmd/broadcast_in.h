/*
 * What cmd/broadcast.c and cmd/broadcast_*.c share.  Nothing else includes
 * this.
 */
#ifndef CMD_BROADCAST_IN_H
#define CMD_BROADCAST_IN_H

#include "cmd/arrivals.h"
#include "cmd/broadcast.h"
#include "cmd/fair.h"
#include "cmd/held_copies.h"
#include "cmd/issue_letter.h"
#include "cmd/refused.h"
#include "flow/audience.h"
#include "flow/dlog.h"
#include "text/choice.h"

enum { BROADCAST_WHY = 320 };
enum made { MADE_NOT, MADE_WELL, MADE_BAD };

struct broadcast {
	struct world *w;
	struct job job; /* until the end: letter, event */
	struct letter letter;
	const struct list *list;
	struct public_event event;
	size_t update;
	enum { OF_UPDATE, OF_ISSUE, OF_ARRIVALS } of;
	struct issue_letter issue;
	struct dlog *log;
	struct fair *fair;
	bool strayed; /* it was last asked about others than the batch */
	bool follows; /* it goes on as another incident, whose choice is: */
	struct choice followed;
	struct audience *audience;
	const char **insiders; /* have it already, as slugs */
	size_t n_insiders;
	const struct recipient *batch;
	size_t n, at;
	struct job made; /* until the variants are forgotten: mails */
	struct mail mails[AUDIENCE_VARIANTS];
	enum made is_made[AUDIENCE_VARIANTS];
	size_t out;       /* copies on their way */
	bool read;        /* everybody was given */
	enum status stop; /* why no more is given: ST_OK: go on */
	bool fall, looks; /* looks: nothing is sent, its log isn't locked */
	bool yields;
	int64_t later, unmade, synced, removals;
	struct refused *refused;
	struct held_copies *held;
	int64_t passed; /* copies that were held to the end */
	int64_t held_look, held_until;
	char why[BROADCAST_WHY];
	char cant[BROADCAST_WHY]; /* why copies couldn't be composed */
};

/* Reads what it is made of.  ST_PERM: as of broadcast_open(). */
enum status broadcast_find_matter(struct broadcast *b,
    struct job *j) must_check;
/* How often texts of what it tells were removed. */
enum status broadcast_removals(const struct broadcast *b, struct job *j,
    int64_t *n) must_check;
/* For those who share v; in b->made. */
enum status broadcast_compose(struct broadcast *b, const struct variant *v,
    struct mail *out) must_check;
/* Of an incident that was merged: what it is followed as. */
enum status broadcast_find_followed(struct broadcast *b,
    struct job *j) must_check;
/* Does he get the mails of that, by what he chose? */
bool broadcast_gets_followed(const struct broadcast *b,
    const struct member *who, int64_t now);

struct giving { /* one look for copies to give */
	struct courier *to;
	uint64_t tag;
	size_t leave;
	int64_t now, ms;
};

/* Why no more is given; the first reason stays. */
void broadcast_note(struct broadcast *b, enum status st, const char *why);
/* Not done yet, and it is of what he chose. */
bool broadcast_is_meant(const struct broadcast *b, const struct recipient *r,
    int64_t now);
void broadcast_give(struct broadcast *b, const struct giving *g,
    const struct recipient *r);
bool broadcast_may_give(const struct broadcast *b, const struct giving *g);
/* Before copies are given: their outcomes have room, their text is still true.
 */
enum status broadcast_ready(struct broadcast *b, struct job *j);
/* No copy may be on its way. */
void broadcast_forget_mails(struct broadcast *b);

/* A copy for a domain, by its number in w->domains, may go now. */
bool broadcast_may_go(const struct broadcast *b, const struct giving *g,
    int domain);
/* Later, in this round or, where too many wait, in the next. */
void broadcast_hold(struct broadcast *b, int64_t member, int domain);
void broadcast_feed_held(struct broadcast *b, const struct giving *g);
/* The rest of them goes in the next round: others wait for this one. */
void broadcast_let_go(struct broadcast *b);

#endif
