#include "text/circle.h"

#include <string.h>

#include "base/buf.h"
#include "text/ladder.h"
#include "text/lint.h"
#include "text/rights.h"
#include "text/second.h"

struct row {
	unsigned did;
	struct {
		unsigned who;
		enum form form;
	} get[4];
};

#define N CIRCLE_N
#define C1 CIRCLE_C1
#define CT CIRCLE_CT
#define OWNER CIRCLE_OWNER

static const struct row rows[] = {
	/* clang-format off */
	{ DID_HAND_OFF,   { { N | C1 | CT | CIRCLE_L3_BIG, FORM_COPY } } },
	{ DID_CALL,       { { CIRCLE_CALLED, FORM_PAGE },
			    { N | C1 | CT, FORM_COPY } } },
	{ DID_TAKEN,      { { N, FORM_COPY } } },
	{ DID_ACK,        { { N, FORM_COPY } } },
	{ DID_NOTE,       { { N | OWNER | CIRCLE_WR, FORM_COPY } } },
	{ DID_FACTS,      { { OWNER, FORM_COPY } } },
	{ DID_OWNER,      { { N | OWNER | CIRCLE_FORMER, FORM_COPY } } },
	{ DID_NOT_YET,    { { OWNER, FORM_COPY } } },
	{ DID_VOID,       { { N | OWNER, FORM_COPY } } },
	{ DID_OBJECT,     { { OWNER | CIRCLE_APPROVER, FORM_COPY } } },
	{ DID_DISCARD,    { { CIRCLE_DRAFTER, FORM_COPY } } },
	{ DID_POST,       { { N | C1 | CT | CIRCLE_L2_BIG | CIRCLE_L3_BIG |
				CIRCLE_WR, FORM_PUBLISHED } } },
	{ DID_CORRECT,    { { N | C1 | CT | CIRCLE_L2 | CIRCLE_WR,
			      FORM_PUBLISHED } } },
	{ DID_SWAP,       { { CIRCLE_PARTIES, FORM_COPY } } },
	{ DID_HELD_MAIL,  { { CIRCLE_TOLD, FORM_PREVIEW } } },
	/* clang-format on */
};

/* What was done about a war room, and who hears of it. */
static const struct row room_rows[] = {
	/* clang-format off */
	{ ROOM_OPENED | ROOM_CLOSED,
	  { { N | C1 | CT | CIRCLE_L2 | CIRCLE_L3 | CIRCLE_WR, FORM_COPY } } },
	{ ROOM_SITREP | ROOM_MINUTED | ROOM_POSTS,
	  { { CIRCLE_WR, FORM_COPY } } },
	{ ROOM_JOINED,    { { CIRCLE_NAMED, FORM_COPY } } },
	{ ROOM_REFUSED,   { { CIRCLE_ASKER, FORM_COPY } } },
	/* clang-format on */
};

static struct mailing *
find(struct verdict *v, const struct person *p, const char *address)
{
	for (size_t i = 0; i < v->n_mailings; i++) {
		struct mailing *x = &v->mailings[i];

		if (p != NULL ? x->person == p
			      : x->person == NULL && address != NULL &&
				    strcmp(x->address, address) == 0)
			return x;
	}
	return NULL;
}

static struct mailing *
add(struct job *j, struct verdict *v, const struct person *p, enum form form)
{
	struct mailing *x = find(v, p, NULL);

	if (x == NULL) {
		v->mailings = arena_grow(j->mem, v->mailings, v->n_mailings,
		    sizeof *v->mailings);
		x = &v->mailings[v->n_mailings++];
		*x = (struct mailing){ .person = p, .form = form };
	}
	if (form > x->form)
		x->form = form;
	return x;
}

static void
crowd(struct job *j, struct verdict *v, const struct crowd *c, enum form form)
{
	for (size_t i = 0; i < c->n; i++)
		(void)add(j, v, c->persons[i], form);
}

static void
shift_list(struct job *j, const struct matter *m, struct verdict *v,
    enum form form)
{
	const char *address = m->conf->noc_list;

	if (address[0] == '\0' || find(v, NULL, address) != NULL)
		return;
	v->mailings =
	    arena_grow(j->mem, v->mailings, v->n_mailings, sizeof *v->mailings);
	v->mailings[v->n_mailings++] =
	    (struct mailing){ .address = address, .form = form };
}

static const struct person *
owner(const struct matter *m, const struct verdict *v)
{
	const struct person *p = conf_person(m->conf, v->event.owner);

	if (p != NULL ||
	    (v->event.handed_off == 0 && v->event.owner[0] == '\0'))
		return p;
	return m->people->oncall;
}

