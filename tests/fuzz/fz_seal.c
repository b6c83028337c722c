/*
 * What of a mail a signature covers, by our own part of the reading.
 *
 * Of any bytes: what is covered lies inside, block and outside make up the
 * text, and no line of what is covered is made up.  Of any text that is signed
 * as its writer's program does it (dashes escaped, marks around it, other text
 * before and behind; as a part between boundaries with a preamble and an
 * epilogue) just that text is covered, and nothing else.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "text/armor.h"
#include "text/sealed.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

#define BEGIN "-----BEGIN PGP SIGNED MESSAGE-----\n"
#define MIDDLE "-----BEGIN PGP SIGNATURE-----\n\niQ\n"
#define END "-----END PGP SIGNATURE-----\n"
#define HEAD "Content-Type: multipart/signed; boundary=\"b\"\n\n"

static void
must(int good)
{
	if (!good)
		abort();
}

/* ---- clear-signed ---- */

/* A line of the block says that, a dash in front escaped or not. */
static int
has_line(const char *block, const char *line, size_t n)
{
	for (const char *s = block; *s != '\0';) {
		size_t len = strcspn(s, "\n");
		const char *t = s[0] == '-' && s[1] == ' ' ? s + 2 : s;
		size_t at = (size_t)(t - s);

		if (at <= len && len - at >= n && memcmp(t, line, n) == 0)
			return 1;
		s += len + (s[len] == '\n');
	}
	return 0;
}

static void
any_armor(struct arena *mem, const char *text)
{
	struct armor a;
	size_t lines = 0;

	armor_find(mem, text, &a);
	if (a.kind == ARMOR_NONE || *a.block == '\0')
		return;
	must(strlen(a.block) + strlen(a.outside) == strlen(text));
	must(strstr(text, a.block) != NULL);
	if (*a.flaw != '\0' || a.kind != ARMOR_SIGNED)
		return;
	for (const char *s = a.inside; *s != '\0' && lines < 50; lines++) {
		size_t n = strcspn(s, "\n");

		must(has_line(a.block, s, n));
		s += n + (s[n] == '\n');
	}
}

/* As RFC 4880, 7.1 wants it written. */
static void
escape(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		if (*text == '-')
			buf_str(out, "- ");
		buf_add(out, text, n);
		buf_char(out, '\n');
		text += n + (text[n] == '\n');
	}
}

/* around: a text without armour. */
static void
own_armor(struct arena *mem, const char *text, const char *around)
{
	struct buf b = BUF_INIT;
	struct armor a;
	size_t n = strlen(text);

	if (n != 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
		return; /* ends of the last line are nobody's */
	buf_printf(&b, "%s\n" BEGIN "Hash: SHA512\n\n", around);
	escape(&b, text);
	buf_printf(&b, MIDDLE END "%s", around);
	armor_find(mem, b.data, &a);
	must(a.kind == ARMOR_SIGNED && *a.flaw == '\0');
	must(strcmp(a.inside, text) == 0);
	must(strlen(a.outside) == 2 * strlen(around) + 1);
	buf_free(&b);
}

/* ---- between boundaries ---- */

static void
check_canonical(const char *p, size_t n)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;

	sealed_canonical(p, n, &once);
	for (size_t i = 0; i < once.len; i++)
		must(once.data[i] != '\n' ||
		     (i != 0 && once.data[i - 1] == '\r'));
	sealed_canonical(once.data, once.len, &twice);
	must(twice.len == once.len &&
	     memcmp(once.data, twice.data, once.len) == 0);
	buf_free(&once);
	buf_free(&twice);
}

static void
any_parts(struct arena *mem, const char *raw, size_t n)
{
	const struct limits most = LIMITS_DEFAULT;
	struct sealed_parts at;
	struct scan s;

	scan_message(mem, &most, raw, n, &s);
	if (s.boundary == NULL || s.eol != '\n' ||
	    sealed_find(raw, n, &s, &at) != NULL)
		return;
	must(at.covered.at >= s.body && at.covered.at <= n);
	must(at.covered.len <= n - at.covered.at);
	must(at.signature.at >= at.covered.at + at.covered.len);
	must(at.signature.len <= n - at.signature.at);
	check_canonical(raw + at.covered.at, at.covered.len);
}

static int
has_boundary(const char *p, size_t n)
{
	return memmem(p, n, "--b", 3) != NULL;
}

static void
own_parts(struct arena *mem, const char *p, size_t n)
{
	const struct limits most = LIMITS_DEFAULT;
	struct buf b = BUF_INIT;
	struct sealed_parts at;
	struct scan s;

	if (has_boundary(p, n) || (n != 0 && p[n - 1] == '\r'))
		return;
	buf_str(&b, HEAD "before\n--b\n");
	buf_add(&b, p, n);
	buf_str(&b, "\n--b\nContent-Type: x/y\n\niQ\n--b--\nbehind\n");
	buf_add(&b, p, n);
	scan_message(mem, &most, b.data, b.len, &s);
	must(s.boundary != NULL && strcmp(s.boundary, "b") == 0);
	must(sealed_find(b.data, b.len, &s, &at) == NULL);
	must(at.covered.len == n && memcmp(b.data + at.covered.at, p, n) == 0);
	must(at.signature.len == strlen("Content-Type: x/y\n\niQ"));
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *mem = arena_new();
	const char *raw = (const char *)p;
	char *text = arena_copy(mem, raw, n), *around;
	struct armor a;

	any_armor(mem, text);
	any_parts(mem, raw, n);
	own_parts(mem, raw, n);
	around = arena_copy(mem, text, strlen(text) / 2);
	armor_find(mem, around, &a);
	if (a.kind == ARMOR_NONE && strstr(around, "-----BEGIN") == NULL)
		own_armor(mem, text, around);
	arena_free(mem);
	return 0;
}
