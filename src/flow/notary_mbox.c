#include "flow/notary_mbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/*
 * Trying is signing: of what was made to be tried often no more is looked at
 * than of a year's archive that is damaged throughout.
 */
enum { TRIES_BYTES = 16 * 1024 * 1024 };

struct mbox {
	struct job *j;
	const struct notary_keys *keys;
	struct notary_letter *list;
	size_t n, seen, others;
	size_t tried; /* bytes, by part() */
};

/* Where the next From_ line begins, after a blank line. */
static size_t
next_from(const char *p, size_t n, size_t at)
{
	for (size_t i = at; i + 6 < n; i++)
		if (p[i] == '\n' && (i == 0 || p[i - 1] == '\n') &&
		    strncmp(p + i + 1, "From ", 5) == 0)
			return i + 1;
	return n;
}

static size_t
first_line(const char *p, size_t n)
{
	const char *end =
	    n < 5 || strncmp(p, "From ", 5) != 0 ? NULL : memchr(p, '\n', n);

	return end == NULL ? 0 : (size_t)(end - p) + 1;
}

/* Looking takes more memory than what is found: a job of its own for each. */
static const char *
value(struct job *j, const char *p, size_t n, const char *name)
{
	struct job own;
	const char *v;

	job_begin(&own, j->id, j->now);
	v = notary_header(&own, p, n, name);
	v = v == NULL ? "" : arena_str(j->mem, v);
	job_end(&own);
	return v;
}

static bool
is_good(struct mbox *x, const char *p, size_t n, size_t from)
{
	struct job own;
	bool good;

	job_begin(&own, x->j->id, x->j->now);
	good = notary_archive_good(&own, x->keys, p, n) ||
	       notary_mail_good(&own, x->keys, p + from, n - from);
	job_end(&own);
	return good;
}

static void
add(struct mbox *x, const char *p, size_t n, bool good)
{
	size_t from = first_line(p, n);
	const char *event = value(x->j, p + from, n - from, "Sitrep-Event");
	const char *seal = value(x->j, p + from, n - from, "Sitrep-Seal");

	x->seen++;
	if (event[0] == '\0' && seal[0] == '\0') {
		x->others++;
		return;
	}
	x->list = arena_grow(x->j->mem, x->list, x->n, sizeof *x->list);
	x->list[x->n++] = (struct notary_letter){
		.at = x->seen,
		.event = event,
		.u = text_number(
		    value(x->j, p + from, n - from, "Sitrep-Update")),
		.r = text_number(
		    value(x->j, p + from, n - from, "Sitrep-Revision")),
		.hash = value(x->j, p + from, n - from, "Sitrep-Hash"),
		.previous = value(x->j, p + from, n - from, "Sitrep-Previous"),
		.fault = good              ? NOTARY_GOOD
			 : seal[0] != '\0' ? NOTARY_ALTERED
					   : NOTARY_INSERTED,
	};
}

static bool
is_archived(struct mbox *x, const char *p, size_t n)
{
	struct job own;
	bool good;

	x->tried += n;
	job_begin(&own, x->j->id, x->j->now);
	good = notary_archive_good(&own, x->keys, p, n);
	job_end(&own);
	return good;
}

/*
 * What isn't good may be two, the From_ line between them being damaged: the
 * first is good up to a blank line, and the second follows.
 */
static void
part(struct mbox *x, const char *p, size_t n)
{
	size_t at = 0, from = first_line(p, n);

	if (value(x->j, p + from, n - from, "Sitrep-Seal")[0] == '\0')
		at = n;
	while (at + 1 < n) {
		size_t k = at;

		while (k + 1 < n && (p[k] != '\n' || p[k + 1] != '\n'))
			k++;
		if (k + 2 >= n || x->tried + k > TRIES_BYTES)
			break;
		if (is_archived(x, p, k + 2)) {
			add(x, p, k + 2, true);
			add(x, p + k + 2, n - k - 2, false);
			return;
		}
		at = k + 1;
	}
	add(x, p, n, false);
}

static bool
internal(struct job *j, const char *p, size_t n)
{
	return value(j, p, n, "Sitrep-Internal")[0] != '\0';
}

/*
 * A post of an archive whose predecessor isn't there.  One may lack it: with
 * it the file begins, unless it is the first post of all.
 */
static void
find_gaps(struct mbox *x)
{
	bool begun = false;

	for (size_t i = 0; i < x->n; i++) {
		struct notary_letter *l = &x->list[i];
		bool found = strcmp(l->previous, "none") == 0;

		begun = begun || found;
		if (l->previous[0] == '\0' || l->fault != NOTARY_GOOD)
			continue;
		for (size_t k = 0; k < x->n && !found; k++)
			found =
			    k != i && strcmp(x->list[k].hash, l->previous) == 0;
		if (found)
			continue;
		if (begun && (i == 0 || x->list[i - 1].fault == NOTARY_GOOD))
			l->fault = NOTARY_REMOVED;
		begun = true;
	}
}

/* The same post twice: the later one was put there. */
static void
find_copies(struct mbox *x)
{
	for (size_t i = 0; i < x->n; i++) {
		struct notary_letter *l = &x->list[i];

		if (l->previous[0] == '\0' || l->hash[0] == '\0')
			continue;
		for (size_t k = 0; k < i && l->fault == NOTARY_GOOD; k++)
			if (x->list[k].previous[0] != '\0' &&
			    strcmp(l->hash, x->list[k].hash) == 0)
				l->fault = NOTARY_INSERTED;
	}
}

void
notary_mbox(struct job *j, const struct notary_keys *k, const char *p, size_t n,
    struct notary_letter **out, size_t *count, size_t *others)
{
	struct mbox x = { .j = j, .keys = k };
	size_t at = 0;

	while (at < n) {
		size_t end = next_from(p, n, at);
		size_t from = first_line(p + at, end - at);

		if (internal(j, p + at + from, end - at - from)) {
			x.seen++;
			x.others++;
		} else if (is_good(&x, p + at, end - at, from))
			add(&x, p + at, end - at, true);
		else
			part(&x, p + at, end - at);
		at = end;
	}
	find_copies(&x);
	find_gaps(&x);
	*out = x.list;
	*count = x.n;
	*others = x.others;
}
