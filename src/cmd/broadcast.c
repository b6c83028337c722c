#include "cmd/broadcast_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/line.h"
#include "base/log.h"
#include "base/when.h"
#include "flow/notary.h"
#include "text/again.h"
#include "text/domains.h"

enum {
	SENDER_ROOM = 512,
	SOON = 30,
	HELD_SOON = 10,
	HELD_MS = 20 * 1000, /* what is held waits so long after the last */
};

void
broadcast_note(struct broadcast *b, enum status st, const char *why)
{
	if (b->stop == ST_OK)
		b->stop = st;
	if (b->why[0] == '\0')
		(void)strncpy(b->why, why, sizeof b->why - 1);
}

/* ---- beginning ---- */

static enum status
open_log(struct broadcast *b, struct job *j)
{
	const char *state = b->w->conf.state;

	return b->looks ? dlog_look(j, state, &b->letter.id, 1, &b->log)
			: dlog_open(j, state, b->letter.id, &b->log);
}

static void
find_audience(struct broadcast *b)
{
	const struct letter *l = &b->letter;

	b->audience =
	    audience_new(l->list, b->list->language, l->event, l->high);
	if (b->of == OF_ISSUE)
		audience_of_digest(b->audience);
	if (b->of == OF_ARRIVALS)
		audience_from(b->audience, l->first);
}

static enum status
prepare(struct broadcast *b, struct job *j, const struct letter *l)
{
	enum status st;

	b->of = l->post != 0    ? OF_UPDATE
		: l->first != 0 ? OF_ARRIVALS
				: OF_ISSUE;
	b->letter = *l;
	b->letter.list = arena_str(b->job.mem, l->list);
	b->letter.mid = arena_str(b->job.mem, l->mid);
	b->list = conf_list(&b->w->conf, l->list);
	if (b->list == NULL)
		return job_fail(j, ST_PERM,
		    "the list %s isn't configured: put it back as %s/%s.conf",
		    l->list, b->w->conf.lists_dir, l->list);
	if ((st = open_log(b, j)) != ST_OK)
		return st;
	if ((st = broadcast_removals(b, j, &b->removals)) != ST_OK)
		return st;
	if ((st = broadcast_find_matter(b, j)) != ST_OK)
		return st;
	find_audience(b);
	b->synced = j->now;
	b->fall = again_falls(j->now, l->first_failed);
	return ST_OK;
}

static enum status
begin(struct world *w, struct job *j, const struct letter *l, bool looks,
    struct broadcast **out)
{
	struct broadcast *b = calloc(1, sizeof *b);
	enum status st;

	if (b == NULL)
		die("out of memory for a broadcast");
	b->w = w;
	b->looks = looks;
	b->refused = refused_new();
	b->held = held_copies_new();
	job_begin(&b->job, "broadcast", j->now);
	job_begin(&b->made, "compose", j->now);
	st = prepare(b, j, l);
	*out = st == ST_OK ? b : NULL;
	if (st != ST_OK)
		broadcast_free(b);
	return st;
}

enum status
broadcast_open(struct world *w, struct job *j, const struct letter *l,
    struct broadcast **out)
{
	return begin(w, j, l, false, out);
}

void
broadcast_free(struct broadcast *b)
{
	if (b == NULL)
		return;
	audience_free(b->audience);
	dlog_close(b->log);
	refused_free(b->refused);
	held_copies_free(b->held);
	fair_close(b->fair);
	job_end(&b->made);
	job_end(&b->job);
	free(b);
}

int64_t
broadcast_letter(const struct broadcast *b)
{
	return b->letter.id;
}

const struct letter *
broadcast_of(const struct broadcast *b)
{
	return &b->letter;
}

const char *
broadcast_cant(const struct broadcast *b)
{
	return b->cant;
}

void
broadcast_count(const struct broadcast *b, struct broadcast_counts *out)
{
	*out = (struct broadcast_counts){ dlog_taken(b->log),
		dlog_refused(b->log), b->later };
}

void
broadcast_yield(struct broadcast *b)
{
	if (b->stop == ST_OK)
		b->yields = true;
	broadcast_note(b, ST_TEMP, "another one goes first");
}

/* ---- copies ---- */

void
broadcast_forget_mails(struct broadcast *b)
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
	enum status st = broadcast_removals(b, j, &n);

	if (st != ST_OK || n == b->removals)
		return st;
	return job_fail(j, ST_TEMP,
	    "a text was removed meanwhile: the rest goes without it");
}

