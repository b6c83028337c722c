/* Levels that are called, by a step of a timer or by somebody's word. */
#include "flow/decide_in.h"

#include <string.h>

#include "base/text.h"
#include "text/ladder.h"
#include "text/names.h"

enum { LEVELS = 4 };

int
decide_called(const struct deciding *d, const char *slug)
{
	int level = 0;

	for (size_t i = 0; i < d->m->n_climbs; i++) {
		const struct climb *c = &d->m->climbs[i];

		if (c->acked == 0 && c->level > level &&
		    text_among(c->persons, slug))
			level = c->level;
	}
	return level;
}

/*
 * Has somebody of the level answered since this timer began?  Who answered
 * that he has it has posted nothing yet.
 */
static bool
taken(const struct deciding *d, int level)
{
	const struct timer *t = d->m->timer;

	for (size_t i = 0; t != NULL && i < d->m->n_climbs; i++) {
		const struct climb *c = &d->m->climbs[i];

		if (c->kind == T_ACK && t->kind != T_ACK)
			continue;
		if (c->level == level && level > 1 && c->acked >= t->since)
			return true;
	}
	return false;
}

void
decide_call(struct deciding *d, int level, int kind, int step)
{
	struct verdict *v = d->v;

	v->taken = taken(d, level);
	v->has_climb = !v->taken;
	v->climb = (struct climb){ .event = v->event.id,
		.at = d->j->now,
		.level = level,
		.kind = kind,
		.step = step,
		.persons = "",
		.by = "",
		.reason = "" };
	if (level > v->event.reached)
		v->event.reached = level;
}

/* ---- by somebody's word ---- */

struct call {
	int level; /* 0: persons are named */
	struct crowd who;
};

static struct crowd
of_level(const struct deciding *d, int level)
{
	const struct people *p = d->m->people;
	struct crowd one = { NULL, 0 };

	switch (level) {
	case 2: return p->level2;
	case 3: return p->level3;
	case 4: return p->level4.n == 0 ? p->level3 : p->level4;
	default: break;
	}
	if (p->oncall == NULL)
		return one;
	one.persons = arena_array(d->j->mem, 1, sizeof(void *));
	one.persons[one.n++] = p->oncall;
	return one;
}

static struct crowd
of_role(const struct deciding *d, unsigned role)
{
	const struct conf *c = d->m->conf;
	struct crowd all = { NULL, 0 };

	all.persons = arena_array(d->j->mem, c->n_persons + 1, sizeof(void *));
	for (size_t i = 0; i < c->n_persons; i++)
		if (c->persons[i].roles & role)
			all.persons[all.n++] = &c->persons[i];
	return all;
}

/* "2", "L2": 0 where it is no level. */
static int
level_word(const char *s)
{
	if (*s == 'l' || *s == 'L')
		s++;
	return s[0] >= '1' && s[0] <= '0' + LEVELS && s[1] == '\0' ? s[0] - '0'
								   : 0;
}

/* Whom the first word names; false: nobody, it belongs to the reason. */
static bool
names(const struct deciding *d, const char *word, struct call *out)
{
	unsigned role = words_read_role(word);
	const struct person *p = names_person(d->j->mem, d->m->conf, word);

	out->level = level_word(word);
	if (out->level != 0) {
		out->who = of_level(d, out->level);
		return true;
	}
	if (role != 0)
		out->who = of_role(d, role);
	else if (p != NULL) {
		out->who.persons = arena_array(d->j->mem, 1, sizeof(void *));
		out->who.persons[0] = p;
		out->who.n = 1;
	}
	return role != 0 || p != NULL;
}

/* Without a word: one level above the highest so far. */
static void
next_level(const struct deciding *d, struct call *out)
{
	int reached = d->v->event.reached;

	out->level = reached < 2 ? 2 : reached < LEVELS ? reached + 1 : LEVELS;
	out->who = of_level(d, out->level);
}

void
decide_escalate(struct deciding *d, const struct command *c)
{
	const char *args =
	    text_istarts(c->args, "level ") ? c->args + 6 : c->args;
	size_t n = strcspn(args, " ");
	const char *word = arena_copy(d->j->mem, args, n);
	const char *reason = args + n + strspn(args + n, " ");
	struct call call = { 0 };

	if (!decide_may(d, RIGHT_ESCALATE, c))
		return;
	if (!names(d, word, &call)) {
		next_level(d, &call);
		reason = c->args;
	}
	if (call.who.n == 0) {
		decide_tell(d, "E24", c)->says =
		    "Not done: nobody is on call there now. Name a person, as "
		    "in escalate comms1.";
		return;
	}
	decide_call(d, call.level == 0 ? 1 : call.level, 0, 0);
	d->v->climb.by = d->m->sender->person->slug;
	d->v->climb.reason = reason;
	d->v->called = call.who;
	d->v->did |= DID_CALL;
}