static const struct person *
approver(const struct matter *m, const struct verdict *v, const struct draft *x)
{
	const struct person *author = conf_person(m->conf, x->author);
	const struct person *p;

	if (author != NULL && rights_has(author->roles, RIGHT_APPROVE))
		return author;
	p = owner(m, v);
	return p == NULL ? m->people->oncall : p;
}

const struct person *
circle_approver(const struct matter *m, const struct verdict *v)
{
	return approver(m, v, &v->draft);
}

static void
one(struct job *j, struct verdict *v, const struct person *p, enum form form)
{
	if (p != NULL)
		(void)add(j, v, p, form);
}

/* Asked: the taker.  Settled: both.  Half agreed: nobody but who said so. */
static void
parties(struct job *j, const struct matter *m, struct verdict *v,
    enum form form)
{
	const struct swap *s = v->swaps;
	bool settled = s->refused != 0 || s->from != 0;

	if (settled)
		one(j, v, conf_person(m->conf, s->giver), form);
	if (settled || v->has_also)
		one(j, v, conf_person(m->conf, s->taker), form);
}

static void
with_role(struct job *j, const struct matter *m, struct verdict *v,
    unsigned role, enum form form)
{
	for (size_t i = 0; i < m->conf->n_persons; i++)
		if (m->conf->persons[i].roles & role)
			one(j, v, &m->conf->persons[i], form);
}

/* Levels are crowds that the rota names. */
static void
draw_levels(struct job *j, const struct matter *m, struct verdict *v,
    unsigned who, enum form form)
{
	const struct people *p = m->people;
	int severity = v->event.severity;

	if ((who & CIRCLE_L2) || ((who & CIRCLE_L2_BIG) && severity <= 2))
		crowd(j, v, &p->level2, form);
	if ((who & CIRCLE_L3) || ((who & CIRCLE_L3_BIG) && severity <= 1))
		crowd(j, v, &p->level3, form);
	if ((who & CIRCLE_BACKUP) && p->level2.n != 0)
		one(j, v, p->level2.persons[0], form);
	if (who & CIRCLE_CALLED)
		crowd(j, v, &v->called, form);
	if (who & CIRCLE_SECURITY)
		with_role(j, m, v, ROLE_SECURITY, form);
	if (who & CIRCLE_LEAD)
		with_role(j, m, v, ROLE_COMMS_LEAD, form);
}

/* Who may say the yes that the draft needs, but for what stops it anyway. */
static void
seconds(struct job *j, const struct matter *m, struct verdict *v,
    const struct draft *x, enum form form)
{
	const struct conf *c = m->conf;
	unsigned roles = second_roles(&v->event, x);

	if (!second_needed(c, &v->event, x) ||
	    lint_worst(v->marks, v->n_marks) == LINT_BLOCK)
		return;
	for (size_t i = 0; i < c->n_persons; i++)
		if ((c->persons[i].roles & roles) &&
		    second_may(c, &v->event, x, &c->persons[i]))
			one(j, v, &c->persons[i], form);
}

/* Those whom a draft concerns. */
static void
draw_drafts(struct job *j, const struct matter *m, struct verdict *v,
    unsigned who, enum form form)
{
	if ((who & CIRCLE_APPROVER) && v->n_moves != 0)
		one(j, v, approver(m, v, &v->moves[0]), form);
	if ((who & CIRCLE_DRAFTER) && v->n_moves != 0)
		one(j, v, conf_person(m->conf, v->moves[0].author), form);
	if ((who & CIRCLE_WAITED) && m->open_draft != NULL) {
		one(j, v, approver(m, v, m->open_draft), form);
		seconds(j, m, v, m->open_draft, form);
	}
}

/* NOC as a whole, or the one who knows most. */
static void
draw_noc(struct job *j, const struct matter *m, struct verdict *v, unsigned who,
    enum form form)
{
	const struct people *p = m->people;
	bool list = m->conf->noc_list[0] != '\0';

	if (who & N)
		crowd(j, v, &p->writers, form);
	if ((who & CIRCLE_FACTS) && p->last_noc != NULL)
		one(j, v, p->last_noc, form);
	else if ((who & CIRCLE_FACTS) && !list)
		crowd(j, v, &p->noc, form);
	if ((who & CIRCLE_TOLD) && !list)
		crowd(j, v, &p->noc, form);
	if (who & (N | CIRCLE_FACTS | CIRCLE_TOLD))
		shift_list(j, m, v, form);
}

/* The room as it is after; NULL: none is open. */
static const struct room *
room_of(const struct matter *m, const struct verdict *v)
{
	return v->has_room ? &v->room : m->room;
}

static bool
is_member(const struct room *r, const char *slug)
{
	for (size_t i = 0; r != NULL && i < r->n_members; i++)
		if (strcmp(r->members[i].person, slug) == 0)
			return true;
	return false;
}

