/*
 * What an applied verdict is told with: the draft as it would go out, the new
 * notes, how many will get it; then the letters.
 */
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/handle.h"
#include "cmd/headcount.h"
#include "cmd/uncomposed.h"
#include "flow/answer.h"
#include "flow/compose.h"
#include "flow/report.h"
#include "flow/texts.h"
#include "model/held.h"
#include "model/letter.h"
#include "model/note.h"
#include "model/question.h"
#include "model/rehearsal.h"
#include "text/alarm.h"
#include "text/bare.h"
#include "text/drafting.h"
#include "text/eventid.h"
#include "text/posting.h"

enum { HELD_APART = 15 * 60 };

/* The update among those of e; the newest if it isn't there. */
static size_t
index_of(const struct public_event *e, int u, int r)
{
	size_t i = posting_place(e, u, r);

	return i < e->n_updates ? i : e->n_updates - 1;
}

/* The event as it will be once d is posted. */
static void
with_draft(struct world *w, struct job *j, const struct verdict *v,
    const struct post *p, struct public_event *e)
{
	struct public_update *all =
	    arena_array(j->mem, e->n_updates + 1, sizeof *all);

	for (size_t i = 0; i < e->n_updates; i++)
		all[i] = e->updates[i];
	e->updates = all;
	e->year = v->event.year;
	e->number = v->event.number;
	e->event = event_name(j->mem, &v->event);
	post_as_public(j, &w->conf, e->event, p, &all[e->n_updates]);
	all[e->n_updates].year = e->year;
	all[e->n_updates].number = e->number;
	all[e->n_updates].posted = 0;
	if (p->r == 1)
		all[e->n_updates].next_update = 0;
	for (size_t i = 0; i < e->n_updates; i++)
		if (all[i].u == p->u)
			all[e->n_updates].first_posted = all[i].first_posted;
	if (e->n_updates++ == 0)
		e->first_title = p->title;
	e->title = p->title;
	e->state = p->state;
	e->impact = p->impact;
	if (p->started != 0)
		e->started = p->started;
	e->ended = p->ended;
}

/*
 * A mistake in a template keeps nobody from a hand-off: its words are shown
 * without the form of the mail, and the administrator is told once.
 */
static enum status
unshown(struct world *w, struct job *j, const struct public_update *u,
    struct brief *b)
{
	const struct event *of = &b->verdict->event;
	const char *why = arena_str(j->mem, j->why);

	log_warn("step=tell id=%s preview=bare why=%s", j->id, why);
	job_forget(j);
	b->preview_subject = u->title;
	b->preview = bare_words(j->mem, u);
	b->unshown = true;
	return uncomposed_tell(w, j,
	    arena_printf(j->mem, "%s.preview", event_tag(j->mem, of)),
	    arena_printf(j->mem,
		"The preview of %s shows bare words:", event_name(j->mem, of)),
	    why);
}

static enum status
compose(struct world *w, struct job *j, struct public_event *e, size_t update,
    const struct promise *promise, struct brief *b)
{
	struct preview shown;
	enum status st = texts_read(j, &w->conf.limits, &e, 1);

	if (st != ST_OK)
		return st;
	st = compose_preview(j, &w->conf, e, update, promise, &shown);
	if (st == ST_PERM)
		return unshown(w, j, &e->updates[update], b);
	if (st == ST_OK) {
		b->preview = shown.text;
		b->preview_subject = shown.subject;
	}
	return st;
}

/* The event as the public sees it, or would if this were no drill. */
static enum status
so_far(struct world *w, struct job *j, const struct event *e,
    struct public_event *out)
{
	return event_is_drill(e)
		   ? rehearsal_event(w->db, j, &w->conf, e, out)
		   : post_public_event(w->db, j, &w->conf, e->id, out);
}

/* The draft as one more update of the event. */
static enum status
draft_preview(struct world *w, struct job *j, const struct matter *m,
    const struct verdict *v, struct brief *b)
{
	const struct draft *d = v->did & DID_RESHOW ? &v->reshow : &v->draft;
	static const struct person nobody = { .slug = "" };
	static const struct sender program = { .person = &nobody };
	struct matter same = *m;
	struct public_event e;
	struct post p;
	enum status st = so_far(w, j, &v->event, &e);

	if (st != ST_OK && st != ST_NONE)
		return st;
	same.sender = &program;
	drafting_post(j, &same, &v->event, d, &p);
	st = headcount(w, j, d->notify && !d->typo, d->lists, &b->counts);
	if (st != ST_OK)
		return st;
	with_draft(w, j, v, &p, &e);
	return compose(w, j, &e, e.n_updates - 1, &d->promise, b);
}

static enum status
post_preview(struct world *w, struct job *j, const struct verdict *v,
    struct brief *b)
{
	struct public_event e;
	enum status st = so_far(w, j, &v->event, &e);

	if (st == ST_OK && event_is_drill(&v->event))
		st = headcount(w, j, v->broadcast, v->post.lists, &b->counts);
	if (st != ST_OK)
		return st;
	return compose(w, j, &e, index_of(&e, v->post.u, v->post.r), NULL, b);
}

