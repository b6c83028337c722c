/*
 * The secrets in STATE/keys (mode 0700) and the tokens made of them: HMAC-
 * SHA256, bound to a purpose, compared in constant time.  Two generations of
 * each key: tokens are made with the newer and accepted with both.
 *
 * A reply token is 26 characters of base32 (128 bits) over event, object and
 * person.  A list token is 26 characters: a member (32 bits) and a MAC of 96
 * bits; a bounce token is 31: member, letter (24 bits) and MAC; so that the
 * longest list name still fits a local part of 64 octets.
 *
 * ST_TEMP: a file or folder can't be read or made, or a key is lost; ST_PERM:
 * it holds no key.
 * Making and checking list and bounce tokens allocates nothing.
 */
#ifndef MODEL_KEYS_H
#define MODEL_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job.h"

enum { KEY_SIZE = 32, KEY_GENERATIONS = 2, TOKEN_LIST = 26, TOKEN_BOUNCE = 31 };

struct key {
	unsigned char generation[KEY_GENERATIONS][KEY_SIZE];
	int n; /* 0: not loaded */
};

struct keys {
	struct key reply, list, chain;
};

/* Reads the keys; makes those that are missing, unless a store is there. */
enum status keys_load(struct job *j, const char *state,
    struct keys *out) must_check;
/* All of them, making none: a missing one is ST_PERM too. */
enum status keys_look(struct job *j, const char *state,
    struct keys *out) must_check;
/* Only the list key, for the web child; never makes one. */
enum status keys_load_list(struct job *j, const char *state,
    struct keys *out) must_check;

/*
 * object: "d2", "u1", "n3", "t1", "q17", "e"; event: "inc-2026-0042", "" for
 * a question without one; person: slug.  Case of event and object doesn't
 * matter.
 */
char *keys_reply(struct job *j, const struct keys *k, const char *event,
    const char *object, const char *person);
bool keys_reply_ok(struct job *j, const struct keys *k, const char *event,
    const char *object, const char *person, const char *token);
/* The short form for pages: 10 characters, over the same. */
char *keys_page(struct job *j, const struct keys *k, const char *event,
    const char *object, const char *person);
bool keys_page_ok(struct job *j, const struct keys *k, const char *event,
    const char *object, const char *person, const char *token);

/* Of LIST-unsubscribe+ and /u/; out holds TOKEN_LIST + 1. */
void keys_unsubscribe(const struct keys *k, const char *list, int64_t member,
    char *out);
bool keys_unsubscribe_ok(const struct keys *k, const char *list,
    const char *token, int64_t *member);
/* Of LIST-confirm+ and /c/: a request that waits; out as above. */
void keys_confirm(const struct keys *k, const char *list, int64_t pending,
    char *out);
bool keys_confirm_ok(const struct keys *k, const char *list, const char *token,
    int64_t *pending);
/* Of LIST-bounces+; out holds TOKEN_BOUNCE + 1; the letter comes back modulo
 * 2^24. */
void keys_bounce(const struct keys *k, const char *list, int64_t member,
    int64_t letter, char *out);
bool keys_bounce_ok(const struct keys *k, const char *list, const char *token,
    int64_t *member, int64_t *letter);
/*
 * Of an address of the house that names one row: purpose "page" of
 * incident-bounces+, "selftest" of selftest+; out holds TOKEN_BOUNCE + 1.
 * By the reply key, which the web child hasn't.
 */
void keys_row(const struct keys *k, const char *purpose, int64_t row,
    char *out);
bool keys_row_ok(const struct keys *k, const char *purpose, const char *token,
    int64_t *row);
/* What the digests of a post's texts are salted with (model/chain.h). */
char *keys_salt(struct job *j, const struct keys *k, const char *event, int u,
    int r);
/* For Sitrep-Self: a hexadecimal MAC over a text, by the list key. */
char *keys_self(struct job *j, const struct keys *k, const char *text);
bool keys_self_ok(struct job *j, const struct keys *k, const char *text,
    const char *mac);

#endif
