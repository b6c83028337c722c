/*
 * What a broadcast tells and to whom: an update, the issue of a digest, or to
 * members whom an import brought that they are here.
 */
#include "base/text.h"
#include "cmd/broadcast_in.h"
#include "flow/arrival.h"
#include "flow/compose.h"
#include "flow/texts.h"
#include "model/post.h"
#include "model/post_find.h"
#include "text/posting.h"

/* ---- what it is made of ---- */

static enum status
find_update(struct broadcast *b, struct job *j)
{
	const struct public_event *e = &b->event;
	int64_t event;
	int u, r;
	enum status st =
	    post_where(b->w->db, &b->job, b->letter.post, &event, &u, &r);

	if (st == ST_OK)
		st = post_public_event(b->w->db, &b->job, &b->w->conf, event,
		    &b->event);
	if (st == ST_NONE)
		return job_fail(j, ST_PERM, "its post is gone");
	if (st != ST_OK)
		return job_fail(j, st, "%s", b->job.why);
	if ((b->update = posting_place(e, u, r)) == e->n_updates)
		return job_fail(j, ST_PERM,
		    "its update isn't among the public ones");
	return ST_OK;
}

static enum status
read_texts(struct broadcast *b, struct job *j)
{
	struct public_event *e = &b->event;
	enum status st = texts_read(&b->job, &b->w->conf.limits, &e, 1);

	return st == ST_OK ? st : job_fail(j, st, "%s", b->job.why);
}

static enum status
find_insiders(struct broadcast *b, struct job *j)
{
	const struct letter *l = &b->letter;
	enum status st = ST_OK;

	if (!b->w->conf.own_copies)
		st = letter_insiders(b->w->db, &b->job, l->event, l->post,
		    &b->insiders, &b->n_insiders);
	return st == ST_OK ? st : job_fail(j, st, "%s", b->job.why);
}

static enum status
prepare_update(struct broadcast *b, struct job *j)
{
	enum status st;

	if ((st = find_update(b, j)) != ST_OK ||
	    (!b->looks && (st = read_texts(b, j)) != ST_OK) ||
	    (st = find_insiders(b, j)) != ST_OK ||
	    (st = broadcast_find_followed(b, j)) != ST_OK)
		return st;
	st = fair_open(b->w, &b->job, &b->letter, &b->event, b->update,
	    &b->fair);
	return st == ST_OK ? st : job_fail(j, st, "%s", b->job.why);
}

static enum status
prepare_issue(struct broadcast *b, struct job *j)
{
	enum status st =
	    issue_letter_open(b->w, &b->job, b->letter.mid, &b->issue);

	return st == ST_OK ? st : job_fail(j, st, "%s", b->job.why);
}

enum status
broadcast_find_matter(struct broadcast *b, struct job *j)
{
	if (b->of == OF_ISSUE)
		return prepare_issue(b, j);
	return b->of == OF_UPDATE ? prepare_update(b, j) : ST_OK;
}

enum status
broadcast_removals(const struct broadcast *b, struct job *j, int64_t *n)
{
	return b->of == OF_UPDATE
		   ? post_removals(b->w->db, j, b->letter.event, n)
		   : post_removed_since(b->w->db, j, 0, n);
}

/* ---- a mail of it ---- */

enum status
broadcast_compose(struct broadcast *b, const struct variant *v,
    struct mail *out)
{
	if (b->of == OF_ISSUE)
		return issue_letter_compose(b->w, &b->made, b->list, &b->issue,
		    v, out);
	if (b->of == OF_ARRIVALS)
		return arrivals_compose(b->w, &b->made, b->list, &b->letter, v,
		    out);
	return compose_public(&b->made, &b->w->conf, b->list, &b->event,
	    b->update, v, out);
}

/* ---- who gets it ---- */

/* One of us, who has the internal form of it. */
static bool
is_insider(const struct broadcast *b, const char *address)
{
	for (size_t i = 0; i < b->n_insiders; i++) {
		const struct person *p =
		    conf_person(&b->w->conf, b->insiders[i]);

		for (size_t k = 0; p != NULL && k < p->n_addresses; k++)
			if (text_ieq(p->addresses[k], address))
				return true;
	}
	return false;
}

bool
broadcast_is_meant(const struct broadcast *b, const struct recipient *r,
    int64_t now)
{
	if (dlog_done(b->log, r->member))
		return false;
	if (b->of == OF_ISSUE)
		return issue_letter_wanted(b->w, &b->issue, r->is, now);
	if (b->of == OF_ARRIVALS)
		return arrival_wanted(&b->letter, r->is);
	return !broadcast_gets_followed(b, r->is, now) &&
	       fair_wants(b->fair, r, now) && !is_insider(b, r->address);
}
