/*
 * What comes to LIST-bounces+TOKEN@ does to the member whose copy it was
 * (specification, section 4.5).  The token alone says who; a report without
 * a good one has no effect, nor has one that can't be read, nor an automatic
 * answer.  Nothing is ever answered.
 *
 *	hard       3 on at least 2 days over at least 2 posts: bounced
 *	soft       5 in 10 days: bounced, unless it is about our mail and not
 *		   about the mailbox (policy, spam, content, size)
 *	complaint  an open list: complained; else the owner is told, once a week
 *		   of a member and ten times a day of a list
 *	brake      more than 5 % of a domain's members turn hard within an hour,
 *		   at least REBOUND_BRAKE of them: that doesn't count, nor does
 *		   what follows within a day, and the owner is told
 *	probe      who bounced gets a mail after 14 days; if nothing comes back
 *		   within 3, he is active again; if it does, or is refused at
 *		   once, another one 14 days later, six in all
 *
 * All within the caller's transaction.
 */
#ifndef FLOW_REBOUND_H
#define FLOW_REBOUND_H

#include <stdbool.h>

#include "ext/db.h"
#include "model/conf.h"
#include "model/keys.h"
#include "model/letter.h"
#include "model/message.h"
#include "model/refused_at.h"

enum { REBOUND_BRAKE = 5 };

struct letter_in;
struct probe;

struct rebound_ask {
	const struct conf *conf;
	const struct keys *keys;
	const struct list *list; /* NULL: no such */
	const char *token;       /* NULL: none */
	const struct message *message;
	const struct letter_in *in;
};

/* *verdict: bounce, bounce:unverified, bounce:unread or auto. */
enum status rebound_take(struct db *db, struct job *j,
    const struct rebound_ask *a, const char **verdict) must_check;

struct rebound_refusal {
	int64_t member;
	const struct letter *letter;
	const struct list *list;
	int code; /* 5xx */
	const char *reply;
	enum refused_at at;
	int64_t message; /* the row of the journal that tells of it */
};

/* What was refused before a recipient was named, or by ourselves, isn't. */
bool rebound_is_of_member(enum refused_at at);
/*
 * A copy that the relay refused as it was handed over, which is scored as if
 * it had come back.
 */
enum status rebound_refused(struct db *db, struct job *j, const struct conf *c,
    const struct rebound_refusal *r) must_check;

/* Probes.  When something is to be done next; ST_NONE: never. */
enum status rebound_due(struct db *db, struct job *j, int64_t *due) must_check;
/* One of those that are due.  ST_NONE: none is.  *did: what, in words. */
enum status rebound_probe(struct db *db, struct job *j, const struct conf *c,
    const struct keys *k, const char **did) must_check;
/* It failed at a time: another one later, or none any more. */
enum status rebound_try_again(struct db *db, struct job *j,
    const struct probe *p, int64_t at) must_check;
/* He is back in the database of his list, as what he was; as one who bounced,
 * he gets probes.  ST_NONE: no such member. */
enum status rebound_returns(struct db *db, struct job *j,
    int64_t member) must_check;

#endif
