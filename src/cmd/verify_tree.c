/* A copy of the public tree: its chain, and every file of it. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "cmd/verify_in.h"
#include "ext/crypto.h"
#include "flow/notary_files.h"

enum { FILE_MAX = 1024 * 1024 * 1024, DEPTH = 8 };

struct tree {
	struct checked *x;
	const char *root;
	struct notary_record *records;
	size_t n_records;
	struct notary_file *files; /* all that are listed */
	size_t n_files;
	const char **lost; /* shelves that aren't as they are listed */
	size_t n_lost;
	const char **found; /* all that are there, sorted */
	size_t n_found;
};

static char *
path_of(const struct tree *t, const char *path)
{
	return arena_printf(t->x->j->mem, "%s/%s", t->root, path);
}

static void
fault(const struct tree *t, enum notary_fault what, const char *where)
{
	verify_found(t->x, what, VERIFY_LAST, "", where);
}

/* ---- what is there ---- */

/* Reading a pipe, or a device, might never end. */
static bool
is_file(const struct tree *t, const char *path)
{
	struct stat sb;

	return stat(path_of(t, path), &sb) == 0 && S_ISREG(sb.st_mode);
}

static enum status
list_folder(struct tree *t, const char *folder, int depth)
{
	struct job *j = t->x->j;
	const char *slash = folder[0] == '\0' ? "" : "/";
	DIR *d = opendir(path_of(t, folder));
	enum status st = ST_OK;
	struct dirent *e;

	if (d == NULL)
		return job_fail(j, ST_PERM, "cannot read %s: %s",
		    path_of(t, folder), strerror(errno));
	while ((e = readdir(d)) != NULL && st == ST_OK) {
		char *path;
		struct stat sb;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		path = arena_printf(j->mem, "%s%s%s", folder, slash, e->d_name);
		if (lstat(path_of(t, path), &sb) == 0 && S_ISDIR(sb.st_mode) &&
		    depth < DEPTH) {
			st = list_folder(t, path, depth + 1);
			continue;
		}
		if (!is_file(t, path)) {
			fault(t, NOTARY_INSERTED,
			    arena_printf(j->mem, "%s, which is no file", path));
			continue;
		}
		t->found =
		    arena_grow(j->mem, t->found, t->n_found, sizeof *t->found);
		t->found[t->n_found++] = path;
	}
	(void)closedir(d);
	return st;
}

static int
by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static bool
is_there(const struct tree *t, const char *path)
{
	return t->n_found != 0 && bsearch(&path, t->found, t->n_found,
				      sizeof *t->found, by_name) != NULL;
}

static enum status
read_file(const struct tree *t, const char *path, struct buf *out)
{
	enum status st = ST_OK;

	if (is_file(t, path))
		st = file_read(t->x->j, path_of(t, path), FILE_MAX, out);
	return st == ST_NONE ? ST_OK : st;
}

/* ---- the chain ---- */

static bool
is_month(const char *path)
{
	static const char like[] = "chain/dddd-dd.txt";

	for (size_t i = 0; i < sizeof like; i++)
		if (like[i] == 'd' ? path[i] < '0' || path[i] > '9'
				   : path[i] != like[i])
			return false;
	return true;
}

/* Its name may be what was hit: by its place, too. */
static const char *
post_of(const struct tree *t, size_t i)
{
	const struct notary_record *r = &t->records[i];
	const char *name = verify_post(t->x->j, r->event, r->u, r->r);

	if (r->whole)
		return name;
	return name[0] == '\0'
		   ? arena_printf(t->x->j->mem, "post %zu", i + 1)
		   : arena_printf(t->x->j->mem, "%s (post %zu)", name, i + 1);
}

static enum status
chain(struct tree *t)
{
	struct checked *x = t->x;
	enum status st = ST_OK;

	for (size_t i = 0; i < t->n_found && st == ST_OK; i++) {
		struct buf b = BUF_INIT;

		if (is_month(t->found[i]) &&
		    (st = read_file(t, t->found[i], &b)) == ST_OK)
			notary_records(x->j, t->found[i], b.data, &t->records,
			    &t->n_records);
		buf_free(&b);
	}
	for (size_t i = 0; i < t->n_records; i++) {
		enum notary_fault what =
		    notary_judge(t->records, t->n_records, i);

		if (what != NOTARY_GOOD)
			verify_found(x, what, (int64_t)i + 1, post_of(t, i),
			    t->records[i].file);
	}
	x->posts = (int64_t)t->n_records;
	return st;
}

