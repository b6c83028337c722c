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
