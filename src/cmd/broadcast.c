#include "cmd/broadcast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "flow/audience.h"
#include "flow/compose.h"
#include "flow/dlog.h"
#include "flow/notary.h"
#include "flow/texts.h"
#include "model/event_find.h"
#include "model/post.h"
#include "text/again.h"
#include "text/choice.h"
#include "text/eventid.h"

enum { SENDER_ROOM = 512, WHY = 320, SOON = 30 };
enum made { MADE_NOT, MADE_WELL, MADE_BAD };

struct broadcast {
	struct world *w;
	struct job job; /* until the end: letter, event */
	struct letter letter;
	const struct list *list;
	struct public_event event;
	size_t update;
	struct dlog *log;
	struct choice choice;
	bool follows; /* it goes on as another incident, whose choice is: */
	struct choice followed;
	struct dlog *had; /* earlier updates; NULL: nobody may be left out */
	struct audience *audience;
	const char **insiders; /* have it already, as slugs */
	size_t n_insiders;
	const struct recipient *batch;
	size_t n, at;
	struct job made; /* until the variants are forgotten: mails */
	struct mail mails[AUDIENCE_VARIANTS];
	enum made is_made[AUDIENCE_VARIANTS];
	size_t out;       /* copies on their way */
	bool read;        /* everybody was given */
	enum status stop; /* why no more is given: ST_OK: go on */
	bool fall;
	int64_t later, unmade, synced, removals;
	char why[WHY];
	char cant[WHY]; /* why copies couldn't be composed */
};

static void
note(struct broadcast *b, enum status st, const char *why)
{
	if (b->stop == ST_OK)
		b->stop = st;
	if (b->why[0] == '\0')
		(void)strncpy(b->why, why, sizeof b->why - 1);
}

/* ---- beginning ---- */

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
	for (b->update = 0; b->update < e->n_updates; b->update++)
		if (e->updates[b->update].u == u &&
		    e->updates[b->update].r == r)
			return ST_OK;
	return job_fail(j, ST_PERM, "its update isn't among the public ones");
}

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

/* Who gets the mails of the incident that it was merged into gets no other. */
static enum status
find_followed(struct broadcast *b, struct job *j)
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

/* Only who chose something could be left out of what he got the first of. */
static enum status
find_earlier(struct broadcast *b, struct job *j)
{
	int64_t *letters;
	size_t n;
	bool choosy;
	enum status st =
	    member_choosy(b->w->db, &b->job, b->letter.list, &choosy);

	if (st == ST_OK && choosy) {
		st = letter_before(b->w->db, &b->job, &b->letter, &letters, &n);
		if (st == ST_OK)
			st = dlog_look(&b->job, b->w->conf.state, letters, n,
			    &b->had);
	}
	return st == ST_OK ? st : job_fail(j, st, "%s", b->job.why);
}

static enum status
prepare(struct broadcast *b, struct job *j, const struct letter *l)
{
	enum status st;

	b->letter = *l;
	b->letter.list = arena_str(b->job.mem, l->list);
	b->list = conf_list(&b->w->conf, l->list);
	if (b->list == NULL)
		return job_fail(j, ST_PERM,
		    "the list %s isn't configured: put it back as %s/%s.conf",
		    l->list, b->w->conf.lists_dir, l->list);
	if ((st = dlog_open(j, b->w->conf.state, l->id, &b->log)) != ST_OK)
		return st;
	if ((st = post_removals(b->w->db, j, l->event, &b->removals)) !=
		ST_OK ||
	    (st = find_update(b, j)) != ST_OK ||
	    (st = read_texts(b, j)) != ST_OK ||
	    (st = find_insiders(b, j)) != ST_OK ||
	    (st = find_earlier(b, j)) != ST_OK ||
	    (st = find_followed(b, j)) != ST_OK)
		return st;
	choice_of(b->job.mem, &b->w->conf, &b->event, b->update, &b->choice);
	b->audience =
	    audience_new(b->letter.list, b->list->language, l->event, l->high);
	b->synced = j->now;
	b->fall = again_falls(j->now, l->first_failed);
	return ST_OK;
}

