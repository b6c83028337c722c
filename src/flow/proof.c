#include "flow/proof.h"

#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "ext/crypto.h"
#include "ext/gpg.h"
#include "model/pin.h"
#include "text/sealed.h"

struct work {
	struct job *j;
	const struct proof_ask *q;
	struct pin *pins; /* of the person */
	size_t n_pins;
	struct evidence *out;
};

static enum status
flawed(struct work *w, const char *why)
{
	w->out->flaw = why;
	return ST_OK;
}

/* ---- is it good, whose is it, when was it made ---- */

static const char *
why_not(struct work *w, const struct gpg_signature *s)
{
	switch (s->state) {
	case GPG_GOOD:
		if (s->expires == 0 || s->expires > w->q->handled)
			return NULL;
		/* fall through */
	case GPG_EXPIRED: return "the key, or the signature, has expired";
	case GPG_BAD: return "the text isn't the one that was signed";
	case GPG_UNKNOWN: return "its key isn't known here";
	case GPG_REVOKED: return "its key was revoked";
	default: return "gpg can't check it";
	}
}

static const char *
wrong_of_any(struct work *w, const struct gpg_verified *v)
{
	const char *why = NULL;

	if (v->n == 0)
		return "there is no signature in it";
	if (v->more)
		return "there are too many";
	for (size_t i = 0; i < v->n && why == NULL; i++)
		why = why_not(w, &v->at[i]);
	if (why == NULL || v->n == 1)
		return why;
	return arena_printf(w->j->mem, "of several not each is good: %s", why);
}

static bool
is_pinned(const struct work *w, const struct gpg_signature *s)
{
	for (size_t i = 0; i < w->n_pins; i++)
		if (strcmp(w->pins[i].fingerprint, s->primary) == 0)
			return true;
	return false;
}

/* The first of them that is this person's; NULL: none is. */
static const struct gpg_signature *
own_signature(const struct work *w, const struct gpg_verified *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (is_pinned(w, &v->at[i]))
			return &v->at[i];
	return NULL;
}

static const char *
wrong_time(const struct work *w, const struct gpg_signature *s)
{
	if (s->made == 0)
		return "it doesn't say when it was made";
	if (s->made > w->q->handled + PROOF_SKEW)
		return "it was made in the future; set the clock of your "
		       "machine";
	if (s->made < w->q->handled - PROOF_AGE)
		return "it is more than two hours old; sign it again";
	return NULL;
}

/* The same act, however its bytes are wrapped. */
static const char *
id_of(const struct work *w, const struct gpg_signature *s, const char *text,
    size_t n)
{
	const char *act = arena_printf(w->j->mem, "%s %lld %s", s->primary,
	    (long long)s->made, crypto_sha256_hex(w->j->mem, text, n));

	return crypto_sha256_hex(w->j->mem, act, strlen(act));
}

/* text: what is covered. */
static enum status
judge(struct work *w, const struct gpg_verified *v, const char *text, size_t n)
{
	const char *why = wrong_of_any(w, v);
	const struct gpg_signature *s = NULL;
	struct evidence *p = w->out;
	bool seen = false;
	enum status st;

	if (why == NULL && (s = own_signature(w, v)) == NULL)
		why = "the key isn't one of yours";
	if (why == NULL)
		why = wrong_time(w, s);
	if (why != NULL)
		return flawed(w, why);
	p->id = id_of(w, s, text, n);
	p->fingerprint = s->primary;
	p->made = s->made;
	st = seal_seen(w->q->db, w->j, p->id, w->q->message, &seen);
	if (st == ST_OK && seen)
		return flawed(w, "it came with another mail before");
	p->good = st == ST_OK;
	return st;
}

/* ---- gpg ---- */

/* What gpg couldn't do is no reason to lose the mail. */
static enum status
failed(struct work *w, enum status st, const char *why)
{
	if (st == ST_TEMP)
		return st;
	if (st == ST_PERM)
		log_warn("step=proof id=%s st=failed why=\"%s\"", w->j->id,
		    w->j->why);
	job_forget(w->j);
	return flawed(w, why);
}

static enum gpg_kind
program_of(const struct seal *s)
{
	return s->kind == SEAL_SMIME || s->kind == SEAL_SMIME_DATA ||
		       s->kind == SEAL_SMIME_CIPHER
		   ? GPG_SMIME
		   : GPG_OPENPGP;
}

