/*
 * Step: a public update as the JSON that a command of on_publish gets, with
 * its text for short posts.  What it is made of is public by its type; the
 * texts were read before (flow/texts.h).
 *
 * ST_PERM: the words are missing; the reason names them.
 */
#ifndef FLOW_HERALD_H
#define FLOW_HERALD_H

#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "model/conf.h"
#include "model/public_update.h"

struct herald {
	const struct public_event *event;
	size_t at; /* of its updates */
	/* What the command called its first and its last post of the event; ""
	 * if there is none. */
	const char *thread, *reply_to;
};

enum status herald_write(struct job *j, const struct conf *c,
    const struct herald *h, struct buf *out) must_check;

#endif
