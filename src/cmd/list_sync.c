#include "cmd/list_sync.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "cmd/arrivals.h"
#include "cmd/ask.h"
#include "cmd/journal.h"
#include "cmd/list_import.h"
#include "flow/rebound.h"
#include "model/staging.h"
#include "model/store.h"

enum {
	CHUNK = 10000, /* members of one transaction */
	SHOWN = 200,   /* of each kind, on a terminal */
	STEP = 5000,   /* lines of the file in one transaction */
};

struct sync {
	struct world *w;
	const struct sync_wish *wish;
	int64_t n[STAGING_CHANGES], same;
	struct arrivals arrivals;
};

/* ---- reading the database ---- */

static enum status
stage_one(struct sync *s, struct job *j, struct source *from, int64_t *good)
{
	struct entry e;
	enum status st = source_next(j, from, &e);

	if (st != ST_OK)
		return st;
	if (e.why != NULL) {
		list_reject(j, from, e.what, e.why);
		return ST_OK;
	}
	st = staging_put(s->w->db, j, &e.m);
	if (st == ST_NONE)
		list_reject(j, from, e.m.address,
		    "it stands there already; the first line counts");
	*good += st == ST_OK;
	return st == ST_NONE ? ST_OK : st;
}

/* A few thousand lines; ST_NONE: that was all. */
static enum status
stage_some(struct sync *s, struct job *j, struct source *from, int64_t *good)
{
	enum status st = db_begin(s->w->db, j), end = ST_OK;

	for (int i = 0; i < STEP && st == ST_OK; i++) {
		job_forget(j);
		st = stage_one(s, j, from, good);
	}
	if (st == ST_NONE) {
		end = ST_NONE;
		st = ST_OK;
	}
	if (st == ST_OK)
		st = db_commit(s->w->db, j);
	db_rollback(s->w->db);
	return st == ST_OK ? end : st;
}

static enum status
stage(struct sync *s, struct job *j, struct source *from)
{
	int64_t good = 0;
	enum status st = store_cache(s->w->db, j, STORE_LARGE);

	if (st == ST_OK)
		st = staging_begin(s->w->db, j);
	while (st == ST_OK) {
		struct job some;

		job_begin(&some, j->id, j->now);
		st = stage_some(s, &some, from, &good);
		if (st > ST_NONE)
			(void)job_fail(j, st, "%s: %s",
			    source_where(j->mem, from), some.why);
		job_end(&some);
		db_give_way();
		list_progress(from, good, " read");
	}
	list_progress_end();
	if (st == ST_NONE && good == 0)
		return job_fail(j, ST_PERM,
		    "no line of it has an address: nothing is changed; give a "
		    "file whose header names account and address");
	return st == ST_NONE ? ST_OK : st;
}

/* ---- showing ---- */

static const char *
account(struct job *j, const char *name)
{
	return *name == '\0' ? "" : arena_printf(j->mem, " (%s)", name);
}

static void
show_one(struct job *j, enum staging_change what, const struct difference *d)
{
	static const char *const marks[] = { "+", "+", "~", "-" };

	(void)printf("%s %s%s", marks[what], d->is.address,
	    account(j, d->is.account));
	if (what == STAGING_ACCOUNT)
		(void)printf(", was of %s",
		    *d->was == '\0' ? "no account" : d->was);
	(void)printf("%s\n", what == STAGING_BACK ? ", is back" : "");
}

/* On a terminal the first of each kind, elsewhere all. */
static enum status
show_kind(struct sync *s, struct job *j, enum staging_change what)
{
	bool all = !isatty(STDOUT_FILENO);
	int64_t after = 0, shown = 0;
	size_t n = 1;
	enum status st = ST_OK;

	while (st == ST_OK && n != 0 && (all || shown < SHOWN)) {
		struct difference *d;
		struct job page;

		job_begin(&page, j->id, j->now);
		st = staging_next(s->w->db, &page, s->wish->list->slug, what,
		    after, SHOWN, &d, &n);
		for (size_t i = 0; st == ST_OK && i < n; i++) {
			show_one(&page, what, &d[i]);
			after = d[i].key;
		}
		shown += (int64_t)n;
		if (st != ST_OK)
			(void)job_fail(j, st, "%s", page.why);
		job_end(&page);
	}
	if (st == ST_OK && shown < s->n[what])
		(void)printf("  and %lld more like that\n",
		    (long long)(s->n[what] - shown));
	return st;
}

