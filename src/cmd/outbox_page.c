/*
 * The public tree: STATE/public, a function of the store, today's date and
 * the timers that have fired.  What it was made of stands in STATE/tree.db;
 * without that everything is written, and what is the same already isn't
 * touched.  While STATE/page.busy is there a run isn't finished, or wasn't.
 */
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cmd/outbox.h"
#include "cmd/outbox_herald.h"
#include "cmd/outbox_list.h"
#include "cmd/site.h"
#include "cmd/site_search.h"
#include "cmd/stale.h"
#include "ext/crypto.h"
#include "flow/notary.h"
#include "flow/texts_shelf.h"
#include "model/post_find.h"
#include "model/tree.h"

/* All files at once: tree.db must not say so before they are there. */
static enum status
sync_tree(struct world *w, struct job *j)
{
	const char *dir = arena_printf(j->mem, "%s/public", w->conf.state);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int bad = fd < 0 || syncfs(fd) != 0;

	if (fd >= 0)
		(void)close(fd);
	return bad ? job_fail(j, ST_TEMP, "%s: cannot be synced", dir) : ST_OK;
}

static char *
busy_path(const struct site *x, struct job *j)
{
	return arena_printf(j->mem, "%s/page.busy", x->w->conf.state);
}

/* A file of a run that was killed may be ours without tree.db knowing. */
static enum status
mark_busy(struct site *x, struct job *j)
{
	x->sure = access(busy_path(x, j), F_OK) != 0;
	if (!x->sure)
		return ST_OK;
	return file_write(j, busy_path(x, j), "", 0, 0640, FILE_NOSYNC) >
		       ST_NONE
		   ? ST_TEMP
		   : ST_OK;
}

/* 60 bits of a hash, which are enough to see a change. */
static int64_t
first_digits(const char *hash)
{
	char some[16] = "";

	(void)memcpy(some, hash, sizeof some - 1);
	return strtoll(some, NULL, 16);
}

/* Name, size and age of each template, in the order of no folder. */
static int64_t
templates(struct arena *mem, const char *folder)
{
	DIR *d = opendir(folder);
	const struct dirent *e;
	int64_t sum = 0;

	while (d != NULL && (e = readdir(d)) != NULL) {
		struct stat sb;
		char *s;

		if (fstatat(dirfd(d), e->d_name, &sb, 0) != 0 ||
		    !S_ISREG(sb.st_mode))
			continue;
		s = arena_printf(mem, "%s %lld %lld", e->d_name,
		    (long long)sb.st_size, (long long)sb.st_mtim.tv_sec);
		sum ^= first_digits(crypto_sha256_hex(mem, s, strlen(s)));
	}
	if (d != NULL)
		(void)closedir(d);
	return sum;
}

/*
 * What the pages show besides the store, as a number: where that is another
 * one all of them are written.
 */
static int64_t
fingerprint(const struct world *w)
{
	const struct conf *c = &w->conf;
	struct crypto_hash *h = crypto_hash_begin();
	struct arena *mem = arena_new();
	const char *s = arena_printf(mem,
	    "%s\n%s\n%s\n%s\n%s\n%s\n%" PRIx64 " %" PRIx64 " %" PRIx64, c->url,
	    c->domain, c->timezone, c->brand.name, c->brand.apology,
	    conf_public_from(c),
	    (uint64_t)templates(mem,
		arena_printf(mem, "%s/site", c->templates)),
	    (uint64_t)templates(mem, arena_printf(mem, "%s/en", c->templates)),
	    (uint64_t)templates(mem,
		arena_printf(mem, "%s/%s/en", c->templates, c->brand.slug)));
	struct notary_keys keys;
	int64_t n;

	notary_public(&w->keys, &keys);
	crypto_hash_add(h, keys.key, sizeof keys.key);
	crypto_hash_add(h, s, strlen(s) + 1);
	for (size_t i = 0; i < c->n_components; i++) {
		const struct component *p = &c->components[i];

		s = arena_printf(mem, "%s\n%s\n%s\n%d\n%s", p->slug, p->name,
		    p->group, p->visible, p->since);
		crypto_hash_add(h, s, strlen(s) + 1);
	}
	for (size_t i = 0; i < c->n_moved; i++) {
		s = arena_printf(mem, "%s\n%s", c->moved[i].from,
		    c->moved[i].to);
		crypto_hash_add(h, s, strlen(s) + 1);
	}
	n = first_digits(crypto_hash_end(h, mem));
	arena_free(mem);
	return n;
}

static int64_t
midnight(int64_t t)
{
	return t - (t % SITE_DAY + SITE_DAY) % SITE_DAY;
}

