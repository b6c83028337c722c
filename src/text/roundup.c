#include "text/roundup.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "text/period.h"

enum { NAME = 120 };

bool
roundup_has(const struct roundup *r, const struct public_update *u)
{
	return u->posted >= r->issue->from && u->posted < r->issue->until &&
	       !u->typo;
}

static bool
was_open(const struct roundup_event *e)
{
	return e->then.n_updates != 0 && posting_open(e->then.state);
}

/* What section an event belongs to; NONE: it has nothing new. */
enum standing { STANDS_NONE, STANDS_OPEN, STANDS_RESOLVED, STANDS_OTHER };

static enum standing
standing_of(const struct roundup *r, const struct roundup_event *e)
{
	bool said = false;

	for (size_t i = 0; i < e->now.n_updates; i++)
		said |= e->now.updates[i].r == 1 &&
			roundup_has(r, &e->now.updates[i]);
	if (e->now.report)
		return said ? STANDS_OTHER : STANDS_NONE;
	if (posting_open(e->now.state))
		return STANDS_OPEN;
	if (was_open(e) || e->then.n_updates == 0)
		return STANDS_RESOLVED;
	return said ? STANDS_OTHER : STANDS_NONE;
}

void
roundup_add_up(const struct roundup *r, struct roundup_sum *out)
{
	*out = (struct roundup_sum){ 0 };
	for (size_t i = 0; i < r->n; i++) {
		const struct roundup_event *e = &r->events[i];
		enum standing at = standing_of(r, e);

		out->open += at == STANDS_OPEN;
		out->resolved += at == STANDS_RESOLVED;
		out->others += at == STANDS_OTHER;
		out->began += e->then.n_updates == 0 && !e->now.report;
		for (size_t k = 0; k < e->now.n_updates; k++) {
			const struct public_update *u = &e->now.updates[k];

			if (roundup_has(r, u) && u->r == 1)
				out->updates++;
			else if (roundup_has(r, u))
				out->corrections++;
		}
	}
}

bool
roundup_is_empty(const struct roundup *r)
{
	struct roundup_sum s;

	roundup_add_up(r, &s);
	return s.updates + s.corrections == 0;
}

char *
roundup_path(struct arena *mem, const struct issue *i)
{
	return arena_printf(mem, "digest/%s/%s/", issue_word(i->period),
	    i->name);
}

/* "digest", "digest.LIST" */
static char *
stem(struct arena *mem, const char *list)
{
	return arena_printf(mem, "digest%s%s", list[0] == '\0' ? "" : ".",
	    list);
}

char *
roundup_root(struct arena *mem, const struct issue *i, const char *list)
{
	return arena_printf(mem, "%s.%s", stem(mem, list),
	    period_week(mem, i->name));
}

char *
roundup_id(struct arena *mem, const struct issue *i, const char *list)
{
	return arena_printf(mem, "%s.%s.%s", stem(mem, list),
	    issue_word(i->period), i->name);
}

/* ---- words ---- */

static const char *
word(const struct posting *p, const char *key)
{
	return labels_get(p->words, key);
}

static const char *
kind_word(const struct posting *p, const struct issue *i)
{
	return word(p,
	    i->period == ISSUE_WEEKLY ? "digest_weekly" : "digest_daily");
}

/* "Vol. 2026, No. 63" */
static char *
number_words(const struct posting *p, const struct issue *i)
{
	return arena_printf(p->mem, "%s %d, %s %d", word(p, "digest_volume"),
	    i->volume, word(p, "digest_issue"), i->number);
}

/* "1 open, 2 resolved"; "no incidents" */
static const char *
in_short(const struct posting *p, const struct roundup_sum *s)
{
	const struct {
		size_t n;
		const char *key;
	} all[] = { { s->open, "digest_n_open" },
		{ s->resolved, "digest_n_resolved" },
		{ s->corrections, "digest_n_corrections" },
		{ s->others, "digest_n_others" } };
	const char *out = "";

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].n != 0)
			out = arena_printf(p->mem, "%s%s%zu %s", out,
			    out[0] == '\0' ? "" : ", ", all[i].n,
			    word(p, all[i].key));
	return out[0] == '\0' ? word(p, "digest_no_incidents") : out;
}

