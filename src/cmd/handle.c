#include "cmd/handle.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "cmd/collect.h"
#include "cmd/list_mail.h"
#include "cmd/prove.h"
#include "flow/answer.h"
#include "flow/apply.h"
#include "flow/contact.h"
#include "flow/decide.h"
#include "flow/forward.h"
#include "flow/heartbeat.h"
#include "flow/proof.h"
#include "flow/read.h"
#include "flow/rebound.h"
#include "flow/request.h"
#include "flow/route.h"
#include "flow/sender.h"
#include "flow/unreached.h"
#include "flow/unsubscribe.h"
#include "text/dkim.h"
#include "text/dsn.h"

enum { AHEAD = 5 * 60, EARLIEST = 631152000 /* 1990-01-01 */ };

/* Everything one message is, on its way. */
struct passage {
	const struct letter_in *in;
	struct message message;
	struct sender sender;
	struct evidence proof;
	int64_t as_of; /* how old a signature is; 0: now */
	struct request request;
	struct route route;
	struct matter matter;
	struct verdict verdict;
	const char *outcome;
	int64_t event;
};

static void
seen(struct passage *p)
{
	const struct message *msg = &p->message;
	struct letter_seen *mail = &p->matter.mail;
	int64_t received = p->in->envelope.received, at;

	*mail = (struct letter_seen){
		.id = p->in->id,
		.received = received,
		.written = received,
		.subject = msg->subject,
		.forwarded = msg->forwarded,
		.encrypted = msg->encrypted,
		.no_text = msg->no_text,
		.interleaved = msg->interleaved,
	};
	mail->skewed = !msg->dated || msg->date > received + AHEAD;
	mail->ancient = msg->dated && msg->date < EARLIEST;
	if (!mail->skewed && !mail->ancient && msg->date < received)
		mail->written = msg->date;
	/* A Date may have been left out of what was signed. */
	if (dkim_signed_at(msg, &at) && at < mail->written)
		mail->written = at;
}

void
handle_seen(const struct letter_in *in, const struct message *msg,
    struct letter_seen *out)
{
	struct passage p = { .in = in, .message = *msg };

	seen(&p);
	*out = p.matter.mail;
}

/* It may have been begun while the bytes were committed (cmd/deliver.c). */
static enum status
read_it(struct world *w, struct job *j, struct passage *p)
{
	const struct envelope *e = &p->in->envelope;

	if (w->ahead.pid == 0 || w->ahead_of != p->in->id)
		return read_message(j, &w->conf, e->raw, e->n, e->cut,
		    &p->message);
	w->ahead_of = 0; /* it is over; world_close() buries it */
	return read_end(j, &w->conf, e->raw, e->n, e->cut, &w->ahead,
	    &p->message);
}

/* read -> sender -> proof -> request: no transaction is held meanwhile. */
static enum status
understand(struct world *w, struct job *j, struct passage *p)
{
	enum status st = read_it(w, j, p);

	if (st == ST_OK)
		st = sender_judge(j, &w->conf, &p->message, &p->in->envelope,
		    &p->sender);
	if (st == ST_OK)
		st = prove(w, j, p->in, p->as_of == 0 ? j->now : p->as_of,
		    &p->message, &p->sender, &p->proof);
	if (st == ST_OK)
		st = request_read(j, &w->conf, &p->message, p->sender.person,
		    &p->request);
	if (st == ST_OK)
		prove_named(&p->request, &p->sender);
	return st;
}

static void
matter_of(struct passage *p)
{
	seen(p);
	p->matter.sender = &p->sender;
	p->matter.request = &p->request;
	p->matter.route = &p->route;
}

static const char *
trust_word(enum trust t)
{
	static const char *const words[] = { "A0", "A0k", "A1", "A2", "A3" };

	return words[t];
}

/* With the token of a reply address it is proved better. */
static enum trust
proved(const struct passage *p)
{
	if (p->sender.trust == TRUST_A1 && p->route.token_ok)
		return TRUST_A2;
	return p->sender.trust;
}

