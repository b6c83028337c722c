/*
 * Members of the lists.  Addresses are compared without case.  Who left,
 * bounced, complained or was removed is never revived by an import or an add:
 * only the word of the address does it, member_consent().  Who is gone from
 * the database that an account list is kept from comes back with that alone,
 * as what he was.
 */
#ifndef MODEL_MEMBER_H
#define MODEL_MEMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

#define MEMBER_CONFIRMED "confirmed" /* the source: the address itself */

struct member {
	int64_t id;
	const char *list, *address;
	const char *status; /* active, nomail; left, bounced, complained,
			       removed, gone: gets nothing any more */
	const char *lang, *zone, *format;
	const char *delivery;              /* each, first-last, digest,
					      digest-weekly, digest-mime,
					      digest-weekly-mime */
	const char *topics, *kind, *least; /* "": all; see text/choice.h */
	int64_t paused;                    /* nothing until then; 0: not */
	int64_t joined, changed;
	const char *account; /* of the reseller; "": not known */
	const char *source;  /* of the consent; "": not known */
	int64_t consented;   /* 0: not known */
	bool follows;        /* the event of member_batch() */
};

struct member_walk { /* how far a broadcast is */
	const char *list;
	int64_t event; /* 0: none */
	int64_t after, high;
};

/* What is NULL or 0 is as for a new member.  ST_OK added, ST_NONE is one
 * already, ST_PERM is away (left, ...), or no address (j->why says which). */
enum status member_add(struct db *db, struct job *j,
    const struct member *m) must_check;
/* ST_NONE: no such member, or one who was removed or is gone. */
enum status member_set_status(struct db *db, struct job *j, int64_t id,
    const char *list, const char *status) must_check;
/* By his own word: left, nomail.  ST_NONE: he gets nothing anyhow, and the
 * reason stays what it was. */
enum status member_leave(struct db *db, struct job *j, int64_t id,
    const char *list, const char *status) must_check;
/* Language, zone, format, delivery, topics, kind, least and paused of m. */
enum status member_save_settings(struct db *db, struct job *j,
    const struct member *m) must_check;
/* Active, whatever it was, by the word of the address in message. */
enum status member_consent(struct db *db, struct job *j, int64_t id,
    int64_t message) must_check;
/* Gets nothing any more, for whatever reason. */
bool member_is_away(const struct member *m);
/* The account that the database has him under. */
enum status member_set_account(struct db *db, struct job *j, int64_t id,
    const char *account) must_check;
/* The database hasn't got him any more; he comes back as what he was. */
enum status member_goes(struct db *db, struct job *j, int64_t id) must_check;
enum status member_returns(struct db *db, struct job *j, int64_t id) must_check;
/* The members of his account, himself included; of none: himself alone. */
enum status member_account(struct db *db, struct job *j, const struct member *m,
    struct member **out, size_t *n) must_check;
enum status member_follow(struct db *db, struct job *j, int64_t id,
    int64_t event) must_check;
enum status member_find(struct db *db, struct job *j, const char *list,
    const char *address, struct member *out) must_check;
enum status member_get(struct db *db, struct job *j, int64_t id,
    struct member *out) must_check;
/*
 * The active members of a list with after < id <= high, in order of id, at
 * most max; *n is how many.  No transaction is held between two calls.
 */
enum status member_batch(struct db *db, struct job *j,
    const struct member_walk *w, size_t max, struct member *out,
    size_t *n) must_check;

struct twin {       /* the same address on another list */
	int64_t of; /* the member of this one */
	struct member is;
};

/* Of the batch w->after < id <= w->high; at most a twin each. */
enum status member_twins(struct db *db, struct job *j,
    const struct member_walk *w, const char *other, struct twin **out,
    size_t *n) must_check;
/* The same whatever their status, for show and export. */
enum status member_batch_all(struct db *db, struct job *j, const char *list,
    int64_t after, size_t max, struct member *out, size_t *n) must_check;
enum status member_count(struct db *db, struct job *j, const char *list,
    int64_t *active) must_check;
/*
 * Active members of a list who are on another, too, and on none of except,
 * a JSON array of names.  Walks through the first list.
 */
enum status member_shared(struct db *db, struct job *j, const char *list,
    const char *other, const char *except, int64_t *n) must_check;
/* Does any active member get less than all of the list? */
enum status member_choosy(struct db *db, struct job *j, const char *list,
    bool *out) must_check;
/* Does any active member get digests? */
enum status member_digests(struct db *db, struct job *j, const char *list,
    bool *out) must_check;
enum status member_high(struct db *db, struct job *j, const char *list,
    int64_t *high) must_check;

#endif
