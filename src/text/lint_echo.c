/* Words in a row that stand in an internal note of the same event. */
#include "text/lint_in.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { ROW = 8 };

struct rows { /* a number for every eight words in a row */
	uint64_t *at;
	size_t n;
};

struct text { /* its words, without case */
	char *low;
	struct span *words;
	size_t n;
};

/* What a note holds as a proposal for the public isn't internal. */
static const char *const proposed[] = { "--- public", "proposed in public:" };

static char *
without_proposals(struct arena *mem, const char *s)
{
	char *low = text_lower(mem, s), *out = arena_str(mem, ""), *line;
	bool skip = false;

	while ((line = text_line(&low)) != NULL) {
		if (text_istarts(line, proposed[1]))
			continue;
		if (strncmp(line, "---", 3) == 0)
			skip = text_istarts(line, proposed[0]);
		if (!skip)
			out = arena_printf(mem, "%s%s\n", out, line);
	}
	return out;
}

static void
split(struct arena *mem, const char *s, struct text *t)
{
	t->low = text_lower(mem, lint_fold(mem, s, 0, NULL));
	t->words = NULL;
	t->n = 0;
	for (size_t i = 0; t->low[i] != '\0';) {
		size_t n = 0;

		while (t->low[i + n] != '\0' && lint_alnum(t->low[i + n]))
			n++;
		if (n != 0) {
			t->words =
			    arena_grow(mem, t->words, t->n, sizeof *t->words);
			t->words[t->n++] = (struct span){ i, n };
		}
		i += n == 0 ? 1 : n;
	}
}

/* FNV-1a over the words and the gaps between them. */
static uint64_t
row_of(const char *low, const struct span *w)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (int i = 0; i < ROW; i++) {
		for (size_t k = 0; k < w[i].len; k++)
			h = (h ^ (unsigned char)low[w[i].at + k]) *
			    UINT64_C(1099511628211);
		h = (h ^ ' ') * UINT64_C(1099511628211);
	}
	return h;
}

static int
by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static struct rows
rows_of(struct arena *mem, const char **texts, size_t n, bool notes)
{
	struct rows r = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct text t;

		split(mem, notes ? without_proposals(mem, texts[i]) : texts[i],
		    &t);
		for (size_t k = 0; k + ROW <= t.n; k++) {
			r.at = arena_grow(mem, r.at, r.n, sizeof *r.at);
			r.at[r.n++] = row_of(t.low, t.words + k);
		}
	}
	if (r.n != 0)
		qsort(r.at, r.n, sizeof *r.at, by_number);
	return r;
}

static bool
has(const struct rows *r, uint64_t row)
{
	return r->n != 0 &&
	       bsearch(&row, r->at, r->n, sizeof row, by_number) != NULL;
}

void
lint_echo(struct linting *l, const struct piece *p)
{
	const struct lint_scene *s = l->scene;
	struct rows notes, told;
	size_t end = 0; /* the word behind the row so far */

	if (s->n_notes == 0 || p->n_words < ROW)
		return;
	notes = rows_of(l->mem, s->notes, s->n_notes, true);
	told = rows_of(l->mem, s->told, s->n_told, false);
	for (size_t i = 0, from = 0; i + ROW <= p->n_words + 1; i++) {
		bool hit = i + ROW <= p->n_words;
		uint64_t row = hit ? row_of(p->low, p->words + i) : 0;

		hit = hit && has(&notes, row) && !has(&told, row);
		if (hit && end == 0)
			from = i;
		if (hit)
			end = i + ROW;
		else if (end != 0) {
			lint_mark(l, p, RULE_ECHO, p->words[from].at,
			    p->words[end - 1].at + p->words[end - 1].len -
				p->words[from].at);
			end = 0;
		}
	}
}
