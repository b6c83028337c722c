#include "cmd/outbox_list.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "ext/crypto.h"
#include "flow/notary.h"
#include "flow/notary_files.h"

enum { LIST_MAX = 64 * 1024 * 1024, WAITING = 4 * 1024 * 1024, HASH = 64 };

static char *
below(struct world *w, struct job *j, const char *path)
{
	return arena_printf(j->mem, "%s/public/%s", w->conf.state, path);
}

void
tree_list_add(struct world *w, const char *path, const struct buf *b)
{
	struct tree_list *l = w->list;
	struct job own = { .mem = NULL };
	char *name;
	size_t i, before;

	job_begin(&own, "list", 0);
	name = notary_shelf(&own, path);
	/* What came last is written on the most. */
	for (i = l->n; i != 0 && strcmp(l->shelves[i - 1].name, name) != 0;)
		i--;
	if (i-- == 0) {
		i = l->n;
		l->shelves =
		    arena_grow(l->mem, l->shelves, l->n, sizeof *l->shelves);
		l->shelves[l->n++] =
		    (struct shelf){ arena_str(l->mem, name), BUF_INIT };
	}
	before = l->shelves[i].lines.len;
	notary_list(&own, path, b->data, b->len, &l->shelves[i].lines);
	l->waiting += l->shelves[i].lines.len - before;
	job_end(&own);
}

/* A list as it was left; "" if there is none. */
static enum status
read_list(struct world *w, struct job *j, const char *path, struct buf *out)
{
	enum status st = file_read(j, below(w, j, path), LIST_MAX, out);

	return st == ST_NONE ? ST_OK : st;
}

static enum status
write_list(struct world *w, struct job *j, const char *path,
    const struct buf *b)
{
	enum status st = file_write(j, below(w, j, path), b->data, b->len, 0644,
	    FILE_NOSYNC);

	return st == ST_NONE ? ST_OK : st;
}

/* The hash of a shelf by the list of shelves; NULL: it isn't on it. */
static const char *
listed(struct job *j, const char *shelves, const char *path)
{
	const char *name = arena_printf(j->mem, "  %s\n", path);
	const char *at = strstr(shelves, name);

	return at == NULL || at - shelves < HASH
		   ? NULL
		   : arena_copy(j->mem, at - HASH, HASH);
}

/* The shelf so far; one that isn't listed counts for nothing. */
static enum status
read_shelf(struct world *w, struct job *j, const char *path,
    const char *shelves, struct buf *out)
{
	const char *hash = listed(j, shelves, path);
	enum status st = hash == NULL ? ST_OK : read_list(w, j, path, out);

	if (st != ST_OK || hash == NULL ||
	    strcmp(hash, crypto_sha256_hex(j->mem, out->data, out->len)) == 0)
		return st;
	return job_fail(j, ST_PERM, "%s isn't as it was written",
	    below(w, j, path));
}

static enum status
flush_shelf(struct world *w, struct job *j, const struct shelf *s,
    const char *shelves, struct buf *lines)
{
	char *path = arena_printf(j->mem, NOTARY_SHELVES "/%s.txt", s->name);
	struct buf old = BUF_INIT, fresh = BUF_INIT;
	enum status st = read_shelf(w, j, path, shelves, &old);

	if (st == ST_OK)
		st = notary_merge(j, old.data, s->lines.data, &fresh);
	if (st == ST_OK)
		st = write_list(w, j, path, &fresh);
	if (st == ST_OK)
		notary_list(j, path, fresh.data, fresh.len, lines);
	buf_free(&old);
	buf_free(&fresh);
	return st;
}

/* The list of shelves without its seal; ST_PERM: it isn't ours. */
static enum status
read_shelves(struct world *w, struct job *j, struct buf *out)
{
	struct notary_keys keys;
	enum status st = read_list(w, j, NOTARY_LIST, out);
	size_t n;

	if (st != ST_OK || (out->len == 0 && w->list->anew))
		return st;
	w->list->anew = false;
	notary_public(&w->keys, &keys);
	n = notary_paper_good(&keys, out->data, out->len);
	if (n == 0)
		return job_fail(j, ST_PERM, "%s isn't as it was written",
		    below(w, j, NOTARY_LIST));
	buf_cut(out, n);
	return ST_OK;
}

static enum status
flush(struct world *w, struct job *j)
{
	struct tree_list *l = w->list;
	struct buf shelves = BUF_INIT, lines = BUF_INIT, fresh = BUF_INIT;
	enum status st = read_shelves(w, j, &shelves);

	for (size_t i = 0; i < l->n && st == ST_OK; i++) {
		if (l->shelves[i].lines.len == 0)
			continue;
		st = flush_shelf(w, j, &l->shelves[i], shelves.data, &lines);
		buf_free(&l->shelves[i].lines);
		l->shelves[i].lines = (struct buf)BUF_INIT;
	}
	if (st == ST_OK)
		st = notary_merge(j, shelves.data, lines.data, &fresh);
	if (st == ST_OK) {
		notary_seal_paper(&w->keys, &fresh);
		st = write_list(w, j, NOTARY_LIST, &fresh);
	}
	l->waiting = 0;
	buf_free(&shelves);
	buf_free(&lines);
	buf_free(&fresh);
	return st;
}

enum status
tree_list_flush(struct world *w, struct job *j, bool all)
{
	struct job own;
	enum status st;

	if (!all && w->list->waiting < WAITING)
		return ST_OK;
	job_begin(&own, j->id, j->now);
	st = file_mkdirs(&own, below(w, &own, NOTARY_SHELVES), 0755);
	if (w->list->all)
		file_sweep(&own, below(w, &own, NOTARY_SHELVES));
	if (st <= ST_NONE)
		st = flush(w, &own);
	if (st > ST_NONE)
		(void)job_fail(j, st, "%s", own.why);
	job_end(&own);
	return st;
}

/* Without their list the shelves count for nothing, and are made anew. */
static enum status
forget(struct world *w, struct job *j)
{
	char *path = below(w, j, NOTARY_LIST);

	if (unlink(path) == 0 || errno == ENOENT)
		return ST_OK;
	return job_fail(j, ST_TEMP, "cannot remove %s: %s", path,
	    strerror(errno));
}

enum status
tree_list_begin(struct world *w, struct job *j, bool all)
{
	struct arena *mem = arena_new();

	w->list = arena_alloc(mem, sizeof *w->list);
	*w->list = (struct tree_list){ .mem = mem, .all = all, .anew = all };
	return all ? forget(w, j) : ST_OK;
}

void
tree_list_end(struct world *w)
{
	struct tree_list *l = w->list;

	if (l == NULL)
		return;
	for (size_t i = 0; i < l->n; i++)
		buf_free(&l->shelves[i].lines);
	w->list = NULL;
	arena_free(l->mem);
}