static enum status
preview(struct world *w, struct job *j, const struct matter *m,
    const struct verdict *v, struct brief *b)
{
	bool draft = v->has_draft || (v->did & DID_RESHOW) ||
		     ((v->did & (DID_HAND_OFF | DID_RUNG)) && v->draft.n != 0);

	if (draft)
		return draft_preview(w, j, m, v, b);
	return v->has_post ? post_preview(w, j, v, b) : ST_OK;
}

/* Notes since the last post, for those who have to write the next. */
static enum status
fresh_notes(struct world *w, struct job *j, const struct matter *m,
    const struct verdict *v, struct brief *b)
{
	int64_t since = m->n_posts == 0 ? 0 : m->posts[m->n_posts - 1].posted;
	struct note *all;
	size_t n = 0, k = 0;
	enum status st;

	if (v->event.id == 0)
		return ST_OK;
	st = note_list(w->db, j, v->event.id, 0, &all, &n);
	for (size_t i = 0; i < n && st == ST_OK; i++)
		if (all[i].received >= since)
			all[k++] = all[i];
	b->notes = all;
	b->n_notes = k;
	return st;
}

/* ---- queries ---- */

static enum status
help_text(struct world *w, struct job *j, struct buf *out)
{
	char *path = arena_printf(j->mem, "%s/help", w->conf.templates);
	enum status st = file_read(j, path, LIMIT_CONF_FILE, out);

	return st == ST_NONE ? ST_OK : st;
}

static enum status
event_text(struct world *w, struct job *j, const struct matter *m,
    struct buf *out)
{
	if (m->event != NULL)
		return report_event(w->db, j, &w->conf, m->event->id, out);
	return report_open(w->db, j, &w->conf, out);
}

static enum status
query(struct world *w, struct job *j, const struct matter *m,
    const struct verdict *v, struct brief *b)
{
	struct buf out = BUF_INIT;
	enum status st = ST_OK;

	bool unsorted = (v->did & DID_UNSORTED) != 0;

	if (!unsorted && !(v->did & DID_QUERY))
		return ST_OK;
	if (unsorted || v->query == VERB_LIST)
		st = report_open(w->db, j, &w->conf, &out);
	else if (v->query == VERB_HELP)
		st = help_text(w, j, &out);
	else if (v->query == VERB_WHO)
		st = report_rota(w->db, j, &w->conf, &w->rota, &out);
	else
		st = event_text(w, j, m, &out);
	b->answer = arena_str(j->mem, out.data);
	buf_free(&out);
	return st;
}

/* ---- strangers ---- */

/* The first in fifteen minutes is passed on, the others go into a digest. */
static enum status
stranger(struct world *w, struct job *j, struct verdict *v)
{
	int64_t last = 0;
	enum status st = told_last(w->db, j, "held", "", &last);

	if (st == ST_OK && j->now - last < HELD_APART) {
		v->n_mailings = 0;
		return held_queue(w->db, j, v->question.n);
	}
	return st == ST_OK || st == ST_NONE ? told_add(w->db, j, "held", "")
					    : st;
}

/*
 * What bears a name of ours and failed the check is either forged or the
 * report of somebody whose mail server is broken: passed on at once, whatever
 * came before, unless it is a flood.
 */
static enum status
strangers(struct world *w, struct job *j, const struct matter *m,
    struct verdict *v)
{
	int64_t n = 0;
	enum status st;

	if (!(v->did & DID_HELD_MAIL))
		return ST_OK;
	if (m->sender->claimed == NULL || m->sender->proof != PROOF_FAIL)
		return stranger(w, j, v);
	st = told_count(w->db, j, "forged", "", j->now - HOUR, &n);
	if (st == ST_OK && n < LIMIT_FORGED)
		return told_add(w->db, j, "forged", "");
	v->n_mailings = 0;
	return st == ST_OK ? held_queue(w->db, j, v->question.n) : st;
}

/* ---- nobody on call ---- */

/* "Comms Two and Comms Lead": who was paged. */
static char *
paged(struct job *j, const struct verdict *v)
{
	char *s = arena_str(j->mem, "");

	for (size_t i = 0; i < v->n_mailings; i++)
		if (v->mailings[i].form == FORM_PAGE)
			s = arena_printf(j->mem, "%s%s%s", s,
			    s[0] == '\0' ? "" : " and ",
			    v->mailings[i].person->name);
	return s;
}

/* The administrator hears of it once for each event. */
static enum status
nobody(struct world *w, struct job *j, const struct matter *m,
    const struct verdict *v)
{
	struct notice n = { .to = w->conf.admin };
	const char *tag, *instead = paged(j, v);
	struct alarm a;
	int64_t last;
	enum status st;

	if (!m->people->gap || (instead[0] == '\0' && !(v->did & DID_HAND_OFF)))
		return ST_OK;
	tag = event_tag(j->mem, &v->event);
	st = told_last(w->db, j, "gap", tag, &last);
	if (st != ST_NONE)
		return st;
	if ((st = told_add(w->db, j, "gap", tag)) != ST_OK)
		return st;
	alarm_nobody(j, &w->conf, &v->event, instead, &a);
	n.subject = a.subject;
	n.body = a.body;
	n.part = arena_printf(j->mem, "%s.gap", tag);
	return answer_notice(w->db, j, &w->conf, &n);
}

