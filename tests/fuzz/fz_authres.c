/*
 * Authentication-Results.  Properties: no pass without the word "pass"; what
 * a comment or folding adds where blanks may stand changes nothing; a header
 * of ours with any text behind a server's name is never somebody else's.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/text.h"
#include "text/authres.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static enum proof
says(struct arena *mem, const char *s)
{
	struct authres a;

	(void)authres_read(mem, s, &a);
	return authres_proof(&a, "example.net");
}

/* Blanks outside of quotes and comments become folding and a comment. */
static char *
spread(struct arena *mem, const char *s)
{
	struct buf b = BUF_INIT;
	size_t depth = 0;
	bool quoted = false;
	char *out;

	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0' && (quoted || depth != 0)) {
			buf_char(&b, *s++);
			buf_char(&b, *s);
			continue;
		}
		if (*s == '"' && depth == 0)
			quoted = !quoted;
		if (!quoted && *s == '(')
			depth++;
		if (!quoted && *s == ')' && depth != 0)
			depth--;
		if (*s == ' ' && !quoted && depth == 0)
			buf_str(&b, "\r\n\t (dmarc=pass; (x)) ");
		else
			buf_char(&b, *s);
	}
	out = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *mem = arena_new();
	char *s = arena_copy(mem, (const char *)data, n);
	enum proof p = says(mem, s);

	if (p == PROOF_PASS && text_ifind(s, "pass") == NULL)
		abort();
	if (p == PROOF_PASS && text_ifind(s, "=") == NULL)
		abort();
	if (says(mem, spread(mem, s)) != p)
		abort();
	if (strchr(s, '\\') == NULL && strchr(s, '"') == NULL &&
	    text_ifind(s, "example.net") == NULL &&
	    text_ifind(s, "dmarc") == NULL && p == PROOF_PASS)
		abort();
	(void)authres_names(mem, s, "in.status.example");
	arena_free(mem);
	return 0;
}
