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

/*
 * A hundred events to a shelf, the older pieces of feeds and services to one
 * of theirs; all else, which hardly grows, stands on one.
 */
char *
notary_shelf(struct job *j, const char *path)
{
	size_t n = strcspn(path, "/"), k;
	const char *year = path + n + (path[n] == '/'), *last, *number;

	if (digits(year) == YEAR && year[YEAR] == '/') {
		number = year + YEAR + 1;
		k = digits(number);
		if (k > HUNDREDS && number[k] == '/')
			return arena_printf(j->mem, "%.*s-%.*s-%.*s", (int)n,
			    path, YEAR, year, (int)(k - HUNDREDS), number);
	}
	last = strrchr(path, '/');
	if (last != NULL && digits(last + 1) != 0 &&
	    strcmp(last + 1 + digits(last + 1), ".atom") == 0)
		return arena_str(j->mem, "feed");
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

static bool
renewed(const struct notary_file *fresh, size_t n, const char *path)
{
	size_t low = 0;

	while (low < n) {
		size_t mid = low + (n - low) / 2;
		int c = strcmp(fresh[mid].path, path);

		if (c == 0)
			return true;
		if (c < 0)
			low = mid + 1;
		else
			n = mid;
	}
	return false;
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

enum status
notary_merge(struct job *j, const char *old, const char *fresh, struct buf *out)
{
	struct notary_file *a, *b, *all;
	size_t n, m, k = 0;
	enum status st;

	if ((st = notary_read_list(j, old, &a, &n)) != ST_OK ||
	    (st = notary_read_list(j, fresh, &b, &m)) != ST_OK)
		return st;
	sort(j, b, m);
	all = arena_array(j->mem, n + m + 1, sizeof *all);
	for (size_t i = 0; i < n; i++)
		if (!renewed(b, m, a[i].path))
			all[k++] = a[i];
	for (size_t i = 0; i < m; i++)
		all[k++] = b[i];
	sort(j, all, k);
	for (size_t i = 0; i < k; i++)
		if (i == 0 ||
		    by_path(&(const struct notary_file *){ &all[i] },
			&(const struct notary_file *){ &all[i - 1] }) != 0)
			put(out, &all[i]);
	return ST_OK;
}
