/*
 * One scene of the process, for tests of flow/decide: the house's people, an
 * event that stands as the row says, and a mail about it.  What comes of it
 * is written down in a line that a row can ask for.
 */
#ifndef SCENE_H
#define SCENE_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/when.h"
#include "flow/decide.h"
#include "text/drafting.h"

enum { NOW = 1772640000 }; /* 2026-03-04T16:00:00Z */

enum who { NOC1, NOC2, COMMS1, COMMS2, LEAD, EXEC, SEC, SUPPORT, ADMIN, WHO };

static const char *addresses[WHO][1] = { { "noc1@example.net" },
	{ "noc2@example.net" }, { "comms1@example.net" },
	{ "comms2@example.net" }, { "lead@example.net" },
	{ "exec@example.net" }, { "sec@example.net" },
	{ "support@example.net" }, { "admin@example.net" } };

static struct person persons[WHO] = {
	{ .slug = "noc1", .name = "NOC One", .roles = ROLE_NOC },
	{ .slug = "noc2", .name = "NOC Two", .roles = ROLE_NOC },
	{ .slug = "comms1", .name = "Comms One", .roles = ROLE_COMMS },
	{ .slug = "comms2", .name = "Comms Two", .roles = ROLE_COMMS },
	{ .slug = "lead", .name = "Lead", .roles = ROLE_COMMS_LEAD },
	{ .slug = "exec", .name = "Exec", .roles = ROLE_EXEC },
	{ .slug = "sec", .name = "Security", .roles = ROLE_SECURITY },
	{ .slug = "support", .name = "Support", .roles = ROLE_SUPPORT },
	{ .slug = "admin", .name = "Admin", .roles = ROLE_ADMIN },
};

static struct component components[] = {
	{ .slug = "email-b", .name = "Email Cluster B", .group = "" },
	{ .slug = "webmail", .name = "Webmail", .group = "" },
	{ .slug = "dns", .name = "DNS", .group = "" },
};

static const struct stock stock = {
	{ "We are aware of {components}.", "Cause of {components} found.",
	    "{components} dealt with.", "{components} resolved.",
	    "No change since {last post}.",
	    "A problem affects {components}; limited.", "Later than we said.",
	    "An update every {interval}.", NULL },
	NULL, 0
};

/* How the event stands and what the mail is, as bits of a row. */
enum {
	NO_EVENT = 1 << 0,
	OWN = 1 << 1,      /* d2 waits: own words of comms1 */
	STOCK = 1 << 2,    /* d2 waits: stock text of the program */
	PROPOSAL = 1 << 3, /* d2 waits: proposed by noc2 */
	ASKED = 1 << 4,    /* the reply address names d2 */
	TOKEN = 1 << 5,    /* ... and the token is the sender's */
	TEXT = 1 << 6,     /* free text */
	PUBLIC = 1 << 7,   /* a section for the public */
	LATE_MAIL = 1 << 8,
	OLD_MAIL = 1 << 9,
	LIMITED = 1 << 10,
	EMBARGO = 1 << 11,
	POSTED = 1 << 12,   /* u1 is public: investigating */
	MOVED = 1 << 13,    /* NOC changed the severity since the preview */
	HELD_NOC = 1 << 14, /* noc1 holds d2 */
	HELD_COMMS = 1 << 15,
	OWNED = 1 << 16,    /* comms1 has it */
	REPLY = 1 << 17,    /* In-Reply-To leads to the event */
	EXTRA = 1 << 18,    /* yes, and more */
	FIELD = 1 << 19,    /* Status: identified */
	CORRECT = 1 << 20,  /* Correct: 1 */
	WORD = 1 << 21,     /* "fixed, ..." on top of the text */
	QUESTION = 1 << 22, /* the reply address names q1 */
	PAGE = 1 << 23,
	DISAGREE = 1 << 24,
	UNKNOWN_ID = 1 << 25,
	IMAGE = 1 << 26,  /* E25 */
	FACTS = 1 << 27,  /* Components: webmail = degraded */
	SKEWED = 1 << 28, /* with OLD_MAIL: a Date of 1970 */
	CONFIRMED = 1 << 29,
	SILENT_LIST = 1 << 30,
};

