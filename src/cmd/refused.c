#include "cmd/refused.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "cmd/journal.h"
#include "flow/rebound.h"
#include "text/parcels.h"

enum { REPLY = 320 };

struct refusal {
	int64_t member;
	int code;
	enum refused_at at;
	char reply[REPLY];
};

struct refused {
	size_t n;
	struct refusal at[PARCELS_ROOM]; /* so many outcomes can wait */
};

struct refused *
refused_new(void)
{
	struct refused *r = calloc(1, sizeof *r);

	if (r == NULL)
		die("out of memory for refusals");
	return r;
}

void
refused_free(struct refused *r)
{
	free(r);
}

size_t
refused_n(const struct refused *r)
{
	return r->n;
}

void
refused_note(struct refused *r, const struct outcome *o)
{
	struct refusal *to;

	if (o->fate != FATE_REFUSED || o->member == 0 ||
	    !rebound_is_of_member(o->at) || r->n == PARCELS_ROOM)
		return;
	to = &r->at[r->n++];
	to->member = o->member;
	to->code = o->code;
	to->at = o->at;
	(void)snprintf(to->reply, sizeof to->reply, "%s", o->reply);
}

static enum status
file(const struct refused *r, struct world *w, struct job *j,
    const struct letter *l, int64_t *row)
{
	struct buf lines = BUF_INIT;
	enum status st;

	for (size_t i = 0; i < r->n; i++)
		buf_printf(&lines, "%lld %d %s\n", (long long)r->at[i].member,
		    r->at[i].code, r->at[i].reply);
	st = journal_refused(w, j, l->id, &lines, row);
	buf_free(&lines);
	return st;
}

static enum status
score(const struct refused *r, struct world *w, struct job *j,
    const struct letter *l, const struct list *list)
{
	int64_t row = 0;
	enum status st = db_begin(w->db, j);

	if (st == ST_OK)
		st = file(r, w, j, l, &row);
	for (size_t i = 0; i < r->n && st == ST_OK; i++) {
		const struct rebound_refusal of = { .member = r->at[i].member,
			.letter = l,
			.list = list,
			.code = r->at[i].code,
			.reply = r->at[i].reply,
			.at = r->at[i].at,
			.message = row };

		st = rebound_refused(w->db, j, &w->conf, &of);
	}
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st;
}

enum status
refused_score(struct refused *r, struct world *w, struct job *j,
    const struct letter *l, const struct list *list)
{
	enum status st = score(r, w, j, l, list);

	r->n = 0;
	return st;
}
