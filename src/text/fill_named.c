/* Values that name what is set up: components, people, lists, the brand. */
#include "text/fill_in.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "text/claims.h"
#include "text/names.h"
#include "text/values.h"

static void
unknown_component(struct fill *w, const struct entry *e, const char *item)
{
	const char *near[NAMES_NEAR], *list = "";
	size_t n = names_near(w->conf, item, near);

	for (size_t i = 0; i < n; i++)
		list = arena_printf(w->f->mem, "%s%s%s", list,
		    i == 0 ? "" : ", ", near[i]);
	if (n == 0)
		fill_find(w, e, "E22", "No components are set up here.", NULL);
	else
		fill_find(w, e, "E22",
		    arena_printf(w->f->mem,
			"No component is called \"%s\". The nearest are %s.",
			text_one_line(w->f->mem, item, LIMIT_TITLE), list),
		    fill_again(w, e, near[0]));
}

static void
bad_status(struct fill *w, const struct entry *e, const struct claims *c)
{
	const char *near = value_near_level(c->status);

	fill_bad(w, e,
	    "A status is operational, degraded, partial outage or major "
	    "outage. The component was left out.",
	    arena_printf(w->f->mem, "%s = %s", c->named,
		near == NULL ? "degraded" : near));
}

void
fill_components(struct fill *w, const struct entry *e)
{
	struct claims all = { w->r->components, w->r->n_components, NULL,
		NULL };
	const char *s = e->value, *item;

	if (names_component(w->conf, s) != NULL) /* a name with a comma */
		(void)claims_add(w->f->mem, w->conf, s, &all);
	else
		while ((item = claims_next(w->f->mem, &s)) != NULL)
			switch (claims_add(w->f->mem, w->conf, item, &all)) {
			case CLAIM_FINE: break;
			case CLAIM_UNKNOWN:
				unknown_component(w, e, item);
				break;
			case CLAIM_STATUS: bad_status(w, e, &all); break;
			}
	w->r->components = all.at;
	w->r->n_components = all.n;
	w->r->components_given = all.n != 0;
}

void
fill_hand_off(struct fill *w, const struct entry *e, const char *to)
{
	const struct person *p = names_person(w->f->mem, w->conf, to);

	if (p != NULL)
		w->r->handoff = p->slug;
	else
		fill_find(w, e, "E24",
		    arena_printf(w->f->mem,
			"Nobody here is called \"%s\"; nothing was handed "
			"over.",
			text_one_line(w->f->mem, to, LIMIT_TITLE)),
		    "handoff now");
}

void
fill_handoff(struct fill *w, const struct entry *e)
{
	if (text_key_eq(e->value, "now") || value_yes_no(e->value) == ASK_YES)
		w->r->handoff_now = true;
	else if (value_yes_no(e->value) == ASK_UNSET)
		fill_hand_off(w, e, e->value);
}

static void
add_list(struct fill *w, const char *slug)
{
	struct request *r = w->r;

	for (size_t i = 0; i < r->n_lists; i++)
		if (strcmp(r->lists[i], slug) == 0)
			return;
	r->lists =
	    arena_grow(w->f->mem, r->lists, r->n_lists, sizeof *r->lists);
	r->lists[r->n_lists++] = slug;
}

void
fill_lists(struct fill *w, const struct entry *e)
{
	const char *s = e->value, *item;
	const struct list *list;

	while ((item = claims_next(w->f->mem, &s)) != NULL) {
		if (text_key_eq(item, "all"))
			for (size_t i = 0; i < w->conf->n_lists; i++)
				add_list(w, w->conf->lists[i].slug);
		else if ((list = names_list(w->conf, item)) != NULL)
			add_list(w, list->slug);
		else
			fill_bad(w, e,
			    arena_printf(w->f->mem, "There is no list \"%s\".",
				text_one_line(w->f->mem, item, LIMIT_TITLE)),
			    w->conf->n_lists == 0 ? "all"
						  : w->conf->lists[0].slug);
	}
}

void
fill_brand(struct fill *w, const struct entry *e)
{
	const struct brand *b = &w->conf->brand;

	if (text_key_eq(e->value, "all") ||
	    (b->slug != NULL && text_key_eq(e->value, b->slug)) ||
	    (b->name != NULL && text_key_eq(e->value, b->name)))
		return;
	fill_bad(w, e, "There is no such brand; the line was left out.",
	    b->slug == NULL ? "all" : b->slug);
}
