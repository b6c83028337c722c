#include "cmd/rota_look.h"

#include <stdarg.h>

#include "base/when.h"

enum {
	AHEAD = 60 * DAY, /* overlaps */
	TOLD = 10,        /* overlaps, and then how many more */
	PAIRS = 1000,     /* looked at */
};

struct look {
	struct job *j;
	const struct conf *c;
	const struct rota *r;
	struct oddity *all;
	size_t n;
};

static void add(struct look *l, bool wrong, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void
add(struct look *l, bool wrong, const char *fmt, ...)
{
	va_list ap;

	l->all = arena_grow(l->j->mem, l->all, l->n, sizeof *l->all);
	va_start(ap, fmt);
	l->all[l->n++] =
	    (struct oddity){ wrong, arena_vprintf(l->j->mem, fmt, ap) };
	va_end(ap);
}

static void
gaps(struct look *l)
{
	int64_t now = l->j->now, gap = rota_gap(l->r, now, now + ROTA_AHEAD);
	int64_t end;

	if (gap < 0)
		return;
	end = rota_gap_end(l->r, gap);
	add(l, true,
	    "nobody is on call for comms %s%s until %s: add a line `comms 1` "
	    "to %s",
	    gap == now ? "now" : "from ",
	    gap == now ? "" : when_rfc3339(l->j->mem, gap),
	    end < 0 ? "further notice" : when_rfc3339(l->j->mem, end),
	    l->c->rota_path);
}

/* Two events that repeat overlap again and again: once is enough. */
static bool
is_known(const unsigned (*pairs)[2], size_t n, const struct shift *a,
    const struct shift *b)
{
	for (size_t i = 0; i < n; i++)
		if (pairs[i][0] == a->line && pairs[i][1] == b->line)
			return true;
	return false;
}

static void
overlap(struct look *l, const struct shift *a, const struct shift *b)
{
	int64_t from = a->from > b->from ? a->from : b->from;

	add(l, false,
	    "%s:%u: overlaps line %u (%s level %d from %s): %s holds, by the "
	    "later line; if that isn't meant, make one of the two shorter",
	    l->c->rota_path, b->line, a->line, words_role((enum role)a->role),
	    a->level, when_rfc3339(l->j->mem, from), b->person->slug);
}

static void
overlaps(struct look *l)
{
	unsigned(*pairs)[2] = arena_array(l->j->mem, PAIRS, sizeof *pairs);
	int64_t now = l->j->now;
	size_t a = 0, b = 0, n = 0;

	while (n < PAIRS && rota_overlap(l->r, now, now + AHEAD, &a, &b)) {
		const struct shift *x = &l->r->shifts[a];
		const struct shift *y = &l->r->shifts[b];

		if (is_known(pairs, n, x, y))
			continue;
		pairs[n][0] = x->line;
		pairs[n++][1] = y->line;
		if (n <= TOLD)
			overlap(l, x, y);
	}
	if (n > TOLD)
		add(l, false, "%s: %s%zu more overlaps", l->c->rota_path,
		    n == PAIRS ? "at least " : "", n - TOLD);
}

size_t
rota_look(struct job *j, const struct conf *c, const struct rota *r,
    struct oddity **out)
{
	struct look l = { .j = j, .c = c, .r = r };

	gaps(&l);
	overlaps(&l);
	*out = l.all;
	return l.n;
}
