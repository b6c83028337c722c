/*
 * Where a mail belongs (specification, section 3.2): the kind of address it
 * came to, the event, whether it is a real reply, and whose token its reply
 * address carries.  Every hit is computed, the first in the order of enum hit
 * wins.
 *
 * A closed event's reply addresses end 30 days after it closed: their tokens
 * are then nobody's.
 *
 * ST_OK, or ST_TEMP: the store refused.  What was named and isn't there is
 * said in *out, not by the status.
 */
#ifndef FLOW_ROUTE_H
#define FLOW_ROUTE_H

#include "ext/db.h"
#include "model/inbox.h"
#include "model/keys.h"
#include "model/message.h"
#include "model/request.h"
#include "model/route.h"
#include "model/sender.h"

struct route_ask {
	const struct conf *conf;
	const struct keys *keys; /* NULL: no token is good (explain) */
	const struct message *message;
	const struct envelope *envelope;
	const struct sender *sender;
	const struct request *request;
};

enum status route_find(struct db *db, struct job *j, const struct route_ask *q,
    struct route *out) must_check;
/* The same without a store (explain): no event is ever found. */
void route_place(struct job *j, const struct route_ask *q, struct route *out);

#endif
