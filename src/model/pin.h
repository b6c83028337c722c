/*
 * Whose key is whose, and which signatures have counted.  A fingerprint is 40
 * or 64 hexadecimal digits, upper case, without blanks: that of the whole key
 * of OpenPGP, of the certificate of S/MIME.  A person's are those of the
 * configuration (`keys` of a person) and those in the store.
 *
 * Writers run in the caller's transaction.
 */
#ifndef MODEL_PIN_H
#define MODEL_PIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"
#include "model/conf.h"

struct pin {
	const char *fingerprint;
	const char *person; /* slug */
	bool of_conf;       /* the configuration says so, not the store */
	int64_t added;      /* of the store's; else 0 */
	const char *actor;
};

/* Upper case, no blanks and colons; NULL: it is none. */
char *pin_fingerprint(struct arena *mem, const char *s);
/* Of one person, or of all (NULL), those of the configuration first. */
enum status pin_list(struct db *db, struct job *j, const struct conf *c,
    const char *person, struct pin **out, size_t *n) must_check;
/* Whose it is; ST_NONE: nobody's. */
enum status pin_find(struct db *db, struct job *j, const struct conf *c,
    const char *fingerprint, struct pin *out) must_check;
enum status pin_add(struct db *db, struct job *j,
    const struct pin *p) must_check;
enum status pin_remove(struct db *db, struct job *j,
    const char *fingerprint) must_check;

/* Did another message than this one bring that signature before? */
enum status seal_seen(struct db *db, struct job *j, const char *id,
    int64_t message, bool *out) must_check;
/* It counts, for this message; again the same is nothing. */
enum status seal_keep(struct db *db, struct job *j, const char *id,
    int64_t message, const char *fingerprint, int64_t made) must_check;

#endif
