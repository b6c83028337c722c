#include "text/brief.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"
#include "text/blurb.h"
#include "text/brief_in.h"
#include "text/ladder.h"
#include "text/onlookers.h"
#include "text/pager.h"
#include "text/timing.h"
#include "text/wrap.h"

static const char marker[] = "##- Please write above this line -##\n";
static const char drill[] =
    "[DRILL] An exercise: nothing of it will be public.\n";
static const char ruler[] =
    "------------------------------------------------------------\n";

/* ---- small words ---- */

char *
brief_clock(struct job *j, int64_t t)
{
	return arena_printf(j->mem, "%s UTC", when_clock(j->mem, t));
}

const char *
brief_name(const struct brief *b, const char *slug)
{
	const struct person *p = conf_person(b->matter->conf, slug);

	if (p != NULL)
		return p->name;
	return slug[0] == '\0' ? "Status system" : slug;
}

char *
brief_names(struct job *j, const struct brief *b, const char *slugs)
{
	struct buf out = BUF_INIT;
	char *s;

	for (const char *p = slugs; *p != '\0'; p += *p == ',') {
		size_t n = strcspn(p, ",");

		buf_printf(&out, "%s%s", out.len == 0 ? "" : ", ",
		    brief_name(b, arena_copy(j->mem, p, n)));
		p += n;
	}
	s = arena_copy(j->mem, out.data, out.len);
	buf_free(&out);
	return s;
}

char *
brief_crowd(struct job *j, const struct crowd *c)
{
	char *s = arena_str(j->mem, "");

	for (size_t i = 0; i < c->n; i++)
		s = arena_printf(j->mem, "%s%s%s", s, i == 0 ? "" : ", ",
		    c->persons[i]->name);
	return s;
}

void
brief_say(struct buf *out, const char *s)
{
	text_wrap(out, s, COLUMN, "");
	buf_char(out, '\n');
}

/* A post that the clock made is shown as well. */
bool
brief_offers(const struct brief *b)
{
	return b->preview != NULL && !b->verdict->has_post &&
	       !brief_is_blocked(b);
}

bool
brief_did(const struct brief *b, unsigned did)
{
	return (b->verdict->did & did) != 0;
}

bool
brief_is_secret(const struct brief *b)
{
	return b->verdict->event.disclosure != DISCLOSURE_FULL;
}

const struct finding *
brief_verdict(const struct brief *b, const struct mailing *to)
{
	const unsigned harmless = DID_NOTE | DID_RESHOW | DID_DRAFT |
				  DID_UNSORTED | DID_PROPOSE | DID_QUERY;
	const struct verdict *v = b->verdict;
	bool drafted = v->has_draft && !(v->did & DID_RESHOW);

	if (!to->answer || (v->did & ~harmless) != 0 || drafted)
		return NULL;
	for (size_t i = 0; i < v->n_findings; i++)
		if (v->findings[i].code[0] == 'E' && v->findings[i].says[0])
			return &v->findings[i];
	return NULL;
}

char *
brief_result(struct job *j, const struct verdict *v)
{
	struct buf out = BUF_INIT;
	char *s;

	for (size_t i = 0; i < v->n_findings; i++) {
		const char *code = v->findings[i].code;

		if (code[0] != '\0' && strstr(out.data, code) == NULL)
			buf_printf(&out, "%s%s", out.len == 0 ? "" : ";", code);
	}
	s = arena_str(j->mem, out.len == 0 ? "ok" : out.data);
	buf_free(&out);
	return s;
}

/* ---- bodies ---- */
static void
finding(struct buf *out, const struct finding *f, bool said)
{
	assert(f != NULL);
	if (f->code[0] == '\0' || f->says == NULL ||
	    (said && f->copy == NULL && f->written == NULL))
		return;
	buf_char(out, '\n');
	if (f->written != NULL && f->line != 0)
		buf_printf(out, "Line %u:\n  %s\n", f->line, f->written);
	else if (f->written != NULL && f->written[0] != '\0')
		buf_printf(out, "  %s\n", f->written);
	if (!said)
		brief_say(out, f->says);
	if (f->copy != NULL)
		buf_printf(out, "Reply with this line:\n  %s\n", f->copy);
}

