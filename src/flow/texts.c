#include "flow/texts.h"

#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "ext/confine.h"
#include "ext/md.h"
#include "text/prose.h"

/* Bytes of Markdown for one child; marks are a few times as many. */
enum { BATCH = CONFINE_MAX_OUT / 8 };

/* n texts and, at the same places, what becomes of them. */
struct pile {
	const char **sources;
	struct prose *out;
	size_t n;
	size_t longest;            /* that is parsed */
	struct texts_shelf *shelf; /* or NULL */
};

static struct pile
part(const struct pile *all, size_t from, size_t n)
{
	return (struct pile){ all->sources + from, all->out + from, n,
		all->longest, all->shelf };
}

/* What a child has died on, or garbled, is tried again each time. */
static void
take(struct job *j, const struct pile *p, const struct buf *marks)
{
	size_t good = prose_all(j->mem, marks->data, marks->len, p->sources,
	    p->n, p->out);

	for (size_t i = 0; p->shelf != NULL && i < good; i++)
		texts_shelf_put(p->shelf, p->sources[i], &p->out[i]);
}

/* One child for all; where it dies, the halves each get their own. */
static enum status
read_pile(struct job *j, const struct pile *p)
{
	struct md_batch batch = { p->sources, p->n, p->longest };
	struct buf marks = BUF_INIT;
	struct pile half;
	enum status st = confine_run(j, md_read, &batch, sizeof batch, &marks);

	if (st == ST_TEMP)
		goto done;
	if (st != ST_OK) {
		log_warn("step=texts id=%s n=%zu st=unread why=\"%s\"", j->id,
		    p->n, j->why);
		job_forget(j);
	}
	if (st == ST_OK || p->n == 1) {
		take(j, p, &marks);
		st = ST_OK;
		goto done;
	}
	half = part(p, 0, p->n / 2);
	if ((st = read_pile(j, &half)) != ST_OK)
		goto done;
	half = part(p, p->n / 2, p->n - p->n / 2);
	st = read_pile(j, &half);
done:
	buf_free(&marks);
	return st;
}

/* How many from the first on go to one child; at least one. */
static size_t
batch_size(const struct pile *p)
{
	size_t n = 0, bytes = 0;

	while (n < p->n && (n == 0 || bytes < BATCH))
		bytes += strlen(p->sources[n++]);
	return n;
}

static enum status
read_all(struct job *j, struct pile rest)
{
	const char *missing = md_load();
	enum status st = ST_OK;

	if (missing != NULL)
		return job_fail(j, ST_TEMP, "%s: install it", missing);
	while (st == ST_OK && rest.n != 0) {
		size_t n = batch_size(&rest);
		struct pile p = part(&rest, 0, n);

		st = read_pile(j, &p);
		rest = part(&rest, n, rest.n - n);
	}
	return st;
}

static size_t
count(struct public_event *const *events, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t u = 0; u < events[i]->n_updates; u++)
			k += 1 + events[i]->updates[u].n_others;
	return k;
}

static void
gather(struct public_event *const *events, size_t n, struct pile *all)
{
	const char **source = all->sources;

	for (size_t i = 0; i < n; i++)
		for (size_t u = 0; u < events[i]->n_updates; u++) {
			const struct public_update *x = &events[i]->updates[u];

			*source++ = x->text;
			for (size_t o = 0; o < x->n_others; o++)
				*source++ = x->others[o].text;
		}
}

static void
hand_out(struct public_event *const *events, size_t n, const struct prose *p)
{
	for (size_t i = 0; i < n; i++)
		for (size_t u = 0; u < events[i]->n_updates; u++) {
			struct public_update *x = &events[i]->updates[u];

			x->prose = p++;
			for (size_t o = 0; o < x->n_others; o++)
				x->others[o].prose = p++;
		}
}

/* Those that the shelf hasn't; where each of them belongs, in at. */
static struct pile
missing(struct job *j, const struct pile *all, size_t *at)
{
	struct pile p = { .longest = all->longest, .shelf = all->shelf };

	p.sources = arena_array(j->mem, all->n, sizeof *p.sources);
	p.out = arena_array(j->mem, all->n, sizeof *p.out);
	for (size_t i = 0; i < all->n; i++) {
		if (texts_shelf_get(all->shelf, all->sources[i], j->mem,
			&all->out[i]))
			continue;
		at[p.n] = i;
		p.sources[p.n++] = all->sources[i];
	}
	return p;
}

static enum status
read_missing(struct job *j, const struct pile *all)
{
	size_t *at = arena_array(j->mem, all->n, sizeof *at);
	struct pile p = missing(j, all, at);
	enum status st = read_all(j, p);

	for (size_t i = 0; i < p.n && st == ST_OK; i++)
		all->out[at[i]] = p.out[i];
	return st;
}

enum status
texts_read_once(struct job *j, const struct limits *most, struct texts_shelf *s,
    struct public_event *const *events, size_t n)
{
	struct pile all = { .n = count(events, n),
		.longest = most->markdown,
		.shelf = s };
	enum status st;

	all.sources = arena_array(j->mem, all.n, sizeof *all.sources);
	all.out = arena_array(j->mem, all.n, sizeof *all.out);
	gather(events, n, &all);
	st = s == NULL ? read_all(j, all) : read_missing(j, &all);
	if (st == ST_OK)
		hand_out(events, n, all.out);
	return st;
}

enum status
texts_read(struct job *j, const struct limits *most,
    struct public_event *const *events, size_t n)
{
	return texts_read_once(j, most, NULL, events, n);
}
