/*
 * Step 4 of the walk: what does the mail ask for?  Puts together what text/
 * reads (grammar, values, times, subject) into struct request.  Says nothing
 * about whether it may be done.
 *
 * who: the sender, NULL if nobody is known; their time zone, name and role
 * count.  Always ST_OK: what can't be understood is a finding in *out, and
 * the text stays.  Strings live in j->mem.
 */
#ifndef FLOW_REQUEST_H
#define FLOW_REQUEST_H

#include "base/job.h"
#include "model/conf.h"
#include "model/message.h"
#include "model/request.h"

enum status request_read(struct job *j, const struct conf *c,
    const struct message *m, const struct person *who,
    struct request *out) must_check;

#endif
