/*
 * What check sees of the templates: a made-up incident, with everything that
 * a post can have, is composed for every list and drawn for every page, as a
 * real one would be.  What would fail at the first post fails here.
 */
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/check_in.h"
#include "flow/arrival.h"
#include "flow/compose.h"
#include "flow/digest.h"
#include "flow/page.h"
#include "flow/subscribe.h"
#include "flow/texts.h"
#include "text/labels.h"
#include "text/stock.h"

enum { FIRST, CORRECTED, SAME, LAST, WHY, UPDATES };

static struct public_component touched[] = {
	{ "a", "Service A", LEVEL_MAJOR },
	{ "b", "Service B", LEVEL_OPERATIONAL },
};

static const struct public_update everything = {
	.event = "INC-2026-0001",
	.year = 2026,
	.number = 1,
	.u = 1,
	.r = 1,
	.state = STATE_INVESTIGATING,
	.impact = IMPACT_CRITICAL,
	.title = "Service A",
	.text = "A *text*.",
	.lang = "en",
	.impact_text = "x",
	.reseller_impact = "x",
	.enduser_impact = "x",
	.workaround = "x",
	.lasting = "",
	.social = "",
	.review = REVIEW_NONE,
	.components = touched,
	.n_components = 2,
	.reason = "",
	.hash = "0123456789abcdef",
};

static void
make_updates(struct public_update u[UPDATES], int64_t now)
{
	for (int i = 0; i < UPDATES; i++) {
		u[i] = everything;
		u[i].u = i == FIRST ? 1 : i;
		u[i].started = now - 5 * HOUR;
		u[i].posted = now + (i - UPDATES) * HOUR;
		u[i].first_posted = u[i].posted;
		u[i].next_update = now - HOUR / 2;
	}
	u[CORRECTED].r = 2;
	u[CORRECTED].first_posted = u[FIRST].posted;
	u[CORRECTED].reason = "x";
	u[CORRECTED].lang = "fr";
	u[SAME].kind = POST_SAME;
	u[SAME].state = STATE_MONITORING;
	u[SAME].title = "Service A, another title";
	u[SAME].limited = true;
	u[LAST].state = STATE_RESOLVED;
	u[LAST].lasting = "x";
	u[LAST].ended = now - HOUR;
	u[LAST].next_update = 0;
	u[LAST].backfill = true;
	u[WHY].state = STATE_POSTMORTEM;
	u[WHY].ended = u[LAST].ended;
	u[WHY].next_update = 0;
	u[WHY].review = (struct review){ "x", "x", "x", "x" };
}

/* The first n updates of it. */
static struct public_event
made_up(struct public_update *u, size_t n)
{
	const struct public_update *last = &u[n - 1];

	return (struct public_event){
		.event = last->event,
		.year = last->year,
		.number = last->number,
		.title = last->title,
		.first_title = u[0].title,
		.state = last->state,
		.impact = last->impact,
		.peak = last->impact,
		.started = last->started,
		.ended = last->ended,
		.next_update = last->next_update,
		.overdue = last->next_update != 0,
		.updates = u,
		.n_updates = n,
		.components = touched,
		.n_components = 2,
	};
}

struct trial {
	struct report *r;
	const struct conf *c;
	size_t found;
};

/* The same mistake shows in many places; it is told once. */
static void
judge(struct trial *t, enum status st)
{
	struct report *r = t->r;
	const char *why = r->j->why;

	if (st != ST_OK && strstr(why, "restore") == NULL)
		why = arena_printf(r->j->mem,
		    "%s; mend that, or restore the file that came with sitrep",
		    why);
	for (size_t i = 0; i < r->n && st != ST_OK; i++)
		if (strcmp(r->checked[i].says, why) == 0)
			st = ST_OK;
	if (st != ST_OK) {
		t->found++;
		check_add(r, CHECK_WRONG, "templates", "%s", why);
	}
	job_forget(r->j);
}

static void
try_stock(struct trial *t)
{
	struct stock stock;

	judge(t, stock_load(t->r->j, t->r->j->mem, t->c->templates, &stock));
}

static void
try_help(struct trial *t)
{
	struct job *j = t->r->j;
	char *path = arena_printf(j->mem, "%s/help", t->c->templates);
	struct buf text = BUF_INIT;
	enum status st = file_read(j, path, LIMIT_CONF_FILE, &text);

	if (st == ST_NONE || (st == ST_OK && text.len == 0))
		st = job_fail(j, ST_PERM,
		    "%s is missing; restore the templates that came with "
		    "sitrep",
		    path);
	judge(t, st);
	buf_free(&text);
}

static void
try_mail(struct trial *t, const struct public_event *e, size_t at)
{
	static const struct variant both = { "", "", "both" };
	const struct promise soon = { PROMISE_AFTER, HOUR };
	struct job *j = t->r->j;
	struct buf archive = BUF_INIT;
	struct preview preview;
	struct mail mail;
	enum status st;

	for (size_t i = 0; i < t->c->n_lists; i++)
		judge(t, compose_public(j, t->c, &t->c->lists[i], e, at, &both,
			     &mail));
	st = compose_preview(j, t->c, e, at, &soon, &preview);
	if (st == ST_OK && strstr(preview.text, "A text.") == NULL)
		st = job_fail(j, ST_PERM,
		    "en/update.txt leaves out {{text}}; restore the one that "
		    "came with sitrep");
	judge(t, st);
	judge(t, compose_archive(j, t->c, e, at, &archive));
	buf_free(&archive);
}

