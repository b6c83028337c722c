#include "text/encase.h"

#include <string.h>
#include <strings.h>

#include "text/sealed.h"

#define BOUNDARY "=_sitrep_encrypted"

static const char pgp_head[] =
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/encrypted; boundary=\"" BOUNDARY "\";\n"
    " protocol=\"application/pgp-encrypted\"\n\n"
    "--" BOUNDARY "\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
    "\n--" BOUNDARY "\nContent-Type: application/octet-stream;\n"
    " name=\"encrypted.asc\"\n"
    "Content-Disposition: inline; filename=\"encrypted.asc\"\n\n";
static const char pgp_foot[] = "\n--" BOUNDARY "--\n";
static const char smime_head[] =
    "MIME-Version: 1.0\n"
    "Content-Type: application/pkcs7-mime; smime-type=enveloped-data;\n"
    " name=\"smime.p7m\"\n"
    "Content-Disposition: attachment; filename=\"smime.p7m\"\n"
    "Content-Transfer-Encoding: base64\n\n";
static const char text_head[] =
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=us-ascii\n\n";

static size_t
line_length(const char *p, size_t n)
{
	const char *end = memchr(p, '\n', n);

	return end == NULL ? n : (size_t)(end - p) + 1;
}

static bool
begins(const char *p, size_t n, const char *what)
{
	size_t len = strlen(what);

	return n >= len && strncasecmp(p, what, len) == 0;
}

static bool
is_blank(const char *p, size_t n)
{
	return n != 0 && (p[0] == '\n' || (p[0] == '\r' && n > 1));
}

/* The headers, Content-* or all others, to out; where the body begins. */
static size_t
split(const char *raw, size_t n, bool content, struct buf *out)
{
	bool take = false;
	size_t at = 0, len;

	for (; at < n; at += len) {
		const char *p = raw + at;

		len = line_length(p, n - at);
		if (is_blank(p, len))
			return at + len;
		if (*p != ' ' && *p != '\t')
			take = begins(p, len, "Content-") == content &&
			       !begins(p, len, "MIME-Version:");
		if (take)
			buf_add(out, p, len);
	}
	return n;
}

void
encase_inside(const char *raw, size_t n, struct buf *out)
{
	struct buf part = BUF_INIT;
	size_t body = split(raw, n, true, &part);

	buf_char(&part, '\n');
	buf_add(&part, raw + body, n - body);
	sealed_canonical(part.data, part.len, out);
	buf_free(&part);
}

void
encase_cipher(const char *raw, size_t n, bool smime, const char *cipher,
    size_t n_cipher, struct buf *out)
{
	(void)split(raw, n, false, out);
	buf_str(out, smime ? smime_head : pgp_head);
	buf_add(out, cipher, n_cipher);
	if (!smime)
		buf_str(out, pgp_foot);
}

void
encase_text(const char *raw, size_t n, const char *text, struct buf *out)
{
	(void)split(raw, n, false, out);
	buf_printf(out, "%s%s", text_head, text);
}
