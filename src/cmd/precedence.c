#include "cmd/precedence.h"

/* Less goes first; who is greeted can wait for all of them. */
static int
rank(const struct conf *c, const struct letter *l)
{
	const struct list *list = conf_list(c, l->list);
	bool account = list != NULL && list->kind == LIST_ACCOUNT;

	return (l->first != 0 ? 4 : 0) + (l->critical ? 0 : 2) +
	       (account ? 0 : 1);
}

bool
precedence_before(const struct conf *c, const struct letter *a,
    const struct letter *b)
{
	return rank(c, a) < rank(c, b);
}

void
precedence_sort(const struct conf *c, struct letter *all, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i;
		     k > 0 && precedence_before(c, &all[k], &all[k - 1]); k--) {
			struct letter swap = all[k];

			all[k] = all[k - 1];
			all[k - 1] = swap;
		}
}
