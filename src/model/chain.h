/*
 * The chain of published posts: each post's hash is the SHA-256 of its
 * predecessor's hash and its own canonical form, so that none can be altered,
 * removed or inserted without breaking those after it.
 *
 * The canonical form is a line for each plain value, then for each text the
 * SHA-256 of salt, name and text (a line feed between them).  A text can so be
 * removed from what is public and the chain stays whole; and since the salt
 * goes with it, nobody finds a short text by trying.  A line of what is kept
 * inside (who wrote it, for which lists) covers the rest of the row, salted
 * with what is never published: both salts are digests of the one that is
 * stored.  Posts of versions before 7 (no salt) have a shorter form.
 *
 * Strings live in the job's arena.  ST_TEMP: the store can't be read.
 */
#ifndef MODEL_CHAIN_H
#define MODEL_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "ext/db.h"
#include "model/keys.h"
#include "model/post.h"

enum { CHAIN_DIGEST = 64 }; /* characters of a hash */

/* Sets salt and hash of a post that is about to be stored. */
enum status chain_link(struct db *db, struct job *j, const struct keys *k,
    const char *event, const char *names, struct post *p) must_check;
/*
 * The records of posts with from <= posted < until, in their order, as they
 * are published (flow/notary_record.c reads them): a record ends with a blank
 * line; below the digest of a text stands the text, each line after a tab,
 * unless it was removed.
 */
enum status chain_records(struct db *db, struct job *j, int64_t from,
    int64_t until, struct buf *out) must_check;

struct chain_head {
	int64_t number; /* of posts so far */
	const char *event;
	int u, r;
	int64_t posted;
	const char *hash;
};

/* The last post before a time; ST_NONE: there was none. */
enum status chain_head(struct db *db, struct job *j, int64_t until,
    struct chain_head *out) must_check;
/*
 * The same for who goes from day to day: h is the last post before `from`
 * (number 0: there was none), and becomes the last before `until`.
 */
enum status chain_head_on(struct db *db, struct job *j, int64_t from,
    int64_t until, struct chain_head *h) must_check;
/* The post of that number (1 is the first); ST_NONE: there is none. */
enum status chain_at(struct db *db, struct job *j, int64_t number,
    struct chain_head *out) must_check;
/* The hash of the post before this one, "" of the first. */
enum status chain_before(struct db *db, struct job *j, int64_t event, int u,
    int r, const char **out) must_check;
/* Days with a post at from <= posted < until, as the first second of each. */
enum status chain_days(struct db *db, struct job *j, int64_t from,
    int64_t until, int64_t **out, size_t *n) must_check;

enum chain_fault { CHAIN_ALTERED, CHAIN_REMOVED, CHAIN_INSERTED };

struct chain_break { /* where it breaks first */
	enum chain_fault fault;
	int64_t number;
	const char *event; /* of a removed one: that of the post after it */
	int u, r;
};

/*
 * Walks the whole store: *n posts, *broken of them wrong, the first of those
 * in *first.
 */
enum status chain_walk(struct db *db, struct job *j, int64_t *n,
    int64_t *broken, struct chain_break *first) must_check;

#endif