/* What the last run has seen, and what there is now. */
static enum status
look_around(struct site *x, struct job *j)
{
	int64_t day = 0, conf = 0, removed = 0, *ids = NULL;
	size_t n = 0;
	enum status st = tree_number(x->db, j, "post", &x->since);

	if (st == ST_OK)
		st = tree_number(x->db, j, "day", &day);
	if (st == ST_OK)
		st = tree_number(x->db, j, "conf", &conf);
	if (st == ST_OK)
		st = post_events_changed(x->w->db, j, INT64_MAX, &ids, &n,
		    &x->newest);
	if (st == ST_OK)
		st = post_times(x->w->db, j, &x->first, &x->last);
	x->today = midnight(j->now);
	/* The first day counts from its midnight. */
	x->first = x->first == 0 ? x->today : midnight(x->first);
	x->new_day = day != x->today;
	if (st == ST_OK)
		st = post_removed_since(x->w->db, j, x->since, &removed);
	/* Where a text was is not for guessing. */
	x->all |= removed != 0;
	/* A store that was put back, or a first run. */
	x->all |= conf != fingerprint(x->w) || x->since == 0 ||
		  x->since > x->newest || !x->sure;
	return st;
}

/* Once a day every file is looked at. */
static enum status
look_over(struct site *x, struct job *j)
{
	bool changed = false;
	enum status st = ST_OK;

	if (!x->all && x->new_day)
		st = site_look(x, j, &changed);
	x->all |= changed;
	if (st != ST_OK || !x->all)
		return st;
	x->since = 0;
	return tree_clear(x->db, j);
}

static enum status
step(struct site *x, struct job *j,
    enum status (*write)(struct site *, struct job *))
{
	struct job own;
	enum status st;

	job_begin(&own, j->id, j->now);
	st = write(x, &own);
	if (st > ST_NONE)
		(void)job_fail(j, st, "%s", own.why);
	job_end(&own);
	return st;
}

static enum status
write_all(struct site *x, struct job *j)
{
	static enum status (*const steps[])(struct site *, struct job *) = {
		site_learn,
		site_events,
		site_digests,
		site_history,
		site_services,
		site_front,
		site_feeds,
		site_api,
		site_calendar,
		site_moved,
		tree_chain,
	};
	enum status st = ST_OK;

	for (size_t i = 0; st == ST_OK && i < sizeof steps / sizeof *steps; i++)
		st = step(x, j, steps[i]);
	return st;
}

static enum status
write_tree(struct site *x, struct job *j)
{
	enum status st = db_begin(x->db, j);

	if (st == ST_OK)
		st = mark_busy(x, j);
	if (st == ST_OK)
		st = look_around(x, j);
	if (st == ST_OK)
		st = look_over(x, j);
	if (st == ST_OK)
		st = tree_list_begin(x->w, j, x->all);
	if (st == ST_OK)
		st = write_all(x, j);
	if (st == ST_OK)
		st = tree_list_flush(x->w, j, true);
	if (st == ST_OK)
		st = sync_tree(x->w, j);
	if (st == ST_OK && (x->written != 0 || !x->sure))
		st = mirror_mark(x->w, j);
	if (st == ST_OK)
		st = tree_set_number(x->db, j, "post", x->newest);
	if (st == ST_OK)
		st = tree_set_number(x->db, j, "digest", x->issue);
	if (st == ST_OK)
		st = tree_set_number(x->db, j, "day", x->today);
	if (st == ST_OK)
		st = tree_set_number(x->db, j, "conf", fingerprint(x->w));
	if (st == ST_OK)
		st = db_commit(x->db, j);
	db_rollback(x->db);
	tree_list_end(x->w);
	if (st == ST_OK)
		(void)unlink(busy_path(x, j));
	return st;
}

static enum status
open_and_write(struct site *x, struct job *j)
{
	enum status st = tree_open(j, x->w->conf.state, &x->db);

	if (st != ST_OK)
		return st;
	st = write_tree(x, j);
	if (st == ST_PERM && !x->all) {
		/* The list of files isn't as it was left: what else isn't? */
		log_warn("step=page error=%s all is written anew", j->why);
		job_forget(j);
		*x = (struct site){ .w = x->w,
			.j = j,
			.all = true,
			.db = x->db };
		st = write_tree(x, j);
	}
	db_close(x->db);
	x->db = NULL;
	return st;
}

enum status
outbox_page(struct world *w, struct job *j, bool all, struct paged *told)
{
	struct site x = { .w = w, .j = j, .all = all };
	enum status st;

	file_sweep(j, w->conf.state);
	w->texts = texts_shelf_new();
	st = open_and_write(&x, j);
	if (st == ST_TEMP && tree_drop_damaged(j, w->conf.state)) {
		log_warn("step=page error=%s tree.db was damaged: it was "
			 "removed and all is written anew",
		    j->why);
		job_forget(j);
		x = (struct site){ .w = w, .j = j, .all = true };
		st = open_and_write(&x, j);
	}
	if (st > ST_NONE)
		stale_note(w, j, st);
	else
		stale_over(w, j);
	if (st == ST_OK && site_search(w, j, x.all) != ST_OK) {
		/* The tree is there all the same. */
		log_warn("step=page search error=%s", j->why);
		job_forget(j);
	}
	texts_shelf_free(w->texts);
	w->texts = NULL;
	if (told != NULL)
		*told = (struct paged){ x.written, x.edited.list, x.edited.n };
	return st;
}