static enum status
file(struct world *w, struct job *j, const struct passage *p)
{
	const struct outcome o = {
		.message = p->in->id,
		.at = j->now,
		.verdict = p->outcome,
		.trust = trust_word(proved(p)),
		.person =
		    p->sender.person == NULL ? "" : p->sender.person->slug,
		.address = p->sender.address,
		.mid = p->message.mid,
		.subject = p->message.subject,
		.event = p->event,
		.result = brief_result(j, &p->verdict),
		.flags = "",
	};
	struct outcome flagged = o;
	bool again = false;
	enum status st = inbox_same_mid(w->db, j, o.message, o.mid, &again);

	if (st != ST_OK)
		return st;
	if (again)
		flagged.flags = "same-mid";
	log_note("step=handle id=%s verdict=%s trust=%s person=%s result=%s",
	    j->id, o.verdict, o.trust, o.person, o.result);
	return inbox_done(w->db, j, &flagged);
}

/* The decision about one message, within the transaction. */
static enum status
settle(struct world *w, struct job *j, struct passage *p)
{
	int64_t event = p->route.opens ? 0 : p->route.event;
	enum status st = collect(w, j, event, &p->matter);

	if (st != ST_OK)
		return st;
	decide(j, &p->matter, &p->verdict);
	p->outcome = p->verdict.outcome;
	if ((st = apply(w->db, j, &w->conf, &w->keys, &p->verdict)) != ST_OK)
		return st;
	p->event = p->verdict.event.id;
	/* What a yes carries out is told by what was carried out. */
	if (p->verdict.carry != 0)
		return ST_OK;
	return handle_tell(w, j, &p->matter, &p->verdict, &p->message, p->in);
}

static enum status
find_route(struct world *w, struct job *j, struct passage *p)
{
	const struct route_ask q = {
		.conf = &w->conf,
		.keys = &w->keys,
		.message = &p->message,
		.envelope = &p->in->envelope,
		.sender = &p->sender,
		.request = &p->request,
	};

	return route_find(w->db, j, &q, &p->route);
}

/* A held mail that was accepted counts as the NOC's; its writer gets none. */
static const struct person *
stranger(struct job *j, const char *address)
{
	struct person *p = arena_alloc(j->mem, sizeof *p);

	p->slug = p->name = arena_str(j->mem, address);
	p->roles = ROLE_NOC;
	p->timezone = "UTC";
	p->language = "en";
	return p;
}

/* The event that the mail opened, or was about, when it was put off. */
static void
stay(struct passage *p, const struct question *q)
{
	if (q == NULL || q->event == 0)
		return;
	p->route.event = q->event;
	p->route.opens = p->route.disagree = p->route.unknown_id = false;
}

/* A yes to a question carries out the message it was about. */
static enum status
carry(struct world *w, struct job *j, struct passage *yes)
{
	struct passage *p = arena_alloc(j->mem, sizeof *p);
	struct letter_in *in = arena_alloc(j->mem, sizeof *in);
	enum status st = inbox_get(w->db, j, yes->verdict.carry, in);

	if (st != ST_OK)
		return st;
	p->in = in;
	p->as_of = in->envelope.received; /* as it was read when it came */
	if ((st = understand(w, j, p)) != ST_OK)
		return st;
	matter_of(p);
	p->matter.confirmed = true;
	p->matter.noted = yes->matter.question->kind != QUESTION_HELD;
	p->matter.endorsed = yes->matter.question->kind >= QUESTION_MERGE;
	p->matter.internal_only = yes->sender.trust == TRUST_A0K;
	p->matter.as_noc = p->sender.trust == TRUST_A0;
	if (p->matter.as_noc) {
		p->sender.person = stranger(j, p->sender.address);
		p->matter.vouched = yes->sender.person->slug;
	}
	st = find_route(w, j, p);
	stay(p, yes->matter.question);
	if (st == ST_OK)
		st = settle(w, j, p);
	if (yes->event == 0)
		yes->event = p->event;
	if (st != ST_OK || !p->matter.as_noc)
		return st;
	/* The stranger gets no word; who let him in does. */
	yes->verdict.event = p->verdict.event;
	yes->verdict.did |= p->verdict.did & DID_OPEN;
	return handle_tell(w, j, &yes->matter, &yes->verdict, &yes->message,
	    yes->in);
}

static enum status
incident(struct world *w, struct job *j, struct passage *p)
{
	enum status st = settle(w, j, p);

	if (st == ST_OK && p->verdict.carry != 0)
		st = carry(w, j, p);
	return st;
}

static enum status
help(struct world *w, struct job *j, struct passage *p)
{
	struct command c = { .verb = VERB_HELP, .args = "" };

	p->request.commands = &c;
	p->request.n_commands = 1;
	return settle(w, j, p);
}