enum status
broadcast_ready(struct broadcast *b, struct job *j)
{
	enum status st = dlog_reserve(j, b->log);

	return st == ST_OK ? still_true(b, j) : st;
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
		broadcast_forget_mails(b);
	}
	job_begin(&j, "broadcast", world_now(b->w));
	st = broadcast_ready(b, &j);
	if (st == ST_OK)
		st = audience_next(b->w->db, &j, b->audience, &b->batch, &b->n);
	if (st == ST_OK)
		st = fair_batch(b->fair, &j, b->batch, b->n);
	b->at = 0;
	if (st == ST_NONE)
		b->read = true;
	else if (st != ST_OK)
		broadcast_note(b, st, j.why);
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
		st = broadcast_compose(b,
		    audience_variant(b->audience, variant), &b->mails[variant]);
		if (st == ST_OK)
			notary_seal_mail(&b->made, &b->w->keys,
			    &b->mails[variant]);
		b->is_made[variant] = st == ST_OK ? MADE_WELL : MADE_BAD;
		if (st != ST_OK && b->cant[0] == '\0')
			(void)strncpy(b->cant, b->made.why, sizeof b->cant - 1);
	}
	return b->is_made[variant] == MADE_WELL ? &b->mails[variant] : NULL;
}

void
broadcast_give(struct broadcast *b, const struct giving *g,
    const struct recipient *r)
{
	char sender[SENDER_ROOM], bounce[TOKEN_BOUNCE + 1];
	char unsubscribe[TOKEN_LIST + 1];
	struct line l;
	const char *name = b->letter.list;
	struct parcel p = { .tag = g->tag,
		.letter = b->letter.id,
		.relay = -1,
		.fall = b->fall };

	if ((p.mail = mail_of(b, r->variant)) == NULL) {
		b->unmade++;
		return;
	}
	keys_bounce(&b->w->keys, name, r->member, b->letter.id, bounce);
	keys_unsubscribe(&b->w->keys, name, r->member, unsubscribe);
	line_begin(&l, sender, sizeof sender);
	line_str(&l, name);
	line_str(&l, "-bounces");
	line_str(&l, b->w->conf.delimiter);
	line_str(&l, bounce);
	line_str(&l, "@");
	line_str(&l, b->w->conf.domain);
	p.copy = (struct copy){ .member = r->member,
		.to = r->address,
		.sender = sender,
		.unsubscribe = unsubscribe };
	courier_add(g->to, &p);
	b->out++;
}

bool
broadcast_may_give(const struct broadcast *b, const struct giving *g)
{
	return b->stop == ST_OK && courier_room(g->to) > g->leave;
}

/* ---- giving ---- */

static void
feed_next(struct broadcast *b, const struct giving *g)
{
	const struct recipient *r = &b->batch[b->at++];
	int domain;

	if (!broadcast_is_meant(b, r, g->now))
		return;
	domain = domains_find(b->w->domains, domains_of(r->address));
	if (domain < 0 || broadcast_may_go(b, g, domain))
		broadcast_give(b, g, r);
	else
		broadcast_hold(b, r->member, domain);
}

/* What is known of the batch, after others were asked about. */
static void
come_back(struct broadcast *b, int64_t now)
{
	struct job j;
	enum status st;

	if (!b->strayed || b->at == b->n)
		return;
	job_begin(&j, "broadcast", now);
	st = fair_batch(b->fair, &j, b->batch + b->at, b->n - b->at);
	if (st != ST_OK)
		broadcast_note(b, st, j.why);
	job_end(&j);
	b->strayed = false;
}

void
broadcast_feed(struct broadcast *b, struct courier *c, uint64_t tag,
    size_t leave)
{
	const struct giving g = { c, tag, leave, world_now(b->w),
		when_steady() };

	if (!b->read)
		b->held_until = g.ms + HELD_MS;
	broadcast_feed_held(b, &g);
	come_back(b, g.now);
	while (!b->read && broadcast_may_give(b, &g)) {
		if (b->at == b->n && !next_batch(b))
			break;
		if (b->at != b->n)
			feed_next(b, &g);
	}
	if (b->stop != ST_OK || g.ms > b->held_until)
		broadcast_let_go(b);
}