enum status
broadcast_open(struct world *w, struct job *j, const struct letter *l,
    struct broadcast **out)
{
	struct broadcast *b = calloc(1, sizeof *b);
	enum status st;

	if (b == NULL)
		die("out of memory for a broadcast");
	b->w = w;
	job_begin(&b->job, "broadcast", j->now);
	job_begin(&b->made, "compose", j->now);
	st = prepare(b, j, l);
	*out = st == ST_OK ? b : NULL;
	if (st != ST_OK)
		broadcast_free(b);
	return st;
}

void
broadcast_free(struct broadcast *b)
{
	if (b == NULL)
		return;
	audience_free(b->audience);
	dlog_close(b->log);
	dlog_close(b->had);
	job_end(&b->made);
	job_end(&b->job);
	free(b);
}

int64_t
broadcast_letter(const struct broadcast *b)
{
	return b->letter.id;
}

const char *
broadcast_cant(const struct broadcast *b)
{
	return b->cant;
}

/* ---- copies ---- */

static void
forget_mails(struct broadcast *b)
{
	audience_forget(b->audience);
	memset(b->is_made, 0, sizeof b->is_made);
	job_end(&b->made);
	job_begin(&b->made, "compose", b->job.now);
}

/* What was composed may hold a text that was removed meanwhile. */
static enum status
still_true(struct broadcast *b, struct job *j)
{
	int64_t n;
	enum status st = post_removals(b->w->db, j, b->letter.event, &n);

	if (st != ST_OK || n == b->removals)
		return st;
	return job_fail(j, ST_TEMP,
	    "a text was removed meanwhile: the rest goes without it");
}

/* false: nothing more can be given now. */
static bool
next_batch(struct broadcast *b)
{
	struct job j;
	enum status st;

	if (audience_full(b->audience)) {
		if (b->out != 0)
			return false; /* they still use the mails */
		forget_mails(b);
	}
	job_begin(&j, "broadcast", world_now(b->w));
	st = dlog_reserve(&j, b->log);
	if (st == ST_OK)
		st = still_true(b, &j);
	if (st == ST_OK)
		st = audience_next(b->w->db, &j, b->audience, &b->batch, &b->n);
	b->at = 0;
	if (st == ST_NONE)
		b->read = true;
	else if (st != ST_OK)
		note(b, st, j.why);
	job_end(&j);
	return st == ST_OK;
}

/* NULL: it can't be composed now, which keeps nobody else from theirs. */
static const struct mail *
mail_of(struct broadcast *b, size_t variant)
{
	enum status st;

	if (b->is_made[variant] == MADE_NOT) {
		job_forget(&b->made);
		st = compose_public(&b->made, &b->w->conf, b->list, &b->event,
		    b->update, audience_variant(b->audience, variant),
		    &b->mails[variant]);
		if (st == ST_OK)
			notary_seal_mail(&b->made, &b->w->keys,
			    &b->mails[variant]);
		b->is_made[variant] = st == ST_OK ? MADE_WELL : MADE_BAD;
		if (st != ST_OK && b->cant[0] == '\0')
			(void)strncpy(b->cant, b->made.why, sizeof b->cant - 1);
	}
	return b->is_made[variant] == MADE_WELL ? &b->mails[variant] : NULL;
}

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

static void
give(struct broadcast *b, struct courier *c, const struct recipient *r,
    uint64_t tag)
{
	char sender[SENDER_ROOM], bounce[TOKEN_BOUNCE + 1];
	char unsubscribe[TOKEN_LIST + 1];
	const char *name = b->letter.list;
	struct parcel p = { .tag = tag, .relay = -1, .fall = b->fall };

	if ((p.mail = mail_of(b, r->variant)) == NULL) {
		b->unmade++;
		return;
	}
	keys_bounce(&b->w->keys, name, r->member, b->letter.id, bounce);
	keys_unsubscribe(&b->w->keys, name, r->member, unsubscribe);
	(void)snprintf(sender, sizeof sender, "%s-bounces%s%s@%s", name,
	    b->w->conf.delimiter, bounce, b->w->conf.domain);
	p.copy = (struct copy){ .member = r->member,
		.to = r->address,
		.sender = sender,
		.unsubscribe = unsubscribe };
	courier_add(c, &p);
	b->out++;
}