static enum status
keep(struct world *w, struct job *j, struct passage *p)
{
	(void)w;
	(void)j;
	if (p->sender.machine[0] == '\0')
		p->outcome = "kept";
	return ST_OK;
}

static enum status
held(struct world *w, struct job *j, struct passage *p)
{
	(void)w;
	(void)j;
	p->outcome = "held: unknown recipient";
	return ST_OK;
}

static enum status
owner(struct world *w, struct job *j, struct passage *p)
{
	if (p->sender.machine[0] != '\0')
		return ST_OK;
	p->outcome = "forwarded";
	return forward_to_owner(w->db, j, &w->conf, p->in);
}

/* Never answered; what isn't a failure of a page of ours has no effect. */
static enum status
page_bounced(struct world *w, struct job *j, struct passage *p)
{
	const struct envelope *e = &p->in->envelope;
	enum status st;
	int64_t letter;

	p->outcome = "bounce:unverified";
	if (p->route.token == NULL ||
	    !keys_row_ok(&w->keys, "page", p->route.token, &letter))
		return ST_OK;
	p->outcome = "bounce";
	if (!dsn_failed(&p->message, p->sender.null_sender, e->raw, e->n))
		return ST_OK;
	st = unreached_bounce(w->db, j, letter, &p->event);
	return st == ST_NONE ? ST_OK : st;
}

/* Of a list.  Never answered. */
static enum status
list_bounced(struct world *w, struct job *j, struct passage *p)
{
	const struct rebound_ask a = {
		.conf = &w->conf,
		.keys = &w->keys,
		.list = conf_list(&w->conf, p->route.list),
		.token = p->route.token,
		.message = &p->message,
		.in = p->in,
	};

	return rebound_take(w->db, j, &a, &p->outcome);
}

/* Without our mark it is what it looks like: a loop, or somebody's. */
static enum status
self_tested(struct world *w, struct job *j, struct passage *p)
{
	struct heartbeat h = { &w->conf, &w->keys, NULL };
	enum status st;
	int64_t id;

	if (p->route.token == NULL ||
	    !keys_row_ok(&w->keys, "selftest", p->route.token, &id) ||
	    !sender_is_self(j, &w->keys, &p->message, &p->in->envelope))
		return keep(w, j, p);
	p->outcome = "selftest";
	if ((st = collect(w, j, 0, &p->matter)) != ST_OK)
		return st;
	h.oncall = p->matter.people->oncall;
	st = heartbeat_came(w->db, j, &h, id);
	return st == ST_NONE ? ST_OK : st;
}

static enum status
unsubscribed(struct world *w, struct job *j, struct passage *p)
{
	const struct list *l = conf_list(&w->conf, p->route.list);
	int64_t left;
	enum status st =
	    unsubscribe(w->db, j, &w->keys, l, p->route.token, &left);

	p->outcome = "unsubscribe";
	return st == ST_OK ? contact_left(w->db, j, &w->conf, l, left) : st;
}

static struct list_letter
letter_to_list(const struct passage *p, const char *list)
{
	return (struct list_letter){ .in = p->in,
		.message = &p->message,
		.sender = &p->sender,
		.list = list,
		.token = p->route.token,
		.outcome = "" };
}

/* What an address confirmed is the mail that it was asked about. */
static enum status
carry_to_list(struct world *w, struct job *j, struct passage *word,
    int64_t message)
{
	struct passage *p = arena_alloc(j->mem, sizeof *p);
	struct letter_in *in = arena_alloc(j->mem, sizeof *in);
	struct list_letter l;
	enum status st = inbox_get(w->db, j, message, in);

	if (st != ST_OK)
		return st;
	p->in = in;
	if ((st = understand(w, j, p)) != ST_OK ||
	    (st = find_route(w, j, p)) != ST_OK)
		return st;
	l = letter_to_list(p, word->route.list);
	l.in = word->in; /* what is answered */
	l.joins = p->route.place == PLACE_SUBSCRIBE;
	st = list_mail_carry(w, j, &l);
	word->outcome = l.outcome;
	return st;
}

static enum status
to_list(struct world *w, struct job *j, struct passage *p)
{
	struct list_letter l = letter_to_list(p, p->route.list);
	enum status st;

	if (p->sender.machine[0] != '\0')
		return ST_OK;
	l.web = sender_is_self(j, &w->keys, &p->message, &p->in->envelope);
	st = list_mail(w, j, p->route.place, &l);
	p->outcome = l.outcome;
	if (st == ST_OK && l.carry != 0)
		st = carry_to_list(w, j, p, l.carry);
	return st;
}

