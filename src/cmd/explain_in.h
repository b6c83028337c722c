/*
 * What the files of cmd/explain*.c share: one mail as it would be read, made
 * by explain_gather.c without a store, told for people by explain_text.c and
 * for programs by explain_json.c.  Nothing outside them includes this.
 */
#ifndef CMD_EXPLAIN_IN_H
#define CMD_EXPLAIN_IN_H

#include "base/buf.h"
#include "cmd/world.h"
#include "model/inbox.h"
#include "model/message.h"
#include "model/verdict.h"

struct told { /* a thing by its name; value "" where the name says all */
	const char *name, *value;
};

struct tellings {
	struct told *at;
	size_t n;
};

struct explained {
	const struct conf
	    *conf; /* NULL: there is none, only the mail is read */
	struct letter_in in;
	struct message message;
	int64_t at;          /* the receipt that is supposed */
	const char *to_from; /* the header that named the recipient; NULL */

	struct sender sender;
	const char *why; /* the sender has that class */
	struct request request;
	struct route route;
	const char *event;    /* INC-2026-0042, NULL: none is named */
	const char *event_by; /* what names it */

	bool decided; /* for a new event, or none */
	struct matter matter;
	struct verdict verdict;
	const char *decision; /* a sentence */
	const struct finding *findings;
	size_t n_findings;
	const char *internal, *public; /* the text of each, "" for none */

	/* explain_words.c: the same in words */
	struct tellings marks, fields, commands, steps;
};

enum status explain_gather(struct world *w, struct job *j,
    const struct buf *raw, bool cut, struct explained *out) must_check;
/* Fills marks, fields, commands and steps. */
void explain_words(struct job *j, struct explained *x);
const char *explain_reading(const struct message *m);
const char *explain_place(enum place p);
const char *explain_seal(enum seal_kind k); /* "" for none */
const char *explain_trust(enum trust t);
const char *explain_roles(struct job *j, unsigned roles);
void explain_text(struct job *j, const struct explained *x, struct buf *out);
void explain_json(struct job *j, const struct explained *x, struct buf *out);

#endif
