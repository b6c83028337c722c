#include "flow/read_seal.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "text/armor.h"
#include "text/sealed.h"

static const char too_large[] = "it is too large";

static bool
is_type(const char *type, const char *name)
{
	size_t n = strlen(name);

	return strncmp(type, name, n) == 0 &&
	       (type[n] == '\0' || type[n] == ';' || type[n] == ' ' ||
		   type[n] == '\t');
}

/* The message's own type, lower case. */
static const char *
top_type(struct arena *mem, const char *raw, const struct scan *s)
{
	const struct scan_header *h = scan_find(s, raw, "Content-Type");

	return h == NULL ? "" : text_lower(mem, scan_value(mem, raw, h));
}

/* ---- multipart/signed ---- */

static enum seal_kind
kind_of_signature(const char *type)
{
	if (strcmp(type, "application/pgp-signature") == 0)
		return SEAL_PGP;
	return strstr(type, "pkcs7-signature") != NULL ? SEAL_SMIME : SEAL_NONE;
}

/* The second part by itself, to get at the bytes of the signature. */
static void
take_signature(struct arena *mem, struct charsets *cs, const char *part,
    size_t n, struct seal *out)
{
	struct buf source = BUF_INIT;
	struct mime m;

	if (n > (size_t)2 * LIMIT_SIGNATURE) {
		out->flaw = too_large;
		return;
	}
	buf_add(&source, part, n);
	mime_read(mem, cs, &source, &m);
	if (m.n_parts == 1)
		out->kind = kind_of_signature(m.parts[0].type);
	if (out->kind == SEAL_NONE || m.parts[0].bytes == NULL) {
		out->flaw = "its kind isn't known here";
		return;
	}
	out->proof = m.parts[0].bytes;
	out->n_proof = m.parts[0].n_bytes;
	if (out->n_proof > LIMIT_SIGNATURE)
		out->flaw = too_large;
}

static void
multipart(struct arena *mem, struct charsets *cs, const char *raw, size_t n,
    const struct scan *s, struct seal *out)
{
	struct sealed_parts at;
	const char *wrong = s->eol != '\n' || s->boundary == NULL
				? "its lines or boundaries can't be told"
				: sealed_find(raw, n, s, &at);

	out->kind = SEAL_PGP;
	if (wrong != NULL) {
		out->flaw = wrong;
		return;
	}
	out->at = at.covered.at;
	out->len = at.covered.len;
	out->kind = SEAL_NONE;
	take_signature(mem, cs, raw + at.signature.at, at.signature.len, out);
	if (out->kind == SEAL_NONE)
		out->kind = SEAL_PGP;
}

/* ---- one blob ---- */

static void
blob(const struct mime *m, enum seal_kind kind, size_t most, struct seal *out)
{
	const struct mime_part *p = NULL;

	for (size_t i = 0; i < m->n_parts; i++)
		if (m->parts[i].bytes != NULL)
			p = &m->parts[i];
	out->kind = kind;
	if (p == NULL || p->undecodable || p->n_bytes == 0)
		out->flaw = "it can't be decoded";
	if (p == NULL)
		return;
	if (p->longer || p->n_bytes > most)
		out->flaw = too_large;
	out->proof = p->bytes;
	out->n_proof = p->n_bytes;
}

/* ---- inside a text ---- */

/* The one text that has any; all the others are outside. */
static void
armored(struct arena *mem, const struct mime *m, struct seal *out)
{
	const struct mime_part *p = NULL;
	struct armor a;
	size_t texts = 0;

	for (size_t i = 0; i < m->n_parts; i++) {
		texts += m->parts[i].text != NULL && !m->parts[i].attached &&
			 m->parts[i].alternative == 0;
		if (m->parts[i].armor != NULL && p == NULL)
			p = &m->parts[i];
	}
	if (p == NULL)
		return;
	armor_find(mem, p->armor, &a);
	if (a.kind == ARMOR_NONE)
		return;
	out->kind = a.kind == ARMOR_SIGNED ? SEAL_PGP_TEXT : SEAL_PGP_CIPHER;
	out->flaw = a.flaw;
	if (texts > 1 && *out->flaw == '\0')
		out->flaw = "the mail has other text beside it";
	out->text = true;
	out->charset = a.kind == ARMOR_SIGNED ? p->charset : "utf-8";
	out->proof = a.block;
	out->n_proof = strlen(a.block);
	if (out->n_proof > LIMIT_CIPHER)
		out->flaw = too_large;
	out->outside =
	    text_is_utf8(a.outside, strlen(a.outside)) ? a.outside : "";
}

void
read_seal(struct arena *mem, struct charsets *cs, const char *raw, size_t n,
    const struct scan *s, const struct mime *m, struct seal *out)
{
	const char *type = top_type(mem, raw, s);

	*out = (struct seal)SEAL_BLANK;
	if (is_type(type, "multipart/signed"))
		multipart(mem, cs, raw, n, s, out);
	else if (is_type(type, "multipart/encrypted"))
		blob(m, SEAL_PGP_CIPHER, LIMIT_CIPHER, out);
	else if (is_type(type, "application/pkcs7-mime") ||
		 is_type(type, "application/x-pkcs7-mime"))
		blob(m, m->is_signed ? SEAL_SMIME_DATA : SEAL_SMIME_CIPHER,
		    LIMIT_CIPHER, out);
	else if (!m->is_signed && !m->encrypted)
		armored(mem, m, out);
}
