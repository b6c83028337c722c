/*
 * Two files take turns: search.next, which is one turn behind, gets what came
 * since and takes the place of search.db, which is search.next then.  So a
 * reader always has a whole one, and a post costs the same however many there
 * were.  Where texts were removed both are made anew: no byte of them stays.
 */
#include "cmd/site_search.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "cmd/side.h"
#include "cmd/slice.h"
#include "model/post.h"
#include "model/post_find.h"
#include "model/search.h"
#include "text/posting.h"
#include "text/prose.h"

enum { TITLE = 500, TEXT = 256 * 1024, PIECE = 1024 * 1024 };

struct index {
	struct world *w;
	struct db *db;
	struct labels words;
	int64_t since, newest; /* posts */
};

/* An excerpt may begin in one and end in the next. */
static void
add_words(struct buf *b, const char *s)
{
	if (*s == '\0')
		return;
	if (b->len != 0)
		buf_str(b, " \u00b7 ");
	buf_str(b, s);
}

/* All that its page says of it. */
static void
put_text(struct buf *b, const struct public_update *u)
{
	add_words(b, u->prose == NULL ? u->text : u->prose->plain);
	for (size_t i = 0; i < u->n_others; i++)
		add_words(b, u->others[i].prose == NULL
				 ? u->others[i].text
				 : u->others[i].prose->plain);
	add_words(b, u->impact_text);
	add_words(b, u->reseller_impact);
	add_words(b, u->enduser_impact);
	add_words(b, u->workaround);
	add_words(b, u->lasting);
	for (size_t i = 0; i < u->n_components; i++)
		add_words(b, u->components[i].name);
}

static const char *
tag_of(const struct index *x, struct job *j, const struct public_event *e,
    const struct public_update *u)
{
	if (u->kind == POST_WITHDRAWN)
		return labels_get(&x->words, "withdrawn");
	return labels_of(&x->words, j->mem, "state_",
	    e->report ? "report" : words_state(u->state));
}

static enum status
add_update(struct index *x, struct job *j, const struct public_event *e,
    int64_t event, size_t i)
{
	const struct public_update *u = &e->updates[i];
	struct buf b = BUF_INIT;
	struct search_entry entry = { .event = event,
		.u = u->u,
		.name = e->event,
		.path = arena_printf(j->mem, "%s#u%d", posting_path(j->mem, e),
		    u->u),
		.tag = tag_of(x, j, e, u),
		.title = text_one_line(j->mem, u->title, TITLE),
		.posted = u->first_posted };
	enum status st;

	put_text(&b, u);
	entry.text = text_one_line(j->mem, b.data, TEXT);
	st = search_add(x->db, j, &entry);
	buf_free(&b);
	return st;
}

static enum status
add_event(struct index *x, struct job *j, const struct public_event *e,
    int64_t event)
{
	enum status st = search_forget(x->db, j, event);

	for (size_t i = 0; st == ST_OK && i < e->n_updates; i++)
		if (posting_current(e, i) && !e->updates[i].removed)
			st = add_update(x, j, e, event, i);
	return st;
}

/* Memory is given back after each few. */
static enum status
add_events(struct index *x, struct job *j, const int64_t *ids, size_t n)
{
	enum status st = ST_OK;

	while (n != 0 && st <= ST_NONE) {
		struct slice s;

		st = slice_begin(x->w, j, &ids, &n, &s);
		for (size_t i = 0; i < s.n && st <= ST_NONE; i++)
			st = add_event(x, &s.job, s.list[i], s.ids[i]);
		slice_end(&s, j, st);
	}
	return st > ST_NONE ? st : ST_OK;
}

