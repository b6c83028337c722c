#include "flow/notary.h"

#include <stdlib.h>
#include <string.h>

#include "base/code.h"
#include "base/text.h"
#include "ext/ed25519.h"
#include "flow/notary_in.h"

#define SEAL "seal: "

_Static_assert((int)KEY_SIZE == (int)ED25519_KEY, "a chain key is a seed");
_Static_assert((int)NOTARY_SEAL == 2 * (int)ED25519_SEAL, "digits of a seal");

static const char *const purposes[] = { "sitrep paper\n", "sitrep archive\n",
	"sitrep mail\n" };

static void
purposed(struct buf *b, enum notary_purpose of, const void *p, size_t n)
{
	buf_str(b, purposes[of]);
	buf_add(b, p, n);
}

void
notary_sign(const struct keys *k, enum notary_purpose of, const void *p,
    size_t n, char out[NOTARY_SEAL + 1])
{
	unsigned char seal[ED25519_SEAL];
	struct buf b = BUF_INIT;
	struct arena *mem = arena_new();

	purposed(&b, of, p, n);
	ed25519_sign(k->chain.generation[0], b.data, b.len, seal);
	(void)memcpy(out, code_hex(mem, seal, sizeof seal), NOTARY_SEAL + 1);
	buf_free(&b);
	arena_free(mem);
}

bool
notary_good(const struct notary_keys *k, enum notary_purpose of, const void *p,
    size_t n, const char *hex)
{
	unsigned char seal[ED25519_SEAL];
	struct buf b = BUF_INIT;
	bool ok = false;

	if (!code_unhex(hex, seal, sizeof seal))
		return false;
	purposed(&b, of, p, n);
	for (int i = 0; i < k->n && !ok; i++)
		ok = ed25519_good(k->key[i], b.data, b.len, seal);
	buf_free(&b);
	return ok;
}

/* ---- keys ---- */

void
notary_public(const struct keys *k, struct notary_keys *out)
{
	*out = (struct notary_keys){ .n = k->chain.n };
	for (int i = 0; i < out->n; i++)
		ed25519_public(k->chain.generation[i], out->key[i]);
}

void
notary_write_keys(struct job *j, const struct notary_keys *k, struct buf *out)
{
	for (int i = 0; i < k->n; i++)
		buf_printf(out, "ed25519 %s\n",
		    code_hex(j->mem, k->key[i], KEY_SIZE));
}

enum status
notary_read_keys(struct job *j, const char *text, struct notary_keys *out)
{
	static const char kind[] = "ed25519 ";
	char *rest = arena_str(j->mem, text), *line;

	*out = (struct notary_keys){ .n = 0 };
	while ((line = text_line(&rest)) != NULL) {
		const char *key = line + sizeof kind - 1;

		if (strncmp(line, kind, sizeof kind - 1) != 0 ||
		    out->n == KEY_GENERATIONS ||
		    strlen(key) != (size_t)2 * KEY_SIZE ||
		    !code_unhex(key, out->key[out->n++], KEY_SIZE))
			return job_fail(j, ST_PERM,
			    "that isn't a public key of sitrep: a line is "
			    "\"ed25519 \" and %d digits, as in /chain/key.txt "
			    "of the site",
			    2 * KEY_SIZE);
	}
	if (out->n == 0)
		return job_fail(j, ST_PERM,
		    "there is no key in it: take /chain/key.txt of the site");
	return ST_OK;
}

/* ---- papers ---- */

void
notary_seal_paper(const struct keys *k, struct buf *paper)
{
	char seal[NOTARY_SEAL + 1];

	notary_sign(k, NOTARY_PAPER, paper->data, paper->len, seal);
	buf_printf(paper, SEAL "%s\n", seal);
}

size_t
notary_paper_good(const struct notary_keys *k, const char *p, size_t n)
{
	const size_t line = sizeof SEAL - 1 + NOTARY_SEAL + 1;
	const char *last;

	if (n <= line || p[n - 1] != '\n' || p[n - line - 1] != '\n')
		return 0;
	last = p + n - line;
	if (strncmp(last, SEAL, sizeof SEAL - 1) != 0 ||
	    !notary_good(k, NOTARY_PAPER, p, n - line, last + sizeof SEAL - 1))
		return 0;
	return n - line;
}

/* ---- archives ---- */

/* Where the header block ends: at its blank line. */
static size_t
headers_end(const char *p, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (p[i] == '\n' && p[i + 1] == '\n')
			return i + 1;
	return n;
}

void
notary_seal_archive(const struct keys *k, struct buf *b)
{
	size_t at = headers_end(b->data, b->len);
	char seal[NOTARY_SEAL + 1];
	char *rest = strndup(b->data + at, b->len - at);

	notary_sign(k, NOTARY_ARCHIVE, b->data, b->len, seal);
	buf_cut(b, at);
	buf_printf(b, NOTARY_HEADER "%s\n%s", seal, rest == NULL ? "" : rest);
	free(rest);
}

bool
notary_archive_good(struct job *j, const struct notary_keys *k, const char *p,
    size_t n)
{
	const size_t name = sizeof NOTARY_HEADER - 1;
	const size_t line = name + NOTARY_SEAL + 1;
	size_t end = headers_end(p, n);
	char *rest;

	if (end < line || p[end - line - (end > line)] != '\n' ||
	    strncmp(p + end - line, NOTARY_HEADER, name) != 0)
		return false;
	rest = arena_copy(j->mem, p, n - line);
	(void)memcpy(rest, p, end - line);
	(void)memcpy(rest + end - line, p + end, n - end);
	return notary_good(k, NOTARY_ARCHIVE, rest, n - line,
	    p + end - line + name);
}