struct scene;

struct row {
	const char *name;
	enum who who;
	enum trust trust;
	enum phase phase;
	unsigned how;
	enum verb verbs[3];
	const char *args;
	unsigned did;      /* all of these */
	const char *codes; /* exactly these */
	enum phase after;
};

struct tale {
	struct row row;
	void (*tweak)(struct scene *); /* what bits can't say; NULL */
	const char *comes; /* all of it, as scene_write has it; NULL: any */
	const char *mails; /* who gets which; NULL: any */
};

struct scene {
	struct job j;
	struct conf conf;
	struct people people;
	struct event event;
	struct draft draft;
	struct post post;
	struct sender sender;
	struct route route;
	struct request request;
	struct command commands[3];
	struct section section;
	struct claim claim;
	struct question question;
	struct finding finding;
	struct touch touches[2];
	struct timer timer;
	struct timer armed[2];
	struct climb climbs[2];
	struct draft other; /* a draft that has ended */
	struct event like[5];
	struct shift held[1];
	struct swap swap;
	struct matter m;
	struct verdict v;
};

static void
crowd(struct scene *s, struct crowd *c, size_t n, const enum who *who)
{
	c->persons = arena_array(s->j.mem, n + 1, sizeof *c->persons);
	c->n = n;
	for (size_t i = 0; i < n; i++)
		c->persons[i] = &persons[who[i]];
}

static void
house(struct scene *s)
{
	static const enum who writers[] = { NOC1, NOC2 };
	static const enum who team[] = { COMMS1, COMMS2, LEAD };
	static const enum who level2[] = { COMMS2 }, level3[] = { EXEC };

	for (size_t i = 0; i < WHO; i++) {
		persons[i].addresses = addresses[i];
		persons[i].n_addresses = 1;
		persons[i].timezone = "UTC";
	}
	s->conf = (struct conf){ .limits = LIMITS_DEFAULT,
		.persons = persons,
		.n_persons = WHO,
		.components = components,
		.n_components = 3,
		.noc_list = "",
		.timezone = "UTC",
		.office = { 62, 9 * 3600, 17 * 3600 },
		.remind = 1200,
		.draft_expires = 14400,
		.room_sitrep = 1800,
		.room_left = 3600,
		.disclosure_review = 259200 };
	for (int i = 1; i <= 5; i++)
		s->conf.severity[i] = (struct severity){ .handoff = 900,
			.ack = 300,
			.first_post = 900,
			.cadence = 7200,
			.cadence_max = 14400,
			.preview = 600,
			.dwell = 3600,
			.sitrep = 3600,
			.postmortem = i <= 2 ? 432000 : -1,
			.levels = i <= 2 ? 3 : 2,
			.office = i >= 4 };
	s->conf.severity[1].handoff = 0;
	s->conf.severity[5] =
	    (struct severity){ -1, -1, -1, -1, -1, -1, -1, -1, -1, 2, true };
	s->people.oncall = &persons[COMMS1];
	s->people.last_noc = &persons[NOC2];
	crowd(s, &s->people.writers, 2, writers);
	crowd(s, &s->people.team, 3, team);
	crowd(s, &s->people.level2, 1, level2);
	crowd(s, &s->people.level3, 1, level3);
	crowd(s, &s->people.noc, 2, writers);
}