/*
 * What each kind of address does with a mail; machines may leave a list.  What
 * isn't read yet is for a person to see.
 */
static enum status (*const places[])(struct world *, struct job *,
    struct passage *) = {
	[PLACE_UNKNOWN] = held,
	[PLACE_INCIDENT] = incident,
	[PLACE_MAINTENANCE] = owner,
	[PLACE_ROBOT] = keep,
	[PLACE_PROVIDER] = owner,
	[PLACE_WARROOM] = incident,
	[PLACE_HELP] = help,
	[PLACE_PAGE] = incident,
	[PLACE_OWNER] = owner,
	[PLACE_BOUNCES] = list_bounced,
	[PLACE_PAGE_BOUNCES] = page_bounced,
	[PLACE_SELFTEST] = self_tested,
	[PLACE_UNSUBSCRIBE] = unsubscribed,
	[PLACE_SUBSCRIBE] = to_list,
	[PLACE_LEAVE] = to_list,
	[PLACE_REQUEST] = to_list,
	[PLACE_CONFIRM] = to_list,
};

/* What couldn't be read is kept; an authenticated sender is told. */
static const char *
unreadable(struct job *j, const struct message *m)
{
	if (m->reading == READING_EMPTY)
		return "empty";
	if (m->reading == READING_LIMITS)
		return arena_printf(j->mem, "limits:%s", m->limit);
	return m->reading == READING_UNPARSED ? "unparsed" : NULL;
}

static enum status
refuse(struct world *w, struct job *j, struct passage *p)
{
	const struct answer a = { &w->conf, &w->keys, p->in };
	struct finding *f = arena_alloc(j->mem, sizeof *f);
	enum status st;

	f->code = answer_unreadable_code(&p->message);
	p->verdict.findings = f;
	p->verdict.n_findings = 1;
	st = answer_unreadable(w->db, j, &a, &p->sender, &p->message);
	if (st == ST_OK && p->message.broken)
		st = answer_alarm(w->db, j, &w->conf, p->in,
		    "A mail on which the reader broke was set aside");
	return st;
}

static enum status
place(struct world *w, struct job *j, struct passage *p)
{
	const char *bad = unreadable(j, &p->message);
	enum status st;

	if (bad != NULL) {
		p->outcome = bad;
		return refuse(w, j, p);
	}
	st = find_route(w, j, p);
	if (st != ST_OK)
		return st;
	/* What our own web child wrote may look like a loop. */
	if (sender_is_self(j, &w->keys, &p->message, &p->in->envelope))
		p->sender.machine = "";
	p->outcome = p->sender.machine;
	return places[p->route.place](w, j, p);
}

/*
 * No reading here: whatever killed us three times isn't touched again.  The
 * journal's row keeps the bytes, the administrator gets a word.
 */
enum status
handle_poison(struct world *w, struct job *j, const struct letter_in *in)
{
	const struct outcome o = {
		.message = in->id,
		.at = j->now,
		.verdict = "unparsed",
		.trust = "",
		.person = "",
		.address = "",
		.mid = "",
		.subject = "",
		.result = "",
		.flags = "poison",
	};
	enum status st = db_begin(w->db, j);

	if (st == ST_OK)
		st = answer_alarm(w->db, j, &w->conf, in,
		    "A mail that could not be handled was set aside");
	if (st == ST_OK)
		st = inbox_done(w->db, j, &o);
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	log_warn("step=handle id=%s verdict=unparsed flags=poison", j->id);
	return st;
}

enum status
handle(struct world *w, struct job *j, const struct letter_in *in)
{
	struct passage *p = arena_alloc(j->mem, sizeof *p);
	enum status st;

	p->in = in;
	p->sender.address = p->sender.machine = "";
	if ((st = understand(w, j, p)) != ST_OK)
		return st;
	matter_of(p);
	if ((st = db_begin(w->db, j)) != ST_OK)
		return st;
	if ((st = place(w, j, p)) != ST_OK)
		goto done;
	if ((st = proof_keep(w->db, j, in->id, &p->proof)) != ST_OK)
		goto done;
	if ((st = file(w, j, p)) != ST_OK)
		goto done;
	st = db_commit(w->db, j);
done:
	db_rollback(w->db);
	return st;
}
