/* The store: its chain, what the tree said of it, and the mails as they came.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cmd/verify_in.h"
#include "model/chain.h"
#include "model/inbox.h"
#include "model/store_check.h"

enum { PAPER_MAX = 8192 };

static const enum notary_fault faults[] = {
	[CHAIN_ALTERED] = NOTARY_ALTERED,
	[CHAIN_REMOVED] = NOTARY_REMOVED,
	[CHAIN_INSERTED] = NOTARY_INSERTED,
};

static enum status
chain(struct checked *x, struct world *w)
{
	struct chain_break first = { .event = "" };
	int64_t broken;
	enum status st = chain_walk(w->db, x->j, &x->posts, &broken, &first);

	if (st != ST_OK || broken == 0)
		return st;
	verify_found(x, faults[first.fault], first.number,
	    verify_post(x->j, first.event, first.u, first.r),
	    arena_printf(x->j->mem, "post %lld of the store",
		(long long)first.number));
	return ST_OK;
}

static const char *
line_of(struct job *j, const char *text, const char *name)
{
	const char *s = strstr(text, name);

	return s == NULL ? ""
			 : arena_copy(j->mem, s + strlen(name),
			       strcspn(s + strlen(name), "\n"));
}

/* What the tree says was the last post: the chain may only have grown. */
static enum status
head(struct checked *x, struct world *w)
{
	const char *path =
	    arena_printf(x->j->mem, "%s/public/chain/head.txt", w->conf.state);
	struct buf b = BUF_INIT;
	struct chain_head h = { .hash = "" };
	int64_t number;
	enum status st = file_read(x->j, path, PAPER_MAX, &b);

	if (st != ST_OK) {
		buf_free(&b);
		return st == ST_NONE ? ST_OK : st;
	}
	notary_public(&w->keys, &x->keys);
	number = strtoll(line_of(x->j, b.data, "\nposts: "), NULL, 10);
	if (notary_paper_good(&x->keys, b.data, b.len) == 0)
		verify_found(x, NOTARY_ALTERED, VERIFY_LAST, "",
		    "chain/head.txt of the tree");
	else if ((st = chain_at(w->db, x->j, number, &h)) == ST_NONE)
		verify_found(x, NOTARY_REMOVED, number, "",
		    arena_printf(x->j->mem,
			"the last posts of the store, up to %s",
			line_of(x->j, b.data, "\nlast: ")));
	else if (st == ST_OK &&
		 strcmp(h.hash, line_of(x->j, b.data, "\nhash: ")) != 0)
		verify_found(x, NOTARY_ALTERED, number,
		    verify_post(x->j, h.event, h.u, h.r),
		    "or a post before it: the tree has another hash");
	buf_free(&b);
	return st > ST_NONE ? st : ST_OK;
}

static enum status
messages(struct checked *x, struct world *w)
{
	const char *before = "";
	enum status st = ST_OK;

	for (int64_t id = 0; st == ST_OK;) {
		struct inbox_link l;
		struct job own;

		job_begin(&own, x->j->id, x->j->now);
		st = inbox_walk(w->db, &own, id, before, &l);
		if (st == ST_OK && !l.good)
			verify_found(x,
			    l.in.id == id + 1 ? NOTARY_ALTERED : NOTARY_REMOVED,
			    VERIFY_LAST, "",
			    arena_printf(x->j->mem, "message %lld of the store",
				(long long)id + 1));
		if (st == ST_OK) {
			x->messages++;
			id = l.in.id;
			before = arena_str(x->j->mem, l.link);
		} else if (st > ST_NONE)
			(void)job_fail(x->j, st, "%s", own.why);
		job_end(&own);
	}
	return st == ST_NONE ? ST_OK : st;
}

enum status
verify_store(struct checked *x, struct world *w)
{
	enum status st = store_check(w->db, x->j);

	if (st == ST_PERM) {
		verify_found(x, NOTARY_ALTERED, VERIFY_LAST, "",
		    arena_printf(x->j->mem, "the file of the store: %s",
			x->j->why));
		job_forget(x->j);
		st = ST_OK;
	}
	if (st == ST_OK)
		st = chain(x, w);
	if (st == ST_OK)
		st = head(x, w);
	return st == ST_OK ? messages(x, w) : st;
}
