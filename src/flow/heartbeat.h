/*
 * Mail silence (T14): the self-test through the whole loop, who is told when
 * it is lost, and its return.  All but heartbeat_due() are part of the
 * caller's transaction.
 *
 * A self-test goes to selftest+TOKEN@ through the first relay alone, and is
 * marked with a Sitrep-Self of ours, else it would be a loop.  An alarm goes
 * as a page, so over every relay at once, the second among them: to who is on
 * call for comms and to the administrator.
 */
#ifndef FLOW_HEARTBEAT_H
#define FLOW_HEARTBEAT_H

#include "ext/db.h"
#include "model/conf.h"
#include "model/keys.h"

struct heartbeat {
	const struct conf *conf;
	const struct keys *keys;
	const struct person *oncall; /* for comms; NULL: nobody */
};

/* When heartbeat_look() has something to do next; ST_NONE: never. */
enum status heartbeat_due(struct db *db, struct job *j, const struct conf *c,
    int64_t *due) must_check;
enum status heartbeat_look(struct db *db, struct job *j,
    const struct heartbeat *h) must_check;
/* One self-test, now. */
enum status heartbeat_send(struct db *db, struct job *j,
    const struct heartbeat *h, int64_t *id) must_check;
/* Self-test `id` came back.  ST_NONE: it wasn't on its way. */
enum status heartbeat_came(struct db *db, struct job *j,
    const struct heartbeat *h, int64_t id) must_check;
/* A letter that is a self-test. */
bool heartbeat_is(const struct conf *c, const char *recipient);

#endif