static void
draw_members(struct job *j, const struct matter *m, struct verdict *v,
    const struct room *r, bool named, enum form form)
{
	for (size_t i = 0; i < r->n_members; i++) {
		const char *slug = r->members[i].person;
		const struct person *p = conf_person(m->conf, slug);

		if (p != NULL && !(named && is_member(m->room, slug)))
			add(j, v, p, form)->room = true;
	}
}

/* Until it is open a room has nobody in it. */
static void
draw_room(struct job *j, const struct matter *m, struct verdict *v,
    unsigned who, enum form form)
{
	const struct room *r = room_of(m, v);

	if (r == NULL)
		return;
	if (who & CIRCLE_ASKER)
		one(j, v, conf_person(m->conf, r->proposed_by), form);
	if (r->opened == 0)
		return;
	if (who & (CIRCLE_WR | CIRCLE_NAMED))
		draw_members(j, m, v, r, !(who & CIRCLE_WR), form);
	if (who & CIRCLE_CHAIR)
		one(j, v, conf_person(m->conf, r->chair), form);
	if (who & CIRCLE_SCRIBE)
		one(j, v, conf_person(m->conf, r->scribe), form);
}

/* Whom the last room named, else the owner. */
static const struct person *
reviewer(const struct matter *m, const struct verdict *v)
{
	const struct person *p = NULL;

	for (size_t i = 0; i < m->n_rooms; i++)
		if (m->rooms[i].review_by[0] != '\0')
			p = conf_person(m->conf, m->rooms[i].review_by);
	return p == NULL ? owner(m, v) : p;
}

static void
draw(struct job *j, const struct matter *m, struct verdict *v, unsigned who,
    enum form form)
{
	const struct people *p = m->people;

	draw_noc(j, m, v, who, form);
	if (who & (C1 | CIRCLE_TOLD))
		one(j, v, p->oncall, form);
	if (who & CT)
		crowd(j, v, &p->team, form);
	if (who & OWNER)
		one(j, v, owner(m, v), form);
	if ((who & CIRCLE_FORMER) && m->event != NULL)
		one(j, v, conf_person(m->conf, m->event->owner), form);
	if (who & CIRCLE_REVIEW)
		one(j, v, reviewer(m, v), form);
	draw_levels(j, m, v, who, form);
	draw_drafts(j, m, v, who, form);
	if (who & CIRCLE_PARTIES)
		parties(j, m, v, form);
	draw_room(j, m, v, who, form);
}

/* Those of NOC who know of it, else those on duty, may publish. */
static void
ask_noc(struct job *j, const struct matter *m, struct verdict *v)
{
	const struct crowd *c = &m->people->writers;
	bool any = false;

	for (size_t i = 0; i < c->n; i++) {
		if (!(c->persons[i]->roles & ROLE_NOC))
			continue;
		one(j, v, c->persons[i], FORM_PREVIEW);
		any = true;
	}
	if (!any)
		crowd(j, v, &m->people->noc, FORM_PREVIEW);
}

/* A step of a timer; whom a level has answered is told and not paged. */
static void
draw_rung(struct job *j, const struct matter *m, struct verdict *v)
{
	const struct rung *r = ladder_rung(m->timer->kind, m->timer->step);

	int64_t levels = conf_severity(m->conf, v->event.severity)->levels;

	if (ladder_climbs(r, levels))
		draw(j, m, v, r->page, v->taken ? FORM_COPY : FORM_PAGE);
	draw(j, m, v, r->ask, FORM_PREVIEW);
	draw(j, m, v, r->tell, FORM_COPY);
	if (v->asks_noc)
		ask_noc(j, m, v);
}

/*
 * The preview to the approver, the fact check to the last of NOC.  What a yes
 * came too late for is shown anew to him who said it.
 */
static void
draw_draft(struct job *j, const struct matter *m, struct verdict *v)
{
	const struct person *check = m->people->last_noc;
	const struct person *approver =
	    v->did & DID_RESHOW ? m->sender->person : circle_approver(m, v);

	if (!(v->did & DID_RESHOW)) {
		one(j, v, approver, FORM_PREVIEW);
		seconds(j, m, v, &v->draft, FORM_PREVIEW);
	}
	if (check != NULL && check != approver)
		add(j, v, check, FORM_COPY)->check = true;
	draw_room(j, m, v, CIRCLE_WR, FORM_COPY);
}

/*
 * "No change" goes to those who asked for each update and to the war room, not
 * to the house; what a draft says of the facts stands in its preview; what is
 * minuted is the room's.
 */
