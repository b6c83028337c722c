#include "text/brief.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "text/brief_in.h"
#include "text/ladder.h"
#include "text/onlookers.h"
#include "text/pager.h"
#include "text/subject.h"
#include "text/wrap.h"

enum { SUBJECT_WORDS = 60 };

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

/* A post that the clock made is shown as well. */
bool
brief_offers(const struct brief *b)
{
	return b->preview != NULL && !b->verdict->has_post;
}

bool
brief_did(const struct brief *b, unsigned did)
{
	return (b->verdict->did & did) != 0;
}

static bool
secret(const struct brief *b)
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

/* What a page may say of the trouble: public names only. */
static char *
what(struct job *j, const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	if (secret(b) || e->n_touches == 0)
		return arena_printf(j->mem, "SEV%d", e->severity);
	return arena_printf(j->mem, "%s SEV%d",
	    event_components(j->mem, b->matter->conf, e), e->severity);
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

/* ---- subjects ---- */

/* The first thing that was done, in two words. */
static const struct {
	unsigned did;
	const char *words;
} done_words[] = {
	/* clang-format off */
	{ DID_UNSORTED, "Kept" },
	{ DID_OPEN, "Opened" },
	{ DID_CORRECT, "Corrected" },
	{ DID_POST, "Posted" },
	{ DID_CLOSE_QUIET, "Closed quietly" },
	{ DID_VOID, "Void" },
	{ DID_LATE, "Late mail, question" },
	{ DID_PARK, "Question" },
	{ DID_ROOM, "War room" },
	{ DID_CALL, "Called" },
	{ DID_TAKEN, "Noted" },
	{ DID_ACK, "Yours" },
	{ DID_NOT_YET, "Asked again later" },
	{ DID_DISCARD, "Draft discarded" },
	{ DID_OBJECT, "Objection" },
	{ DID_HOLD, "Draft held" },
	{ DID_OWNER, "Handed over" },
	{ DID_FACTS, "Changed" },
	{ DID_NOTE, "Note kept" },
	{ DID_SWAP, "Swap" },
	{ DID_QUERY, "Answer" },
	{ DID_ANSWERED, "Answered" },
	/* clang-format on */
};

static const char *
done_word(const struct brief *b)
{
	for (size_t i = 0; i < sizeof done_words / sizeof *done_words; i++)
		if (brief_did(b, done_words[i].did))
			return done_words[i].words;
	return "Not done";
}

static char *
tag(struct job *j, const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	if (e->phase == PH_NONE)
		return arena_str(j->mem, "");
	return arena_printf(j->mem, "[%s] ", event_name(j->mem, e));
}

static char *
receipt_subject(struct job *j, const struct brief *b)
{
	const char *words = b->matter->mail.subject;
	struct shorthand parts;

	if (b->verdict->event.phase != PH_NONE &&
	    b->verdict->event.subject[0] != '\0')
		words = b->verdict->event.subject;
	subject_read(j->mem, b->matter->conf, words, &parts);
	words = text_one_line(j->mem,
	    parts.words[0] == '\0' ? words : parts.words, SUBJECT_WORDS);
	return arena_printf(j->mem, "%s%s%s%s [INTERNAL]", tag(j, b),
	    done_word(b), words[0] == '\0' ? "" : ": ", words);
}

static const char *
copy_words(struct job *j, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct person *p = b->matter->people->oncall;

	if (brief_did(b, DID_RUNG))
		return brief_rung_subject(b);
	if (brief_did(b, DID_ROOM))
		return brief_room_subject(b);
	if (brief_did(b, DID_CALL))
		return brief_call_subject(j, b);
	if (brief_did(b, DID_TAKEN))
		return arena_printf(j->mem, "%s is on it",
		    brief_name(b, b->matter->sender->person->slug));
	if (brief_did(b, DID_HAND_OFF))
		return arena_printf(j->mem, "handed to %s",
		    p == NULL ? "nobody: the rota has a gap" : p->name);
	if (brief_did(b, DID_OBJECT))
		return "objection";
	if (brief_did(b, DID_ACK | DID_OWNER))
		return arena_printf(j->mem, "owned by %s",
		    brief_name(b, v->event.owner));
	if (brief_did(b, DID_VOID))
		return "void";
	if (brief_did(b, DID_NOT_YET))
		return "not over yet";
	if (v->has_note)
		return arena_printf(j->mem, "note by %s",
		    brief_name(b, v->note.author));
	if (v->has_draft)
		return arena_printf(j->mem, "draft d%d waits", v->draft.n);
	return "changed";
}

static char *
copy_subject(struct job *j, const struct brief *b, const struct mailing *to)
{
	const struct verdict *v = b->verdict;

	if (to->check)
		return arena_printf(j->mem, "[INTERNAL] %scheck d%d: %s",
		    tag(j, b), v->draft.n, v->draft.title);
	if (to->form == FORM_PUBLISHED && !brief_did(b, DID_RUNG))
		return arena_printf(j->mem, "%scopy of update %d [INTERNAL]",
		    tag(j, b), v->post.u);
	return arena_printf(j->mem, "[INTERNAL] %s%s", tag(j, b),
	    brief_swaps(b, to) ? brief_swap_words(j, b) : copy_words(j, b));
}

static char *
preview_subject(struct job *j, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct draft *d = v->did & DID_RESHOW ? &v->reshow : &v->draft;

	if (brief_did(b, DID_HELD_MAIL))
		return arena_str(j->mem,
		    "[INTERNAL] Mail from an unknown sender");
	return arena_printf(j->mem, "[PREVIEW] %sd%d %s", tag(j, b), d->n,
	    d->title);
}

/* Not his, but he is called: by whom, or how high it has come. */
static char *
page_subject(struct job *j, const struct brief *b, const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	int level = v->has_climb ? v->climb.level : 1;
	bool others = v->event.owner[0] != '\0' && !brief_is_owner(b, to);

	if (brief_did(b, DID_CALL))
		return arena_printf(j->mem, "[INTERNAL] %s%s calls you: %s",
		    tag(j, b), brief_name(b, v->climb.by), what(j, b));
	if (level > 2 || (level == 2 && others))
		return arena_printf(j->mem,
		    "[INTERNAL] %sEscalated to level %d: %s", tag(j, b), level,
		    what(j, b));
	return arena_printf(j->mem, "YOU HAVE IT: %s [INTERNAL] %s", what(j, b),
	    tag(j, b));
}

char *
brief_subject(struct job *j, const struct brief *b, const struct mailing *to)
{
	bool shows = b->verdict->has_draft || brief_did(b, DID_RESHOW);
	char *s;

	if (brief_asks_quiet(b, to))
		s = brief_quiet_subject(j, b);
	else if (to->form == FORM_PAGE)
		s = page_subject(j, b, to);
	else if (brief_did(b, DID_RUNG))
		s = copy_subject(j, b, to);
	else if (to->form == FORM_PREVIEW ||
		 (to->answer && shows &&
		     (brief_did(b, DID_RESHOW) || to->check)))
		s = preview_subject(j, b);
	else if (to->answer)
		s = receipt_subject(j, b);
	else
		s = copy_subject(j, b, to);
	if (event_is_drill(&b->verdict->event))
		s = arena_printf(j->mem, "[DRILL] %s", s);
	return text_one_line(j->mem, s, LIMIT_SUBJECT);
}

/* ---- bodies ---- */

static void
wrapped(struct buf *out, const char *s)
{
	text_wrap(out, s, 60, "");
	if (out->len != 0 && out->data[out->len - 1] != '\n')
		buf_char(out, '\n');
}

static void
finding(struct buf *out, const struct finding *f, bool said)
{
	if (f->code[0] == '\0' || f->says == NULL ||
	    (said && f->copy == NULL && f->written == NULL))
		return;
	buf_char(out, '\n');
	if (f->written != NULL && f->line != 0)
		buf_printf(out, "Line %u:\n  %s\n", f->line, f->written);
	else if (f->written != NULL && f->written[0] != '\0')
		buf_printf(out, "  %s\n", f->written);
	if (!said)
		wrapped(out, f->says);
	if (f->copy != NULL)
		buf_printf(out, "Reply with this line:\n  %s\n", f->copy);
}

/* "17:00 UTC" needs no echo. */
static bool
plain_utc(const struct moment *m)
{
	size_t n = strlen(m->written);

	return strcmp(m->read_as, "UTC") == 0 && n != 0 &&
	       (m->written[n - 1] == 'Z' || strstr(m->written, "UTC") != NULL);
}

static void
moment(struct job *j, struct buf *out, const char *label,
    const struct moment *m)
{
	if (!m->given)
		return;
	buf_printf(out, "%s %s", label, brief_clock(j, m->at));
	if (when_utc(m->at).day != when_utc(j->now).day)
		buf_printf(out, " %s", when_day(j->mem, m->at));
	if (m->written != NULL && m->read_as != NULL && m->read_as[0] == '\0')
		buf_printf(out, " (you wrote %s)", m->written);
	else if (m->written != NULL && m->read_as != NULL && !plain_utc(m))
		buf_printf(out, " (you wrote %s, read as %s)", m->written,
		    m->read_as);
	buf_char(out, '\n');
}

static void
components(struct job *j, struct buf *out, const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	for (size_t i = 0; i < e->n_touches; i++) {
		const struct touch *t = &e->touches[i];
		const struct component *c =
		    conf_component(b->matter->conf, t->slug);

		buf_printf(out, "%s%s (%s)", i == 0 ? ", " : "; ",
		    c == NULL ? t->slug : c->name,
		    text_lower(j->mem, words_level_title(t->level)));
	}
}

/* What was understood, so that a wrong reading is seen at once. */
static void
read_back(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct request *r = b->matter->request;
	struct buf line = BUF_INIT;

	if (r == NULL || v->event.phase == PH_NONE)
		return;
	if (brief_did(b, DID_OPEN | DID_FACTS)) {
		buf_printf(&line, "Read: SEV%d", v->event.severity);
		components(j, &line, b);
		if (v->event.n_touches == 0)
			buf_str(&line, ", no service named");
		if (v->event.disclosure != DISCLOSURE_FULL)
			buf_printf(&line, ", %s",
			    words_disclosure(v->event.disclosure));
		wrapped(out, line.data);
		buf_free(&line);
	}
	moment(j, out, "Started", &r->started);
	moment(j, out, "Detected", &r->detected);
	moment(j, out, "Ended", &r->ended);
}

static size_t
lines_of(const char *s)
{
	size_t n = s[0] != '\0';

	for (; *s != '\0'; s++)
		n += *s == '\n' && s[1] != '\0';
	return n;
}

static void
kept(struct buf *out, const struct brief *b)
{
	const struct message *m = b->message;
	size_t n = b->verdict->has_note ? lines_of(b->verdict->note.text) : 0;
	size_t cut;

	if (m == NULL)
		return;
	cut = m->cut_signature + m->cut_quote;
	if (n != 0)
		buf_printf(out, "Note kept: %zu line%s.", n, n == 1 ? "" : "s");
	if (cut != 0)
		buf_printf(out, "%sLeft out as signature or quote: %zu.",
		    n == 0 ? "" : " ", cut);
	if (n != 0 || cut != 0)
		buf_char(out, '\n');
	if (m->n_attachments != 0)
		buf_printf(out, "Attachments kept, not published: %zu.\n",
		    m->n_attachments);
	for (size_t i = 0; i < m->n_attachments; i++)
		buf_printf(out, "  %s %s\n",
		    m->attachments[i].name[0] == '\0' ? "(no name)"
						      : m->attachments[i].name,
		    m->attachments[i].note);
}

/* What was read and kept, behind a blank line; nothing if there is nothing. */
static void
echo(struct job *j, struct buf *out, const struct brief *b)
{
	size_t before = out->len, after;

	buf_char(out, '\n');
	after = out->len;
	read_back(j, out, b);
	kept(out, b);
	if (out->len == after)
		buf_cut(out, before);
}

static void
copied(struct job *j, struct buf *out, const struct brief *b)
{
	const char *public =
	    b->message == NULL
		? NULL
		: onlookers_public(j->mem, b->matter->conf, b->message);

	if (public != NULL)
		wrapped(out,
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

static bool
is_moved(const struct verdict *v, int draft)
{
	for (size_t i = 0; i < v->n_moves; i++)
		if (v->moves[i].n == draft)
			return true;
	return false;
}

void
brief_moves(struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;

	for (size_t i = 0; i < b->n_overtaken; i++)
		if (!is_moved(v, b->overtaken[i]))
			buf_printf(out, "Draft d%d is superseded.\n",
			    b->overtaken[i]);
	for (size_t i = 0; i < v->n_moves; i++) {
		const struct draft *d = &v->moves[i];

		if (d->status == DRAFT_SUPERSEDED)
			buf_printf(out, "Draft d%d is superseded.\n", d->n);
		else if (d->status == DRAFT_DISCARDED)
			buf_printf(out, "Draft d%d is discarded%s%s.\n", d->n,
			    d->status_by[0] == '\0' ? "" : " by ",
			    d->status_by[0] == '\0'
				? ""
				: brief_name(b, d->status_by));
		else if (d->status == DRAFT_HELD)
			buf_printf(out, "Draft d%d is held.\n", d->n);
	}
}

static void
ruled(struct buf *out, const struct brief *b)
{
	if (b->preview == NULL)
		return;
	buf_char(out, '\n');
	buf_str(out, ruler);
	if (b->preview_subject != NULL)
		buf_printf(out, "Subject: %s\n\n", b->preview_subject);
	buf_str(out, b->preview);
	if (out->data[out->len - 1] != '\n')
		buf_char(out, '\n');
	buf_str(out, ruler);
}

static void
draft_line(struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct draft *d = v->did & DID_RESHOW ? &v->reshow : &v->draft;

	if (b->counts == NULL || d->hash == NULL)
		return;
	buf_printf(out, "Draft d%d, hash %.16s\n%s to: %s\n", d->n, d->hash,
	    event_is_drill(&v->event) ? "Would go" : "Goes", b->counts);
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
		echo(j, &out, b);
	brief_facts(j, &out, b, to);
	brief_room_facts(j, &out, b);
	if (!brief_did(b, DID_HELD_MAIL))
		notes(j, &out, b, to);
	if (shows_draft(b, to)) {
		ruled(&out, b);
		draft_line(&out, b);
	}
	brief_options(j, &out, b, to);
	s = arena_copy(j->mem, out.data, out.len);
	buf_free(&out);
	return s;
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
	int64_t since = kind == T_CADENCE ? e->next_update : e->handed_off;

	if (brief_did(b, DID_CALL))
		return arena_printf(j->mem, "called at %s",
		    when_clock(j->mem, j->now));
	return arena_printf(j->mem, "%s %s", words[kind],
	    when_clock(j->mem, since == 0 ? j->now : since));
}

char *
brief_page(struct job *j, const struct brief *b, const char *to)
{
	const struct event *e = &b->verdict->event;
	struct pager p = { .id = arena_printf(j->mem, "%s%s",
			       event_is_drill(e) ? "DRILL " : "",
			       event_name(j->mem, e)),
		.what = "",
		.severity = "",
		.said = "",
		.answer = "ack",
		.to = to };

	if (!secret(b)) {
		p.what = event_components(j->mem, b->matter->conf, e);
		p.severity = arena_printf(j->mem, "SEV%d", e->severity);
		p.said = page_words(j, b);
	}
	return pager_text(j->mem, &p);
}
