#include "cmd/show_delivery.h"

#include <string.h>

#include "base/when.h"
#include "cmd/broadcast.h"
#include "ext/json.h"
#include "flow/dlog_lines.h"
#include "flow/dlog_sum.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/post_find.h"

/* A letter to a list, of the event. */
struct sending {
	const struct letter *letter;
	int u, r; /* 0: its post is gone */
	struct dlog_sum sum;
	int64_t left; /* -1: it can't be told */
	const char *why;
};

struct sendings {
	struct sending *at;
	size_t n;
};

/* ---- what there is ---- */

static enum status
gather(struct world *w, struct job *j, int64_t event, struct sendings *out)
{
	struct letter *all;
	size_t n = 0;
	int64_t of;
	enum status st = letter_of_event(w->db, j, event, &all, &n);

	*out = (struct sendings){ NULL, 0 };
	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct sending s = { .letter = &all[i],
			.sum = DLOG_SUM_INIT,
			.why = "" };

		if (all[i].kind != LETTER_BROADCAST)
			continue;
		st = post_where(w->db, j, all[i].post, &of, &s.u, &s.r);
		if (st == ST_NONE)
			st = ST_OK;
		out->at = arena_grow(j->mem, out->at, out->n, sizeof *out->at);
		out->at[out->n++] = s;
	}
	return st;
}

/* Of a letter that is done nothing is left; what waits has to be looked at. */
static void
count_left(struct world *w, struct job *j, struct sending *s)
{
	struct job own;
	enum status st = ST_OK;

	if (strcmp(s->letter->status, "waiting") != 0)
		return;
	job_begin(&own, "show", j->now);
	st = broadcast_left(w, &own, s->letter, &s->left);
	if (st != ST_OK) {
		s->left = -1;
		s->why = arena_str(j->mem, own.why);
	}
	job_end(&own);
}

static enum status
sum_up(struct world *w, struct job *j, struct sendings *all)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < all->n && st == ST_OK; i++) {
		struct sending *s = &all->at[i];

		st = dlog_sum_add(j, w->conf.state, s->letter->id,
		    s->letter->created, &s->sum);
		count_left(w, j, s);
	}
	return st;
}

static void
drop(struct sendings *all)
{
	for (size_t i = 0; i < all->n; i++)
		dlog_sum_free(&all->at[i].sum);
}

/* All of a list together, in *out; from is its first. */
static void
total_of(const struct sendings *all, size_t from, struct sending *out)
{
	const char *list = all->at[from].letter->list;

	*out = (struct sending){ .letter = all->at[from].letter,
		.sum = DLOG_SUM_INIT,
		.why = "" };
	for (size_t i = from; i < all->n; i++) {
		const struct sending *s = &all->at[i];

		if (strcmp(s->letter->list, list) != 0)
			continue;
		dlog_sum_join(&out->sum, &s->sum);
		if (s->left < 0)
			out->left = -1;
		else if (out->left >= 0)
			out->left += s->left;
	}
}

static bool
is_first(const struct sendings *all, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (strcmp(all->at[i].letter->list, all->at[at].letter->list) ==
		    0)
			return false;
	return true;
}

/* ---- everybody, in numbers ---- */

static void
numbers_text(struct sending *s, const char *what, struct buf *out)
{
	int64_t half = dlog_sum_percentile(&s->sum, 50);

	buf_printf(out, "  %s: %lld accepted, %lld deferred, %lld refused, ",
	    what, (long long)s->sum.accepted, (long long)s->sum.deferred,
	    (long long)s->sum.refused);
	if (s->left < 0)
		buf_str(out, "to go can't be told");
	else
		buf_printf(out, "%lld still to go", (long long)s->left);
	if (half >= 0)
		buf_printf(out, "; p50 %lld s, p95 %lld s", (long long)half,
		    (long long)dlog_sum_percentile(&s->sum, 95));
	buf_char(out, '\n');
	if (s->why[0] != '\0')
		buf_printf(out, "    %s\n", s->why);
	else if (strcmp(s->letter->status, "failed") == 0)
		buf_printf(out, "    given up: %s\n", s->letter->reply);
}

static void
list_text(struct job *j, struct sendings *all, size_t from, struct buf *out)
{
	struct sending total;

	buf_printf(out, "%s\n", all->at[from].letter->list);
	for (size_t i = from; i < all->n; i++) {
		struct sending *s = &all->at[i];

		if (strcmp(s->letter->list, all->at[from].letter->list) == 0)
			numbers_text(s,
			    arena_printf(j->mem, "u%d r%d, queued %s", s->u,
				s->r, when_rfc3339(j->mem, s->letter->created)),
			    out);
	}
	total_of(all, from, &total);
	total.letter = &(const struct letter){ .status = "" };
	numbers_text(&total, "in all", out);
	dlog_sum_free(&total.sum);
}

static struct json *
numbers_json(struct sending *s)
{
	struct json *o = json_new_object();
	int64_t half = dlog_sum_percentile(&s->sum, 50);

	json_put_int(o, "accepted", s->sum.accepted);
	json_put_int(o, "deferred", s->sum.deferred);
	json_put_int(o, "refused", s->sum.refused);
	if (s->left < 0)
		json_put_null(o, "to_go");
	else
		json_put_int(o, "to_go", s->left);
	if (half < 0) {
		json_put_null(o, "p50");
		json_put_null(o, "p95");
	} else {
		json_put_int(o, "p50", half);
		json_put_int(o, "p95", dlog_sum_percentile(&s->sum, 95));
	}
	return o;
}

