/*
 * The outgoing queue.  A letter is one mail to one recipient, or a whole
 * broadcast: list, post and the membership as of its creation.  Written in the
 * transaction that causes it; sent only from committed rows.
 *
 * waiting -> sent      the server took it (a broadcast: every copy has a final
 *                      line in its delivery log)
 * waiting -> failed    refused for good, or tried for five days (text/again.h)
 * waiting -> dropped   taken back before it went: its text was redacted
 * sent -> failed       a page that came back
 * Only the courier moves a letter, but for what comes back and what is taken
 * back.
 */
#ifndef MODEL_LETTER_H
#define MODEL_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

enum letter_kind {
	LETTER_MAIL,      /* raw to recipient */
	LETTER_PAGE,      /* the same over every relay at once, first of all */
	LETTER_COMMAND,   /* raw on the standard input of recipient, "|..." */
	LETTER_FORWARD,   /* message_id's bytes to recipient */
	LETTER_BROADCAST, /* post_id to the members of list up to high; without
			     one the issue of a digest (model/issue.h) of that
			     mid, or what greets the members first to high */
};

struct letter {
	int64_t id;
	enum letter_kind kind;
	int64_t event, message; /* 0: none */
	int64_t post; /* of a broadcast, or what a mail inside tells of; 0 */
	const char *list, *person, *recipient, *sender, *mid;
	const void *raw; /* LF or CRLF line ends; the courier makes CRLF */
	size_t n;
	int64_t high;  /* of a broadcast; of a mail with a list: its member */
	int64_t first; /* of a broadcast to who came by an import; 0 */
	int64_t created, due;
	int tries;
	int64_t first_failed; /* 0: not yet */
	const char *status, *reply;
	bool critical; /* of letter_broadcasts(): that is its impact */
};

/* A second letter of the same kind, mid and recipient is no new one: ST_OK. */
enum status letter_add(struct db *db, struct job *j,
    const struct letter *l) must_check;
/* Sets high to the newest member of its list. */
enum status letter_add_broadcast(struct db *db, struct job *j,
    const struct letter *l) must_check;
/*
 * For the members first to high of its list, whom an import brought in this
 * transaction.  They are added to the letter *id, of the same import, where
 * that waits and nobody came between; else *id is a new one.
 */
enum status letter_add_arrival(struct db *db, struct job *j,
    const struct letter *l, int64_t *id) must_check;
/*
 * The next that is due at now, pages first, then in order of id; after: the
 * id of the last one seen in this round, 0 to begin.  ST_NONE: no more.
 * Broadcasts are none of them.
 */
enum status letter_next(struct db *db, struct job *j, int64_t now,
    int64_t after, bool pages, struct letter *out) must_check;
/* The broadcasts that are due, oldest first. */
enum status letter_broadcasts(struct db *db, struct job *j, int64_t now,
    struct letter **out, size_t *n) must_check;
/*
 * A write that changes nothing: a letter isn't handed over by a courier whose
 * store couldn't note that it went.
 */
enum status letter_probe(struct db *db, struct job *j, int64_t id) must_check;
/* Each moves one letter in a transaction of its own. */
enum status letter_sent(struct db *db, struct job *j, int64_t id,
    const char *reply) must_check;
/* A broadcast to all up to l->high; ST_NONE: there are more by now. */
enum status letter_sent_all(struct db *db, struct job *j,
    const struct letter *l, const char *reply) must_check;
/* Failed at l->first_failed first, 0: now. */
enum status letter_later(struct db *db, struct job *j, const struct letter *l,
    int64_t due, const char *reply) must_check;
enum status letter_failed(struct db *db, struct job *j, int64_t id,
    const char *reply) must_check;
/* A page that was sent came back.  ST_NONE: no such page, or it did before. */
enum status letter_bounced(struct db *db, struct job *j, int64_t id,
    const char *reply) must_check;
/*
 * The texts of update u were removed: what waits of them is dropped, with its
 * bytes.
 */
enum status letter_take_back(struct db *db, struct job *j, int64_t event,
    int u) must_check;
/* Everything that waits: of a store that is no one's to send from. */
enum status letter_drop_all(struct db *db, struct job *j,
    const char *reply) must_check;
/* Copies to members of lists that went out, as far as the letters know. */
enum status letter_copies(struct db *db, struct job *j, int64_t event, int u,
    int64_t *out) must_check;
/* One letter without its bytes; ST_NONE: no such. */
enum status letter_get(struct db *db, struct job *j, int64_t id,
    struct letter *out) must_check;
/*
 * What was written or tried at a time that is yet to come is due now: the
 * clock was ahead.
 */
enum status letter_thaw(struct db *db, struct job *j) must_check;
/* When the next waiting letter is due; ST_NONE: none waits. */
enum status letter_due(struct db *db, struct job *j, int64_t *due) must_check;

/* For show: the waiting and lately failed ones, oldest first. */
enum status letter_list(struct db *db, struct job *j, struct letter **out,
    size_t *n) must_check;
/* Without their bytes: letter_raw() has those. */
enum status letter_of_event(struct db *db, struct job *j, int64_t event,
    struct letter **out, size_t *n) must_check;
/* Who got the internal form of a post, as slugs. */
enum status letter_insiders(struct db *db, struct job *j, int64_t event,
    int64_t post, const char ***out, size_t *n) must_check;
/* The bytes of a letter that has some; ST_NONE: it has none. */
enum status letter_raw(struct db *db, struct job *j, int64_t id,
    char **out) must_check;

#endif
