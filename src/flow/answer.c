#include "flow/answer_in.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "model/letter.h"
#include "model/question.h"
#include "text/ladder.h"
#include "text/mailer.h"
#include "text/rights.h"

enum { HASH8 = 8, STEPS = 4 };

/* What names one internal mail. */
struct name {
	char object[24]; /* of the reply address: d2, u1, n3, t1, q17, e */
	char *mid;
};

static bool
did(const struct brief *b, unsigned what)
{
	return (b->verdict->did & what) != 0;
}

static const struct event *
event_of(const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	return e->phase == PH_NONE ? NULL : e;
}

/* The question that this mail puts to its reader; NULL: none. */
static const struct question *
asked(const struct brief *b, const struct mailing *to)
{
	const struct verdict *v = b->verdict;

	if (v->has_also && to->person != NULL &&
	    text_ieq(to->person->slug, v->also.person))
		return &v->also;
	return brief_asks(b, to) ? &v->question : NULL;
}

/* ---- names ---- */

/* T1, set off by the mail itself. */
static bool
hands_off(const struct brief *b)
{
	const struct event *was = b->matter->event;

	return did(b, DID_HAND_OFF) && (was == NULL || was->handed_off == 0);
}

/*
 * Of what is called: by a timer's step; by T1, t1.1; by somebody's word, t1.2
 * and on, for whoever was called before is called again.
 */
static char *
call_part(struct job *j, const struct brief *b)
{
	const struct matter *m = b->matter;
	const struct timer *t = m->timer;
	int words = 2;

	if (t == NULL && hands_off(b))
		return arena_str(j->mem, "t1.1");
	for (size_t i = 0; i < m->n_climbs; i++)
		words += m->climbs[i].kind <= T_HAND_OFF;
	if (t == NULL)
		return arena_printf(j->mem, "t1.%d", words);
	return arena_printf(j->mem, "t%d.%d", t->kind,
	    t->step + STEPS * (t->round - 1));
}

char *
answer_receipt_part(struct job *j, const struct answer *a)
{
	return a->in == NULL ? arena_printf(j->mem, "e.%lld", (long long)j->now)
			     : arena_printf(j->mem, "rcpt.%.*s", HASH8,
				   a->in->envelope.sha);
}

/* The first of timer, draft, update, answer, note names a mail. */
static char *
part_of(struct job *j, const struct answer *a, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;

	if (b->matter->timer != NULL || hands_off(b) || to->form == FORM_PAGE)
		return call_part(j, b);
	if (asked(b, to) != NULL)
		return arena_printf(j->mem, "q%d", asked(b, to)->n);
	if (to->answer && did(b, DID_RESHOW))
		return answer_receipt_part(j, a);
	if (v->has_draft && to->form == FORM_PREVIEW)
		return arena_printf(j->mem, "d%d", v->draft.n);
	if (v->has_draft && to->check)
		return arena_printf(j->mem, "d%d.check", v->draft.n);
	if (v->has_post)
		return arena_printf(j->mem, "u%d.r%d.copy", v->post.u,
		    v->post.r);
	if (to->answer)
		return answer_receipt_part(j, a);
	if (v->has_note)
		return arena_printf(j->mem, "n%d", v->note.n);
	return arena_printf(j->mem, "copy.%s", answer_receipt_part(j, a));
}

/* A page shows its draft to those only who may publish it. */
static bool
may_answer(const struct mailing *to)
{
	return to->form != FORM_PAGE || to->person == NULL ||
	       rights_has(to->person->roles, RIGHT_APPROVE);
}

/* What a reply to this mail is about. */
static void
object_of(const struct brief *b, const struct mailing *to, char out[24])
{
	const struct verdict *v = b->verdict;
	int draft = v->draft.n;
	char kind = 'e';
	int n = 0;

	if (did(b, DID_RESHOW))
		draft = v->reshow.n;
	if (asked(b, to) != NULL) {
		kind = 'q';
		n = asked(b, to)->n;
	} else if (draft != 0 && may_answer(to) &&
		   (to->form >= FORM_PREVIEW || to->check ||
		       (to->answer && did(b, DID_RESHOW)))) {
		kind = 'd';
		n = draft;
	} else if (did(b, DID_OBJECT) && v->n_moves != 0) {
		kind = 'd';
		n = v->moves[0].n;
	} else if (brief_is_room(b, to)) {
		kind = 'w';
	} else if (to->form == FORM_PAGE || did(b, DID_RUNG)) {
		kind = 't';
		n = b->matter->timer == NULL ? 1 : b->matter->timer->kind;
	} else if (v->has_post) {
		kind = 'u';
		n = v->post.u;
	} else if (v->has_note && !to->answer) {
		kind = 'n';
		n = v->note.n;
	}
	if (kind == 'e' || kind == 'w')
		(void)snprintf(out, 24, "%c", kind);
	else
		(void)snprintf(out, 24, "%c%d", kind, n);
}