/* Pages of services and of what was, with the event on them. */
static void
try_lists(struct trial *t, const struct public_event *e,
    const struct service *s, struct buf *out)
{
	static struct uptime months[SERVICE_MONTHS];
	const struct page_service service = { s, months, e, 1, 0, 1 };
	const struct page_entry entry = { e, 1 };
	const struct page_month month = { 24314, 24313, e, 1 };
	const int64_t all[] = { 24314, 24313 };
	const struct page_feed feed = { "t", "feed/t", 0, 1, 1, &entry, 1, 1 };
	struct job *j = t->r->j;

	judge(t, page_service(j, t->c, &service, out));
	judge(t, page_badge(j, t->c, s, out));
	judge(t, page_moved(j, t->c, "/", out));
	judge(t, page_month(j, t->c, &month, out));
	judge(t, page_history(j, t->c, 0, all, 2, out));
	judge(t, page_feed(j, t->c, &feed, out));
}

static const struct issue issue = { .list = "",
	.name = "2026-03-04",
	.until = INT64_C(1) << 32,
	.mid = "" };

static void
try_digest(struct trial *t, const struct public_event *e, struct buf *out)
{
	static const struct variant both = { "", "", "both" };
	static const struct roundup_service service = { "A", LEVEL_OPERATIONAL,
		LEVEL_MAJOR };
	const struct roundup_event event = { .now = *e };
	const struct roundup r = { &issue, &issue, &event, 1, &service, 1,
		"x\nseal: 00\n", "chain/" };
	struct mail mail;

	for (size_t i = 0; i < t->c->n_lists; i++)
		judge(t, digest_mail(t->r->j, t->c, &t->c->lists[i], &r, &both,
			     NULL, 0, &mail));
	judge(t, digest_archive(t->r->j, t->c, &r, out));
	judge(t, page_digest(t->r->j, t->c, &r, out));
}

static void
try_pages(struct trial *t, const struct public_event *e)
{
	static const struct uptime days[SERVICE_DAYS] = { { 1, { 0 },
	    LEVEL_MAJOR, "INC-2026-0001" } };
	const struct service s = { .slug = "a",
		.name = "A",
		.group = "",
		.level = LEVEL_PARTIAL,
		.of = e,
		.days = days };
	const int64_t month = 24314;
	const struct page_now now = { e, 1, &s, 1, &month, 1, &issue, 1 };
	struct buf out = BUF_INIT;

	judge(t, page_front(t->r->j, t->c, &now, &out));
	judge(t, page_now_text(t->r->j, t->c, &now, &out));
	judge(t, page_event(t->r->j, t->c, e, &out, &out));
	try_lists(t, e, &s, &out);
	try_digest(t, e, &out);
	judge(t, page_style(t->r->j, t->c, &out));
	buf_clear(&out);
	judge(t, page_search(t->r->j, t->c, &out));
	buf_free(&out);
}

static void
try_subscribing(struct trial *t)
{
	static const struct variant any = { "", "", "" };
	static const struct letter of = { .mid = "x@x.example" };
	struct mail mail;

	for (size_t i = 0; i < t->c->n_lists; i++) {
		const struct list *l = &t->c->lists[i];

		judge(t, subscribe_try(t->r->j, t->c, l));
		judge(t, arrival_mail(t->r->j, t->c, l, &of, "x", &any, &mail));
	}
}

/* Labels of a list may stand in another language only if that is meant. */
static void
look_up_languages(struct trial *t)
{
	const struct conf *c = t->c;

	for (size_t i = 0; i < c->n_lists; i++) {
		const struct list *l = &c->lists[i];
		struct labels words;

		if (labels_load(t->r->j, c->templates, c->brand.slug,
			l->language, &words) == ST_OK &&
		    !text_ieq(words.lang, l->language))
			check_add(t->r, CHECK_WARN, "lists",
			    "%s: %s/%s/words isn't there, its labels are in "
			    "%s: make it from %s/en/words, or mend `language`",
			    l->slug, c->templates, l->language, words.lang,
			    c->templates);
		job_forget(t->r->j);
	}
}

void
check_texts(struct report *r, const struct conf *c)
{
	struct trial t = { .r = r, .c = c };
	struct public_update updates[UPDATES];
	struct public_event whole, *all[] = { &whole };

	job_forget(r->j);
	make_updates(updates, r->j->now);
	whole = made_up(updates, UPDATES);
	try_stock(&t);
	try_help(&t);
	try_subscribing(&t);
	judge(&t, texts_read(r->j, &c->limits, all, 1));
	for (size_t n = 1; n <= UPDATES && t.found == 0; n++) {
		struct public_event e = made_up(updates, n);

		try_mail(&t, &e, n - 1);
		try_pages(&t, &e);
	}
	if (t.found == 0)
		look_up_languages(&t);
	if (t.found == 0)
		check_add(r, CHECK_OK, "templates", "%s", c->templates);
}
