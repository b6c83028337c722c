#include "cmd/site.h"

#include "cmd/outbox_list.h"

#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "ext/crypto.h"
#include "flow/texts.h"
#include "model/post.h"
#include "model/post_find.h"
#include "model/tree.h"

enum { FILE_MAX = 256 * 1024 * 1024 };

bool
site_touches(const struct touched *t, const char *s)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->list[i], s) == 0)
			return true;
	return false;
}

void
site_touch(struct site *x, struct touched *t, const char *s)
{
	if (site_touches(t, s))
		return;
	t->list = arena_grow(x->j->mem, t->list, t->n, sizeof *t->list);
	t->list[t->n++] = arena_str(x->j->mem, s);
}

static char *
full_path(const struct site *x, struct job *j, const char *path)
{
	return arena_printf(j->mem, "%s/public/%s", x->w->conf.state, path);
}

/* What stands there, as a hash; "" if nothing does. */
static enum status
hash_of(const struct site *x, struct job *j, const char *path, char **sha)
{
	struct buf b = BUF_INIT;
	enum status st = file_read(j, full_path(x, j, path), FILE_MAX, &b);

	*sha = st == ST_OK ? crypto_sha256_hex(j->mem, b.data, b.len)
			   : arena_str(j->mem, "");
	buf_free(&b);
	return st == ST_NONE ? ST_OK : st;
}

static void
report(struct site *x, struct job *j, const char *path)
{
	log_warn("step=page id=%s what=edited path=%s", j->id, path);
	site_touch(x, &x->edited, path);
}

/* Only ours writes there: another content is somebody else's. */
static enum status
notice(struct site *x, struct job *j, const char *path, const char *known)
{
	char *now;
	enum status st = hash_of(x, j, path, &now);

	if (st == ST_OK && x->sure && strcmp(now, known) != 0)
		report(x, j, path);
	return st;
}

/*
 * Whether a folder was seen to in this run already, and that it is now.  One
 * whose place another has taken is forgotten, and seen to again.
 */
static bool
is_done(struct site *x, const char *dir)
{
	uint64_t h = text_hash(dir), had = x->folders[h % SITE_FOLDERS];

	x->folders[h % SITE_FOLDERS] = h;
	return had == h;
}

/* It is made.  What a killed run has left goes: after one all is written. */
static enum status
make_folder(struct site *x, struct job *j, const char *path)
{
	char *dir = full_path(x, j, path);
	enum status st;

	*strrchr(dir, '/') = '\0';
	if (is_done(x, dir))
		return ST_OK;
	if ((st = file_mkdirs(j, dir, 0755)) > ST_NONE)
		return st;
	if (x->all)
		file_sweep(j, dir);
	return ST_OK;
}

enum status
site_save(struct site *x, struct job *j, const char *path, const struct buf *b)
{
	char *sha = crypto_sha256_hex(j->mem, b->data, b->len), *known = NULL;
	enum status st = tree_file(x->db, j, path, &known), wrote;

	if (st > ST_NONE)
		return st;
	if (known != NULL && strcmp(known, sha) != 0 &&
	    (st = notice(x, j, path, known)) != ST_OK)
		return st;
	if ((st = make_folder(x, j, path)) != ST_OK)
		return st;
	wrote = file_write(j, full_path(x, j, path), b->data, b->len, 0644,
	    FILE_NOSYNC);
	if (wrote > ST_NONE)
		return wrote;
	x->written += wrote == ST_OK;
	tree_list_add(x->w, path, b);
	if ((st = tree_list_flush(x->w, j, false)) != ST_OK)
		return st;
	if (known != NULL && strcmp(known, sha) == 0) {
		if (wrote == ST_OK && x->sure)
			report(x, j, path);
		return ST_OK;
	}
	return tree_set_file(x->db, j, path, sha);
}

enum status
site_had(struct site *x, struct job *j, const char *path, struct buf *out)
{
	char *known = NULL;
	enum status st = x->all ? ST_NONE : tree_file(x->db, j, path, &known);

	if (st == ST_OK)
		st = file_read(j, full_path(x, j, path), FILE_MAX, out);
	if (st != ST_OK)
		return st;
	return strcmp(known, crypto_sha256_hex(j->mem, out->data, out->len)) ==
		       0
		   ? ST_OK
		   : ST_NONE;
}