char *
roundup_title(const struct posting *p, const struct issue *i)
{
	return arena_printf(p->mem, "%s %s", kind_word(p, i), i->name);
}

char *
roundup_subject(const struct posting *p, const struct roundup *r,
    const char *prefix)
{
	struct roundup_sum s;

	roundup_add_up(r, &s);
	return arena_printf(p->mem, "%s%s: %s (%s)", posting_prefix(p, prefix),
	    roundup_title(p, r->issue), in_short(p, &s),
	    number_words(p, r->issue));
}

/* ---- sections ---- */

/* "Email Cluster B: Partial outage, Webmail: Degraded", as it is now. */
static const char *
hurt(const struct posting *p, const struct public_event *e)
{
	const struct public_update *u = &e->updates[e->n_updates - 1];
	const char *out = "";

	for (size_t i = 0; i < u->n_components; i++)
		if (u->components[i].level > LEVEL_OPERATIONAL)
			out = arena_printf(p->mem, "%s%s%s: %s", out,
			    out[0] == '\0' ? "" : ", ",
			    text_one_line(p->mem, u->components[i].name, NAME),
			    labels_of(p->words, p->mem, "level_",
				words_level(u->components[i].level)));
	return out;
}

static void
put_event(struct posting *p, const struct public_event *e, int64_t until,
    struct tmpl_map *m)
{
	const struct public_update *u = &e->updates[e->n_updates - 1];

	p->event = e;
	posting_event(p, m);
	posting_look(m,
	    posting_level(u->components, u->n_components, e->impact),
	    !posting_open(e->state));
	/* With its day, which needn't be that of the digest. */
	tmpl_str(m, "event_next",
	    e->next_update == 0 || !posting_open(e->state)
		? ""
		: labels_time(p->words, p->mem, e->next_update, 0, p->zones));
	tmpl_flag(m, "late", e->next_update < until);
	tmpl_str(m, "hurt", hurt(p, e));
	tmpl_str(m, "latest",
	    labels_of(p->words, p->mem, "state_",
		e->report ? "report" : words_state(u->state)));
}

static void
put_events(struct posting *p, const struct roundup *r, enum standing place,
    const char *list, struct tmpl_map *m)
{
	tmpl_list(m, list);
	for (size_t i = 0; i < r->n; i++)
		if (standing_of(r, &r->events[i]) == place)
			put_event(p, &r->events[i].now, r->issue->until,
			    tmpl_item(m, list));
}

static const char *
revision_key(const struct public_update *u)
{
	if (u->kind == POST_WITHDRAWN)
		return "withdrawn";
	return u->kind == POST_REDACTED ? "removed" : "tag_correction";
}

static void
put_correction(struct posting *p, const struct public_event *e,
    const struct public_update *u, struct tmpl_map *m)
{
	p->event = e;
	posting_event(p, m);
	tmpl_int(m, "u", u->u);
	tmpl_str(m, "what", word(p, revision_key(u)));
	tmpl_str(m, "anchor", posting_anchor(p->mem, u));
	tmpl_str(m, "reason",
	    text_one_line(p->mem, u->reason, (size_t)2 * LIMIT_SUBJECT));
	tmpl_str(m, "posted",
	    labels_time(p->words, p->mem, u->posted, 0, p->zones));
}

static void
put_corrections(struct posting *p, const struct roundup *r, struct tmpl_map *m)
{
	tmpl_list(m, "corrections");
	for (size_t i = 0; i < r->n; i++) {
		const struct public_event *e = &r->events[i].now;

		for (size_t k = 0; k < e->n_updates; k++)
			if (e->updates[k].r > 1 &&
			    roundup_has(r, &e->updates[k]))
				put_correction(p, e, &e->updates[k],
				    tmpl_item(m, "corrections"));
	}
}

