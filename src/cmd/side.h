/*
 * STATE/web: what the web child may read besides the public tree.  Who works
 * on the store leaves it there; all of it follows from the store.
 */
#ifndef CMD_SIDE_H
#define CMD_SIDE_H

#include "base/arena.h"
#include "model/conf.h"

char *side_folder(struct arena *mem, const struct conf *c);
/* Numbers for a monitor (cmd/metrics.h). */
char *side_metrics(struct arena *mem, const struct conf *c);
/* What is searched (model/search.h), and what takes its place next. */
char *side_search(struct arena *mem, const struct conf *c);
char *side_search_next(struct arena *mem, const struct conf *c);

#endif
