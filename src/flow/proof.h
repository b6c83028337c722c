/*
 * Who signed a mail, and may it count (specification, section 3.3, class A3):
 * a signature that is good, of a key pinned to the person in From, made at
 * most PROOF_AGE before the mail is handled and not in the future, that never
 * counted for another message.  And what an encrypted mail says.
 *
 * gpg is started for a person with a pinned key only, or to decrypt for one
 * whom we know; it runs apart (ext/gpg.h).
 *
 * Each of several signatures must be good, and one of them the person's.
 */
#ifndef FLOW_PROOF_H
#define FLOW_PROOF_H

#include "base/job.h"
#include "ext/db.h"
#include "model/conf.h"
#include "model/evidence.h"
#include "model/seal.h"

enum { PROOF_AGE = 2 * 3600, PROOF_SKEW = 5 * 60 };

struct proof_ask {
	struct db *db;
	const struct conf *conf;
	const char *home;         /* the keyring */
	const struct person *who; /* of From */
	const struct seal *seal;
	const char *raw; /* what the seal is about */
	size_t n;
	int64_t message;
	int64_t handled; /* the time against which its age is held */
};

/*
 * ST_OK: *out says whether it counts and why not.  ST_TEMP: gpg couldn't be
 * started, try again.
 */
enum status proof_check(struct job *j, const struct proof_ask *q,
    struct evidence *out) must_check;
/* It counts: kept, so that it never does again.  In the caller's transaction.
 */
enum status proof_keep(struct db *db, struct job *j, int64_t message,
    const struct evidence *p) must_check;

#endif