/* By what he chose; what he follows is this one alone. */
static bool
gets_followed(const struct broadcast *b, const struct member *who, int64_t now)
{
	struct member m = *who;

	m.follows = false;
	return b->follows && choice_wants(&b->followed, &m, false, now);
}

/* Not done yet, and it is of what he chose. */
static bool
is_meant(const struct broadcast *b, const struct recipient *r, int64_t now)
{
	bool had = b->had != NULL && dlog_done(b->had, r->member);

	return !dlog_done(b->log, r->member) && !gets_followed(b, r->is, now) &&
	       choice_wants(&b->choice, r->is, had, now) &&
	       !is_insider(b, r->address);
}

void
broadcast_feed(struct broadcast *b, struct courier *c, uint64_t tag,
    size_t leave)
{
	int64_t now = world_now(b->w);

	while (b->stop == ST_OK && !b->read && courier_room(c) > leave) {
		const struct recipient *r;

		if (b->at == b->n && !next_batch(b))
			return;
		if (b->at == b->n)
			continue;
		r = &b->batch[b->at++];
		if (is_meant(b, r, now))
			give(b, c, r, tag);
	}
}

void
broadcast_outcome(struct broadcast *b, const struct outcome *o, int64_t now)
{
	b->out--;
	if (o->fate == FATE_UNSENT) {
		note(b, ST_TEMP, o->reply); /* nobody else would get through */
		return;
	}
	dlog_add(b->log, o->member, now, o->code, o->reply);
	if (o->fate != FATE_LATER)
		return;
	b->later++;
	if (b->why[0] == '\0')
		(void)strncpy(b->why, o->reply, sizeof b->why - 1);
}

/* A copy is only safe from being sent again once its line is on the disk. */
void
broadcast_write(struct broadcast *b, int64_t now)
{
	struct job j;
	bool sync = now != b->synced || broadcast_over(b);

	job_begin(&j, "broadcast", now);
	if (dlog_write(&j, b->log, sync) != ST_OK)
		note(b, ST_TEMP, j.why);
	else if (sync)
		b->synced = now;
	job_end(&j);
}

bool
broadcast_over(const struct broadcast *b)
{
	return b->out == 0 && (b->read || b->stop != ST_OK);
}

/* ---- end ---- */

static enum status
put_off(struct broadcast *b, struct job *j, const char *counts)
{
	int64_t due = 0;
	const char *reply;

	reply = arena_printf(j->mem, "%s so far; %s", counts,
	    b->unmade != 0 ? b->cant : b->why);
	/* What a person has to mend takes as long as that does. */
	if (b->unmade == 0 &&
	    !again_due(j->now, b->letter.first_failed, &due)) {
		log_fail("step=courier letter=%lld st=failed reply=%s",
		    (long long)b->letter.id, reply);
		return letter_failed(b->w->db, j, b->letter.id, reply);
	}
	/* Nobody was asked, which is cheap to try; or it's mended any time. */
	if (b->later == 0 || b->unmade != 0)
		due = j->now + SOON;
	log_note("step=courier letter=%lld st=later reply=%s",
	    (long long)b->letter.id, reply);
	if (letter_later(b->w->db, j, &b->letter, due, reply) != ST_OK)
		log_fail("step=courier letter=%lld error=%s",
		    (long long)b->letter.id, j->why);
	return ST_TEMP;
}

enum status
broadcast_finish(struct broadcast *b, struct job *j)
{
	const char *counts = arena_printf(j->mem, "%lld taken, %lld refused",
	    (long long)dlog_taken(b->log), (long long)dlog_refused(b->log));

	if (b->stop != ST_OK || b->later != 0 || b->unmade != 0)
		return put_off(b, j, counts);
	log_note("step=courier letter=%lld list=%s st=sent reply=%s",
	    (long long)b->letter.id, b->letter.list, counts);
	return letter_sent(b->w->db, j, b->letter.id, counts);
}
