#include "flow/notary_files.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ext/crypto.h"

enum { HASH = 64, YEAR = 4, HUNDREDS = 2 };

static size_t
digits(const char *s)
{
	return strspn(s, "0123456789");
}

/* "2026-03-04" */
static bool
is_day(const char *s)
{
	return digits(s) == YEAR && s[YEAR] == '-' &&
	       digits(s + YEAR + 1) == 2 && s[YEAR + 3] == '-' &&
	       digits(s + YEAR + 4) == 2;
}

/* Whether a piece of the path is a number, and such an end follows it. */
static bool
is_numbered(const char *path, const char *end)
{
	const char *s = path;

	while ((s = strchr(s, '/')) != NULL) {
		size_t n = digits(++s);

		if (n != 0 && strcmp(s + n, end) == 0)
			return true;
	}
	return false;
}

char *
notary_shelf(struct job *j, const char *path)
{
	size_t n = strcspn(path, "/"), k;
	const char *year = path + n + (path[n] == '/'), *number;

	if (is_day(year))
		return arena_printf(j->mem, "%.*s-%.*s", (int)n, path, YEAR,
		    year);
	if (digits(year) == YEAR && year[YEAR] == '/') {
		number = year + YEAR + 1;
		k = digits(number);
		if (k > HUNDREDS && number[k] == '/')
			return arena_printf(j->mem, "%.*s-%.*s-%.*s", (int)n,
			    path, YEAR, year, (int)(k - HUNDREDS), number);
	}
	if (is_numbered(path, ".atom"))
		return arena_str(j->mem, "feed");
	if (is_numbered(path, "/index.html") && digits(year) == 0)
		return arena_printf(j->mem, "%.*s", (int)n, path);
	return arena_str(j->mem, "site");
}

/* Where the next update of a page begins, at its tag; NULL: none. */
static const char *
next_update(const char *s, int *u)
{
	static const char mark[] = " id=\"u";

	while ((s = strstr(s, mark)) != NULL) {
		const char *n = s + sizeof mark - 1;
		size_t k = digits(n);

		if (k != 0 && k < 9 && n[k] == '"') {
			*u = text_number(n);
			return s;
		}
		s = n;
	}
	return NULL;
}

static void
line(struct job *j, const char *path, const char *p, size_t n, struct buf *out)
{
	buf_printf(out, "%s  %s", crypto_sha256_hex(j->mem, p, n), path);
}

static void
updates(struct job *j, const char *path, const char *page, struct buf *out)
{
	const char *s, *end;
	int u, next = 0;

	for (s = next_update(page, &u); s != NULL; s = end, u = next) {
		size_t n;

		end = next_update(s + 1, &next);
		n = end == NULL ? strlen(s) : (size_t)(end - s);
		line(j, path, s, n, out);
		buf_printf(out, "#u%d %zu %zu\n", u, (size_t)(s - page), n);
	}
}

void
notary_list(struct job *j, const char *path, const void *p, size_t n,
    struct buf *out)
{
	line(j, path, p, n, out);
	buf_char(out, '\n');
	if (strncmp(path, "incident/", 9) == 0 &&
	    strstr(path, "/index.html") != NULL)
		updates(j, path, arena_copy(j->mem, p, n), out);
}

/* "3 1024 512": the update, where it begins, how long it is */
static bool
place(const char *s, struct notary_file *out)
{
	int64_t u, start, length;

	if (!text_take_int(&s, &u) || !text_take_int(&s, &start) ||
	    !text_take_int(&s, &length) || u < 0 || u > INT_MAX || start < 0 ||
	    length < 0)
		return false;
	out->u = (int)u;
	out->start = (size_t)start;
	out->length = (size_t)length;
	return true;
}

/* "PATH" or "PATH#u3 START LENGTH" */
static bool
read_line(char *s, struct notary_file *out)
{
	char *mark;

	*out = (struct notary_file){ .hash = s };
	if (strspn(s, "0123456789abcdef") != HASH || s[HASH] != ' ' ||
	    s[HASH + 1] != ' ')
		return false;
	s[HASH] = '\0';
	out->path = s + HASH + 2;
	if ((mark = strchr(s + HASH + 2, '#')) == NULL)
		return out->path[0] != '\0';
	*mark = '\0';
	return mark[1] == 'u' && place(mark + 2, out);
}

