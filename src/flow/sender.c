#include "flow/sender.h"

#include <string.h>

#include "base/text.h"
#include "text/authres.h"
#include "text/dkim.h"
#include "text/machine.h"
#include "text/place.h"
#include "text/trace.h"

static const char *
domain_of(const char *address)
{
	const char *at = strrchr(address, '@');

	return at == NULL ? "" : at + 1;
}

/* Where what our server wrote on top ends. */
static size_t
trace_end(const struct message *m)
{
	size_t i = 0;

	while (i < m->n_headers && trace_is(m->headers[i].name))
		i++;
	return i;
}

/*
 * What our server found.  Its filters may write a header each, so all of them
 * count; above no Received, the topmost alone.  false: there is none, or one
 * can't be read.
 */
static bool
own_results(struct job *j, const struct conf *c, const struct message *m,
    struct authres *out)
{
	size_t end = trace_end(m), n = 0;
	bool hop =
	    end < m->n_headers && text_ieq(m->headers[end].name, "Received");

	*out = (struct authres){ .authserv = "", .dmarc_from = "" };
	for (size_t i = 0; i < end && (hop || n == 0); i++) {
		const struct header *h = &m->headers[i];

		if (!text_ieq(h->name, "Authentication-Results"))
			continue;
		if (*h->value == '\0') /* it was too long to be read */
			return false;
		if (!authres_names(j->mem, h->value, c->authserv))
			continue;
		if (!authres_more(j->mem, h->value, out))
			return false;
		n++;
	}
	return n != 0;
}

/*
 * OpenDMARC takes SPF's result from headers, and whose they are it judges by a
 * name that anybody can write: below our Received the sender did.
 */
static bool
tempts(struct job *j, const struct conf *c, const struct message *m)
{
	for (size_t i = trace_end(m); i < m->n_headers; i++) {
		const struct header *h = &m->headers[i];

		if (text_ieq(h->name, "Received-SPF") ||
		    (text_ieq(h->name, "Authentication-Results") &&
			authres_names(j->mem, h->value, c->authserv)))
			return true;
	}
	return false;
}

bool
sender_leaves_room(const struct message *m)
{
	return m->ragged || dkim_leaves_room(m);
}

static enum proof
prove(struct job *j, const struct conf *c, const struct message *m)
{
	struct authres a;
	enum proof says;

	if (*c->authserv == '\0' || !own_results(j, c, m, &a))
		return PROOF_NONE;
	if (a.dmarc == PROOF_PASS && tempts(j, c, m))
		a.dmarc = PROOF_NONE;
	says = authres_proof(&a, domain_of(m->from_address));
	if (says == PROOF_PASS && sender_leaves_room(m))
		return PROOF_NONE;
	return says;
}

static void
find_person(const struct conf *c, struct sender *s)
{
	for (size_t i = 0; i < c->n_persons; i++) {
		const struct person *p = &c->persons[i];

		for (size_t k = 0; k < p->n_addresses; k++)
			if (text_ieq(p->addresses[k], s->address)) {
				s->person = p;
				return;
			}
	}
	for (size_t i = 0; i < c->n_persons; i++) {
		const struct person *p = &c->persons[i];

		for (size_t k = 0; k < p->n_page; k++)
			if (text_ieq(p->page[k], s->address)) {
				s->person = p;
				s->page_target = true;
				return;
			}
	}
}

static bool
one_author(const struct message *m)
{
	return m->n_from == 1 && m->n_from_mailboxes == 1 && !m->from_group &&
	       text_is_address(m->from_address);
}

/* From an address that we send from ourselves. */
static bool
is_from_us(const struct conf *c, const char *address)
{
	if (text_ieq(address, c->status_address) ||
	    text_ieq(domain_of(address), c->domain))
		return true;
	for (size_t i = 0; i < c->n_lists; i++)
		if (text_ieq(address, c->lists[i].from_address))
			return true;
	return false;
}

static const char *
machine(struct job *j, const struct conf *c, const struct message *m,
    const struct envelope *e, const struct sender *s)
{
	struct place_parts at;

	place_parse(j->mem, c, e->recipient, &at);
	if (at.place == PLACE_BOUNCES || at.place == PLACE_PAGE_BOUNCES)
		return "bounce";
	if (machine_is_loop(c, m) ||
	    (s->person == NULL && is_from_us(c, s->address)))
		return "loop";
	if (s->null_sender || machine_is_auto(m) ||
	    text_istarts(s->address, "mailer-daemon@"))
		return "auto";
	return one_author(m) ? "" : "unauth:from";
}

static enum trust
classify(const struct conf *c, const struct message *m, const struct sender *s)
{
	if (s->person == NULL || !one_author(m))
		return TRUST_A0;
	if (c->trust_open && !s->page_target)
		return TRUST_A1;
	if (s->proof == PROOF_FAIL)
		return TRUST_A0;
	return s->proof == PROOF_PASS && !s->page_target ? TRUST_A1 : TRUST_A0K;
}

static bool
is_quiet(const struct message *m, const struct envelope *e,
    const struct sender *s)
{
	return machine_wants_no_answer(m) || machine_is_role(e->from) ||
	       (s->person == NULL && machine_is_role(s->address));
}

enum status
sender_judge(struct job *j, const struct conf *c, const struct message *m,
    const struct envelope *e, struct sender *out)
{
	struct sender s = { .trust = TRUST_A0, .machine = "" };

	s.address = one_author(m) ? m->from_address : "";
	find_person(c, &s);
	if (strcmp(e->source, "post") == 0) {
		s.trust = s.person == NULL ? TRUST_A0 : TRUST_A2;
		s.proof = PROOF_PASS;
		*out = s;
		return ST_OK;
	}
	s.claimed = one_author(m) && !s.page_target ? s.person : NULL;
	s.null_sender = machine_is_null(m, e->from);
	if (one_author(m))
		s.proof = prove(j, c, m);
	s.trust = classify(c, m, &s);
	s.machine = machine(j, c, m, e, &s);
	s.quiet = *s.machine == '\0' && is_quiet(m, e, &s);
	s.unverified = s.trust == TRUST_A0K;
	/* Whoever fails the check is nobody we know, whatever From says. */
	if (s.trust == TRUST_A0)
		s.person = NULL;
	*out = s;
	return ST_OK;
}

bool
sender_is_self(struct job *j, const struct keys *k, const struct message *m,
    const struct envelope *e)
{
	const char *mac = NULL;
	size_t n = 0;

	for (size_t i = 0; i < m->n_headers; i++)
		if (text_ieq(m->headers[i].name, "Sitrep-Self")) {
			mac = m->headers[i].value;
			n++;
		}
	if (n != 1)
		return false;
	return keys_self_ok(j, k,
	    arena_printf(j->mem, "%s %s", text_lower(j->mem, e->recipient),
		m->mid),
	    mac);
}