static void
copied(struct job *j, struct buf *out, const struct brief *b)
{
	const char *public =
	    b->message == NULL
		? NULL
		: onlookers_public(j->mem, b->matter->conf, b->message);

	if (public != NULL)
		brief_say(out,
		    arena_printf(j->mem,
			"\nYour mail was not published, though it names %s in "
			"To or Cc.",
			public));
}

static void
note(struct job *j, struct buf *out, const struct brief *b,
    const struct note *n)
{
	buf_printf(out, "\nn%d %s, %s%s%s:\n%s\n", n->n,
	    brief_name(b, n->author), brief_clock(j, n->at),
	    n->late ? ", late" : "", n->unverified ? ", unverified" : "",
	    n->text);
}

static void
notes(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const char *self = to->person == NULL ? "" : to->person->slug;
	bool all = to->form >= FORM_PREVIEW;

	if (brief_is_short(b, to) || b->verdict->room_did & ROOM_PUT)
		return; /* the question has the last ones among its facts */
	if (!all && v->has_note && !to->answer)
		note(j, out, b, &v->note);
	for (size_t i = 0; all && i < b->n_notes; i++)
		if (strcmp(b->notes[i].author, self) != 0)
			note(j, out, b, &b->notes[i]);
}

static void
ruled(struct buf *out, const struct brief *b)
{
	if (b->preview == NULL)
		return;
	buf_char(out, '\n');
	if (b->unshown)
		brief_say(out,
		    "The form of the public mail is broken, so these are its "
		    "words alone. They are mailed when it is mended; the "
		    "administrator knows.");
	buf_str(out, ruler);
	if (b->preview_subject != NULL)
		buf_printf(out, "Subject: %s\n\n", b->preview_subject);
	buf_str(out, b->preview);
	if (out->data[out->len - 1] != '\n')
		buf_char(out, '\n');
	buf_str(out, ruler);
}

static const struct draft *
draft_of(const struct brief *b)
{
	const struct verdict *v = b->verdict;

	return v->did & DID_RESHOW ? &v->reshow : &v->draft;
}

static void
draft_line(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct draft *d = draft_of(b);

	if (b->counts == NULL || d->hash == NULL)
		return;
	buf_printf(out, "Draft d%d, hash %.16s\n", d->n, d->hash);
	brief_say(out,
	    arena_printf(j->mem, "%s to: %s",
		event_is_drill(&v->event) ? "Would go" : "Goes", b->counts));
}

/* What on_publish is told, where somebody worded it. */
static void
social_line(struct job *j, struct buf *out, const struct brief *b)
{
	const char *s = draft_of(b)->social, *kept;

	if (b->counts == NULL || s == NULL || s[0] == '\0')
		return;
	buf_str(out, "For social networks, with the link behind it:\n");
	buf_str(out, "  ");
	text_wrap(out, s, COLUMN, "  ");
	buf_char(out, '\n');
	kept = blurb_kept(j->mem, s, BLURB_SHORT);
	if (strcmp(kept, s) == 0)
		return;
	buf_str(out, "Where 280 characters fit, no more than this:\n");
	buf_str(out, "  ");
	text_wrap(out, kept, COLUMN, "  ");
	buf_char(out, '\n');
}

static bool
shows_draft(const struct brief *b, const struct mailing *to)
{
	const struct verdict *v = b->verdict;

	if (b->preview == NULL)
		return false;
	if (to->form == FORM_PAGE)
		return brief_may_publish(to);
	if (to->form == FORM_PREVIEW || to->check)
		return true;
	if (to->form == FORM_PUBLISHED)
		return v->has_post;
	if (to->room && to->form == FORM_COPY && v->has_draft)
		return true;
	return to->answer && brief_did(b, DID_RESHOW);
}

