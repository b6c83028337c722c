#include "base/numbers.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/log.h"

enum {
	PAGE_BITS = 15,
	PAGE = 1 << PAGE_BITS, /* numbers of one page */
	PAGES = 1 << 17,       /* of 2^32 */
};

struct numbers {
	size_t end; /* no page from there on */
	unsigned char *pages[PAGES];
};

struct numbers *
numbers_new(void)
{
	struct numbers *n = calloc(1, sizeof *n);

	if (n == NULL)
		die("out of memory for a set");
	return n;
}

void
numbers_free(struct numbers *n)
{
	if (n == NULL)
		return;
	for (size_t i = 0; i < n->end; i++)
		free(n->pages[i]);
	free(n);
}

void
numbers_put(struct numbers *n, int64_t x)
{
	size_t at = (size_t)(x >> PAGE_BITS), bit = (size_t)(x % PAGE);

	if (x < 0 || at >= PAGES)
		return;
	if (n->pages[at] == NULL &&
	    (n->pages[at] = calloc(1, PAGE / 8)) == NULL)
		die("out of memory for a set");
	if (at >= n->end)
		n->end = at + 1;
	n->pages[at][bit / 8] |= (unsigned char)(1u << bit % 8);
}

bool
numbers_has(const struct numbers *n, int64_t x)
{
	size_t at = (size_t)(x >> PAGE_BITS), bit = (size_t)(x % PAGE);

	if (x < 0 || at >= PAGES || n->pages[at] == NULL)
		return false;
	return (n->pages[at][bit / 8] >> bit % 8 & 1) != 0;
}
