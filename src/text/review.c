#include "text/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"

enum { NAME = 120 };

struct stroke { /* of the clock: something happened */
	int64_t at;
	int rank; /* of what happened in the same second */
	const char *what;
};

static const char *
time_of(const struct posting *p, int64_t t, int64_t beside)
{
	return labels_time(p->words, p->mem, t, beside, NULL);
}

/* "4 Mar 2026 14:02 UTC – 16:05 UTC (2 h 3 min)" */
static const char *
date(const struct posting *p, const struct public_update *u)
{
	const struct public_event *e = p->event;

	if (u->started == 0)
		return labels_day(p->words, p->mem,
		    u->ended != 0 ? u->ended : e->updates[0].first_posted);
	if (u->ended <= u->started)
		return time_of(p, u->started, 0);
	return arena_printf(p->mem, "%s – %s (%s)", time_of(p, u->started, 0),
	    time_of(p, u->ended, u->started),
	    when_length(p->mem, u->ended - u->started));
}

static int
earlier(const void *a, const void *b)
{
	const struct stroke *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->rank - y->rank;
}

/* "Identified (update 3)"; what said that nothing changed is no news. */
static const char *
said(const struct posting *p, const struct public_update *u)
{
	return arena_printf(p->mem, "%s (%s %d)",
	    labels_of(p->words, p->mem, "state_", words_state(u->state)),
	    labels_get(p->words, "update"), u->u);
}

static void
timeline(const struct posting *p, const struct public_update *u,
    struct tmpl_map *m)
{
	const struct public_event *e = p->event;
	struct stroke *all = arena_array(p->mem, e->n_updates + 2, sizeof *all);
	size_t n = 0;
	int64_t before = 0;

	if (u->started != 0)
		all[n++] = (struct stroke){ u->started, -1,
			labels_get(p->words, "started") };
	if (u->ended != 0)
		all[n++] = (struct stroke){ u->ended, 0,
			labels_get(p->words, "ended") };
	for (size_t i = 0; i < e->n_updates; i++) {
		const struct public_update *x = &e->updates[i];

		if (posting_current(e, i) && x->u < u->u &&
		    x->kind != POST_SAME)
			all[n++] = (struct stroke){ x->first_posted, x->u,
				said(p, x) };
	}
	if (n != 0)
		qsort(all, n, sizeof *all, earlier);
	tmpl_list(m, "timeline");
	for (size_t i = 0; i < n; before = all[i++].at) {
		struct tmpl_map *item = tmpl_item(m, "timeline");

		tmpl_str(item, "at", time_of(p, all[i].at, before));
		tmpl_str(item, "what", all[i].what);
	}
}

/* Each component with its worst level. */
static void
hurt(const struct posting *p, struct tmpl_map *m)
{
	const struct public_event *e = p->event;

	tmpl_list(m, "hurt");
	tmpl_flag(m, "any_hurt", false);
	for (size_t i = 0; i < e->n_components; i++) {
		const struct public_component *c = &e->components[i];
		struct tmpl_map *item;

		if (c->level <= LEVEL_OPERATIONAL)
			continue;
		tmpl_flag(m, "any_hurt", true);
		item = tmpl_item(m, "hurt");
		tmpl_str(item, "name", text_one_line(p->mem, c->name, NAME));
		tmpl_str(item, "level",
		    labels_of(p->words, p->mem, "level_",
			words_level(c->level)));
		posting_look(item, c->level, false);
	}
}

/* "Pool is larger; alarm at 80 % by 10 Mar": an item each. */
static void
actions(const struct posting *p, const char *s, struct tmpl_map *m)
{
	while (*s != '\0') {
		size_t n = strcspn(s, ";\n");
		const char *one = text_one_line(p->mem,
		    arena_copy(p->mem, s, n), LIMIT_FIELD);

		if (one[0] != '\0')
			tmpl_str(tmpl_item(m, "actions"), "action", one);
		s += n + (s[n] != '\0');
	}
}

static const char *
field(const struct posting *p, const char *s)
{
	return text_one_line(p->mem, s, LIMIT_FIELD);
}

void
review_put(const struct posting *p, size_t i, struct tmpl_map *m)
{
	const struct public_update *u = &p->event->updates[i];

	tmpl_flag(m, "review", u->state == STATE_POSTMORTEM);
	if (u->state != STATE_POSTMORTEM)
		return;
	tmpl_str(m, "incident_date", date(p, u));
	timeline(p, u, m);
	hurt(p, m);
	tmpl_str(m, "cause", field(p, u->review.cause));
	tmpl_list(m, "actions");
	actions(p, u->review.fix, m);
	actions(p, u->review.prevention, m);
	tmpl_flag(m, "any_actions",
	    u->review.fix[0] != '\0' || u->review.prevention[0] != '\0');
	tmpl_str(m, "problem", field(p, u->review.problem));
}
