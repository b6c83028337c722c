#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "cmd/collect.h"
#include "cmd/explain_in.h"
#include "cmd/handle.h"
#include "flow/decide.h"
#include "flow/read.h"
#include "flow/request.h"
#include "flow/route.h"
#include "flow/sender.h"
#include "text/eventid.h"
#include "text/headers.h"
#include "text/place.h"
#include "text/rights.h"
#include "text/verbs.h"

#define BETWEEN " \t,;:<>()\""

/* ---- the envelope, which a file doesn't have ---- */

/* The first address in a header's value that is one of ours. */
static const char *
ours(struct job *j, const struct conf *c, const char *value)
{
	while (*value != '\0') {
		size_t n = strcspn(value, BETWEEN);
		const char *word = arena_copy(j->mem, value, n);

		if (text_is_address(word) && place_known(c, word))
			return word;
		value += n;
		value += strspn(value, BETWEEN);
	}
	return NULL;
}

static void
suppose_recipient(struct job *j, struct explained *x)
{
	static const char *const names[] = { "X-Original-To", "Delivered-To",
		"Envelope-To", "To", "Cc" };
	struct envelope *e = &x->in.envelope;

	e->recipient = arena_printf(j->mem, "incident@%s", x->conf->domain);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = headers_first(&x->message, names[i]), *to;

		if (value == NULL || (to = ours(j, x->conf, value)) == NULL)
			continue;
		e->recipient = to;
		x->to_from = names[i];
		return;
	}
}

static void
suppose_envelope(struct job *j, struct explained *x, const struct buf *raw,
    bool cut)
{
	const struct message *m = &x->message;

	x->in.envelope = (struct envelope){
		.source = "pipe",
		.actor = "",
		.from = m->from_address,
		.received = x->at,
		.sha = "",
		.size = raw->len,
		.cut = cut,
		.raw = raw->data,
		.n = raw->len,
	};
	suppose_recipient(j, x);
}

/*
 * A mail out of a folder is read as on its day: unless -t says otherwise it
 * came when it was written.
 */
static void
suppose_time(const struct world *w, struct job *j, struct explained *x)
{
	const struct message *m = &x->message;

	if (!w->options.clock_set && m->dated && m->date > 0 &&
	    m->date < j->now)
		j->now = m->date;
	x->at = j->now;
}

/* ---- who, and why it is so ---- */

static const char *
why_machine(const char *word)
{
	static const struct told words[] = {
		{ "bounce", "it came to an address for bounces" },
		{ "loop", "it is our own mail, or goes in circles" },
		{ "auto", "a program or a list sent it, not a person" },
		{ "unauth:from", "it doesn't have just one sender in From" },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].name, word) == 0)
			return words[i].value;
	return word;
}

static const char *
why_class(struct job *j, const struct explained *x)
{
	const struct sender *s = &x->sender;

	if (s->machine[0] != '\0')
		return why_machine(s->machine);
	if (s->person == NULL)
		return s->proof == PROOF_FAIL
			   ? "our mail server says that the check failed"
			   : "no person of the configuration has that address";
	if (s->page_target)
		return "a page target proves nothing";
	if (s->trust == TRUST_A1 && s->proof != PROOF_PASS)
		return "trust = \"open\": From is believed";
	if (s->proof == PROOF_PASS)
		return "a known address, and our mail server says pass";
	if (s->proof == PROOF_FAIL)
		return "our mail server says that the check failed";
	if (sender_leaves_room(&x->message))
		return "a header stands twice, or the signature is not of all "
		       "of it, so nothing is proved";
	return arena_printf(j->mem,
	    "a known address, but no result of %s that could be believed",
	    x->conf->authserv);
}

/* ---- what it is about ---- */

static bool
take_event(struct job *j, struct explained *x, const struct eventid *id,
    const char *by)
{
	x->event = eventid_tag(j->mem, id);
	x->event_by = by;
	return true;
}

static bool
by_field(struct job *j, struct explained *x)
{
	const char *s = x->request.incident;
	struct eventid id;

	return s != NULL && eventid_read(s, when_utc(j->now).year, &id) &&
	       take_event(j, x, &id, "the field Incident");
}

static bool
by_address(struct job *j, struct explained *x)
{
	struct place_parts at;
	struct eventid id;

	place_parse(j->mem, x->conf, x->in.envelope.recipient, &at);
	return at.event != NULL &&
	       eventid_read(at.event, when_utc(j->now).year, &id) &&
	       take_event(j, x, &id, "the address");
}

static bool
by_thread(struct job *j, struct explained *x)
{
	const struct message *m = &x->message;
	struct eventid_object o;
	struct eventid id;

	for (size_t i = 0; i < m->n_refs; i++)
		if (eventid_of_mid(m->refs[i], x->conf->host, &id, &o))
			return take_event(j, x, &id, "the mail it answers");
	return false;
}

static bool
by_subject(struct job *j, struct explained *x)
{
	const char *rest = x->message.subject, *at;
	struct eventid id;
	size_t n;

	return eventid_next(&rest, &id, &at, &n) &&
	       take_event(j, x, &id, "the subject");
}