static unsigned
quiet(const struct verdict *v)
{
	unsigned did = 0;

	if (v->post.kind == POST_SAME)
		did |= DID_POST;
	if (v->has_draft)
		did |= DID_FACTS;
	if (v->room_did & (ROOM_MINUTED | ROOM_SITREP))
		did |= DID_NOTE;
	return did;
}

static void
draw_rows(struct job *j, const struct matter *m, struct verdict *v,
    const struct row *r, size_t n, unsigned did)
{
	for (; n != 0; n--, r++) {
		for (size_t k = 0; (did & r->did) && k < 4; k++)
			draw(j, m, v, r->get[k].who, r->get[k].form);
	}
}

/*
 * Posts with readers of their own: a postmortem goes to all of the house, an
 * after-the-fact notice to few.  0: it goes to whom an update goes.
 */
static unsigned
readers(const struct matter *m, const struct verdict *v)
{
	if (!(v->did & DID_POST))
		return 0;
	if (v->post.state == STATE_POSTMORTEM)
		return N | C1 | CT | CIRCLE_L2 | CIRCLE_L3;
	return m->event->phase == PH_CLOSED_QUIET ? N | C1 : 0;
}

/* Does a quiet end stay quiet?  What can be told now? */
static void
afterwards(struct job *j, const struct matter *m, struct verdict *v)
{
	if (v->has_question && v->question.kind >= QUESTION_QUIET)
		draw(j, m, v, C1, FORM_PREVIEW);
	if (m->event != NULL && words_phase_is_closed(m->event->phase) &&
	    m->event->disclosure != v->event.disclosure)
		draw(j, m, v, C1 | CIRCLE_SECURITY | CIRCLE_LEAD, FORM_COPY);
}

/* Both sides of what is one now, or was. */
static void
draw_order(struct job *j, const struct matter *m, struct verdict *v)
{
	draw(j, m, v, N | C1 | OWNER, FORM_COPY);
	if (m->other == NULL)
		return;
	one(j, v, conf_person(m->conf, m->other->event->owner), FORM_COPY);
	crowd(j, v, &m->other->people->writers, FORM_COPY);
}

/* Who asked for no answers gets no copy of his own words either. */
static void
leave_out(struct verdict *v, const struct person *who)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n_mailings; i++)
		if (v->mailings[i].person != who)
			v->mailings[n++] = v->mailings[i];
	v->n_mailings = n;
}

void
circle_draw(struct job *j, const struct matter *m, struct verdict *v)
{
	const struct person *author =
	    m->sender == NULL ? NULL : m->sender->person;
	unsigned own = readers(m, v);

	/* Who let the stranger in is told by his yes; who proposed it had his
	 * answer. */
	if (m->as_noc || m->endorsed)
		author = NULL;
	if (author != NULL && !v->silent)
		add(j, v, author, FORM_RECEIPT)->answer = true;
	draw_rows(j, m, v, rows, sizeof rows / sizeof *rows,
	    v->did & ~quiet(v) & ~(own != 0 ? (unsigned)DID_POST : 0));
	if (v->did & DID_HAND_OFF)
		draw(j, m, v, CIRCLE_CALLED,
		    v->twin == NULL ? FORM_PAGE : FORM_PREVIEW);
	draw(j, m, v, own, FORM_PUBLISHED);
	if ((v->did & DID_CORRECT) && v->post.kind == POST_WITHDRAWN)
		draw(j, m, v, CIRCLE_L3, FORM_PUBLISHED);
	if ((v->did & DID_POST) && v->post.kind == POST_VOIDED)
		draw(j, m, v, CIRCLE_L2 | CIRCLE_L3, FORM_PUBLISHED);
	afterwards(j, m, v);
	if (v->order & (ORDER_MERGED | ORDER_SPLIT))
		draw_order(j, m, v);
	draw_rows(j, m, v, room_rows, sizeof room_rows / sizeof *room_rows,
	    v->room_did);
	if ((v->did & DID_POST) && v->post.kind == POST_SAME)
		draw_room(j, m, v, CIRCLE_WR, FORM_PUBLISHED);
	if (v->did & DID_RUNG)
		draw_rung(j, m, v);
	if (v->has_draft && !(v->did & (DID_HAND_OFF | DID_RUNG)))
		draw_draft(j, m, v);
	if (author != NULL && v->silent)
		leave_out(v, author);
}

char *
circle_paged(struct job *j, const struct verdict *v)
{
	struct buf b = BUF_INIT;
	char *s;

	for (size_t i = 0; i < v->n_mailings; i++)
		if (v->mailings[i].form == FORM_PAGE)
			buf_printf(&b, "%s%s", b.len == 0 ? "" : ",",
			    v->mailings[i].person->slug);
	s = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return s;
}
