#include "flow/report_promises.h"

#include "base/when.h"
#include "text/score.h"

struct table {
	struct job *j;
	const struct record *record;
	struct buf *out;
};

static const char *
words(const struct table *t, const struct spread *s, int64_t value)
{
	return s->n == 0 ? "-" : when_length(t->j->mem, value);
}

/* ---- all of it, measure by measure ---- */

static void
row(const struct table *t, const char *name, const struct spread *s,
    const char *target)
{
	buf_printf(t->out, "%-24s %5zu  %-12s %-12s %s\n", name, s->n,
	    words(t, s, s->median), words(t, s, s->p90), target);
}

static void
whole(const struct table *t, const struct score *s)
{
	static const struct scope grave = { .severity = 1 };
	struct score first = score_of(t->j->mem, t->record, &grave);

	buf_printf(t->out, "%-24s %5s  %-12s %-12s %s\n", "", "n", "median",
	    "90 %", "target");
	row(t, "Hand-off", &s->hand_off, "15 min");
	row(t, "Ack after hand-off", &s->ack, "5 min");
	row(t, "First post, from report", &s->first_post, "30 min");
	row(t, "  of SEV1", &first.first_post, "15 min");
	row(t, "First post, from start", &s->from_start, "");
	buf_printf(t->out, "%-24s %5zu  %-25s 95 %%\n", "Promises kept",
	    s->kept + s->missed, score_kept_words(t->j->mem, s));
	if (s->running != 0)
		buf_printf(t->out, "%-24s %5zu\n", "  still running",
		    s->running);
}

/* ---- by what ---- */

static void
head(const struct table *t, const char *by)
{
	buf_printf(t->out, "\n%-16s %5s  %-12s %-12s %-12s %s\n", by, "n",
	    "hand-off", "ack", "first post", "kept");
}

static void
line(const struct table *t, const char *name, const struct scope *only)
{
	struct score s = score_of(t->j->mem, t->record, only);

	if (s.incidents == 0 && s.kept + s.missed + s.running == 0)
		return;
	buf_printf(t->out, "%-16s %5zu  %-12s %-12s %-12s %s\n", name,
	    s.incidents, words(t, &s.hand_off, s.hand_off.median),
	    words(t, &s.ack, s.ack.median),
	    words(t, &s.first_post, s.first_post.median),
	    score_kept_words(t->j->mem, &s));
}

static void
by_severity(const struct table *t)
{
	head(t, "Severity");
	for (int i = 1; i <= 5; i++)
		line(t, arena_printf(t->j->mem, "SEV%d", i),
		    &(struct scope){ .severity = i });
}

static void
by_month(const struct table *t)
{
	int *months;
	size_t n;

	score_months(t->j->mem, t->record, &months, &n);
	head(t, "Month");
	for (size_t i = 0; i < n; i++)
		line(t, when_month_name(t->j->mem, months[i]),
		    &(struct scope){ .month = months[i] });
}

static void
by_person(const struct table *t)
{
	const char **names;
	size_t n;

	score_on_call(t->j->mem, t->record, &names, &n);
	if (n != 0)
		head(t, "On call");
	for (size_t i = 0; i < n; i++)
		line(t, names[i], &(struct scope){ .on_call = names[i] });
	score_owners(t->j->mem, t->record, &names, &n);
	if (n != 0)
		head(t, "Taken by");
	for (size_t i = 0; i < n; i++)
		line(t, names[i], &(struct scope){ .first_owner = names[i] });
}

/* ---- what was missed ---- */

static void
missed(const struct table *t, const struct interval *i)
{
	struct arena *mem = t->j->mem;

	buf_printf(t->out, "%s u%d: by %s %s UTC, ", i->event, i->u,
	    when_day(mem, i->due), when_clock(mem, i->due));
	if (i->next == 0)
		buf_printf(t->out, "%s late and still waiting",
		    when_length(mem, i->late));
	else
		buf_printf(t->out, "%s late", when_length(mem, i->late));
	if (i->on_call[0] != '\0')
		buf_printf(t->out, ", %s on call", i->on_call);
	buf_str(t->out, "\n");
}

void
report_promises(struct job *j, const struct record *r, struct buf *out)
{
	struct table t = { j, r, out };
	static const struct scope all;
	struct score s = score_of(j->mem, r, &all);

	if (s.incidents == 0 && r->n_intervals == 0) {
		buf_str(out, "No incident in that time.\n");
		return;
	}
	whole(&t, &s);
	by_severity(&t);
	by_month(&t);
	by_person(&t);
	if (s.missed != 0)
		buf_str(out, "\nMissed promises\n");
	for (size_t i = 0; i < r->n_intervals; i++)
		if (r->intervals[i].kept == PROMISE_MISSED)
			missed(&t, &r->intervals[i]);
}
