#include "text/lines.h"

#include <string.h>

#include "base/text.h"
#include "text/phrases.h"
#include "text/quote.h"

enum { LONG_LINE = 2000 }; /* no phrase is looked for in a longer one */

static void
add(struct arena *mem, struct lines *out, const char *s, size_t n)
{
	struct line *l = &out->line[out->n++];
	const char *start;
	size_t len = n;

	while (len != 0 && (s[len - 1] == ' ' || s[len - 1] == '\t'))
		len--;
	l->exact = n == 3 && memcmp(s, "-- ", 3) == 0;
	l->s = arena_copy(mem, s, len);
	start = l->s + strspn(l->s, " \t");
	l->quoted = start - l->s <= 3 && *start == '>';
	l->fold = len > LONG_LINE ? "?" : phrase_fold(mem, l->s);
	l->blank = l->fold[0] == '\0';
}

void
lines_read(struct arena *mem, const char *text, struct lines *out)
{
	const char *s = text;
	size_t most = 1;

	for (; *s != '\0' && most < LINES_MAX; s++)
		most += *s == '\n';
	*out = (struct lines){ .cut = *s != '\0' };
	/* One line may be two: "yes On Monday ... wrote:". */
	out->line = arena_array(mem, 2 * most, sizeof *out->line);
	for (s = text; *s != '\0' && most > 0; most--) {
		size_t n = strcspn(s, "\n"), own = n;
		const char *next = s[n] == '\0' ? s + n : s + n + 1;

		if (*next == '>' && n != 0 && n < LONG_LINE && *s != '>')
			own = quote_split(mem, s, n);
		add(mem, out, s, own);
		if (own != n)
			add(mem, out, s + own, n - own);
		s = next;
	}
}