enum status
site_look(struct site *x, struct job *j, bool *changed)
{
	char *path = arena_str(j->mem, ""), *sha = NULL;
	struct job own;
	enum status st;

	*changed = false;
	job_begin(&own, j->id, j->now);
	while ((st = tree_next_file(x->db, &own, path, &path, &sha)) == ST_OK) {
		char *now;

		if ((st = hash_of(x, &own, path, &now)) != ST_OK)
			break;
		*changed |= strcmp(now, sha) != 0;
	}
	if (st > ST_NONE)
		(void)job_fail(j, st, "%s", own.why);
	job_end(&own);
	return st == ST_NONE ? ST_OK : st;
}

static enum status
load(struct site *x, struct job *j, const int64_t *ids, size_t n,
    struct public_event *list, size_t *k)
{
	enum status st = db_hold(x->w->db, j);

	for (size_t i = 0; i < n && st <= ST_NONE; i++) {
		st = post_public_event(x->w->db, j, &x->w->conf, ids[i],
		    &list[*k]);
		*k += st == ST_OK;
	}
	db_release(x->w->db);
	return st == ST_NONE ? ST_OK : st;
}

enum status
site_load(struct site *x, struct job *j, const int64_t *ids, size_t n,
    bool texts, struct public_event **out, size_t *n_out)
{
	struct public_event *list = arena_array(j->mem, n + 1, sizeof *list);
	struct public_event **all = arena_array(j->mem, n + 1, sizeof(void *));
	size_t k = 0;
	enum status st = load(x, j, ids, n, list, &k);

	if (st != ST_OK)
		return st;
	for (size_t i = 0; i < k; i++)
		all[i] = &list[i];
	*out = list;
	*n_out = k;
	return texts
		   ? texts_read_once(j, &x->w->conf.limits, x->w->texts, all, k)
		   : ST_OK;
}

enum status
site_list(struct site *x, struct job *j, const char *name,
    struct site_list *out)
{
	int64_t n = 0;
	enum status st = tree_count(x->db, j, name, &n);

	out->whole = n / SITE_PIECE;
	out->last = n;
	/* A whole piece and what came after it. */
	out->first = out->whole == 0 ? 1 : (out->whole - 1) * SITE_PIECE + 1;
	return st;
}

static enum status
load_days(struct site *x, struct job *j, struct service *s)
{
	struct uptime *days = arena_array(j->mem, SERVICE_DAYS, sizeof *days);
	struct span *claims;
	size_t n;
	enum status st;

	s->first_day = x->today - (SERVICE_DAYS - 1) * (int64_t)SITE_DAY;
	st = tree_claims(x->db, j, s->slug, s->first_day, INT64_MAX, &claims,
	    &n);
	if (st != ST_OK)
		return st;
	uptime_days(j->mem, claims, n, s->born, s->as_of, s->first_day,
	    SERVICE_DAYS, days);
	/* Of a day that has just begun nobody has complained. */
	if (days[SERVICE_DAYS - 1].worst == LEVEL_UNSET && s->born <= x->today)
		days[SERVICE_DAYS - 1].worst = LEVEL_OPERATIONAL;
	s->sum = uptime_between(j->mem, claims, n, s->born, s->as_of,
	    s->first_day, x->today + SITE_DAY);
	s->days = days;
	return ST_OK;
}

/* What isn't over lasts until the last word on it, as far as is known. */
static enum status
last_said(struct site *x, struct job *j, struct service *s)
{
	enum status st = tree_number(x->db, j,
	    arena_printf(j->mem, "feed/%s", s->slug), &s->as_of);

	s->as_of = s->as_of > x->today ? s->as_of : x->today;
	return st;
}

enum status
site_now(struct site *x, struct job *j, bool with_days, struct site_now *out)
{
	int64_t *ids = NULL;
	size_t n = 0;
	enum status st = post_events_open(x->w->db, j, &ids, &n);

	for (size_t i = 0; st == ST_OK && i < n / 2; i++) {
		int64_t swap = ids[i];

		ids[i] = ids[n - 1 - i];
		ids[n - 1 - i] = swap;
	}
	if (st == ST_OK)
		st = site_load(x, j, ids, n, true, &out->open, &out->n_open);
	if (st != ST_OK)
		return st;
	out->n_services = service_list(j->mem, &x->w->conf, out->open,
	    out->n_open, &out->services);
	for (size_t i = 0; st == ST_OK && i < out->n_services; i++) {
		struct service *s = &out->services[i];

		s->born = s->born != 0 ? s->born : x->first;
		st = tree_changed(x->db, j, s->slug, &s->changed);
		if (st == ST_OK)
			st = last_said(x, j, s);
		if (st == ST_OK && with_days)
			st = load_days(x, j, s);
	}
	return st;
}