static void
event(struct scene *s, const struct row *r)
{
	s->touches[0] = (struct touch){ "email-b", LEVEL_PARTIAL, false };
	s->event = (struct event){
		.id = 7,
		.kind = "incident",
		.year = 2026,
		.number = 42,
		.opened = NOW - 3600,
		.began = NOW - 3600,
		.source = "noc",
		.reporter = "noc1",
		.subject = "imap",
		.title = "",
		.phase = r->phase,
		.state = r->how & POSTED ? STATE_INVESTIGATING : STATE_NONE,
		.severity = r->how & MOVED ? 1 : 2,
		.disclosure = r->how & EMBARGO   ? DISCLOSURE_EMBARGOED
			      : r->how & LIMITED ? DISCLOSURE_LIMITED
						 : DISCLOSURE_FULL,
		.owner = r->how & OWNED ? "comms1" : "",
		.on_call = "",
		.first_owner = "",
		.acked = r->how & OWNED ? NOW - 100 : 0,
		.handed_off = r->phase > PH_OPEN ? NOW - 1200 : 0,
		.closed = words_phase_is_closed(r->phase) ? NOW - 60 : 0,
		.changed = r->how & LATE_MAIL ? NOW - 10 : NOW - 9000,
		.touches = s->touches,
		.n_touches = 1,
	};
	if (r->phase == PH_OPEN)
		s->event.began = s->event.opened = NOW - 60;
}

static void
draft(struct scene *s, const struct row *r)
{
	struct event shown = s->event;
	unsigned how = r->how;

	if (!(how & (OWN | STOCK | PROPOSAL)))
		return;
	shown.severity = 2;
	s->m.conf = &s->conf;
	s->m.stock = &stock;
	drafting_make(&s->j, &s->m, &shown, STATE_INVESTIGATING,
	    how & STOCK ? "" : "We are on it.", &s->draft);
	s->draft.n = 2;
	s->draft.author = how & OWN ? "comms1" : how & PROPOSAL ? "noc2" : "";
	s->draft.proposal = (how & PROPOSAL) != 0;
	s->draft.stock = (how & STOCK) != 0;
	if (how & CORRECT && how & ASKED)
		s->draft.correct = 1;
	if (how & (HELD_NOC | HELD_COMMS)) {
		s->draft.status = DRAFT_HELD;
		s->draft.status_by = how & HELD_NOC ? "noc1" : "comms2";
	}
	s->m.open_draft = &s->draft;
	if (how & ASKED) {
		s->route.object = 'd';
		s->route.number = 2;
		s->m.asked = &s->draft;
	}
}

static void
post(struct scene *s, const struct row *r)
{
	if (!(r->how & POSTED))
		return;
	s->post = (struct post){ .event = 7,
		.u = 1,
		.r = 1,
		.posted = NOW - 1000,
		.state = STATE_INVESTIGATING,
		.title = "Title",
		.text = "Text",
		.lang = "en",
		.impact_text = "",
		.reseller_impact = "",
		.enduser_impact = "",
		.workaround = "",
		.social = "",
		.lasting = "",
		.review = REVIEW_NONE,
		.components = "email-b=partial_outage",
		.lists = "",
		.reason = "",
		.author = "comms1",
		.approver = "comms1" };
	s->m.posts = &s->post;
	s->m.n_posts = 1;
}

static void
mail(struct scene *s, const struct row *r)
{
	unsigned how = r->how;

	s->m.mail = (struct letter_seen){ .id = 11,
		.received = NOW,
		.written = NOW,
		.subject = "imap logins",
		.skewed = (how & SKEWED) && !(how & OLD_MAIL),
		.ancient = (how & SKEWED) && (how & OLD_MAIL) };
	if (how & LATE_MAIL)
		s->m.mail.written = NOW - 1000;
	if ((how & OLD_MAIL) && !(how & SKEWED))
		s->m.mail.written = NOW - 8000;
	s->sender = (struct sender){ .trust = r->trust,
		.person = &persons[r->who],
		.address = addresses[r->who][0],
		.machine = "",
		.proof = PROOF_PASS };
	s->route.place = how & PAGE ? PLACE_PAGE : PLACE_INCIDENT;
	s->route.token_ok = (how & TOKEN) != 0;
	s->route.by_reply = (how & REPLY) != 0;
	s->route.disagree = (how & DISAGREE) != 0;
	s->route.unknown_id = (how & UNKNOWN_ID) != 0;
	s->route.event = how & NO_EVENT ? 0 : 7;
	s->route.named = how & UNKNOWN_ID ? "INC-2026-9999" : NULL;
	s->question = (struct question){ .id = 5,
		.n = 1,
		.message = 9,
		.person = persons[r->who].slug,
		.answer = "" };
	if (how & QUESTION) {
		s->route.object = 'q';
		s->m.question = &s->question;
	}
}

