/*
 * War rooms: proposed to level 2, open, or closed; their members and what was
 * agreed there.  The newest of an event is the one that counts: at most one is
 * open.  Strings are never NULL.
 */
#ifndef MODEL_ROOM_H
#define MODEL_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"
#include "model/action.h"

enum { ROOM_CADENCE = 3600 }; /* between public updates while one is open */

enum room_rule { /* why it was proposed */
	RULE_NONE,
	RULE_REQUEST, /* somebody's word who may not open one alone */
	RULE_SEV1,    /* open too long */
	RULE_SEV2,
	RULE_LOSS,   /* data or a key is lost */
	RULE_MISSED, /* the third promise was missed */
};

struct room_member {
	const char *person;
	int64_t joined; /* 0: named, and not heard of yet */
};

struct room {
	int64_t id, event; /* id 0: not stored yet */
	enum room_rule rule;
	int64_t proposed; /* 0: opened by somebody's own word */
	const char *proposed_by;
	int64_t asked;   /* level 2; 0: not yet */
	int64_t refused; /* by level 2; 0: it wasn't */
	const char *refused_by;
	int64_t opened; /* 0: never */
	const char *opened_by, *chair, *scribe, *comms_lead, *noc_lead, *bridge;
	int64_t closed; /* 0: not yet */
	const char *closed_by, *review_by;
	struct room_member *members; /* in the order of naming */
	size_t n_members;
	struct action *actions;
	size_t n_actions;
	int sitreps; /* how many there were */
};

bool room_is_open(const struct room *r);
/* Proposed, and nobody has said yes or no. */
bool room_is_pending(const struct room *r);
const char *room_rule_word(enum room_rule rule);

/* Of an event, oldest first. */
enum status room_list(struct db *db, struct job *j, int64_t event,
    struct room **out, size_t *n) must_check;
/* Inserts (id 0) or updates, its members too; sets id. */
enum status room_save(struct db *db, struct job *j, struct room *r) must_check;
enum status room_act(struct db *db, struct job *j, int64_t room,
    const struct action *a) must_check;

#endif