char *
brief_body(struct job *j, const struct brief *b, const struct mailing *to)
{
	const struct finding *first = brief_verdict(b, to);
	struct buf out = BUF_INIT;
	char *s;

	buf_str(&out, marker);
	if (event_is_drill(&b->verdict->event))
		buf_str(&out, drill);
	brief_head(j, &out, b, to);
	if (to->answer)
		for (size_t i = 0; i < b->verdict->n_findings; i++)
			finding(&out, &b->verdict->findings[i],
			    &b->verdict->findings[i] == first);
	if (to->answer)
		copied(j, &out, b);
	if (to->answer && b->answer != NULL)
		buf_printf(&out, "\n%s", wrap_long(j->mem, b->answer, 60));
	if (to->answer && brief_did(b, ~(unsigned)(DID_QUERY | DID_UNSORTED)))
		brief_echo(j, &out, b);
	brief_facts(j, &out, b, to);
	brief_room_facts(j, &out, b);
	if (!brief_did(b, DID_HELD_MAIL))
		notes(j, &out, b, to);
	if (shows_draft(b, to)) {
		brief_marks(j, &out, b, draft_of(b)->n);
		ruled(&out, b);
		social_line(j, &out, b);
		draft_line(j, &out, b);
	}
	brief_options(j, &out, b, to);
	s = arena_copy(j->mem, out.data, out.len);
	buf_free(&out);
	return s;
}

/* Taken before it was handed off: by its opener, or at once. */
int64_t
brief_since(const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	if (e->handed_off != 0)
		return e->handed_off;
	return e->first_acked != 0 ? e->first_acked : e->opened;
}

/* Why a page comes, and since when. */
static char *
page_words(struct job *j, const struct brief *b)
{
	static const char *const words[] = { [T_HAND_OFF] = "yours since",
		[T_ACK] = "no answer since",
		[T_FIRST_POST] = "no post since",
		[T_CADENCE] = "update overdue since" };
	const struct event *e = &b->verdict->event;
	const struct timer *t = b->matter->timer;
	bool known = t != NULL && t->kind > T_HAND_OFF && t->kind <= T_CADENCE;
	int kind = known ? t->kind : T_HAND_OFF;
	int64_t since =
	    kind == T_CADENCE ? timing_meant(b->matter, e) : brief_since(b);

	if (brief_did(b, DID_CALL))
		return arena_printf(j->mem, "called at %s",
		    when_clock(j->mem, j->now));
	return arena_printf(j->mem, "%s %s", words[kind],
	    when_clock(j->mem, since));
}

/* "INC-2026-0042 and INC-2026-0043", of which one is handed off with it. */
static char *
page_id(struct job *j, const struct brief *b)
{
	const struct event *e = &b->verdict->event;
	const struct matter *m = b->matter;
	char *s = event_name(j->mem, e);

	for (size_t i = 0; i < m->n_twins; i++)
		if (m->twins[i].handed_off == 0 && m->twins[i].owner[0] == '\0')
			s = arena_printf(j->mem, "%s and %s", s,
			    event_name(j->mem, &m->twins[i]));
	return event_is_drill(e) ? arena_printf(j->mem, "DRILL %s", s) : s;
}

char *
brief_page(struct job *j, const struct brief *b, const char *to)
{
	const struct event *e = &b->verdict->event;
	struct pager p = { .id = page_id(j, b),
		.what = "",
		.severity = "",
		.said = "",
		.answer = "ack",
		.to = to };

	if (!brief_is_secret(b)) {
		p.what = event_components(j->mem, b->matter->conf, e);
		p.severity = arena_printf(j->mem, "SEV%d", e->severity);
		p.said = page_words(j, b);
	}
	return pager_text(j->mem, &p);
}