static enum status
bring_up(struct index *x, struct job *j)
{
	const struct conf *c = &x->w->conf;
	int64_t *ids = NULL, newest;
	size_t n = 0;
	enum status st =
	    labels_load(j, c->templates, c->brand.slug, "en", &x->words);

	if (st == ST_OK)
		st = db_begin(x->db, j);
	if (st == ST_OK)
		st = search_seen(x->db, j, &x->since);
	if (st == ST_OK)
		st = post_events_changed(x->w->db, j, x->since, &ids, &n,
		    &newest);
	if (st == ST_OK)
		st = add_events(x, j, ids, n);
	if (st == ST_OK)
		st = search_see(x->db, j, newest);
	if (st == ST_OK)
		st = db_commit(x->db, j);
	db_rollback(x->db);
	return st;
}

/* What readers have: ST_NONE if there is nothing to be read. */
static enum status
published(struct world *w, struct job *j, int64_t *seen)
{
	struct db *db = NULL;
	enum status st = search_open(j, side_search(j->mem, &w->conf), &db);

	if (st == ST_OK)
		st = search_seen(db, j, seen);
	db_close(db);
	if (st > ST_NONE) {
		job_forget(j); /* it can be made again */
		st = ST_NONE;
	}
	return st;
}

static enum status
swap(struct world *w, struct job *j, bool whole)
{
	const char *now = side_search(j->mem, &w->conf);
	const char *next = side_search_next(j->mem, &w->conf);

	if (whole ? rename(next, now) != 0
		  : renameat2(AT_FDCWD, next, AT_FDCWD, now, RENAME_EXCHANGE) !=
			0)
		return job_fail(j, ST_TEMP, "%s: %s", now, strerror(errno));
	return ST_OK;
}

/* The first turn after one that was alone: what readers have is a beginning.
 * Aside, as half a copy could pass for a whole one. */
static enum status
copy(struct world *w, struct job *j)
{
	const char *next = side_search_next(j->mem, &w->conf);
	const char *aside = arena_printf(j->mem, "%s~", next);
	int from = open(side_search(j->mem, &w->conf), O_RDONLY | O_CLOEXEC);
	int to = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	ssize_t n = from < 0 || to < 0 ? -1 : 1;

	while (n > 0)
		n = sendfile(to, from, NULL, PIECE);
	if (n == 0 && fsync(to) != 0)
		n = -1;
	if (from >= 0)
		(void)close(from);
	if (to >= 0)
		(void)close(to);
	if (n == 0 && rename(aside, next) == 0)
		return ST_OK;
	(void)unlink(aside);
	return job_fail(j, ST_TEMP, "%s: %s", next, strerror(errno));
}

/* alone: no other one is there, or may stay. */
static enum status
write_next(struct world *w, struct job *j, bool alone)
{
	struct index x = { .w = w };
	const char *next = side_search_next(j->mem, &w->conf);
	enum status st;

	if (alone)
		(void)unlink(next);
	else if (access(next, F_OK) != 0 && (st = copy(w, j)) != ST_OK)
		return st;
	st = search_make(j, next, &x.db);
	if (st == ST_OK)
		st = bring_up(&x, j);
	db_close(x.db);
	return st == ST_OK ? swap(w, j, alone) : st;
}

enum status
site_search(struct world *w, struct job *j, bool anew)
{
	int64_t seen = 0, newest = 0, removed = 0, *ids = NULL;
	size_t n = 0;
	enum status st = file_mkdirs(j, side_folder(j->mem, &w->conf), 0750),
		    there;

	if (st != ST_OK)
		return st;
	there = published(w, j, &seen);
	st = post_events_changed(w->db, j, INT64_MAX, &ids, &n, &newest);
	if (st == ST_OK && there == ST_OK)
		st = post_removed_since(w->db, j, seen, &removed);
	anew |= there != ST_OK || seen > newest || removed != 0;
	if (st != ST_OK || (!anew && seen == newest))
		return st;
	st = write_next(w, j, anew);
	if (st != ST_TEMP || anew)
		return st;
	/* Whatever is wrong with what is there: it can be made again. */
	log_warn("step=page search error=%s it is made anew", j->why);
	job_forget(j);
	return write_next(w, j, true);
}