static struct name
name_of(struct job *j, const struct answer *a, const struct brief *b,
    const struct mailing *to)
{
	const struct event *e = event_of(b);
	char *part = part_of(j, a, b, to);
	struct name n;

	object_of(b, to, n.object);
	n.mid = e == NULL ? arena_printf(j->mem, "%s@%s", part, a->conf->host)
			  : arena_printf(j->mem, "%s.%s@%s",
				event_tag(j->mem, e), part, a->conf->host);
	return n;
}

/* ---- headers ---- */

static void
reply_to(struct job *j, struct mailer *m, const struct answer *a,
    const struct brief *b, const struct mailing *to, const char *object)
{
	const struct event *e = event_of(b);
	const char *tag = e == NULL ? "" : event_tag(j->mem, e);
	const char *display =
	    e == NULL ? "Status desk reply"
		      : arena_printf(j->mem, "%s reply", event_name(j->mem, e));
	const char *base = "incident", *local;

	if (object[0] == 'w' && !(b->verdict->room_did & ROOM_PUT))
		base = "warroom";
	/* Without an event only a question has an address of its own. */
	if (e == NULL && (to->person == NULL || object[0] != 'q'))
		return;
	if (to->person == NULL)
		local = arena_printf(j->mem, "%s+%s", base, tag);
	else
		local = arena_printf(j->mem, "%s+%s%s%s.%s", base, tag,
		    e == NULL ? "" : ".", object,
		    keys_reply(j, a->keys, tag, object, to->person->slug));
	mailer_mailbox(m, "Reply-To", display,
	    arena_printf(j->mem, "%s@%s", local, a->conf->domain));
}

bool
answer_can_name(const char *mid)
{
	for (const char *s = mid; *s != '\0'; s++)
		if ((unsigned char)*s <= 0x20 || (unsigned char)*s >= 0x7f)
			return false;
	return *mid != '\0';
}

static void
threading(struct job *j, struct mailer *m, const struct answer *a,
    const struct brief *b, const struct mailing *to)
{
	const struct event *e = event_of(b);
	const char *theirs =
	    b->message == NULL || !to->answer ? "" : b->message->mid;
	const char *root = e == NULL ? ""
				     : arena_printf(j->mem, "<%s@%s>",
					   event_tag(j->mem, e), a->conf->host);

	if (answer_can_name(theirs)) {
		mailer_headerf(m, "In-Reply-To", "<%s>", theirs);
		mailer_headerf(m, "References", "%s%s<%s>", root,
		    root[0] == '\0' ? "" : " ", theirs);
	} else if (root[0] != '\0')
		mailer_header(m, "References", root);
}

static const char *
address_of(const struct brief *b, const struct mailing *to)
{
	const struct sender *s = b->matter->sender;

	if (to->person == NULL)
		return to->address;
	/* What isn't proved is answered at the registered address. */
	if (to->answer && s != NULL && s->trust >= TRUST_A1 && !s->page_target)
		return s->address;
	return to->person->addresses[0];
}

static void
headers(struct job *j, struct mailer *m, const struct answer *a,
    const struct brief *b, const struct mailing *to)
{
	struct name n = name_of(j, a, b, to);
	const struct event *e = event_of(b);

	mailer_from(m, "From", a->conf->status_from);
	mailer_mailbox(m, "To", to->person == NULL ? "" : to->person->name,
	    address_of(b, to));
	reply_to(j, m, a, b, to, n.object);
	mailer_words(m, "Subject", brief_subject(j, b, to));
	mailer_header(m, "Date", when_rfc5322(j->mem, j->now));
	mailer_headerf(m, "Message-ID", "<%s>", n.mid);
	threading(j, m, a, b, to);
	mailer_header(m, "Auto-Submitted",
	    to->answer ? "auto-replied" : "auto-generated");
	mailer_header(m, "X-Auto-Response-Suppress", "All");
	if (e != NULL)
		mailer_header(m, "Sitrep-Event", event_name(j->mem, e));
	mailer_header(m, "Sitrep-Internal", "yes");
	if (to->answer)
		mailer_header(m, "Sitrep-Result", brief_result(j, b->verdict));
}

/* ---- letters ---- */

static enum status
queue(struct db *db, struct job *j, const struct letter *proto, char *raw,
    size_t n)
{
	struct letter l = *proto;

	l.raw = raw;
	l.n = n;
	l.list = "";
	l.sender = "";
	l.created = l.due = j->now;
	l.status = "waiting";
	l.reply = "";
	if (l.kind != LETTER_COMMAND && !text_is_address(l.recipient)) {
		log_warn("step=answer id=%s st=none why=address to=%s", j->id,
		    l.recipient);
		return ST_OK;
	}
	return letter_add(db, j, &l);
}

