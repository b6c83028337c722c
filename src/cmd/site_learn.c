/*
 * What was posted since the last time, in its order: which lists, months and
 * services it belongs to.  The same order whether post by post or all at
 * once, so that every entry has its number for good.
 */
#include <string.h>

#include "base/when.h"
#include "cmd/site.h"
#include "model/post_find.h"
#include "model/tree.h"
#include "text/eventid.h"

/* The entry's number, and the piece of an archive that holds it. */
static enum status
enter(struct site *x, struct job *j, const char *list, int64_t event, int u)
{
	int64_t n = 0;
	enum status st = tree_add_entry(x->db, j, list, event, u, &n);

	/* Where everything is written it need not be known. */
	if (st == ST_OK && !x->all)
		site_touch_piece(x, list, (n - 1) / SITE_PIECE + 1);
	return st;
}

/* Those that the event has hurt by now; what was said of them later too. */
static enum status
learn_service(struct site *x, struct job *j, const struct post_said *p,
    const char *slug, bool hurt)
{
	char *of = arena_printf(j->mem, "service/%s", slug);
	char *said = arena_printf(j->mem, "feed/%s", slug);
	int64_t n;
	enum status st = ST_OK;

	if (!hurt)
		st = tree_entry_number(x->db, j, of, p->event, 0, &n);
	if (st != ST_OK)
		return st == ST_NONE ? ST_OK : st;
	if ((st = enter(x, j, of, p->event, 0)) == ST_OK)
		st = enter(x, j, said, p->event, p->u);
	site_touch(x, &x->slugs, slug);
	return st == ST_OK ? tree_set_number(x->db, j, said, p->posted) : st;
}

static enum status
learn_services(struct site *x, struct job *j, const struct post_said *p)
{
	char *rest = arena_str(j->mem, p->components), *pair, *level;
	enum status st = ST_OK;

	while (st == ST_OK && (pair = strtok_r(rest, ",", &rest)) != NULL) {
		if ((level = strchr(pair, '=')) == NULL)
			continue;
		*level++ = '\0';
		st = learn_service(x, j, p, pair,
		    words_read_level(level) > LEVEL_OPERATIONAL);
	}
	return st;
}

/* Months before list it too, and say how it stands. */
static enum status
learn_listings(struct site *x, struct job *j, int64_t event)
{
	int64_t *months;
	size_t n;
	enum status st = tree_months_of(x->db, j, event, &months, &n);

	for (size_t i = 0; st == ST_OK && i < n; i++)
		site_touch(x, &x->listings,
		    arena_printf(j->mem, "%d", (int)months[i]));
	return st;
}

static enum status
learn_month(struct site *x, struct job *j, const struct post_said *p)
{
	struct civil c = when_utc(p->posted);
	int month = when_month_of(p->posted);
	enum status st = tree_add_month(x->db, j, month, p->event);

	site_touch(x, &x->months, arena_printf(j->mem, "%d", month));
	site_touch(x, &x->years, arena_printf(j->mem, "%d", c.year));
	/* Where everything is written each month is touched as it is. */
	return st != ST_OK || x->all ? st : learn_listings(x, j, p->event);
}

static enum status
learn(struct site *x, struct job *j, const struct post_said *p)
{
	enum status st = learn_month(x, j, p);

	if (st == ST_OK)
		st = enter(x, j, "updates", p->event, p->u);
	if (st == ST_OK && !p->report)
		st = enter(x, j, "events", p->event, 0);
	return st == ST_OK && !p->report ? learn_services(x, j, p) : st;
}

/* A few thousand at a time: the memory of each few is given back. */
enum status
site_learn(struct site *x, struct job *j)
{
	struct post_said *list = NULL;
	size_t n = 0;
	int64_t at = x->since;
	enum status st;

	do {
		struct job own;

		job_begin(&own, j->id, j->now);
		st = post_said_since(x->w->db, &own, at, &list, &n);
		for (size_t i = 0; st == ST_OK && i < n; i++) {
			st = learn(x, &own, &list[i]);
			at = list[i].id;
		}
		if (st > ST_NONE)
			(void)job_fail(j, st, "%s", own.why);
		job_end(&own);
	} while (st == ST_OK && n != 0);
	return st;
}