static void
name_event(struct job *j, struct explained *x)
{
	if (x->route.opens)
		return;
	(void)(by_field(j, x) || by_address(j, x) || by_thread(j, x) ||
	       by_subject(j, x));
}

/* ---- what would be done ---- */

static bool
publishes(const struct request *r)
{
	for (size_t i = 0; i < r->n_commands; i++)
		if (verb_publishes(r->commands[i].verb))
			return true;
	return r->correct != 0 || r->state != STATE_NONE;
}

/* By the roles alone, where nothing was decided. */
static void
share_text(struct job *j, struct explained *x)
{
	const struct request *r = &x->request;
	const struct person *p = x->sender.person;
	struct buf in = BUF_INIT, out = BUF_INIT;
	bool own = r->n_sections == 0 && publishes(r) && p != NULL &&
		   rights_has(p->roles, RIGHT_APPROVE);

	buf_printf(own ? &out : &in, "%s\n", r->text);
	for (size_t i = 0; i < r->n_sections; i++)
		buf_printf(r->sections[i].public ? &out : &in, "%s\n",
		    r->sections[i].text);
	if (r->public_line != NULL)
		buf_printf(&out, "%s\n", r->public_line);
	x->internal = text_trim(j->mem, in.data);
	x->public = text_trim(j->mem, out.data);
	buf_free(&in);
	buf_free(&out);
}

static const char *
decision_about(struct job *j, const struct explained *x)
{
	const struct route *r = &x->route;
	const char *answers = "";

	if (r->has_token)
		answers = arena_printf(j->mem, ", as the answer to %c%d",
		    r->object, r->number);
	return arena_printf(j->mem,
	    "would be filed under %s%s; what comes of it depends on how that "
	    "stands: sitrep show %s",
	    x->event, answers, x->event);
}

static const char *
decision_here(const struct explained *x)
{
	const unsigned did = x->verdict.did;

	if (x->sender.machine[0] != '\0')
		return "kept; nothing in it is carried out, and nobody answers";
	if (x->sender.person == NULL)
		return "held: Marketing and NOC are asked whether to accept it";
	if (did & DID_OPEN)
		return "opens a new incident";
	if (did & DID_QUERY)
		return "answered; nothing changes";
	if (x->route.object == 'q')
		return "answers a question that was put to the sender";
	return "kept without an event, and answered";
}

static enum status
decide_new(struct world *w, struct job *j, struct explained *x)
{
	struct matter *m = &x->matter;
	enum status st;

	handle_seen(&x->in, &x->message, &m->mail);
	m->sender = &x->sender;
	m->request = &x->request;
	m->route = &x->route;
	if ((st = collect_duty(w, j, m)) != ST_OK)
		return st;
	decide(j, m, &x->verdict);
	x->decided = true;
	x->findings = x->verdict.findings;
	x->n_findings = x->verdict.n_findings;
	x->internal = x->verdict.has_note ? x->verdict.note.text : "";
	x->public = x->verdict.has_draft ? x->verdict.draft.text : "";
	x->decision = decision_here(x);
	return ST_OK;
}

static enum status
decide_what(struct world *w, struct job *j, struct explained *x)
{
	enum place p = x->route.place;

	x->findings = x->request.findings;
	x->n_findings = x->request.n_findings;
	share_text(j, x);
	x->decision = explain_place(p);
	if (p != PLACE_INCIDENT)
		return ST_OK;
	if (x->event != NULL && x->sender.machine[0] == '\0' &&
	    x->sender.person != NULL) {
		x->decision = decision_about(j, x);
		return ST_OK;
	}
	return decide_new(w, j, x);
}

static enum status
understand(struct job *j, struct explained *x)
{
	const struct envelope *e = &x->in.envelope;
	struct route_ask q = {
		.conf = x->conf,
		.message = &x->message,
		.envelope = e,
		.sender = &x->sender,
		.request = &x->request,
	};
	enum status st = sender_judge(j, x->conf, &x->message, e, &x->sender);

	if (st == ST_OK)
		st = request_read(j, x->conf, &x->message, x->sender.person,
		    &x->request);
	if (st != ST_OK)
		return st;
	route_place(j, &q, &x->route);
	name_event(j, x);
	x->why = why_class(j, x);
	return ST_OK;
}

enum status
explain_gather(struct world *w, struct job *j, const struct buf *raw, bool cut,
    struct explained *x)
{
	enum status st =
	    read_message(j, &w->conf, raw->data, raw->len, cut, &x->message);

	if (st != ST_OK)
		return st;
	x->conf = w->conf.path == NULL ? NULL : &w->conf;
	x->internal = x->public = "";
	suppose_time(w, j, x);
	if (x->conf != NULL && x->message.reading != READING_OK)
		x->decision =
		    "kept as it is; a sender who is proved is told so";
	if (x->conf != NULL && x->message.reading == READING_OK) {
		suppose_envelope(j, x, raw, cut);
		if ((st = understand(j, x)) != ST_OK)
			return st;
		if ((st = decide_what(w, j, x)) != ST_OK)
			return st;
	}
	explain_words(j, x);
	return ST_OK;
}