static struct json *
list_json(struct sendings *all, size_t from)
{
	struct json *updates = json_new_array(), *o;
	struct sending total;

	total_of(all, from, &total);
	o = numbers_json(&total);
	dlog_sum_free(&total.sum);
	json_put_str(o, "list", all->at[from].letter->list);
	for (size_t i = from; i < all->n; i++) {
		struct sending *s = &all->at[i];
		struct json *u;

		if (strcmp(s->letter->list, all->at[from].letter->list) != 0)
			continue;
		u = numbers_json(s);
		json_put_int(u, "update", s->u);
		json_put_int(u, "revision", s->r);
		json_put_time(u, "queued", s->letter->created);
		json_put_str(u, "status", s->letter->status);
		json_add(updates, u);
	}
	json_put(o, "updates", updates);
	return o;
}

static enum status
everybody(struct world *w, struct job *j, struct sendings *all,
    struct json *root, struct buf *out)
{
	struct json *lists = root == NULL ? NULL : json_new_array();
	enum status st = sum_up(w, j, all);

	for (size_t i = 0; i < all->n && st == ST_OK; i++) {
		if (!is_first(all, i))
			continue;
		if (root == NULL)
			list_text(j, all, i, out);
		else
			json_add(lists, list_json(all, i));
	}
	if (root != NULL)
		json_put(root, "lists", lists);
	return st;
}

/* ---- one address ---- */

static void
try_text(struct job *j, const struct dlog_line *l, struct buf *out)
{
	buf_printf(out, "  %s ", when_rfc3339(j->mem, l->time));
	if (l->code != 0)
		buf_printf(out, "%03d ", l->code);
	buf_str(out, l->reply);
	if (l->server[0] != '\0')
		buf_printf(out, " (%s)", l->server);
	buf_char(out, '\n');
}

static struct json *
try_json(const struct dlog_line *l)
{
	struct json *o = json_new_object();

	json_put_time(o, "time", l->time);
	json_put_str(o, "server", l->server);
	json_put_int(o, "code", l->code);
	json_put_str(o, "reply", l->reply);
	return o;
}

/* The tries of one copy, to out or to tries; *n: how many. */
static enum status
tries_of(struct world *w, struct job *j, const struct sending *s,
    int64_t member, struct json *tries, struct buf *out)
{
	struct dlog_lines *lines;
	struct dlog_line l;
	bool any = false;
	enum status st =
	    dlog_lines_open(j, w->conf.state, s->letter->id, &lines);

	while (lines != NULL && dlog_lines_next(lines, &l)) {
		if (l.member != member)
			continue;
		any = true;
		if (tries != NULL)
			json_add(tries, try_json(&l));
		else
			try_text(j, &l, out);
	}
	dlog_lines_close(lines);
	if (!any && tries == NULL)
		buf_str(out,
		    strcmp(s->letter->status, "waiting") == 0
			? "  not tried yet, or not of what was chosen\n"
			: "  none went: it isn't of what was chosen, or "
			  "the address came later\n");
	return st;
}

static enum status
copy_of(struct world *w, struct job *j, const struct sending *s,
    const struct member *m, struct json *copies, struct buf *out)
{
	struct json *o, *tries;
	enum status st;

	if (copies == NULL) {
		buf_printf(out, "%s u%d r%d, queued %s, %s\n", m->list, s->u,
		    s->r, when_rfc3339(j->mem, s->letter->created), m->status);
		return tries_of(w, j, s, m->id, NULL, out);
	}
	o = json_new_object();
	tries = json_new_array();
	json_put_str(o, "list", m->list);
	json_put_str(o, "status", m->status);
	json_put_int(o, "update", s->u);
	json_put_int(o, "revision", s->r);
	json_put_time(o, "queued", s->letter->created);
	st = tries_of(w, j, s, m->id, tries, out);
	json_put(o, "tries", tries);
	json_add(copies, o);
	return st;
}

static enum status
somebody(struct world *w, struct job *j, const struct sendings *all,
    const char *address, struct json *root, struct buf *out)
{
	struct json *copies = root == NULL ? NULL : json_new_array();
	enum status st = ST_OK;
	size_t found = 0;

	for (size_t i = 0; i < all->n && st == ST_OK; i++) {
		const struct sending *s = &all->at[i];
		struct member m;

		st = member_find(w->db, j, s->letter->list, address, &m);
		if (st == ST_OK) {
			found++;
			st = copy_of(w, j, s, &m, copies, out);
		} else if (st == ST_NONE)
			st = ST_OK;
	}
	if (root != NULL)
		json_put(root, "copies", copies);
	if (st == ST_OK && found == 0)
		return job_fail(j, ST_PERM,
		    "%s is on no list that this event was sent to: `sitrep "
		    "show lists` names the lists, `sitrep list NAME show` "
		    "their members",
		    address);
	return st;
}

enum status
show_delivery(struct world *w, struct job *j, const struct delivery_wish *o,
    struct buf *out)
{
	struct json *root = o->json ? json_new_object() : NULL;
	struct sendings all = { NULL, 0 };
	enum status st = gather(w, j, o->event, &all);

	if (root != NULL)
		json_put_str(root, "event", o->name);
	if (st == ST_OK && o->address != NULL)
		st = somebody(w, j, &all, o->address, root, out);
	else if (st == ST_OK)
		st = everybody(w, j, &all, root, out);
	if (root != NULL) {
		json_write(root, out);
		json_free(root);
	} else if (st == ST_OK && all.n == 0)
		buf_str(out, "Nothing of it went to a list.\n");
	drop(&all);
	return st;
}
