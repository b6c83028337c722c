/*
 * A short internal mail of the house, about no event: an alarm, a word.
 */
#ifndef TEXT_NOTICE_H
#define TEXT_NOTICE_H

#include "base/job.h"
#include "model/conf.h"
#include "model/letter.h"

struct notice {
	const char *name; /* NAME.SECONDS is its Message-ID */
	enum letter_kind kind;
	const char *recipient; /* an address, or a command */
	const char *to;        /* the address that it shows */
	const char *reply;     /* where an answer goes; NULL: to From */
	const char *subject, *body;
};

/* A letter ready to be added. */
enum status notice_write(struct job *j, const struct conf *c,
    const struct notice *n, struct letter *out) must_check;

#endif
