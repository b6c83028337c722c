/*
 * A question to one person: a stored message that is carried out when that
 * person says yes.  Parked: the sender wasn't proved well enough; late: the
 * event had moved on; held: the sender is unknown, and any of those asked may
 * accept it as the NOC's; swap: a change of the rota that both must agree to.
 * Quiet: the message closed an event of which nothing was public; the answer is
 * quiet or publish, and carries nothing out.  Merge, split: NOC proposes it.
 */
#ifndef MODEL_QUESTION_H
#define MODEL_QUESTION_H

#include <stdint.h>

#include "ext/db.h"

enum question_kind {
	QUESTION_PARKED,
	QUESTION_LATE,
	QUESTION_HELD,
	QUESTION_SWAP,
	QUESTION_QUIET,
	QUESTION_MERGE,
	QUESTION_SPLIT,
	QUESTIONS,
};

struct question {
	int64_t id;
	int64_t event; /* 0: none */
	int n;         /* of the event, or of all without one */
	enum question_kind kind;
	const char *person; /* "" : any of those asked */
	int64_t message;
	int64_t asked, answered; /* 0: open */
	const char *answer;
};

/* Numbers it and stores it. */
enum status question_add(struct db *db, struct job *j,
    struct question *q) must_check;
enum status question_get(struct db *db, struct job *j, int64_t event, int n,
    struct question *out) must_check;
enum status question_answer(struct db *db, struct job *j, int64_t id,
    const char *answer) must_check;

/*
 * Automatic mails to strangers and about held mail: the last one of a kind to
 * an address; ST_NONE: never.  What a clock that was ahead has noted doesn't
 * count.
 */
enum status told_last(struct db *db, struct job *j, const char *what,
    const char *address, int64_t *at) must_check;
/* How many since then. */
enum status told_count(struct db *db, struct job *j, const char *what,
    const char *address, int64_t since, int64_t *n) must_check;
enum status told_add(struct db *db, struct job *j, const char *what,
    const char *address) must_check;

#endif
