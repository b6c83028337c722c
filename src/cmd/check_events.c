/* What check sees in the store: names that the configuration lost, and lists
 * that nobody is on. */
#include <string.h>

#include "cmd/check_in.h"
#include "model/event.h"
#include "model/event_find.h"
#include "model/member.h"

static void
look_at(struct report *r, const struct conf *c, const struct event *e)
{
	const char *name = event_name(r->j->mem, e);

	for (size_t i = 0; i < e->n_touches; i++)
		if (conf_component(c, e->touches[i].slug) == NULL)
			check_add(r, CHECK_WARN, "components",
			    "%s is open and names %s, which isn't configured: "
			    "a component stays until its events are over",
			    name, e->touches[i].slug);
	if (e->owner[0] != '\0' && conf_person(c, e->owner) == NULL)
		check_add(r, CHECK_WARN, "people",
		    "%s is with %s, who isn't configured; whoever is on call "
		    "is asked instead: reply handoff NAME to a mail of it",
		    name, e->owner);
}

/* A broadcast to it would reach nobody. */
static void
look_at_lists(struct report *r, const struct conf *c, struct db *db)
{
	for (size_t i = 0; i < c->n_lists; i++) {
		const char *slug = c->lists[i].slug;
		int64_t n = 0;

		if (member_count(db, r->j, slug, &n) == ST_OK && n == 0)
			check_add(r, CHECK_WARN, "lists",
			    "%s has no members: sitrep list %s import FILE "
			    "brings them, an address a line",
			    slug, slug);
		job_forget(r->j);
	}
}

void
check_events(struct report *r, const struct conf *c, struct db *db)
{
	struct event_found *open = NULL;
	size_t n = 0;
	enum status st = event_find_since(db, r->j, INT64_MAX, &open, &n);

	for (size_t i = 0; st == ST_OK && i < n; i++) {
		struct event e;

		if ((st = event_get(db, r->j, open[i].id, &e)) == ST_OK)
			look_at(r, c, &e);
	}
	if (st != ST_OK && st != ST_NONE)
		check_add(r, CHECK_WARN, "store",
		    "the open events can't be read: %s: run check again",
		    r->j->why);
	job_forget(r->j);
	look_at_lists(r, c, db);
}