/* ---- answers to answers ---- */

static bool
refers_to_us(const struct world *w, const struct message *msg)
{
	size_t n = strlen(w->conf.host);

	for (size_t i = 0; i < msg->n_refs; i++) {
		size_t len = strlen(msg->refs[i]);

		if (len > n && msg->refs[i][len - n - 1] == '@' &&
		    text_ieq(msg->refs[i] + len - n, w->conf.host))
			return true;
	}
	return false;
}

static void
drop_receipt(struct verdict *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n_mailings; i++)
		if (!v->mailings[i].answer)
			v->mailings[n++] = v->mailings[i];
	v->n_mailings = n;
}

/*
 * What a program answers to the mails of a war room would go round for ever
 * as well; people don't write once a minute for an hour.
 */
static enum status
minutes(struct world *w, struct job *j, const struct matter *m,
    struct verdict *v)
{
	int64_t n = 0;
	enum status st;

	if (v->room_did != ROOM_MINUTED)
		return ST_OK;
	st = told_count(w->db, j, "minute", m->sender->address, j->now - HOUR,
	    &n);
	if (st == ST_OK && n < LIMIT_MINUTES)
		return told_add(w->db, j, "minute", m->sender->address);
	v->n_mailings = 0;
	return st;
}

/*
 * A program that answers our answers and doesn't say that it is one would go
 * on for ever.  Replies in which nothing is asked for are answered so often a
 * day and no more; their notes are kept.
 */
static enum status
responders(struct world *w, struct job *j, const struct matter *m,
    struct verdict *v, const struct message *msg)
{
	const unsigned idle = DID_NOTE | DID_LATE | DID_UNSORTED | DID_RELATED;
	int64_t n = 0;
	enum status st;

	if (msg == NULL || m->sender == NULL || (v->did & ~idle) != 0 ||
	    v->has_question || v->answered != 0 || !refers_to_us(w, msg))
		return ST_OK;
	st =
	    told_count(w->db, j, "reply", m->sender->address, j->now - DAY, &n);
	if (st != ST_OK)
		return st;
	if (n < LIMIT_IDLE_ANSWERS)
		return told_add(w->db, j, "reply", m->sender->address);
	drop_receipt(v);
	return ST_OK;
}

/* ---- broadcasts ---- */

static enum status
broadcast(struct world *w, struct job *j, const struct verdict *v)
{
	const struct list **all = headcount_lists(&w->conf, j, v->post.lists);
	enum status st = ST_OK;

	for (size_t i = 0; all[i] != NULL && st == ST_OK; i++) {
		const struct list *l = all[i];
		const struct letter x = {
			.kind = LETTER_BROADCAST,
			.event = v->event.id,
			.post = v->post.id,
			.list = l->slug,
			.person = "",
			.recipient = "",
			.sender = "",
			.mid = arena_printf(j->mem, "%s.u%d.r%d.%s@%s",
			    event_tag(j->mem, &v->event), v->post.u, v->post.r,
			    l->slug, w->conf.host),
			.created = j->now,
			.due = j->now,
			.status = "waiting",
			.reply = "",
		};

		st = letter_add_broadcast(w->db, j, &x);
	}
	return st;
}

enum status
handle_tell(struct world *w, struct job *j, const struct matter *m,
    struct verdict *v, const struct message *msg, const struct letter_in *in)
{
	const struct answer a = { &w->conf, &w->keys, in };
	struct brief b = { .matter = m, .verdict = v, .message = msg };
	enum status st = ST_OK;

	if (v->has_post && v->broadcast && !event_is_drill(&v->event))
		st = broadcast(w, j, v);
	if (st == ST_OK && v->n_mailings != 0)
		st = preview(w, j, m, v, &b);
	if (st == ST_OK && v->has_post && v->post.kind == POST_REDACTED)
		st = letter_copies(w->db, j, v->event.id, v->post.u, &b.copies);
	if (st == ST_OK)
		st = fresh_notes(w, j, m, v, &b);
	if (st == ST_OK)
		st = query(w, j, m, v, &b);
	if (st == ST_OK)
		st = strangers(w, j, m, v);
	if (st == ST_OK)
		st = responders(w, j, m, v, msg);
	if (st == ST_OK)
		st = minutes(w, j, m, v);
	if (st == ST_OK && (v->did & DID_HELD_MAIL))
		st = answer_stranger(w->db, j, &a, m->sender, msg);
	if (st == ST_OK)
		st = nobody(w, j, m, v);
	return st == ST_OK ? answer_letters(w->db, j, &a, &b) : st;
}
