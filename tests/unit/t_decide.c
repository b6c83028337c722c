/*
 * Deciding, as one table: who says what about an event that stands how, and
 * what comes of it.  The rows are the rules of the process; every branch of
 * flow/decide*.c is walked (make cover).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

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

static const struct stock stock = { { "We are aware of {components}.",
    "Cause of {components} found.", "{components} dealt with.",
    "{components} resolved.", "No change since {last post}.",
    "A problem affects {components}; limited." } };

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
	struct timer timers[2];
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
	}
	s->conf = (struct conf){ .persons = persons,
		.n_persons = WHO,
		.components = components,
		.n_components = 3,
		.noc_list = "" };
	for (int i = 1; i <= 5; i++)
		s->conf.severity[i] = (struct severity){ .handoff = 900,
			.ack = 300,
			.first_post = 900,
			.cadence = 7200,
			.cadence_max = 14400 };
	s->conf.severity[1].handoff = 0;
	s->conf.severity[5] =
	    (struct severity){ -1, -1, -1, -1, -1, -1, -1, -1, -1 };
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
		.lasting = "",
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
set(struct scene *s, const struct row *r)
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

static void
codes(const struct verdict *v, char out[128])
{
	out[0] = '\0';
	for (size_t i = 0; i < v->n_findings; i++) {
		(void)strcat(out, out[0] == '\0' ? "" : " ");
		(void)strcat(out, v->findings[i].code);
		assert_true(strlen(v->findings[i].says) > 0);
	}
}

static const struct row rows[] = {
	/* clang-format off */