void
broadcast_outcome(struct broadcast *b, const struct outcome *o,
    const char *server, int64_t now)
{
	const struct dlog_line line = { o->member, now, o->code, server,
		o->reply };

	b->out--;
	if (o->fate == FATE_UNSENT) {
		broadcast_note(b, ST_TEMP,
		    o->reply); /* nobody else would get through */
		return;
	}
	if (domains_said(b->w->domains, o->to, o->code, o->reply,
		when_steady()))
		log_note("step=courier domain=%s st=slower at-a-time=%u "
			 "reply=%s",
		    domains_of(o->to),
		    domains_limit(b->w->domains, domains_of(o->to)), o->reply);
	dlog_add(b->log, &line);
	refused_note(b->refused, o);
	if (o->fate != FATE_LATER)
		return;
	b->later++;
	if (b->why[0] == '\0' && o->code != 0)
		(void)snprintf(b->why, sizeof b->why, "%d %s", o->code,
		    o->reply);
	else if (b->why[0] == '\0')
		(void)snprintf(b->why, sizeof b->why, "%s", o->reply);
}

/* Before their lines: a line is what keeps a copy from being asked again. */
static void
score(struct broadcast *b, int64_t now)
{
	struct job j;

	if (refused_n(b->refused) == 0)
		return;
	job_begin(&j, "refused", now);
	if (refused_score(b->refused, b->w, &j, &b->letter, b->list) != ST_OK)
		log_fail("step=courier letter=%lld refused error=%s",
		    (long long)b->letter.id, j.why);
	job_end(&j);
}

/* A copy is only safe from being sent again once its line is on the disk. */
void
broadcast_write(struct broadcast *b, int64_t now)
{
	struct job j;
	bool sync = now != b->synced || broadcast_over(b);

	job_leave(&b->job, 0); /* who read its texts has ended long ago */
	score(b, now);
	job_begin(&j, "broadcast", now);
	if (dlog_write(&j, b->log, sync) != ST_OK)
		broadcast_note(b, ST_TEMP, j.why);
	else if (sync)
		b->synced = now;
	job_end(&j);
}

bool
broadcast_over(const struct broadcast *b)
{
	bool rest = !b->read || held_copies_n(b->held) != 0;

	return b->out == 0 && (!rest || b->stop != ST_OK);
}

/* ---- end ---- */

static enum status
put_off(struct broadcast *b, struct job *j, const char *counts)
{
	int64_t due = 0;
	const char *reply;

	reply = arena_printf(j->mem, "%s so far; %s", counts,
	    b->unmade != 0 ? b->cant
	    : b->why[0] != '\0'
		? b->why
		: arena_printf(j->mem, "%lld wait, their domains take fewer",
		      (long long)b->passed));
	/* What a person has to mend takes as long as that does. */
	if (b->unmade == 0 &&
	    !again_copies_due(j->now, b->letter.first_failed, &due)) {
		log_fail("step=courier letter=%lld st=failed reply=%s",
		    (long long)b->letter.id, reply);
		return letter_failed(b->w->db, j, b->letter.id, reply);
	}
	/* Nobody was asked, which is cheap to try; or it's mended any time. */
	if (b->passed != 0)
		due = j->now + HELD_SOON;
	else if (b->later == 0 || b->unmade != 0)
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
	enum status st;

	if (b->yields && b->unmade == 0)
		return ST_OK;
	if (b->stop != ST_OK || b->later != 0 || b->unmade != 0 ||
	    b->passed != 0)
		return put_off(b, j, counts);
	log_note("step=courier letter=%lld list=%s st=sent reply=%s",
	    (long long)b->letter.id, b->letter.list, counts);
	st = letter_sent_all(b->w->db, j, &b->letter, counts);
	return st == ST_NONE ? ST_OK : st; /* then it is due still */
}

/* ---- for people ---- */

enum status
broadcast_left(struct world *w, struct job *j, const struct letter *l,
    int64_t *out)
{
	struct broadcast *b;
	enum status st = begin(w, j, l, true, &b);

	*out = 0;
	if (st != ST_OK)
		return st;
	while (st == ST_OK) {
		st = audience_next(w->db, j, b->audience, &b->batch, &b->n);
		if (st == ST_OK)
			st = fair_batch(b->fair, j, b->batch, b->n);
		for (size_t i = 0; i < b->n && st == ST_OK; i++)
			*out += broadcast_is_meant(b, &b->batch[i], j->now);
		if (audience_full(b->audience))
			audience_forget(b->audience);
	}
	broadcast_free(b);
	return st == ST_NONE ? ST_OK : st;
}
