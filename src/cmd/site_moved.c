/* Old addresses: a page at each that leads to the new one, on any server. */
#include <string.h>

#include "cmd/site.h"
#include "flow/page.h"

/* What isn't called .html is a folder: every server knows what to do. */
static char *
file_of(struct job *j, const char *from)
{
	const char *name = strrchr(from, '/') + 1;
	size_t n = strlen(name);

	if (n > 5 && strcmp(name + n - 5, ".html") == 0)
		return arena_str(j->mem, from + 1);
	return arena_printf(j->mem, "%s%sindex.html", from + 1,
	    name[0] == '\0' ? "" : "/");
}

enum status
site_moved(struct site *x, struct job *j)
{
	const struct conf *c = &x->w->conf;
	enum status st = ST_OK;

	for (size_t i = 0; st == ST_OK && x->all && i < c->n_moved; i++) {
		struct buf b = BUF_INIT;

		st = page_moved(j, c, c->moved[i].to, &b);
		if (st == ST_OK)
			st = site_save(x, j, file_of(j, c->moved[i].from), &b);
		buf_free(&b);
	}
	return st;
}
