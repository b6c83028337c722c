#include "flow/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/draft.h"
#include "model/event.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/note.h"
#include "model/post.h"
#include "model/timer.h"

enum { ON_CALL = 32, LINE = 200 };

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

enum status
report_open(struct db *db, struct job *j, const struct conf *c, struct buf *out)
{
	struct event *all;
	size_t n;
	enum status st = event_open(db, j, &all, &n);

	if (st != ST_OK)
		return st;
	for (size_t i = 0; i < n; i++)
		event_line(j, c, &all[i], out);
	if (n == 0)
		buf_str(out, "No open event.\n");
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
		    arena_printf(h->j->mem, "n%d %s%s%s: %s", all[i].n,
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
add_posts(struct db *db, struct history *h, int64_t event)
{
	struct post *all;
	size_t n = 0;
	enum status st = post_list(db, h->j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		add(h, all[i].posted,
		    arena_printf(h->j->mem, "u%dr%d posted by %s: %s, %s",
			all[i].u, all[i].r, name_of(h->c, all[i].approver),
			words_state(all[i].state), all[i].title));
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
		    arena_printf(h->j->mem, "mail %s to %s: %s %s", l->mid,
			l->kind == LETTER_BROADCAST ? l->list : l->recipient,
			l->status, l->reply));
	}
	return st;
}

static enum status
add_timers(struct db *db, struct history *h, int64_t event)
{
	struct timer *all;
	size_t n = 0;
	enum status st = timer_armed(db, h->j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		add(h, all[i].due,
		    arena_printf(h->j->mem, "timer T%d step %d falls due",
			all[i].kind, all[i].step));
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
		    arena_printf(mem, "owned by %s", name_of(h->c, e->owner)));
	if (e->closed != 0)
		add(h, e->closed,
		    arena_printf(mem, "%s", words_phase(e->phase)));
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
	if ((st = add_notes(db, &h, event)) != ST_OK ||
	    (st = add_drafts(db, &h, event)) != ST_OK ||
	    (st = add_posts(db, &h, event)) != ST_OK ||
	    (st = add_letters(db, &h, event)) != ST_OK ||
	    (st = add_timers(db, &h, event)) != ST_OK)
		return st;
	qsort(h.all, h.n, sizeof *h.all, earlier);
	for (size_t i = 0; i < h.n; i++)
		buf_printf(out, "%s %s\n", when_rfc3339(j->mem, h.all[i].at),
		    h.all[i].text);
	return ST_OK;
}

void
report_rota(struct job *j, const struct conf *c, const struct rota *r,
    struct buf *out)
{
	const struct person *all[ON_CALL];

	(void)c;
	for (int level = 1; level <= 4; level++) {
		size_t n = rota_level(r, level, j->now, all, ON_CALL);

		buf_printf(out, "Level %d:", level);
		for (size_t i = 0; i < n; i++)
			buf_printf(out, "%s %s (%s)", i == 0 ? "" : ",",
			    all[i]->name, all[i]->slug);
		buf_str(out, n == 0 ? " nobody\n" : "\n");
	}
}

enum status
report_queue(struct db *db, struct job *j, struct buf *out)
{
	struct letter *all;
	size_t n;
	enum status st = letter_list(db, j, &all, &n);

	if (st != ST_OK)
		return st;
	for (size_t i = 0; i < n; i++) {
		const struct letter *l = &all[i];
		bool whole = l->kind == LETTER_BROADCAST;

		buf_printf(out, "%lld %s %s %s, tries %d, next %s %s\n",
		    (long long)l->id, l->status, whole ? "list" : "to",
		    whole ? l->list : l->recipient, l->tries,
		    when_rfc3339(j->mem, l->due),
		    text_one_line(j->mem, l->reply, LINE));
	}
	if (n == 0)
		buf_str(out, "Nothing waits.\n");
	return ST_OK;
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