static void
ask(struct scene *s, const struct row *r)
{
	unsigned how = r->how;
	struct request *q = &s->request;

	*q = (struct request){ .text = how & TEXT ? "Some words." : "",
		.more = (how & TEXT) != 0,
		.state = how & FIELD ? STATE_IDENTIFIED : STATE_NONE,
		.correct = how & CORRECT && !(how & ASKED) ? 1 : 0,
		.yes_extra = (how & EXTRA) != 0,
		.opening_word = how & WORD ? STATE_RESOLVED : STATE_NONE,
		.only_word =
		    (r->verbs[0] == VERB_YES || r->verbs[0] == VERB_POST) &&
		    !(how & EXTRA),
		.commands = s->commands };
	for (size_t i = 0; i < 3 && r->verbs[i] != VERB_NONE; i++) {
		enum verb v = r->verbs[i];

		s->commands[q->n_commands++] = (struct command){ .verb = v,
			.args = r->args == NULL ? "" : r->args,
			.state = v == VERB_INVESTIGATING ? STATE_INVESTIGATING
				 : v == VERB_IDENTIFIED  ? STATE_IDENTIFIED
				 : v == VERB_MONITORING  ? STATE_MONITORING
				 : v == VERB_RESOLVE     ? STATE_RESOLVED
							 : STATE_NONE,
			.number = v == VERB_SEVERITY && r->args != NULL
				      ? r->args[0] - '0'
				      : 0,
			.line = 1,
			.written = "line" };
		if (v == VERB_SEVERITY)
			q->severity = s->commands[i].number;
		if (v == VERB_HANDOFF && strcmp(s->commands[i].args, "") == 0)
			q->handoff_now = true;
	}
	s->section = (struct section){ .public = true, .text = "For all." };
	if (how & PUBLIC) {
		q->sections = &s->section;
		q->n_sections = 1;
	}
	s->claim = (struct claim){ "webmail", LEVEL_DEGRADED };
	if (how & FACTS) {
		q->components = &s->claim;
		q->n_components = 1;
		q->components_given = true;
	}
	s->finding = (struct finding){ .code = "E25", .says = "image" };
	if (how & IMAGE) {
		q->public_refused = true;
		q->findings = &s->finding;
		q->n_findings = 1;
	}
}

static void
scene_set(struct scene *s, const struct row *r)
{
	memset(s, 0, sizeof *s);
	job_begin(&s->j, "t", NOW);
	house(s);
	event(s, r);
	mail(s, r);
	ask(s, r);
	post(s, r);
	draft(s, r);
	s->m.conf = &s->conf;
	s->m.stock = &stock;
	s->m.people = &s->people;
	s->m.sender = &s->sender;
	s->m.route = &s->route;
	s->m.request = &s->request;
	s->m.confirmed = (r->how & CONFIRMED) != 0;
	if (!(r->how & NO_EVENT))
		s->m.event = &s->event;
}

/* ---- what came of it, in a line ---- */