enum status
notary_read_list(struct job *j, const char *text, struct notary_file **out,
    size_t *n)
{
	char *rest = arena_str(j->mem, text), *s;

	*out = NULL;
	*n = 0;
	while ((s = text_line(&rest)) != NULL) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		if (!read_line(s, &(*out)[(*n)++]))
			return job_fail(j, ST_PERM,
			    "line %zu isn't a hash and a path", *n);
	}
	return ST_OK;
}

static int
by_path(const void *a, const void *b)
{
	const struct notary_file *const *x = a, *const *y = b;
	int c = strcmp((*x)->path, (*y)->path);

	if (c != 0)
		return c;
	if ((*x)->start != (*y)->start)
		return (*x)->start < (*y)->start ? -1 : 1;
	return (*x)->u - (*y)->u;
}

static void
put(struct buf *out, const struct notary_file *f)
{
	buf_printf(out, "%s  %s", f->hash, f->path);
	if (f->u != 0)
		buf_printf(out, "#u%d %zu %zu", f->u, f->start, f->length);
	buf_char(out, '\n');
}

/* Sorts what it is given, too. */
static void
sort(struct job *j, struct notary_file *list, size_t n)
{
	struct notary_file **all = arena_array(j->mem, n + 1, sizeof(void *));
	struct notary_file *copy = arena_array(j->mem, n + 1, sizeof *copy);

	for (size_t i = 0; i < n; i++)
		all[i] = &list[i];
	if (n != 0)
		qsort(all, n, sizeof(void *), by_path);
	for (size_t i = 0; i < n; i++)
		copy[i] = *all[i];
	if (n != 0)
		(void)memcpy(list, copy, n * sizeof *list);
}

/* Files of new lines, and how far they are written. */
struct fresh {
	const struct notary_file *list;
	size_t n, at;
};

/* Like strcmp(), of strings that end after so many bytes. */
static int
compare(const char *a, size_t n, const char *b, size_t m)
{
	int c = memcmp(a, b, n < m ? n : m);

	return c != 0 ? c : (n > m) - (n < m);
}

/*
 * The new lines that come before a path; NULL: all that are left.  Whether the
 * next one is of that path.
 */
static bool
put_before(struct fresh *f, const char *path, size_t n, struct buf *out)
{
	for (; f->at < f->n; f->at++) {
		const struct notary_file *x = &f->list[f->at];
		int c = path == NULL
			    ? -1
			    : compare(x->path, strlen(x->path), path, n);

		if (c >= 0)
			return c == 0;
		if (f->at == 0 ||
		    by_path(&x, &(const struct notary_file *){ x - 1 }) != 0)
			put(out, x);
	}
	return false;
}

/* How long the line and its path are; false: it isn't one. */
static bool
measure(const char *s, size_t *line, size_t *path)
{
	const char *end = strchr(s, '\n');

	if (end == NULL || end - s <= HASH + 2 || s[HASH] != ' ' ||
	    s[HASH + 1] != ' ')
		return false;
	*line = (size_t)(end - s);
	*path = strcspn(s + HASH + 2, "#\n");
	return true;
}

/* Line by line: a shelf grows with the years, and one update of it is new. */
enum status
notary_merge(struct job *j, const char *old, const char *fresh, struct buf *out)
{
	struct fresh f = { .at = 0 };
	const char *before = "";
	struct notary_file *list;
	size_t n, line, path, n_before = 0;
	enum status st = notary_read_list(j, fresh, &list, &n);

	if (st != ST_OK)
		return st;
	sort(j, list, n);
	f.list = list;
	f.n = n;
	for (const char *s = old; *s != '\0'; s += line + 1) {
		const char *name = s + HASH + 2;

		if (!measure(s, &line, &path) ||
		    compare(before, n_before, name, path) > 0)
			return job_fail(j, ST_PERM,
			    "a list of files isn't as it was written");
		if (!put_before(&f, name, path, out))
			buf_add(out, s, line + 1);
		before = name;
		n_before = path;
	}
	(void)put_before(&f, NULL, 0, out);
	return ST_OK;
}