enum status
answer_end(struct mailer *m, struct job *j, const struct letter *proto,
    struct db *db)
{
	char *raw;
	size_t n;
	enum status st = mailer_end(m, j, &raw, &n);

	if (st == ST_OK)
		return queue(db, j, proto, raw, n);
	if (st != ST_PERM)
		return st;
	log_fail("step=answer id=%s mid=%s error=%s", j->id, proto->mid,
	    j->why);
	job_forget(j);
	return ST_OK;
}

/* Nothing at all was done: his mail goes back whole, so nothing is lost. */
static bool
gives_back(const struct answer *a, const struct brief *b,
    const struct mailing *to)
{
	const unsigned harmless = DID_UNSORTED;

	return to->answer && a->in != NULL && !a->in->envelope.cut &&
	       b->verdict->n_findings != 0 &&
	       (b->verdict->did & ~harmless) == 0;
}

static enum status
mail(struct db *db, struct job *j, const struct answer *a,
    const struct brief *b, const struct mailing *to)
{
	struct mailer m = MAILER_INIT;
	char *body = brief_body(j, b, to);
	const struct letter l = {
		.kind = to->form == FORM_PAGE ? LETTER_PAGE : LETTER_MAIL,
		.event = b->verdict->event.id,
		.post = b->verdict->has_post ? b->verdict->post.id : 0,
		.person = to->person == NULL ? "" : to->person->slug,
		.recipient = address_of(b, to),
		.mid = name_of(j, a, b, to).mid,
	};

	headers(j, &m, a, b, to);
	if (gives_back(a, b, to))
		mailer_original(&m, body, a->in->envelope.raw,
		    a->in->envelope.n);
	else
		mailer_text(&m, body);
	return answer_end(&m, j, &l, db);
}

/* A pager gets a line; its answer comes to the short address. */
static enum status
pager(struct db *db, struct job *j, const struct answer *a,
    const struct brief *b, const struct mailing *to, const char *target)
{
	const struct event *e = &b->verdict->event;
	char *part = call_part(j, b), *tag = event_tag(j->mem, e);
	char *reply = arena_printf(j->mem, "p.%s@%s",
	    keys_page(j, a->keys, tag, "t1", to->person->slug),
	    a->conf->domain);
	char *line = brief_page(j, b, reply);
	struct mailer m = MAILER_INIT;
	struct letter l = {
		.kind = target[0] == '|' ? LETTER_COMMAND : LETTER_PAGE,
		.event = e->id,
		.person = to->person->slug,
		.recipient = target,
		.mid = arena_printf(j->mem, "%s.%s.page@%s", tag, part,
		    a->conf->host),
	};

	mailer_from(&m, "From", a->conf->status_from);
	mailer_header(&m, "To",
	    target[0] == '|' ? to->person->addresses[0] : target);
	mailer_header(&m, "Reply-To", reply);
	mailer_words(&m, "Subject", line);
	mailer_header(&m, "Date", when_rfc5322(j->mem, j->now));
	mailer_headerf(&m, "Message-ID", "<%s>", l.mid);
	mailer_header(&m, "Auto-Submitted", "auto-generated");
	mailer_header(&m, "Sitrep-Event", event_name(j->mem, e));
	mailer_header(&m, "Sitrep-Internal", "yes");
	mailer_text(&m, arena_printf(j->mem, "%s\n", line));
	return answer_end(&m, j, &l, db);
}

static enum status
pages(struct db *db, struct job *j, const struct answer *a,
    const struct brief *b, const struct mailing *to)
{
	enum status st = ST_OK;

	/* SEV4 is mailed, never paged. */
	if (to->form != FORM_PAGE || b->verdict->event.severity > 3)
		return ST_OK;
	for (size_t i = 0; i < to->person->n_page && st == ST_OK; i++)
		st = pager(db, j, a, b, to, to->person->page[i]);
	return st;
}

/* What became of drafts that this reader knows of. */
static enum status
overtaken(struct db *db, struct job *j, const struct mailing *to,
    struct brief *b)
{
	int64_t event = b->verdict->event.id;
	int *all = NULL;
	enum status st = ST_OK;

	if (event != 0 && to->person != NULL)
		st = draft_overtaken(db, j, event, to->person->slug, &all,
		    &b->n_overtaken);
	b->overtaken = all;
	return st;
}

enum status
answer_letters(struct db *db, struct job *j, const struct answer *a,
    const struct brief *b)
{
	const struct verdict *v = b->verdict;
	enum status st = ST_OK;

	for (size_t i = 0; i < v->n_mailings && st == ST_OK; i++) {
		struct brief own = *b;

		st = overtaken(db, j, &v->mailings[i], &own);
		if (st == ST_OK)
			st = mail(db, j, a, &own, &v->mailings[i]);
		if (st == ST_OK)
			st = pages(db, j, a, &own, &v->mailings[i]);
	}
	return st;
}