/* opening */
{ "NOC opens", NOC1, TRUST_A1, PH_NONE, NO_EVENT | TEXT, { 0 }, "", DID_OPEN | DID_NOTE, "", PH_OPEN },
{ "a failed check is a stranger", NOC1, TRUST_A0, PH_NONE, NO_EVENT | TEXT, { 0 }, "", DID_HELD_MAIL, "", PH_NONE },
{ "a failed check publishes nothing", COMMS1, TRUST_A0, PH_HANDED_OFF, STOCK | ASKED | TOKEN, { VERB_YES }, "", DID_HELD_MAIL, "", PH_HANDED_OFF },
{ "known but unproved opens", NOC1, TRUST_A0K, PH_NONE, NO_EVENT | TEXT, { 0 }, "", DID_OPEN | DID_NOTE, "", PH_OPEN },
{ "support opens", SUPPORT, TRUST_A1, PH_NONE, NO_EVENT | TEXT, { 0 }, "", DID_OPEN, "", PH_OPEN },
{ "an administrator without a role doesn't", ADMIN, TRUST_A1, PH_NONE, NO_EVENT | TEXT, { 0 }, "", DID_UNSORTED, "", PH_NONE },
{ "comms opens and owns", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TEXT, { 0 }, "", DID_OPEN, "", PH_OWNED },
{ "with components", NOC1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | FACTS, { 0 }, "", DID_OPEN, "", PH_OPEN },
{ "SEV1 is handed off at once", NOC1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | MOVED, { VERB_SEVERITY }, "1", DID_OPEN | DID_HAND_OFF, "", PH_HANDED_OFF },
{ "opened and fixed", NOC1, TRUST_A1, PH_NONE, NO_EVENT | TEXT, { VERB_RESOLVE }, "", DID_OPEN | DID_CLOSE_QUIET, "", PH_CLOSED_QUIET },
{ "comms opens with a draft", COMMS1, TRUST_A1, PH_NONE, NO_EVENT | TEXT, { VERB_DRAFT }, "", DID_OPEN | DID_DRAFT, "", PH_OWNED },
{ "a bare yes opens nothing", COMMS1, TRUST_A1, PH_NONE, NO_EVENT, { VERB_YES }, "", DID_UNSORTED, "E10", PH_NONE },
{ "an unknown id opens nothing", NOC1, TRUST_A1, PH_NONE, NO_EVENT | UNKNOWN_ID | TEXT, { 0 }, "", DID_UNSORTED, "E12", PH_NONE },
{ "only a question opens nothing", NOC1, TRUST_A1, PH_NONE, NO_EVENT, { VERB_STATUS }, "", DID_QUERY, "", PH_NONE },
{ "skewed date is told", NOC1, TRUST_A1, PH_NONE, NO_EVENT | TEXT | SKEWED, { 0 }, "", DID_OPEN, "W44", PH_OPEN },
/* ack, owner */
{ "ack", COMMS1, TRUST_A1, PH_HANDED_OFF, STOCK, { VERB_ACK }, "", DID_ACK, "", PH_OWNED },
{ "ack before the hand-off", COMMS1, TRUST_A1, PH_OPEN, 0, { VERB_ACK }, "", DID_ACK, "", PH_OWNED },
{ "ack unproved", COMMS1, TRUST_A0K, PH_HANDED_OFF, STOCK, { VERB_ACK }, "", DID_ACK, "", PH_OWNED },
{ "ack by another", COMMS2, TRUST_A1, PH_OWNED, OWNED, { VERB_ACK }, "", 0, "E14", PH_OWNED },
{ "ack again", COMMS1, TRUST_A1, PH_OWNED, OWNED, { VERB_ACK }, "", DID_ACK, "", PH_OWNED },
{ "ack by NOC", NOC1, TRUST_A1, PH_HANDED_OFF, STOCK, { VERB_ACK }, "", 0, "E42", PH_HANDED_OFF },
{ "yes to a page is ack", COMMS1, TRUST_A0K, PH_HANDED_OFF, STOCK | PAGE, { VERB_YES }, "", DID_ACK, "", PH_OWNED },
{ "hand over", COMMS1, TRUST_A1, PH_OWNED, OWNED, { VERB_HANDOFF }, "comms2", DID_OWNER, "", PH_OWNED },
{ "hand over before the hand-off", NOC1, TRUST_A1, PH_OPEN, 0, { VERB_HANDOFF }, "comms2", DID_OWNER, "", PH_OWNED },
{ "hand over unproved", COMMS1, TRUST_A0K, PH_OWNED, OWNED, { VERB_HANDOFF }, "comms2", DID_PARK, "E43", PH_OWNED },
{ "hand over to nobody", COMMS1, TRUST_A1, PH_OWNED, OWNED, { VERB_HANDOFF }, "nobody", 0, "E24", PH_OWNED },
{ "hand off now", NOC1, TRUST_A1, PH_OPEN, 0, { VERB_HANDOFF }, "now", DID_HAND_OFF, "", PH_HANDED_OFF },
{ "hand off twice", NOC1, TRUST_A1, PH_HANDED_OFF, 0, { VERB_HANDOFF }, "", 0, "", PH_HANDED_OFF },
{ "hand off by an administrator", ADMIN, TRUST_A1, PH_OPEN, 0, { VERB_HANDOFF }, "", 0, "E42", PH_OPEN },
/* notes */
{ "a note", NOC1, TRUST_A1, PH_OWNED, TEXT | OWNED, { 0 }, "", DID_NOTE, "", PH_OWNED },
{ "comms without a verb: a note", COMMS1, TRUST_A1, PH_OWNED, TEXT | OWNED, { 0 }, "", DID_NOTE, "", PH_OWNED },
{ "note forces a note", COMMS1, TRUST_A1, PH_OWNED, TEXT | OWNED, { VERB_NOTE, VERB_DRAFT }, "", DID_NOTE, "", PH_OWNED },
{ "nothing said, nothing done", NOC1, TRUST_A1, PH_OWNED, OWNED, { VERB_NONE }, "", 0, "", PH_OWNED },
/* closing before public */
{ "fixed before the hand-off", NOC1, TRUST_A1, PH_OPEN, TEXT, { VERB_MONITORING }, "", DID_CLOSE_QUIET, "", PH_CLOSED_QUIET },
{ "fixed, in words", NOC1, TRUST_A1, PH_OPEN, TEXT | WORD, { 0 }, "", DID_CLOSE_QUIET | DID_NOTE, "", PH_CLOSED_QUIET },
{ "fixed with a draft waiting", NOC1, TRUST_A1, PH_OPEN, TEXT | STOCK, { VERB_RESOLVE }, "", DID_CLOSE_QUIET, "", PH_CLOSED_QUIET },
{ "fixed after the hand-off is a proposal", NOC1, TRUST_A1, PH_HANDED_OFF, TEXT | WORD | STOCK, { 0 }, "", DID_DRAFT | DID_PROPOSE, "", PH_HANDED_OFF },
{ "support can't say fixed", SUPPORT, TRUST_A1, PH_OPEN, 0, { VERB_RESOLVE }, "", 0, "E42", PH_OPEN },
{ "void", NOC1, TRUST_A1, PH_OPEN, 0, { VERB_VOID }, "probe broke", DID_VOID, "", PH_VOID },
{ "void without a reason", NOC1, TRUST_A1, PH_OPEN, 0, { VERB_VOID }, "", 0, "E24", PH_OPEN },
{ "void once public", COMMS1, TRUST_A1, PH_PUBLIC, POSTED | OWNED, { VERB_VOID }, "why", 0, "E13", PH_PUBLIC },
{ "void by support", SUPPORT, TRUST_A1, PH_OPEN, 0, { VERB_VOID }, "why", 0, "E42", PH_OPEN },
/* severity and facts */
{ "raise", NOC1, TRUST_A0K, PH_OWNED, OWNED, { VERB_SEVERITY }, "1", DID_FACTS, "", PH_OWNED },
{ "raise to SEV1 hands off", NOC1, TRUST_A1, PH_OPEN, 0, { VERB_SEVERITY }, "1", DID_FACTS | DID_HAND_OFF, "", PH_HANDED_OFF },
{ "lower needs proof", NOC1, TRUST_A0K, PH_OWNED, OWNED | TEXT, { VERB_SEVERITY }, "4", DID_PARK, "E43", PH_OWNED },
{ "lower needs a reason", NOC1, TRUST_A1, PH_OWNED, OWNED, { VERB_SEVERITY }, "4", 0, "E24", PH_OWNED },
{ "lower with a reason", NOC1, TRUST_A1, PH_OPEN, TEXT, { VERB_SEVERITY }, "4", DID_FACTS, "", PH_OPEN },
{ "to SEV5: no hand-off", NOC1, TRUST_A1, PH_OPEN, TEXT, { VERB_SEVERITY }, "5", DID_FACTS, "", PH_OPEN },
{ "the same severity", NOC1, TRUST_A1, PH_OWNED, OWNED, { VERB_SEVERITY }, "2", 0, "", PH_OWNED },
{ "support can't change it", SUPPORT, TRUST_A1, PH_OWNED, OWNED, { VERB_SEVERITY }, "1", 0, "E42", PH_OWNED },
{ "components", NOC1, TRUST_A1, PH_OWNED, OWNED | FACTS, { 0 }, "", DID_FACTS, "", PH_OWNED },
{ "components by support", SUPPORT, TRUST_A1, PH_OWNED, OWNED | FACTS, { 0 }, "", 0, "E42", PH_OWNED },
/* drafts */
{ "draft", COMMS1, TRUST_A1, PH_HANDED_OFF, STOCK | TEXT, { VERB_DRAFT }, "", DID_DRAFT | DID_ACK, "", PH_OWNED },
{ "publish makes a preview", COMMS1, TRUST_A1, PH_OWNED, OWNED | TEXT, { VERB_PUBLISH }, "", DID_DRAFT, "", PH_OWNED },
{ "draft without text keeps it", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN, { VERB_DRAFT }, "", DID_DRAFT, "", PH_OWNED },
{ "draft unproved waits", COMMS1, TRUST_A0K, PH_OWNED, OWNED | TEXT, { VERB_DRAFT }, "", DID_PARK, "E43", PH_OWNED },
{ "NOC's draft stays internal", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT, { VERB_DRAFT }, "", DID_DRAFT | DID_PROPOSE | DID_NOTE, "E42", PH_OWNED },
{ "NOC's section is a proposal", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT | PUBLIC, { 0 }, "", DID_DRAFT | DID_PROPOSE | DID_NOTE, "", PH_OWNED },
{ "support can't draft", SUPPORT, TRUST_A1, PH_OWNED, OWNED | TEXT, { VERB_DRAFT }, "", DID_NOTE, "E42", PH_OWNED },
{ "security drafts, another approves", SEC, TRUST_A1, PH_OWNED, OWNED | TEXT, { VERB_DRAFT }, "", DID_DRAFT | DID_PROPOSE, "", PH_OWNED },
{ "NOC's state leaves own words waiting", NOC1, TRUST_A1, PH_OWNED, OWNED | OWN, { VERB_IDENTIFIED }, "", DID_FACTS, "", PH_OWNED },
{ "NOC's state, by field", NOC1, TRUST_A1, PH_OWNED, OWNED | FIELD | TEXT, { 0 }, "", DID_DRAFT | DID_PROPOSE, "", PH_OWNED },
{ "state by comms", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | TEXT, { VERB_IDENTIFIED }, "", DID_DRAFT, "", PH_PUBLIC },
{ "same", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED, { VERB_SAME }, "", DID_DRAFT, "", PH_PUBLIC },
{ "same before anything", COMMS1, TRUST_A1, PH_OWNED, OWNED, { VERB_SAME }, "", 0, "E13", PH_OWNED },
{ "an image", COMMS1, TRUST_A1, PH_OWNED, OWNED | TEXT | IMAGE, { VERB_DRAFT }, "", DID_NOTE, "E25", PH_OWNED },
{ "correct", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | TEXT | CORRECT, { 0 }, "", DID_DRAFT, "", PH_PUBLIC },
{ "correct what isn't there", COMMS1, TRUST_A1, PH_OWNED, OWNED | TEXT | CORRECT, { 0 }, "", DID_NOTE, "E10", PH_OWNED },
{ "correct by NOC is a proposal", NOC1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | PUBLIC | CORRECT, { 0 }, "", DID_DRAFT | DID_PROPOSE, "", PH_PUBLIC },
/* disclosure */
{ "embargoed: no draft", COMMS1, TRUST_A1, PH_OWNED, OWNED | TEXT | EMBARGO, { VERB_DRAFT }, "", DID_NOTE, "E46", PH_OWNED },
{ "limited: own words stay inside", COMMS1, TRUST_A1, PH_OWNED, OWNED | TEXT | LIMITED, { VERB_DRAFT }, "", DID_DRAFT | DID_NOTE, "E44", PH_OWNED },
{ "limited: stock text", COMMS1, TRUST_A1, PH_OWNED, OWNED | LIMITED, { VERB_DRAFT }, "", DID_DRAFT, "", PH_OWNED },
{ "embargoed hand-off has no draft", NOC1, TRUST_A1, PH_OPEN, EMBARGO, { VERB_HANDOFF }, "", DID_HAND_OFF, "", PH_HANDED_OFF },
/* approving */
{ "yes", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN, { VERB_YES }, "", DID_POST, "", PH_PUBLIC },
{ "post is yes", COMMS1, TRUST_A1, PH_HANDED_OFF, STOCK | ASKED | TOKEN, { VERB_POST }, "", DID_POST | DID_ACK, "", PH_PUBLIC },
{ "yes without the token", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED, { VERB_YES }, "", DID_RESHOW, "E43", PH_OWNED },
{ "yes unproved, stock text", COMMS1, TRUST_A0K, PH_HANDED_OFF, STOCK | ASKED | TOKEN, { VERB_YES }, "", DID_POST, "", PH_PUBLIC },
{ "yes unproved, own words", COMMS1, TRUST_A0K, PH_OWNED, OWNED | OWN | ASKED | TOKEN, { VERB_YES }, "", DID_RESHOW, "E43", PH_OWNED },
{ "yes by NOC", NOC1, TRUST_A1, PH_HANDED_OFF, STOCK | ASKED | TOKEN, { VERB_YES }, "", 0, "E42", PH_HANDED_OFF },
{ "yes by security while limited", SEC, TRUST_A1, PH_HANDED_OFF, STOCK | ASKED | TOKEN | LIMITED, { VERB_YES }, "", DID_POST, "", PH_PUBLIC },
{ "yes, but more", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN | EXTRA, { VERB_YES }, "", DID_RESHOW, "E40", PH_OWNED },
{ "yes after NOC changed it", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN | MOVED, { VERB_YES }, "", DID_RESHOW | DID_DRAFT, "E41", PH_OWNED },
{ "yes after an objection", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN | HELD_NOC, { VERB_YES }, "", DID_RESHOW | DID_DRAFT, "E41", PH_OWNED },
{ "yes after one's own hold", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN | HELD_COMMS, { VERB_YES }, "", DID_POST, "", PH_PUBLIC },
{ "yes, embargoed since", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN | EMBARGO, { VERB_YES }, "", 0, "E46", PH_OWNED },
{ "yes, limited since", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN | LIMITED, { VERB_YES }, "", 0, "E44", PH_OWNED },
{ "yes to nothing", COMMS1, TRUST_A1, PH_OWNED, OWNED, { VERB_YES }, "", 0, "E14", PH_OWNED },
{ "yes beside the draft", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN, { VERB_YES }, "", DID_RESHOW, "E43", PH_OWNED },
{ "yes to a correction", COMMS1, TRUST_A1, PH_PUBLIC, OWNED | OWN | ASKED | TOKEN | POSTED | CORRECT, { VERB_YES }, "", DID_CORRECT, "", PH_PUBLIC },
/* objecting */
{ "no by the approver", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN, { VERB_NO }, "", DID_DISCARD, "", PH_OWNED },
{ "hold by the approver", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN, { VERB_HOLD }, "", DID_HOLD, "", PH_OWNED },
{ "wrong by NOC", NOC1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN | TEXT, { VERB_WRONG }, "", DID_HOLD | DID_OBJECT | DID_NOTE, "", PH_OWNED },
{ "no by an administrator", ADMIN, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN, { VERB_NO }, "", 0, "E42", PH_OWNED },
{ "wrong when nothing waits", NOC1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | TEXT, { VERB_WRONG }, "", DID_OBJECT | DID_NOTE, "", PH_PUBLIC },
/* late, old, closed */
{ "late state", NOC1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | LATE_MAIL | TEXT, { VERB_IDENTIFIED }, "", DID_LATE | DID_NOTE, "W40", PH_PUBLIC },
{ "late note", NOC1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | LATE_MAIL | TEXT, { 0 }, "", DID_LATE | DID_NOTE, "W40", PH_PUBLIC },
{ "late and confirmed", NOC1, TRUST_A1, PH_PUBLIC, OWNED | POSTED | LATE_MAIL | CONFIRMED, { VERB_IDENTIFIED }, "", DID_DRAFT, "", PH_PUBLIC },
{ "old yes", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN | OLD_MAIL, { VERB_YES }, "", DID_PARK, "E43", PH_OWNED },
{ "yes of 1970", COMMS1, TRUST_A1, PH_OWNED, OWNED | OWN | ASKED | TOKEN | OLD_MAIL | SKEWED, { VERB_YES }, "", DID_PARK, "E43", PH_OWNED },
{ "note of 1970", NOC1, TRUST_A1, PH_OWNED, OWNED | OLD_MAIL | SKEWED | TEXT, { 0 }, "", DID_NOTE, "", PH_OWNED },
{ "old note of comms", COMMS1, TRUST_A1, PH_OWNED, OWNED | OLD_MAIL | TEXT, { 0 }, "", DID_NOTE, "", PH_OWNED },
{ "old proposal of NOC", NOC1, TRUST_A1, PH_OWNED, OWNED | OLD_MAIL | PUBLIC, { 0 }, "", DID_DRAFT, "", PH_OWNED },
{ "closed: commands are refused", COMMS1, TRUST_A1, PH_CLOSED, POSTED | TEXT, { VERB_DRAFT }, "", DID_NOTE, "E11", PH_CLOSED },
{ "closed: a reply may correct", COMMS1, TRUST_A1, PH_CLOSED, POSTED | TEXT | REPLY | CORRECT, { 0 }, "", DID_DRAFT, "", PH_CLOSED },
{ "closed: a reply is a note", NOC1, TRUST_A1, PH_CLOSED, TEXT | REPLY, { 0 }, "", DID_NOTE, "", PH_CLOSED },
{ "two events named", COMMS1, TRUST_A1, PH_OWNED, OWNED | TEXT | DISAGREE, { VERB_DRAFT }, "", DID_NOTE, "E10", PH_OWNED },
/* questions */
{ "yes to a question", NOC1, TRUST_A1, PH_OWNED, OWNED | QUESTION | TOKEN, { VERB_YES }, "", 0, "", PH_OWNED },
{ "yes to another's question", NOC1, TRUST_A1, PH_OWNED, OWNED | QUESTION, { VERB_YES }, "", 0, "E43", PH_OWNED },
{ "no to a question", NOC1, TRUST_A1, PH_OWNED, OWNED | QUESTION | TOKEN, { VERB_NO }, "", 0, "", PH_OWNED },
{ "accept", NOC1, TRUST_A1, PH_NONE, NO_EVENT | QUESTION | TOKEN, { VERB_ACCEPT }, "", 0, "", PH_NONE },
{ "accept nothing", NOC1, TRUST_A1, PH_OWNED, OWNED, { VERB_ACCEPT }, "", 0, "E14", PH_OWNED },
/* the rest */
{ "a verb of a later part", COMMS1, TRUST_A1, PH_OWNED, OWNED, { VERB_ESCALATE }, "", 0, "E21", PH_OWNED },
{ "show", NOC1, TRUST_A1, PH_OWNED, OWNED, { VERB_SHOW }, "", DID_QUERY, "", PH_OWNED },
{ "new on an event", NOC1, TRUST_A1, PH_OWNED, OWNED | TEXT, { VERB_NEW }, "", DID_NOTE, "", PH_OWNED },
	/* clang-format on */
};

static bool
holds(const struct row *r)
{
	struct scene s;
	char have[128];
	bool good;

	set(&s, r);
	decide(&s.j, &s.m, &s.v);
	codes(&s.v, have);
	good = (s.v.did & r->did) == r->did && strcmp(have, r->codes) == 0 &&
	       s.v.event.phase == r->after;
	if (!good)
		print_error("%s: did %x, wanted %x; codes \"%s\", wanted "
			    "\"%s\"; phase %s\n",
		    r->name, s.v.did, r->did, have, r->codes,
		    words_phase(s.v.event.phase));
	job_end(&s.j);
	return good;
}

static void
every_row(void **state)
{
	size_t bad = 0;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		bad += !holds(&rows[i]);
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
