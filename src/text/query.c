#include "text/query.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { BEGINNING = 3 }; /* a beginning of fewer letters is no help */

static bool
is_word(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isalnum((unsigned char)s[i]) || (unsigned char)s[i] >= 0x80)
			return true;
	return false;
}

/* In quotes nothing is an operator; a quote in them is doubled. */
static void
put(struct buf *b, const char *s, size_t n)
{
	if (b->len != 0)
		buf_str(b, " ");
	buf_str(b, "\"");
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"')
			buf_str(b, "\"");
		buf_add(b, &s[i], 1);
	}
	buf_str(b, "\"");
}

char *
query_of(struct arena *mem, const char *words)
{
	const char *s = text_one_line(mem, words, QUERY_LENGTH);
	struct buf b = BUF_INIT;
	size_t n, last = 0;
	char *out = NULL;
	int k = 0;

	for (; *s != '\0' && k < QUERY_WORDS; s += n) {
		s += strspn(s, " ");
		n = strcspn(s, " ");
		if (!is_word(s, n))
			continue;
		put(&b, s, n);
		last = n;
		k++;
	}
	if (k != 0)
		out = arena_printf(mem, "%s%s", b.data,
		    last >= BEGINNING ? "*" : "");
	buf_free(&b);
	return out;
}