/* A text becomes a part of its own; a part is one already. */
static void
take_inside(struct work *w, const char *p, size_t n)
{
	const struct seal *s = w->q->seal;
	const char *charset = s->charset[0] == '\0' ? "utf-8" : s->charset;
	struct buf b = BUF_INIT;

	if (s->text) {
		if (strpbrk(charset, "\"\\;\r\n") != NULL)
			charset = "utf-8";
		buf_printf(&b,
		    "Content-Type: text/plain; charset=\"%s\"\n"
		    "Content-Transfer-Encoding: 8bit\n\n",
		    charset);
	}
	buf_add(&b, p, n);
	w->out->n_inside = b.len;
	w->out->inside = arena_copy(w->j->mem, b.data, b.len);
	buf_free(&b);
}

static enum status
check_detached(struct work *w)
{
	const struct seal *s = w->q->seal;
	const struct gpg_bytes signature = { s->proof, s->n_proof };
	struct gpg_bytes text;
	struct gpg_verified v = { .n = 0 };
	struct buf b = BUF_INIT;
	enum status st;

	if (s->at > w->q->n || s->len > w->q->n - s->at)
		return flawed(w, "its place can't be told");
	sealed_canonical(w->q->raw + s->at, s->len, &b);
	text = (struct gpg_bytes){ b.data, b.len };
	st = gpg_verify(w->j, w->q->home, program_of(s), &signature, &text, &v);
	st = st == ST_OK ? judge(w, &v, b.data, b.len)
			 : failed(w, st, "gpg can't read it");
	if (st == ST_OK && w->out->good)
		take_inside(w, b.data, b.len);
	buf_free(&b);
	return st;
}

/* What holds its own text: gpg says which text it is. */
static enum status
check_whole(struct work *w)
{
	const struct seal *s = w->q->seal;
	const struct gpg_bytes whole = { s->proof, s->n_proof };
	struct gpg_verified v = { .n = 0 };
	enum status st =
	    gpg_verify(w->j, w->q->home, program_of(s), &whole, NULL, &v);

	if (st != ST_OK)
		return failed(w, st, "gpg can't read it");
	st = judge(w, &v, v.text, v.n_text);
	if (st == ST_OK && w->out->good)
		take_inside(w, v.text, v.n_text);
	return st;
}

/* What it was encrypted and signed with in one go counts like any other. */
static enum status
open_cipher(struct work *w)
{
	const struct seal *s = w->q->seal;
	const struct gpg_bytes cipher = { s->proof, s->n_proof };
	struct gpg_verified v = { .n = 0 };
	enum status st =
	    gpg_decrypt(w->j, w->q->home, program_of(s), &cipher, &v);

	if (st != ST_OK)
		return failed(w, st, NULL);
	w->out->opened = true;
	take_inside(w, v.text, v.n_text);
	return v.n == 0 ? ST_OK : judge(w, &v, v.text, v.n_text);
}

/* ---- the whole ---- */

static bool
is_cipher(const struct seal *s)
{
	return s->kind == SEAL_PGP_CIPHER || s->kind == SEAL_SMIME_CIPHER;
}

static enum status
check(struct work *w)
{
	const struct seal *s = w->q->seal;

	if (*s->flaw != '\0')
		return flawed(w, is_cipher(s) ? NULL : s->flaw);
	if (access(w->q->home, F_OK) != 0)
		return flawed(w,
		    is_cipher(s) ? NULL : "no key of yours is known here");
	if (is_cipher(s))
		return open_cipher(w);
	if (w->n_pins == 0)
		return flawed(w, "no key of yours is known here");
	return s->kind == SEAL_PGP || s->kind == SEAL_SMIME ? check_detached(w)
							    : check_whole(w);
}

enum status
proof_check(struct job *j, const struct proof_ask *q, struct evidence *out)
{
	struct work w = { .j = j, .q = q, .out = out };
	enum status st;

	*out = (struct evidence){ .id = "", .fingerprint = "", .inside = "" };
	if (q->seal->kind == SEAL_NONE)
		return ST_OK;
	st = pin_list(q->db, j, q->conf, q->who->slug, &w.pins, &w.n_pins);
	if (st == ST_OK)
		st = check(&w);
	if (st == ST_OK)
		log_note("step=proof id=%s person=%s good=%d opened=%d "
			 "why=\"%s\"",
		    j->id, q->who->slug, out->good, out->opened,
		    out->flaw == NULL ? "" : out->flaw);
	return st;
}

enum status
proof_keep(struct db *db, struct job *j, int64_t message,
    const struct evidence *p)
{
	if (!p->good)
		return ST_OK;
	return seal_keep(db, j, p->id, message, p->fingerprint, p->made);
}
