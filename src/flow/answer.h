/*
 * Internal mail: the letters that a verdict causes, one for each person, in
 * the caller's transaction.  Everything here is for registered persons; a
 * stranger gets one line at most (RFC 3834: never to the null sender, never
 * to a machine).
 */
#ifndef FLOW_ANSWER_H
#define FLOW_ANSWER_H

#include "ext/db.h"
#include "model/inbox.h"
#include "model/keys.h"
#include "text/brief.h"

struct answer { /* beside the brief */
	const struct conf *conf;
	const struct keys *keys;
	const struct letter_in *in; /* the mail that caused it; NULL: a timer */
};

/* One letter for each mailing, page texts on top. */
enum status answer_letters(struct db *db, struct job *j, const struct answer *a,
    const struct brief *b) must_check;
/* To an authenticated sender: his mail couldn't be read.  The code says why. */
const char *answer_unreadable_code(const struct message *m);
enum status answer_unreadable(struct db *db, struct job *j,
    const struct answer *a, const struct sender *s,
    const struct message *m) must_check;
/* To a stranger whose domain vouches for him, once a day. */
enum status answer_stranger(struct db *db, struct job *j,
    const struct answer *a, const struct sender *s,
    const struct message *m) must_check;
struct notice { /* a short mail about no mail and no event */
	const char *to, *subject, *body;
	const char *part; /* names it, once for all that get it */
};

/* Its answers go to the administrator and not to the desk. */
enum status answer_notice(struct db *db, struct job *j, const struct conf *c,
    const struct notice *n) must_check;
/* To the administrator: something of the machine's wants a person. */
enum status answer_alarm(struct db *db, struct job *j, const struct conf *c,
    const struct letter_in *in, const char *what) must_check;

#endif
