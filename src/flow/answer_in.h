/*
 * Between answer.c, the mails of a verdict, and answer_plain.c, those about no
 * event.  Nothing outside them includes this.
 */
#ifndef FLOW_ANSWER_IN_H
#define FLOW_ANSWER_IN_H

#include "flow/answer.h"
#include "model/letter.h"
#include "text/mailer.h"

/* RFC 6532 allows other Message-IDs; we answer those without naming them. */
bool answer_can_name(const char *mid);
/* What names an answer to the mail at hand. */
char *answer_receipt_part(struct job *j, const struct answer *a);
/*
 * Ends the mail and queues it as proto says.  A letter that can't be written
 * is lost, not what it tells about: else one odd header would keep a report
 * from being handled at all.
 */
enum status answer_end(struct mailer *m, struct job *j,
    const struct letter *proto, struct db *db) must_check;

#endif
