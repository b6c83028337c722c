#include "flow/forward.h"

#include "model/letter.h"

enum status
forward_to_owner(struct db *db, struct job *j, const struct conf *c,
    const struct letter_in *in)
{
	const struct letter l = {
		.kind = LETTER_FORWARD,
		.list = "",
		.person = "",
		.recipient = c->owner,
		.sender = in->envelope.from,
		.mid = arena_printf(j->mem, "forward.%lld@%s",
		    (long long)in->id, c->host),
		.message = in->id,
		.created = j->now,
		.due = j->now,
		.status = "waiting",
		.reply = "",
	};

	return letter_add(db, j, &l);
}
