#include "flow/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/draft.h"
#include "model/event.h"
#include "model/inbox.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/note.h"
#include "model/post.h"
#include "model/room.h"
#include "model/swap.h"
#include "model/timer.h"

enum { LINE = 200 };

/* One line of the history. */
struct happening {
	int64_t at;
	size_t order;
	const char *text;
};

struct history {
	struct job *j;
	const struct conf *c;
	struct happening *all;
	size_t n;
};

static const char *
name_of(const struct conf *c, const char *slug)
{
	const struct person *p = conf_person(c, slug);

	if (p != NULL)
		return p->name;
	return slug[0] == '\0' ? "the program" : slug;
}

static void
add(struct history *h, int64_t at, char *text)
{
	h->all = arena_grow(h->j->mem, h->all, h->n, sizeof *h->all);
	h->all[h->n] = (struct happening){ at, h->n, text };
	h->n++;
}

static int
earlier(const void *a, const void *b)
{
	const struct happening *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static void
event_line(struct job *j, const struct conf *c, const struct event *e,
    struct buf *out)
{
	buf_printf(out, "%s SEV%d %s, %s", event_name(j->mem, e), e->severity,
	    words_phase(e->phase), words_state(e->state));
	buf_printf(out, ", since %s %s UTC", when_day(j->mem, e->began),
	    when_clock(j->mem, e->began));
	if (e->owner[0] != '\0')
		buf_printf(out, ", with %s", name_of(c, e->owner));
	if (e->next_update != 0)
		buf_printf(out, ", next update by %s UTC",
		    when_clock(j->mem, e->next_update));
	buf_printf(out, "\n  %s\n", event_title(j->mem, c, e));
}

/* Incidents, or drills; how many of those there are. */
static size_t
event_lines(struct job *j, const struct conf *c, const struct event *all,
    size_t n, bool drills, struct buf *out)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		if (event_is_drill(&all[i]) != drills)
			continue;
		if (k++ == 0 && drills)
			buf_str(out, "\nDrills, nothing of them is public:\n");
		event_line(j, c, &all[i], out);
	}
	return k;
}

enum status
report_open(struct db *db, struct job *j, const struct conf *c, struct buf *out)
{
	struct event *all;
	size_t n;
	enum status st = event_open(db, j, &all, &n);

	if (st != ST_OK)
		return st;
	if (event_lines(j, c, all, n, false, out) == 0)
		buf_str(out, "No open event.\n");
	(void)event_lines(j, c, all, n, true, out);
	return ST_OK;
}

