/*
 * Services that the configuration doesn't show any more.  Their addresses stay
 * (page, archive of older incidents, feed, badge), and what was taken back
 * must be gone from there too.  One that was removed has them whenever posts
 * name it; one that is hidden only where they stand: it may never have been
 * shown.
 */
#include <string.h>
#include <unistd.h>

#include "cmd/site.h"
#include "model/post.h"
#include "model/tree.h"

/* As posts called it last. */
static enum status
called(struct site *x, struct job *j, const char *slug, const char **out)
{
	const char *list = arena_printf(j->mem, "service/%s", slug);
	struct public_event e;
	struct tree_entry *newest;
	int64_t last = 0;
	size_t n = 0;
	enum status st = tree_count(x->db, j, list, &last);

	if (st == ST_OK)
		st = tree_entries(x->db, j, list, last, last, &newest, &n);
	if (st != ST_OK || n == 0)
		return st;
	st = post_public_event(x->w->db, j, &x->w->conf, newest->event, &e);
	for (size_t i = 0; st == ST_OK && i < e.n_components; i++)
		if (strcmp(e.components[i].slug, slug) == 0)
			*out = e.components[i].name;
	return st == ST_NONE ? ST_OK : st;
}

static bool
stands(const struct site *x, struct job *j, const char *slug)
{
	return access(arena_printf(j->mem, "%s/public/component/%s/index.html",
			  x->w->conf.state, slug),
		   F_OK) == 0;
}

static bool
is_gone(const struct site *x, struct job *j, const char *slug)
{
	const struct component *c = conf_component(&x->w->conf, slug);

	if (!x->all && !site_touches(&x->slugs, slug))
		return false;
	return c == NULL || (!c->visible && stands(x, j, slug));
}

enum status
site_gone(struct site *x, struct job *j, struct service **out, size_t *n)
{
	char **slugs;
	size_t n_slugs;
	enum status st = tree_services(x->db, j, &slugs, &n_slugs);

	*out = NULL;
	*n = 0;
	for (size_t i = 0; st == ST_OK && i < n_slugs; i++) {
		struct service s = { .slug = slugs[i],
			.name = slugs[i],
			.group = "",
			.level = LEVEL_UNSET,
			.born = x->first,
			.as_of = x->today };

		if (!is_gone(x, j, s.slug))
			continue;
		st = called(x, j, s.slug, &s.name);
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = s;
	}
	return st;
}
