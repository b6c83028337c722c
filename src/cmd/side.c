#include "cmd/side.h"

char *
side_folder(struct arena *mem, const struct conf *c)
{
	return arena_printf(mem, "%s/web", c->state);
}

char *
side_metrics(struct arena *mem, const struct conf *c)
{
	return arena_printf(mem, "%s/web/metrics", c->state);
}

char *
side_search(struct arena *mem, const struct conf *c)
{
	return arena_printf(mem, "%s/web/search.db", c->state);
}

char *
side_search_next(struct arena *mem, const struct conf *c)
{
	return arena_printf(mem, "%s/web/search.next", c->state);
}