static void __attribute__((format(printf, 2, 3)))
say(struct buf *b, const char *fmt, ...)
{
	char part[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(part, sizeof part, fmt, ap);
	va_end(ap);
	buf_printf(b, "%s%s", b->len == 0 ? "" : "; ", part);
}

/* Times count from now. */
static void
say_time(struct buf *b, const char *what, int64_t was, int64_t is)
{
	if (was != is && is == 0)
		say(b, "%s none", what);
	else if (was != is)
		say(b, "%s %+lld", what, (long long)(is - NOW));
}

static void
write_event(struct scene *s, struct buf *b)
{
	static const struct event none = { .owner = "", .title = "" };
	const struct event *was = s->m.event == NULL ? &none : s->m.event;
	const struct event *is = &s->v.event;
	char *before = event_levels(s->j.mem, was);
	char *after = event_levels(s->j.mem, is);

	if (strcmp(was->owner, is->owner) != 0)
		say(b, "owner %s", is->owner);
	if (was->state != is->state)
		say(b, "state %s", words_state(is->state));
	if (was->noc_state != is->noc_state)
		say(b, "NOC says %s", words_state(is->noc_state));
	if (was->severity != is->severity)
		say(b, "sev %d", is->severity);
	if (event_is_drill(is))
		say(b, "drill");
	if (was->impact != is->impact)
		say(b, "impact %s", words_impact(is->impact));
	if (was->disclosure != is->disclosure)
		say(b, "%s", words_disclosure(is->disclosure));
	if (strcmp(was->title, is->title) != 0)
		say(b, "title %s", is->title);
	if (strcmp(before, after) != 0)
		say(b, "%s", after);
	say_time(b, "started", was->started, is->started);
	say_time(b, "detected", was->detected, is->detected);
	say_time(b, "ended", was->ended, is->ended);
	say_time(b, "next", was->next_update, is->next_update);
	if (was->cadence != is->cadence)
		say(b, "every %lld", (long long)is->cadence);
}

static void
write_draft(struct scene *s, struct buf *b, const char *what,
    const struct draft *d)
{
	const char *kind = d->proposal ? " proposal" : "";

	const struct review *v = &d->review;
	const char *why =
	    d->state != STATE_POSTMORTEM
		? ""
		: arena_printf(s->j.mem, " (%s/%s/%s/%s)", v->cause, v->fix,
		      v->prevention, v->problem);

	say(b, "%s%s %s%s \"%s\"%s by %s", what, kind, words_state(d->state),
	    d->stock ? " stock" : "", d->text, why,
	    d->author[0] == '\0' ? "program" : d->author);
	if (d->correct != 0)
		buf_printf(b, ", corrects %d", d->correct);
	if (d->cadence != 0)
		buf_printf(b, ", every %lld", (long long)d->cadence);
	if (d->promise.kind == PROMISE_NONE)
		buf_str(b, ", no promise");
	else
		buf_printf(b, ", %s%lld",
		    d->promise.kind == PROMISE_AT ? "at +" : "+",
		    (long long)(d->promise.kind == PROMISE_AT
				    ? d->promise.value - NOW
				    : d->promise.value));
	if (d->social != NULL && d->social[0] != '\0')
		buf_printf(b, ", social %s", d->social);
}

static void
write_post(struct scene *s, struct buf *b)
{
	const struct post *p = &s->v.post;

	say(b, "u%dr%d %s \"%s\" %s", p->u, p->r, words_state(p->state),
	    p->text, p->components);
	if (p->next_update == 0)
		buf_str(b, ", no promise");
	else
		buf_printf(b, ", next %+lld",
		    (long long)(p->next_update - NOW));
	buf_printf(b, "%s%s%s", p->limited ? ", limited" : "",
	    p->backfill ? ", after the fact" : "",
	    s->v.broadcast ? "" : ", no mail");
}

static void
write_drafts(struct scene *s, struct buf *b)
{
	static const char *const status[] = { "pending", "held", "approved",
		"stale", "superseded", "discarded" };
	const struct verdict *v = &s->v;

	for (size_t i = 0; i < v->n_moves; i++)
		say(b, "d%d %s by %s", v->moves[i].n,
		    status[v->moves[i].status], v->moves[i].status_by);
	if (v->has_draft)
		write_draft(s, b, "draft", &v->draft);
	else if (v->draft.n != 0)
		say(b, "shows d%d", v->draft.n);
	if (v->has_post)
		write_post(s, b);
	if ((v->did & DID_RESHOW) && !v->has_draft)
		say(b, "shows d%d again", v->reshow.n);
	if (v->objected != 0)
		say(b, "objects to u%d", v->objected);
}

static void
write_room(const struct verdict *v, struct buf *b)
{
	static const char *const did[] = { "opened", "closed", "asked for",
		"put", "refused", "sitrep", "minute", "posts", "joined" };
	const struct room *r = &v->room;

	if (!v->has_room)
		return;
	say(b, "room");
	for (size_t i = 0; i < sizeof did / sizeof *did; i++)
		if (v->room_did & 1u << i)
			buf_printf(b, " %s", did[i]);
	buf_printf(b, " (%s) %s/%s", room_rule_word(r->rule), r->chair,
	    r->scribe);
	for (size_t i = 0; i < r->n_members; i++)
		buf_printf(b, " %s%s", r->members[i].joined != 0 ? "+" : "-",
		    r->members[i].person);
	if (r->bridge[0] != '\0')
		buf_printf(b, " at %s", r->bridge);
	if (r->review_by[0] != '\0')
		buf_printf(b, " review %s", r->review_by);
	for (size_t i = 0; i < v->n_actions; i++)
		buf_printf(b, " action %s", v->actions[i].text);
	if (v->has_note && v->note.kind != NULL)
		buf_printf(b, " as %s", v->note.kind);
}

/* All of a verdict but its mails, its findings and the phase. */
static void
write_swap(struct buf *b, const struct swap *s)
{
	say(b, "swap %s %d %s for %s%s%s%s%s", words_role((enum role)s->role),
	    s->level, s->taker, s->giver, s->giver_yes != 0 ? ", giver" : "",
	    s->taker_yes != 0 ? ", taker" : "", s->from != 0 ? ", on" : "",
	    s->refused != 0 ? ", off" : "");
}

static __attribute__((unused)) const char *
scene_write(struct scene *s)
{
	static const char *const kinds[QUESTIONS] = { "parked", "late", "held",
		"swap", "quiet", "merge", "split" };
	const struct verdict *v = &s->v;
	struct buf b = BUF_INIT;
	char *line;

	if (strcmp(v->outcome, "done") != 0)
		say(&b, "%s", v->outcome);
	write_event(s, &b);
	write_drafts(s, &b);
	if (v->has_climb)
		say(&b, "calls L%d: %s", v->climb.level, v->climb.persons);
	if (v->answered_level != 0)
		say(&b, "answers L%d", v->answered_level);
	for (size_t i = 0; i < v->n_cancels; i++)
		if (v->cancels[i] == 0)
			say(&b, "timers off");
		else
			say(&b, "T%d off", v->cancels[i]);
	for (size_t i = 0; i < v->n_arms; i++)
		say(&b, "T%d.%d %+lld", v->arms[i].kind, v->arms[i].step,
		    (long long)(v->arms[i].due - NOW));
	if (v->has_note)
		say(&b, "note%s%s \"%s\"", v->note.late ? " late" : "",
		    v->note.unverified ? " unverified" : "", v->note.text);
	write_room(v, &b);
	if (v->has_question)
		say(&b, "asks %s", kinds[v->question.kind]);
	if (v->has_also)
		say(&b, "asks %s too", v->also.person);
	for (size_t i = 0; i < v->n_swaps; i++)
		write_swap(&b, &v->swaps[i]);
	if (v->answered != 0)
		say(&b, "answered %s", v->answer);
	if (v->carry != 0)
		say(&b, "carries %d out", (int)v->carry);
	line = arena_copy(s->j.mem, b.data == NULL ? "" : b.data, b.len);
	buf_free(&b);
	return line;
}

/* "noc1 receipt, comms1 page", in the order of the house. */
static __attribute__((unused)) const char *
scene_mails(struct scene *s)
{
	static const char *const forms[] = { "copy", "published", "receipt",
		"preview", "page" };
	const struct verdict *v = &s->v;
	struct buf b = BUF_INIT;
	char *line;

	for (size_t who = 0; who <= WHO; who++)
		for (size_t i = 0; i < v->n_mailings; i++) {
			const struct mailing *x = &v->mailings[i];

			if (x->person != (who == WHO ? NULL : &persons[who]))
				continue;
			buf_printf(&b, "%s%s %s%s", b.len == 0 ? "" : ", ",
			    who == WHO ? x->address : persons[who].slug,
			    forms[x->form], x->check ? "+check" : "");
		}
	line = arena_copy(s->j.mem, b.data == NULL ? "" : b.data, b.len);
	buf_free(&b);
	return line;
}

#endif