static void
put_services(const struct posting *p, const struct roundup *r,
    struct tmpl_map *m)
{
	tmpl_list(m, "services");
	for (size_t i = 0; i < r->n_services; i++) {
		const struct roundup_service *s = &r->services[i];
		struct tmpl_map *item = tmpl_item(m, "services");

		tmpl_str(item, "name", text_one_line(p->mem, s->name, NAME));
		tmpl_str(item, "level",
		    labels_of(p->words, p->mem, "level_", words_level(s->now)));
		tmpl_str(item, "was",
		    s->then == s->now ? ""
				      : labels_of(p->words, p->mem, "level_",
					    words_level(s->then)));
		posting_look(item, s->now, false);
	}
}

static void
put_numbers(const struct posting *p, const struct roundup_sum *s,
    struct tmpl_map *m)
{
	const struct {
		size_t n;
		const char *key;
	} all[] = { { s->began, "digest_began" },
		{ s->updates, "digest_updates" },
		{ s->resolved, "digest_resolved" }, { s->open, "digest_open" },
		{ s->corrections, "digest_corrections" } };

	tmpl_list(m, "numbers");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct tmpl_map *item = tmpl_item(m, "numbers");

		tmpl_str(item, "label", word(p, all[i].key));
		tmpl_int(item, "value", (long long)all[i].n);
	}
}

/* Its seal, which is longer than a line of mail, also as two halves. */
static void
put_checkpoint(const struct posting *p, const struct roundup *r,
    struct tmpl_map *m)
{
	static const char seal[] = "\nseal: ";
	const char *at = strstr(r->checkpoint, seal);
	const char *digits = at == NULL ? "" : at + sizeof seal - 1;
	size_t n = strcspn(digits, "\n");

	tmpl_str(m, "checkpoint", r->checkpoint);
	tmpl_str(m, "checkpoint_path", r->checkpoint_path);
	tmpl_str(m, "checkpoint_head",
	    at == NULL ? ""
		       : arena_copy(p->mem, r->checkpoint,
			     (size_t)(at - r->checkpoint)));
	tmpl_str(m, "seal_begin", arena_copy(p->mem, digits, n / 2));
	tmpl_str(m, "seal_end", arena_copy(p->mem, digits + n / 2, n - n / 2));
}

static void
put_issue(const struct posting *p, const struct roundup *r, struct tmpl_map *m)
{
	const struct issue *i = r->issue;

	tmpl_str(m, "issue_title", roundup_title(p, i));
	tmpl_str(m, "issue_number", number_words(p, i));
	tmpl_str(m, "issue_path", roundup_path(p->mem, i));
	tmpl_str(m, "since",
	    labels_time(p->words, p->mem, i->from, 0, p->zones));
	tmpl_str(m, "until",
	    labels_time(p->words, p->mem, i->until, 0, p->zones));
	tmpl_str(m, "since_iso", when_rfc3339(p->mem, i->from));
	tmpl_str(m, "until_iso", when_rfc3339(p->mem, i->until));
	tmpl_str(m, "before_title",
	    r->before == NULL ? "" : roundup_title(p, r->before));
	tmpl_str(m, "before_path",
	    r->before == NULL ? "" : roundup_path(p->mem, r->before));
	put_checkpoint(p, r, m);
}

void
roundup_put(struct posting *p, const struct roundup *r, struct tmpl_map *m)
{
	struct roundup_sum s;

	roundup_add_up(r, &s);
	posting_site(p, m);
	put_issue(p, r, m);
	tmpl_str(m, "in_short", in_short(p, &s));
	tmpl_flag(m, "any_open", s.open != 0);
	tmpl_flag(m, "any_resolved", s.resolved != 0);
	tmpl_flag(m, "any_others", s.others != 0);
	tmpl_flag(m, "any_corrections", s.corrections != 0);
	put_events(p, r, STANDS_OPEN, "open_events", m);
	put_events(p, r, STANDS_RESOLVED, "resolved_events", m);
	put_events(p, r, STANDS_OTHER, "other_events", m);
	put_corrections(p, r, m);
	put_services(p, r, m);
	put_numbers(p, &s, m);
}
