/* Commands, and the fields that some of them stand for. */
#include "text/fill_in.h"

#include "base/limits.h"
#include "base/text.h"
#include "text/names.h"

static void
swap(struct fill *w, const struct entry *e)
{
	struct arena *mem = w->f->mem;
	const struct person *p = names_person(mem, w->conf, e->verb.name);
	struct moment_frame f = w->frame;
	struct moment_refusal no;

	f.use = MOMENT_FUTURE;
	if (p == NULL)
		fill_find(w, e, "E24",
		    arena_printf(mem,
			"Nobody here is called \"%s\"; nothing was swapped. "
			"Reply who to see who is on call.",
			text_one_line(mem, e->verb.name, LIMIT_TITLE)),
		    "who");
	else if (e->verb.until == NULL)
		fill_find(w, e, "E24",
		    "Nothing was swapped: say until when, as here:",
		    arena_printf(mem, "swap with %s until 18:00 UTC", p->slug));
	else if (!moment_read(mem, &f, e->verb.until, &w->r->swap_until, &no))
		fill_find(w, e, no.code, no.says,
		    arena_printf(mem, "swap with %s until %s", p->slug,
			no.copy));
	else
		w->r->swap_with = p->slug;
}

static void
disclosure(struct fill *w, const struct command *c)
{
	static const enum disclosure says[] = {
		[VERB_LIMITED] = DISCLOSURE_LIMITED,
		[VERB_EMBARGO] = DISCLOSURE_EMBARGOED,
		[VERB_FULL] = DISCLOSURE_FULL,
	};

	if (c->verb >= VERB_LIMITED && c->verb <= VERB_FULL)
		fill_tighten(w, says[c->verb]);
}

/* The last one holds; that it is meant so is seen in a preview. */
static void
contradiction(struct fill *w, const struct entry *e)
{
	enum state to = verb_state(e->verb.command.verb), before = STATE_NONE;
	const char *written = NULL;

	for (size_t i = 0; i < w->r->n_commands; i++)
		if (verb_state(w->r->commands[i].verb) != STATE_NONE) {
			before = verb_state(w->r->commands[i].verb);
			written = w->r->commands[i].written;
		}
	if (to != STATE_NONE && before != STATE_NONE && before != to)
		fill_find(w, e, "W43",
		    "Two commands say where the incident stands; the last one "
		    "holds. If it should be the one before:",
		    written);
}

/* "handoff to Comms Two": whoever carries it out knows the short name. */
static void
hand_off(struct fill *w, const struct entry *e, struct command *c)
{
	size_t before = w->f->n;

	fill_hand_off(w, e, e->verb.name);
	if (w->f->n == before)
		c->args = w->r->handoff;
}

static bool
takes_back(enum verb v)
{
	return v == VERB_RETRACT || v == VERB_REDACT;
}

void
fill_command(struct fill *w, const struct entry *e)
{
	const struct command *c = &e->verb.command;
	struct request *r = w->r;
	struct moment_refusal no;

	contradiction(w, e);
	r->commands =
	    arena_grow(w->f->mem, r->commands, r->n_commands, sizeof *c);
	r->commands[r->n_commands++] = *c;
	if (e->verb.next != NULL &&
	    !fill_promise(w, e->verb.next, &r->next, &no))
		fill_find(w, e, no.code, no.says,
		    arena_printf(w->f->mem, "Next-Update: %s", no.copy));
	if (c->verb == VERB_HANDOFF && e->verb.name == NULL)
		r->handoff_now = true;
	if (c->verb == VERB_HANDOFF && e->verb.name != NULL)
		hand_off(w, e, &r->commands[r->n_commands - 1]);
	if (c->verb == VERB_SWAP)
		swap(w, e);
	disclosure(w, c);
	if (c->verb == VERB_SEVERITY)
		r->severity = c->number;
	if (c->verb == VERB_CORRECT) {
		r->correct = c->number != 0 ? c->number : r->correct;
		r->correct_typo = r->correct_typo || e->verb.typo;
	}
	if (takes_back(c->verb)) {
		r->correct = c->number != 0 ? c->number : r->correct;
		r->amend = c->verb == VERB_REDACT ? AMEND_REDACT
			   : e->verb.whole        ? AMEND_VOID
						  : AMEND_WITHDRAW;
	}
	if ((c->verb == VERB_CORRECT || c->verb == VERB_SEVERITY ||
		takes_back(c->verb)) &&
	    *c->args != '\0' && r->reason == NULL)
		r->reason = text_one_line(w->f->mem, c->args, LIMIT_FIELD);
}
