/*
 * An incident that was merged is followed as another: who gets the mails of
 * that one gets no mail that says so.
 */
#include "base/text.h"
#include "cmd/broadcast_in.h"
#include "model/event_find.h"
#include "model/post.h"
#include "text/eventid.h"

/* The list that the other's updates go to. */
static enum status
goes_on_here(struct broadcast *b, int64_t event, bool *out)
{
	struct post *posts;
	size_t n;
	enum status st = post_list(b->w->db, &b->job, event, &posts, &n);

	*out = st == ST_OK && n != 0 &&
	       (posts[n - 1].lists[0] == '\0' ||
		   text_among(posts[n - 1].lists, b->letter.list));
	return st;
}

enum status
broadcast_find_followed(struct broadcast *b, struct job *j)
{
	const struct public_update *u = &b->event.updates[b->update];
	struct public_event other;
	struct event_found found;
	struct eventid id;
	enum status st;

	if (u->kind != POST_MERGED || !eventid_read_full(u->reason, &id))
		return ST_OK;
	st = event_find_name(b->w->db, &b->job, eventid_kind_word(id.kind),
	    id.year, id.number, &found);
	if (st == ST_OK)
		st = goes_on_here(b, found.id, &b->follows);
	if (st == ST_OK && b->follows)
		st = post_public_event(b->w->db, &b->job, &b->w->conf, found.id,
		    &other);
	if (st == ST_OK && b->follows)
		choice_of(b->job.mem, &b->w->conf, &other, other.n_updates - 1,
		    &b->followed);
	return st <= ST_NONE ? ST_OK : job_fail(j, st, "%s", b->job.why);
}

/* What he follows by its number is this one alone. */
bool
broadcast_gets_followed(const struct broadcast *b, const struct member *who,
    int64_t now)
{
	struct member m = *who;

	m.follows = false;
	return b->follows && choice_wants(&b->followed, &m, false, now);
}
