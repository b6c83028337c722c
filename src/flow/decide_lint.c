/* What a draft says too much of (specification, section 3.7). */
#include "flow/decide_in.h"

#include <string.h>

#include "text/drafting.h"
#include "text/lint.h"

static void
add(struct arena *mem, const char ***all, size_t *n, const char *s)
{
	*all = arena_grow(mem, *all, *n, sizeof **all);
	(*all)[(*n)++] = s;
}

/*
 * What is internal of the event: its notes, this mail's too, and its subject,
 * unless Marketing opened it, whose subjects are titles.
 */
static void
notes(const struct deciding *d, struct lint_scene *s)
{
	const struct matter *m = d->m;

	for (size_t i = 0; i < m->n_written; i++)
		add(d->j->mem, &s->notes, &s->n_notes, m->written[i].text);
	if (d->v->has_note)
		add(d->j->mem, &s->notes, &s->n_notes, d->v->note.text);
	if (strcmp(d->v->event.source, "comms") != 0)
		add(d->j->mem, &s->notes, &s->n_notes, d->v->event.subject);
}

static void
told(const struct deciding *d, struct lint_scene *s)
{
	for (size_t i = 0; i < d->m->n_posts; i++) {
		const struct post *p = &d->m->posts[i];

		add(d->j->mem, &s->told, &s->n_told, p->text);
		add(d->j->mem, &s->told, &s->n_told, p->title);
		s->last_title = p->title;
	}
	for (int i = 0; i < STOCK_SERVICES; i++)
		add(d->j->mem, &s->stock, &s->n_stock, d->m->stock->text[i]);
}

size_t
decide_marks(const struct deciding *d, const struct draft *x,
    struct lint_mark **out)
{
	struct lint_scene s = { .conf = d->m->conf,
		.disclosure = d->v->event.disclosure,
		.now = d->j->now,
		.report = event_is_report(&d->v->event),
		.n_posts = d->m->n_posts };

	/* The program's own report is made of public words alone. */
	if (s.report && x->author[0] == '\0')
		return 0;
	notes(d, &s);
	told(d, &s);
	return lint(d->j->mem, &s, x, out);
}

const char *
decide_blocked(const struct deciding *d, const struct lint_mark *marks,
    size_t n)
{
	const char *s = "In the way:";

	for (size_t i = 0; i < n && marks[i].class == LINT_BLOCK; i++)
		s = arena_printf(d->j->mem, "%s%s %s", s, i == 0 ? "" : ",",
		    marks[i].words);
	return arena_printf(d->j->mem,
	    "%s. Reply draft and a text without them.", s);
}

/* The draft that the mails of this verdict show; NULL: none. */
static struct draft *
shown(struct verdict *v)
{
	if (v->has_draft)
		return &v->draft;
	if (v->did & DID_RESHOW)
		return &v->reshow;
	return v->did & (DID_HAND_OFF | DID_RUNG) && v->draft.n != 0 ? &v->draft
								     : NULL;
}

void
decide_lint(struct deciding *d)
{
	struct verdict *v = d->v;
	struct draft *x = shown(v);
	enum lint_class worst;

	if (x == NULL)
		return;
	v->asks_attack = decide_asks_attack(d);
	v->n_marks = decide_marks(d, x, &v->marks);
	worst = lint_worst(v->marks, v->n_marks);
	if (!v->has_draft)
		return;
	x->marks = lint_shown(d->j->mem, v->marks, v->n_marks);
	if (d->m->sender == NULL)
		return;
	if (worst == LINT_BLOCK)
		decide_tell(d, "E45", NULL)->says =
		    "Mend what is marked in the draft, then reply draft and "
		    "the new text.";
	else if (worst == LINT_ASK)
		decide_tell(d, "W47", NULL)->says =
		    "Look at what is marked before anybody says yes.";
}

bool
decide_too_much(struct deciding *d, const struct draft *x,
    const struct command *c)
{
	struct lint_mark *marks = NULL;
	size_t n = decide_marks(d, x, &marks);

	if (decide_asks_attack(d))
		decide_tell(d, "E45", c)->says =
		    "Not posted: a note speaks of an attack, and nobody has "
		    "said how much may be told. Reply limited, or full.";
	else if (lint_worst(marks, n) == LINT_BLOCK)
		decide_tell(d, "E45", c)->says =
		    "Not posted: some words of the draft may not go out. Mend "
		    "what is marked, then reply draft and the new text.";
	else if (lint_was_shown(d->j->mem, marks, n, x->marks))
		return false;
	else
		return decide_show_again(d, x,
		    "Some words are marked that weren't.\n");
	d->v->did |= DID_RESHOW;
	d->v->reshow = *x;
	return true;
}
