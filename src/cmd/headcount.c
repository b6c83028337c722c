#include "cmd/headcount.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "cmd/fair.h"
#include "model/member.h"

/* ---- the lists ---- */

static int
by_rank(const void *a, const void *b)
{
	return fair_rank(*(const struct list *const *)a,
	    *(const struct list *const *)b);
}

const struct list **
headcount_lists(const struct conf *c, struct job *j, const char *named)
{
	const struct list **all =
	    arena_array(j->mem, c->n_lists + 1, sizeof(void *));
	size_t n = 0;

	for (size_t i = 0; i < c->n_lists; i++)
		if (named[0] == '\0' || text_among(named, c->lists[i].slug))
			all[n++] = &c->lists[i];
	qsort(all, n, sizeof(void *), by_rank);
	all[n] = NULL;
	return all;
}

/* ---- their members ---- */

/*
 * Members of all[at] who get it by all[by], and by none before that.  Walks
 * through that list, which is the smaller one mostly.
 */
static enum status
shared(struct world *w, struct job *j, const struct list **all, size_t by,
    size_t at, int64_t *n)
{
	struct buf before = BUF_INIT;
	enum status st;

	for (size_t i = 0; i < by; i++)
		buf_printf(&before, "%s\"%s\"", i == 0 ? "[" : ",",
		    all[i]->slug);
	buf_str(&before, by == 0 ? "[]" : "]");
	st = member_shared(w->db, j, all[by]->slug, all[at]->slug, before.data,
	    n);
	buf_free(&before);
	return st;
}

/* *choosy: it may be fewer. */
static enum status
count(struct world *w, struct job *j, const struct list **all, size_t at,
    bool *choosy, int64_t *n)
{
	enum status st = member_count(w->db, j, all[at]->slug, n);

	*choosy = false;
	if (st == ST_OK)
		st = member_choosy(w->db, j, all[at]->slug, choosy);
	for (size_t by = 0; by < at && st == ST_OK; by++) {
		bool less = false;
		int64_t both = 0;

		st = shared(w, j, all, by, at, &both);
		if (st == ST_OK)
			st = member_choosy(w->db, j, all[by]->slug, &less);
		*choosy |= less && both != 0;
		*n -= less ? 0 : both; /* what he chose there may leave it to
					  this list */
	}
	return st;
}

enum status
headcount(struct world *w, struct job *j, bool mailed, const char *named,
    const char **out)
{
	const struct list **all = headcount_lists(&w->conf, j, named);
	struct buf b = BUF_INIT;
	enum status st = ST_OK;

	for (size_t i = 0; mailed && all[i] != NULL && st == ST_OK; i++) {
		bool choosy;
		int64_t n = 0;

		st = count(w, j, all, i, &choosy, &n);
		buf_printf(&b, "%s%s %s%lld", b.len == 0 ? "" : ", ",
		    all[i]->slug, choosy ? "up to " : "", (long long)n);
	}
	*out = arena_str(j->mem, b.len == 0 ? "the page only" : b.data);
	buf_free(&b);
	return st;
}
