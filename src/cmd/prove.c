#include "cmd/prove.h"

#include <string.h>

#include "base/text.h"
#include "cmd/keyring.h"
#include "flow/proof.h"
#include "flow/read_inside.h"

enum { LAYERS = 2 }; /* encrypted, and signed inside of that */

/* What stood around the signature is kept below the reply, as quotes are. */
static void
keep_outside(struct job *j, const char *outside, struct message *m)
{
	if (text_blank(outside))
		return;
	m->outside = true;
	m->quoted = arena_printf(j->mem, "%s%s%s", m->quoted,
	    m->quoted[0] == '\0' ? "" : "\n", outside);
}

static enum status
go_inside(struct world *w, struct job *j, struct message *m, struct evidence *p,
    struct read_bytes *bytes)
{
	const char *outside = m->seal.outside;
	enum status st =
	    read_inside(j, &w->conf, p->inside, p->n_inside, m, bytes);

	if (st == ST_OK)
		keep_outside(j, outside, m);
	if (st != ST_NONE)
		return st;
	p->good = p->opened = false;
	p->flaw = "what it covers can't be read";
	return ST_OK;
}

/* Layer by layer, until something is proved or nothing more can be. */
static enum status
unwrap(struct world *w, struct job *j, struct proof_ask *q, struct message *m,
    struct evidence *p)
{
	enum status st = ST_OK;

	for (int i = 0; i < LAYERS && m->seal.kind != SEAL_NONE; i++) {
		struct read_bytes bytes = { q->raw, q->n };

		q->seal = &m->seal;
		if ((st = proof_check(j, q, p)) != ST_OK ||
		    (!p->good && !p->opened))
			return st;
		if ((st = go_inside(w, j, m, p, &bytes)) != ST_OK)
			return st;
		if (p->good || p->flaw != NULL)
			return ST_OK;
		q->raw = bytes.p;
		q->n = bytes.n;
	}
	return ST_OK;
}

static void
weigh(struct message *m, struct evidence *p)
{
	if (p->good && m->is_signed) {
		p->good = false;
		p->flaw = "one stands inside another";
	}
	if (!p->good && p->flaw == NULL && m->is_signed)
		p->flaw = "only a part of the mail is signed";
	m->sealed = p->good;
	m->flaw = p->flaw;
}

enum status
prove(struct world *w, struct job *j, const struct letter_in *in,
    int64_t handled, struct message *m, struct sender *s, struct evidence *out)
{
	const struct envelope *e = &in->envelope;
	struct proof_ask q = {
		.db = w->db,
		.conf = &w->conf,
		.home = keyring_home(j, &w->conf),
		.who = s->claimed,
		.raw = e->raw,
		.n = e->n,
		.message = in->id,
		.handled = handled,
	};
	enum status st;

	*out = (struct evidence){ .id = "", .fingerprint = "", .inside = "" };
	if (s->claimed == NULL || s->machine[0] != '\0' ||
	    m->reading != READING_OK || strcmp(e->source, "post") == 0)
		return ST_OK;
	if ((st = unwrap(w, j, &q, m, out)) != ST_OK)
		return st;
	weigh(m, out);
	if (!out->good)
		return ST_OK;
	s->person = s->claimed;
	s->trust = s->trust < TRUST_A1 ? TRUST_A1 : s->trust;
	s->unverified = false;
	s->signed_at = out->made;
	return ST_OK;
}

void
prove_named(const struct request *r, struct sender *s)
{
	if (s->signed_at != 0 && r->incident != NULL)
		s->trust = TRUST_A3;
}