static enum status
show(struct sync *s, struct job *j)
{
	const char *slug = s->wish->list->slug;
	enum status st = staging_count(s->w->db, j, slug, s->n, &s->same);

	for (int i = 0; i < STAGING_CHANGES && st == ST_OK; i++)
		st = show_kind(s, j, (enum staging_change)i);
	if (st == ST_OK)
		(void)printf("%s: %lld new, %lld back, %lld of another "
			     "account, %lld to go; %lld stay as they are\n",
		    slug, (long long)s->n[STAGING_ADD],
		    (long long)s->n[STAGING_BACK],
		    (long long)s->n[STAGING_ACCOUNT],
		    (long long)s->n[STAGING_GO], (long long)s->same);
	return st;
}

/* ---- asking ---- */

static bool
is_most(const struct sync *s)
{
	return s->n[STAGING_GO] > s->same + s->n[STAGING_ACCOUNT];
}

static enum status
may_do(const struct sync *s, struct job *j, bool *may)
{
	*may = s->wish->yes || (ask_is_possible() && ask_yes("Do that?"));
	if (!*may) {
		(void)printf("Nothing is changed%s.\n",
		    ask_is_possible() ? "" : "; --yes does it");
		return ST_OK;
	}
	if (s->wish->yes && is_most(s) && !s->wish->most)
		return job_fail(j, ST_PERM,
		    "more members would go than stay: nothing is changed; "
		    "look whether the file is whole, then add --most");
	return ST_OK;
}

/* ---- doing ---- */

static enum status
do_one(struct sync *s, struct job *j, enum staging_change what,
    struct member *m)
{
	struct db *db = s->w->db;

	m->list = s->wish->list->slug;
	m->source = "database";
	m->consented = j->now;
	if (what == STAGING_ADD)
		return member_add(db, j, m);
	if (what == STAGING_GO)
		return member_goes(db, j, m->id);
	if (what == STAGING_BACK) {
		enum status st = rebound_returns(db, j, m->id);

		if (st != ST_OK)
			return st;
	}
	return member_set_account(db, j, m->id, m->account);
}

static enum status
do_chunk(struct sync *s, struct job *j, enum staging_change what,
    int64_t *after, size_t *n)
{
	static const char *const words[] = { "add", "back", "account", "gone" };
	const char *slug = s->wish->list->slug;
	struct buf lines = BUF_INIT;
	struct difference *d;
	enum status st = db_begin(s->w->db, j);

	*n = 0;
	if (st == ST_OK)
		st =
		    staging_next(s->w->db, j, slug, what, *after, CHUNK, &d, n);
	for (size_t i = 0; st == ST_OK && i < *n; i++) {
		*after = d[i].key;
		st = do_one(s, j, what, &d[i].is);
		if (st == ST_OK && what == STAGING_ADD)
			arrivals_note(&s->arrivals, s->w, &d[i].is);
		if (st == ST_OK)
			journal_member(&lines, j->mem, &d[i].is);
		if (st == ST_NONE) /* meanwhile */
			st = ST_OK;
	}
	if (st == ST_OK && lines.len != 0)
		st = journal_list(s->w, j, slug, words[what], &lines);
	if (st == ST_OK)
		st = arrivals_write(&s->arrivals, s->w, j);
	if (st == ST_OK)
		st = db_commit(s->w->db, j);
	db_rollback(s->w->db);
	buf_free(&lines);
	return st;
}

static enum status
do_all(struct sync *s, struct job *j)
{
	enum status st = ST_OK;

	for (int what = 0; what < STAGING_CHANGES; what++) {
		int64_t after = 0;
		size_t n = 1;

		while (st == ST_OK && n != 0) {
			struct job chunk;

			job_begin(&chunk, j->id, j->now);
			st = do_chunk(s, &chunk, (enum staging_change)what,
			    &after, &n);
			if (st != ST_OK)
				(void)job_fail(j, st, "%s", chunk.why);
			job_end(&chunk);
			db_give_way();
		}
	}
	if (st != ST_OK)
		return st;
	(void)printf("Done.\n");
	if (s->wish->welcome)
		list_say_told(s->arrivals.n);
	return st;
}

enum status
list_sync(struct world *w, struct job *j, const struct sync_wish *wish,
    struct source *from)
{
	struct sync s = { .w = w, .wish = wish };
	int64_t changes = 0;
	bool may = false;
	enum status st;

	if (wish->list->kind != LIST_ACCOUNT)
		return job_fail(j, ST_PERM,
		    "%s isn't a list of kind account: its members join by "
		    "themselves, or by `sitrep list %s import FILE`",
		    wish->list->slug, wish->list->slug);
	s.arrivals.list = wish->welcome ? wish->list : NULL;
	if ((st = stage(&s, j, from)) != ST_OK || (st = show(&s, j)) != ST_OK)
		return st;
	for (int i = 0; i < STAGING_CHANGES; i++)
		changes += s.n[i];
	if (changes == 0 || (st = may_do(&s, j, &may)) != ST_OK || !may)
		return st;
	return do_all(&s, j);
}