/* ---- papers: the head, the days ---- */

static const char *
value(struct job *j, const char *text, const char *name)
{
	const char *s = strstr(text, name);

	return s == NULL ? ""
			 : arena_copy(j->mem, s + strlen(name),
			       strcspn(s + strlen(name), "\n"));
}

static bool
is_paper(const char *path)
{
	return strncmp(path, "chain/", 6) == 0 &&
	       strchr(path + 6, '/') == NULL && !is_month(path) &&
	       strcmp(path, NOTARY_LIST) != 0 &&
	       strcmp(path, "chain/key.txt") != 0;
}

/* Does the chain that is here go through what was signed? */
static void
paper(struct tree *t, const char *path, const struct buf *b)
{
	struct job *j = t->x->j;
	long long number = strtoll(value(j, b->data, "\nposts: "), NULL, 10);
	const char *hash = value(j, b->data, "\nhash: ");

	if (notary_paper_good(&t->x->keys, b->data, b->len) == 0) {
		fault(t, NOTARY_ALTERED, path);
		return;
	}
	for (size_t i = 0; i < t->n_records; i++)
		if (strcmp(t->records[i].hash, hash) == 0 &&
		    (t->records[i].number == number || !t->records[i].whole))
			return;
	verify_found(t->x,
	    (size_t)number > t->n_records ? NOTARY_REMOVED : NOTARY_ALTERED,
	    number, value(j, b->data, "\nlast: "),
	    arena_printf(j->mem, "or one before it: %s names another", path));
}

static enum status
papers(struct tree *t)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < t->n_found && st == ST_OK; i++) {
		struct buf b = BUF_INIT;

		if (is_paper(t->found[i]) &&
		    (st = read_file(t, t->found[i], &b)) == ST_OK)
			paper(t, t->found[i], &b);
		buf_free(&b);
	}
	return st;
}

/* ---- files ---- */

static void
add_files(struct tree *t, const struct notary_file *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		t->files = arena_grow(t->x->j->mem, t->files, t->n_files,
		    sizeof *t->files);
		t->files[t->n_files++] = list[i];
	}
}

/* A shelf that isn't as the list has it: what stands in it says nothing. */
static enum status
shelf(struct tree *t, const struct notary_file *f)
{
	struct job *j = t->x->j;
	struct notary_file *list;
	struct buf b = BUF_INIT;
	size_t n;
	enum status st = read_file(t, f->path, &b);
	bool same =
	    st == ST_OK &&
	    strcmp(crypto_sha256_hex(j->mem, b.data, b.len), f->hash) == 0;

	if (same && notary_read_list(j, b.data, &list, &n) == ST_OK)
		add_files(t, list, n);
	else if (st == ST_OK) {
		fault(t, is_there(t, f->path) ? NOTARY_ALTERED : NOTARY_REMOVED,
		    f->path);
		t->lost =
		    arena_grow(j->mem, t->lost, t->n_lost, sizeof *t->lost);
		t->lost[t->n_lost++] = f->path;
	}
	buf_free(&b);
	return st;
}

static enum status
shelves(struct tree *t)
{
	struct notary_file *list;
	struct buf b = BUF_INIT;
	size_t n, len;
	enum status st = read_file(t, NOTARY_LIST, &b);

	if (st != ST_OK)
		goto done;
	len = notary_paper_good(&t->x->keys, b.data, b.len);
	if (len == 0) {
		fault(t,
		    is_there(t, NOTARY_LIST) ? NOTARY_ALTERED : NOTARY_REMOVED,
		    NOTARY_LIST);
		goto done;
	}
	buf_cut(&b, len);
	if ((st = notary_read_list(t->x->j, b.data, &list, &n)) != ST_OK)
		goto done;
	add_files(t, list, n);
	for (size_t i = 0; i < n && st == ST_OK; i++)
		st = shelf(t, &list[i]);
done:
	buf_free(&b);
	return st;
}

/* "incident/2026/0042/...": the year and what stands behind it. */
static bool
are_two(const char *path, const char *before, char between, int *year,
    int *number)
{
	static const char digits[] = "0123456789";
	size_t n = strlen(before), k;

	if (strncmp(path, before, n) != 0 || strspn(path + n, digits) != 4 ||
	    path[n + 4] != between)
		return false;
	k = strspn(path + n + 5, digits);
	*year = text_number(path + n);
	*number = text_number(path + n + 5);
	return k != 0 && path[n + 5 + k] == '/';
}

