/*
 * Pieces of lists that changed: a run's work grows with them, not with how
 * many there are.
 */
#include <string.h>

#include "cmd/site.h"

/* It hardly ever is more than one of a list. */
static bool
is_known(const struct site *x, const char *list, int64_t piece)
{
	for (size_t i = 0; i < x->n_pieces; i++)
		if (x->pieces[i].n == piece &&
		    strcmp(x->pieces[i].list, list) == 0)
			return true;
	return false;
}

void
site_touch_piece(struct site *x, const char *list, int64_t piece)
{
	if (is_known(x, list, piece))
		return;
	x->pieces =
	    arena_grow(x->j->mem, x->pieces, x->n_pieces, sizeof *x->pieces);
	x->pieces[x->n_pieces++] =
	    (struct site_piece){ arena_str(x->j->mem, list), piece };
}

int64_t
site_next_piece(const struct site *x, const char *list, int64_t after,
    int64_t whole, int64_t before)
{
	int64_t next = 0;

	if (x->all)
		return after < whole ? after + 1 : 0;
	for (size_t i = 0; i < x->n_pieces; i++) {
		int64_t n = x->pieces[i].n, first = n - before;

		if (first <= after)
			first = after + 1;
		if (n > after && n <= whole && (next == 0 || first < next) &&
		    strcmp(x->pieces[i].list, list) == 0)
			next = first;
	}
	return next;
}