static enum status
add_notes(struct db *db, struct history *h, int64_t event)
{
	struct note *all;
	size_t n = 0;
	enum status st = note_list(db, h->j, event, 0, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		add(h, all[i].at,
		    arena_printf(h->j->mem, "n%d %s%s%s%s%s: %s", all[i].n,
			all[i].kind, all[i].kind[0] == '\0' ? "" : " by ",
			name_of(h->c, all[i].author),
			all[i].late ? " (late)" : "",
			all[i].unverified ? " (unverified)" : "", all[i].text));
	return st;
}

static enum status
add_drafts(struct db *db, struct history *h, int64_t event)
{
	struct draft *all;
	size_t n = 0;
	enum status st = draft_list(db, h->j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		add(h, all[i].created,
		    arena_printf(h->j->mem, "d%d draft by %s: %s, %s", all[i].n,
			name_of(h->c, all[i].author), words_state(all[i].state),
			all[i].title));
		if (all[i].status != DRAFT_PENDING)
			add(h, all[i].status_at,
			    arena_printf(h->j->mem, "d%d %s by %s", all[i].n,
				draft_word(all[i].status),
				name_of(h->c, all[i].status_by)));
	}
	return st;
}

static enum status
add_posts(struct db *db, struct history *h, int64_t event, bool drill)
{
	struct post *all;
	size_t n = 0;
	enum status st = post_revisions(db, h->j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		const struct post *p = &all[i];
		const char *why =
		    p->reason[0] == '\0' ? "no reason given" : p->reason;

		add(h, p->posted,
		    arena_printf(h->j->mem, "u%dr%d %s by %s: %s, %s%s%s", p->u,
			p->r, drill ? "rehearsed" : "posted",
			name_of(h->c, p->approver), words_state(p->state),
			p->title, p->r > 1 ? ", corrected: " : "",
			p->r > 1 ? why : ""));
	}
	return st;
}

/* "Comms One, NOC One (not there)" */
static char *
members(struct history *h, const struct room *r)
{
	char *s = arena_str(h->j->mem, "");

	for (size_t i = 0; i < r->n_members; i++)
		s = arena_printf(h->j->mem, "%s%s%s%s", s, i == 0 ? "" : ", ",
		    name_of(h->c, r->members[i].person),
		    r->members[i].joined == 0 ? " (not heard of)" : "");
	return s;
}

static void
add_proposal(struct history *h, const struct room *r)
{
	struct arena *mem = h->j->mem;

	if (r->proposed != 0)
		add(h, r->proposed,
		    arena_printf(mem, "war room proposed (%s)%s%s",
			room_rule_word(r->rule),
			r->proposed_by[0] == '\0' ? "" : " by ",
			r->proposed_by[0] == '\0'
			    ? ""
			    : name_of(h->c, r->proposed_by)));
	if (r->refused != 0)
		add(h, r->refused,
		    arena_printf(mem, "war room refused by %s",
			name_of(h->c, r->refused_by)));
}

static void
add_room(struct history *h, const struct room *r)
{
	struct arena *mem = h->j->mem;

	add_proposal(h, r);
	if (r->opened == 0)
		return;
	add(h, r->opened,
	    arena_printf(mem,
		"war room opened by %s: chair %s, scribe %s; members: %s",
		name_of(h->c, r->opened_by), name_of(h->c, r->chair),
		r->scribe[0] == '\0' ? "nobody" : name_of(h->c, r->scribe),
		members(h, r)));
	for (size_t i = 0; i < r->n_actions; i++)
		add(h, r->actions[i].at,
		    arena_printf(mem, "action: %s", r->actions[i].text));
	if (r->closed != 0)
		add(h, r->closed,
		    arena_printf(mem,
			"war room closed by %s: %d sitreps, postmortem %s",
			name_of(h->c, r->closed_by), r->sitreps,
			name_of(h->c, r->review_by)));
}

static enum status
add_rooms(struct db *db, struct history *h, int64_t event)
{
	struct room *all;
	size_t n = 0;
	enum status st = room_list(db, h->j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		add_room(h, &all[i]);
	return st;
}

static enum status
add_letters(struct db *db, struct history *h, int64_t event)
{
	struct letter *all;
	size_t n = 0;
	enum status st = letter_of_event(db, h->j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		const struct letter *l = &all[i];

		add(h, l->created,
		    arena_printf(h->j->mem, "mail out %s to %s: %s %s", l->mid,
			l->kind == LETTER_BROADCAST ? l->list : l->recipient,
			l->status, l->reply));
	}
	return st;
}

static const char *
writer_of(const struct history *h, const struct arrival *a)
{
	const struct outcome *o = &a->outcome;

	if (o->person[0] != '\0')
		return name_of(h->c, o->person);
	return o->address[0] == '\0' ? "nobody known" : o->address;
}

static enum status
add_arrivals(struct db *db, struct history *h, int64_t event)
{
	struct arena *mem = h->j->mem;
	struct arrival *all;
	size_t n = 0;
	enum status st = inbox_of_event(db, h->j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		const struct arrival *a = &all[i];
		const struct outcome *o = &a->outcome;
		char *line = arena_printf(mem, "mail in from %s (%s): %s",
		    writer_of(h, a), o->trust, o->verdict);

		if (o->result[0] != '\0' && strcmp(o->result, "ok") != 0)
			line = arena_printf(mem, "%s %s", line, o->result);
		if (a->actor[0] != '\0')
			line = arena_printf(mem, "%s, by the login %s", line,
			    a->actor);
		if (a->repeats != 0)
			line = arena_printf(mem, "%s, came %lld times more",
			    line, (long long)a->repeats);
		add(h, a->received,
		    arena_printf(mem, "%s, %s", line, o->subject));
	}
	return st;
}

/* What T1 and its like are about. */
static const char *
timer_word(int kind)
{
	static const char *const words[] = { "", "hand-off", "ack",
		"first post", "next update", "report of NOC", "preview waiting",
		"watching", "sitrep of the war room", "war room left open",
		"postmortem", "disclosure review", "", "", "",
		"war room proposed", "war room asked for" };

	if (kind < 1 || kind >= (int)(sizeof words / sizeof *words))
		return "timer";
	return words[kind];
}

static enum status
add_timers(struct db *db, struct history *h, int64_t event)
{
	struct timer_fate *all;
	size_t n = 0;
	enum status st = timer_past(db, h->j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		const struct timer_fate *t = &all[i];
		const char *name = arena_printf(h->j->mem,
		    "timer T%d step %d (%s)", t->timer.kind, t->timer.step,
		    timer_word(t->timer.kind));

		if (t->fired != 0)
			add(h, t->fired,
			    arena_printf(h->j->mem, "%s fired", name));
		else if (t->cancelled != 0)
			add(h, t->cancelled,
			    arena_printf(h->j->mem, "%s taken back", name));
		else
			add(h, t->timer.due,
			    arena_printf(h->j->mem, "%s falls due", name));
	}
	return st;
}

static void
add_facts(struct history *h, const struct event *e)
{
	struct arena *mem = h->j->mem;

	add(h, e->opened,
	    arena_printf(mem, "opened by %s: %s", name_of(h->c, e->reporter),
		e->subject));
	if (e->handed_off != 0)
		add(h, e->handed_off, arena_str(mem, "handed off"));
	if (e->acked != 0)
		add(h, e->acked,
		    arena_printf(mem, "acknowledged: %s has it",
			name_of(h->c, e->owner)));
	if (e->closed != 0)
		add(h, e->closed,
		    arena_printf(mem, "%s", words_phase(e->phase)));
}

/* What a note says over several lines can't pass for lines of ours. */
static void
put_line(struct job *j, const struct happening *x, struct buf *out)
{
	char *rest = arena_str(j->mem, x->text), *line;
	const char *at = when_rfc3339(j->mem, x->at);

	for (; (line = text_line(&rest)) != NULL; at = " ")
		buf_printf(out, "%s %s\n", at, line);
}

enum status
report_event(struct db *db, struct job *j, const struct conf *c, int64_t event,
    struct buf *out)
{
	struct history h = { .j = j, .c = c };
	struct event e;
	enum status st = event_get(db, j, event, &e);

	if (st != ST_OK)
		return st;
	event_line(j, c, &e, out);
	add_facts(&h, &e);
	if ((st = add_arrivals(db, &h, event)) != ST_OK ||
	    (st = add_notes(db, &h, event)) != ST_OK ||
	    (st = add_drafts(db, &h, event)) != ST_OK ||
	    (st = add_posts(db, &h, event, event_is_drill(&e))) != ST_OK ||
	    (st = add_rooms(db, &h, event)) != ST_OK ||
	    (st = add_letters(db, &h, event)) != ST_OK ||
	    (st = add_timers(db, &h, event)) != ST_OK)
		return st;
	qsort(h.all, h.n, sizeof *h.all, earlier);
	for (size_t i = 0; i < h.n; i++)
		put_line(j, &h.all[i], out);
	return ST_OK;
}

/* "4 Mar 2026 18:00 UTC" */
static char *
stamp(struct job *j, int64_t t)
{
	return arena_printf(j->mem, "%s %s UTC", when_day(j->mem, t),
	    when_clock(j->mem, t));
}

static void
duties(struct job *j, const struct rota *r, struct buf *out)
{
	struct shift *all;
	size_t n = rota_duties(j->mem, r, j->now, &all);

	for (int level = 1; level <= ROTA_LEVELS; level++) {
		bool any = false;

		for (size_t i = 0; i < n; i++) {
			const struct shift *s = &all[i];

			if (s->level != level)
				continue;
			any = true;
			buf_printf(out, "Level %d: %s (%s), %s, %s\n", level,
			    s->person->name, s->person->slug,
			    words_role((enum role)s->role),
			    s->until == 0 ? "for good"
					  : arena_printf(j->mem, "until %s",
						stamp(j, s->until)));
		}
		if (!any)
			buf_printf(out, "Level %d: nobody\n", level);
	}
}

/* Agreed on, or waiting for a yes. */
static enum status
swaps(struct db *db, struct job *j, const struct conf *c, struct buf *out)
{
	struct swap *all;
	size_t n;
	enum status st = swap_list(db, j, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		const struct swap *s = &all[i];

		buf_printf(out, "%s: %s %d, %s for %s until %s\n",
		    s->from != 0 ? "Swapped" : "Swap asked for",
		    words_role((enum role)s->role), s->level,
		    name_of(c, s->taker), name_of(c, s->giver),
		    stamp(j, s->until));
	}
	return st;
}

static void
gaps(struct job *j, const struct conf *c, const struct rota *r, struct buf *out)
{
	int64_t gap = rota_gap(r, j->now, j->now + ROTA_AHEAD), end;

	if (gap < 0)
		return;
	end = rota_gap_end(r, gap);
	buf_printf(out,
	    "GAP: nobody is on call as comms level 1 from %s until %s. Add a "
	    "line to %s\n",
	    stamp(j, gap), end < 0 ? "further notice" : stamp(j, end),
	    c->rota_path);
}

enum status
report_rota(struct db *db, struct job *j, const struct conf *c,
    const struct rota *file, struct buf *out)
{
	struct rota r;
	enum status st = swap_rota(db, j, c, file, &r);

	if (st != ST_OK)
		return st;
	duties(j, &r, out);
	st = swaps(db, j, c, out);
	gaps(j, c, &r, out);
	return st;
}

enum status
report_lists(struct db *db, struct job *j, const struct conf *c,
    struct buf *out)
{
	for (size_t i = 0; i < c->n_lists; i++) {
		int64_t n;
		enum status st = member_count(db, j, c->lists[i].slug, &n);

		if (st != ST_OK)
			return st;
		buf_printf(out, "%s %lld\n", c->lists[i].slug, (long long)n);
	}
	if (c->n_lists == 0)
		buf_str(out, "No list is configured.\n");
	return ST_OK;
}