/* "INC-2026-0042" of "incident/2026/0042/index.html"; "" of others. */
static char *
event_of(struct job *j, const char *path)
{
	int year, number;

	if (are_two(path, "incident/", '/', &year, &number))
		return arena_printf(j->mem, "INC-%04d-%04d", year, number);
	if (are_two(path, "report/", '-', &year, &number))
		return arena_printf(j->mem, "REP-%04d-%02d", year, number);
	return arena_str(j->mem, "");
}

static int64_t
order_of(const struct tree *t, const char *event, int u)
{
	for (size_t i = 0; i < t->n_records; i++)
		if (strcmp(t->records[i].event, event) == 0 &&
		    (u == 0 || t->records[i].u == u))
			return (int64_t)i + 1;
	return VERIFY_LAST;
}

/* The first update on the page whose own lines are others; 0: none. */
static int
altered_update(const struct tree *t, size_t i, const struct buf *b)
{
	const char *path = t->files[i].path;

	for (i++; i < t->n_files && strcmp(t->files[i].path, path) == 0; i++) {
		const struct notary_file *f = &t->files[i];

		if (f->start > b->len || f->length > b->len - f->start ||
		    strcmp(crypto_sha256_hex(t->x->j->mem, b->data + f->start,
			       f->length),
			f->hash) != 0)
			return f->u;
	}
	return 0;
}

static enum status
one_file(struct tree *t, size_t i)
{
	const struct notary_file *f = &t->files[i];
	struct job *j = t->x->j;
	const char *event = event_of(j, f->path);
	struct buf b = BUF_INIT;
	enum status st = ST_OK;

	if (!is_there(t, f->path))
		verify_found(t->x, NOTARY_REMOVED, order_of(t, event, 0), "",
		    f->path);
	else if ((st = read_file(t, f->path, &b)) == ST_OK &&
		 strcmp(crypto_sha256_hex(j->mem, b.data, b.len), f->hash) !=
		     0) {
		int u = altered_update(t, i, &b);

		verify_found(t->x, NOTARY_ALTERED, order_of(t, event, u),
		    verify_post(j, event, u, 0), f->path);
	}
	t->x->files++;
	buf_free(&b);
	return st;
}

/* Its shelf can't say whether it belongs there. */
static bool
is_lost(const struct tree *t, const char *path)
{
	struct job *j = t->x->j;
	const char *mine = arena_printf(j->mem, NOTARY_SHELVES "/%s.txt",
	    notary_shelf(j, path));

	for (size_t i = 0; i < t->n_lost; i++)
		if (strcmp(t->lost[i], mine) == 0)
			return true;
	return false;
}

static bool
is_listed(const struct tree *t, const char *path)
{
	for (size_t i = 0; i < t->n_files; i++)
		if (strcmp(t->files[i].path, path) == 0)
			return true;
	return strcmp(path, NOTARY_LIST) == 0;
}

static enum status
files(struct tree *t)
{
	enum status st = shelves(t);
	bool known = t->n_files != 0;

	for (size_t i = 0; i < t->n_files && st == ST_OK; i++)
		if (t->files[i].u == 0 &&
		    strncmp(t->files[i].path, NOTARY_SHELVES "/",
			sizeof NOTARY_SHELVES) != 0)
			st = one_file(t, i);
	for (size_t i = 0; i < t->n_found && st == ST_OK && known; i++)
		if (!is_listed(t, t->found[i]) && !is_lost(t, t->found[i]))
			verify_found(t->x, NOTARY_INSERTED,
			    order_of(t, event_of(t->x->j, t->found[i]), 0), "",
			    t->found[i]);
	return st;
}

static enum status
archives(struct tree *t)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < t->n_found && st == ST_OK; i++)
		if (strncmp(t->found[i], "archive/", 8) == 0)
			st = verify_mbox(t->x, path_of(t, t->found[i]),
			    t->found[i], t->records, t->n_records);
	return st;
}

enum status
verify_tree(struct checked *x, const char *root)
{
	struct tree t = { .x = x, .root = root };
	enum status st = list_folder(&t, "", 0);

	if (st != ST_OK)
		return st;
	if (t.n_found != 0)
		qsort(t.found, t.n_found, sizeof *t.found, by_name);
	st = chain(&t);
	if (st == ST_OK && t.n_records == 0)
		verify_found(x, NOTARY_REMOVED, 0, "",
		    "all of the chain: there is no /chain/YYYY-MM.txt");
	if (st == ST_OK)
		st = papers(&t);
	if (st == ST_OK)
		st = archives(&t);
	return st == ST_OK ? files(&t) : st;
}
