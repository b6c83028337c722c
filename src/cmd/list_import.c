#include "cmd/list_import.h"

#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "cmd/arrivals.h"
#include "cmd/journal.h"
#include "model/store.h"

enum { CHUNK = 25000, /* members of one transaction */ SHOWN = 80 };

struct importing {
	struct world *w;
	const struct import_wish *wish;
	struct source *from;
	struct buf added; /* by this transaction, for the journal */
	struct arrivals arrivals;
};

/* ---- what is said meanwhile ---- */

void
list_reject(struct job *j, const struct source *from, const char *what,
    const char *why)
{
	if (isatty(STDERR_FILENO))
		(void)fputs("\r", stderr);
	(void)fprintf(stderr, "%s: %s: %s\n", source_where(j->mem, from),
	    text_one_line(j->mem, what, SHOWN), why);
}

void
list_progress(const struct source *from, int64_t lines, const char *more)
{
	int done = source_done(from);

	if (!isatty(STDERR_FILENO))
		return;
	(void)fprintf(stderr, "\r%lld lines%s", (long long)lines, more);
	if (done >= 0)
		(void)fprintf(stderr, ", %d %%", done);
	(void)fflush(stderr);
}

void
list_progress_end(void)
{
	if (isatty(STDERR_FILENO))
		(void)fputc('\n', stderr);
}

void
list_say_told(int64_t n)
{
	(void)printf("%lld get a notice that their subscription was moved "
		     "here%s\n",
	    (long long)n,
	    n == 0 ? ": nobody is new"
		   : "; `sitrep show queue` tells how far that is");
}

/* ---- adding ---- */

/* What neither the file nor the folder says. */
static void
complete(const struct importing *i, const struct job *j, struct member *m)
{
	const struct import_wish *wish = i->wish;

	m->list = wish->list->slug;
	if (m->status == NULL && m->delivery == NULL) {
		m->status = wish->as.status;
		m->delivery = wish->as.delivery;
	}
	if (m->source == NULL)
		m->source = wish->source;
	if (m->consented == 0)
		m->consented = wish->consented;
	if (m->consented == 0)
		m->consented = m->joined == 0 ? j->now : m->joined;
}

static enum status
add(struct importing *i, struct job *j, struct entry *e, struct import *out)
{
	enum status st;

	out->lines++;
	if (e->why != NULL) {
		out->bad++;
		list_reject(j, i->from, e->what, e->why);
		return ST_OK;
	}
	complete(i, j, &e->m);
	st = member_add(i->w->db, j, &e->m);
	if (st == ST_OK) {
		arrivals_note(&i->arrivals, i->w, &e->m);
		journal_member(&i->added, j->mem, &e->m);
	}
	out->added += st == ST_OK;
	out->silent += st == ST_OK && e->m.status != NULL &&
		       strcmp(e->m.status, "active") != 0;
	out->there += st == ST_NONE;
	out->away += st == ST_PERM;
	if (st == ST_PERM)
		list_reject(j, i->from, e->m.address, j->why);
	return st == ST_TEMP ? st : ST_OK;
}

/* One transaction; ST_NONE: that was all. */
static enum status
add_chunk(struct importing *i, struct job *j, struct import *out)
{
	struct import so_far = *out;
	enum status st = db_begin(i->w->db, j), more = ST_OK;
	struct entry e;

	buf_clear(&i->added);
	for (int n = 0; n < CHUNK && st == ST_OK; n++) {
		job_forget(j);
		if ((more = source_next(j, i->from, &e)) != ST_OK)
			break;
		st = add(i, j, &e, &so_far);
	}
	if (more > ST_NONE)
		st = more;
	if (st == ST_OK && i->added.len != 0)
		st = journal_list(i->w, j, i->wish->list->slug, "add",
		    &i->added);
	if (st == ST_OK)
		st = arrivals_write(&i->arrivals, i->w, j);
	so_far.told = i->arrivals.n;
	if (st == ST_OK && (st = db_commit(i->w->db, j)) == ST_OK)
		*out = so_far;
	db_rollback(i->w->db);
	return st == ST_OK ? more : st;
}

enum status
list_import(struct world *w, struct job *j, const struct import_wish *wish,
    struct source *from, struct import *out)
{
	struct importing i = { w, wish, from, BUF_INIT, { 0 } };
	enum status st = store_cache(w->db, j, STORE_LARGE);

	*out = (struct import){ 0 };
	i.arrivals.list = wish->welcome ? wish->list : NULL;
	while (st == ST_OK) {
		struct job chunk;

		job_begin(&chunk, j->id, j->now);
		st = add_chunk(&i, &chunk, out);
		if (st > ST_NONE)
			(void)job_fail(j, st, "%s: %s",
			    source_where(j->mem, from), chunk.why);
		job_end(&chunk);
		db_give_way();
		list_progress(from, out->lines,
		    arena_printf(j->mem, ", %lld added",
			(long long)out->added));
	}
	list_progress_end();
	buf_free(&i.added);
	return st == ST_NONE ? ST_OK : st;
}
