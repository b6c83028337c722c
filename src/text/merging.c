#include "text/merging.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct facts {
	int severity;
	int64_t started;
	struct event touched; /* its components alone */
};

char *
merging_facts(struct arena *mem, const struct event *e)
{
	return arena_printf(mem, "%d\n%" PRId64 "\n%s", e->severity, e->started,
	    event_levels(mem, e));
}

static const char *
next_line(char **rest)
{
	const char *s = text_line(rest);

	return s == NULL ? "" : s;
}

static struct facts
read_facts(struct arena *mem, const char *before)
{
	char *rest = arena_str(mem, before);
	struct facts f = { .severity = text_number(next_line(&rest)) };
	struct event *e = &f.touched;
	char *pair, *level, *all;

	f.started = strtoll(next_line(&rest), NULL, 10);
	all = arena_str(mem, next_line(&rest));
	while ((pair = strtok_r(all, ",", &all)) != NULL) {
		if ((level = strchr(pair, '=')) == NULL)
			continue;
		*level++ = '\0';
		e->touches = arena_grow(mem, e->touches, e->n_touches,
		    sizeof *e->touches);
		e->touches[e->n_touches++] =
		    (struct touch){ pair, words_read_level(level), true };
	}
	return f;
}

static struct touch *
touch_of(const struct event *e, const char *slug)
{
	for (size_t i = 0; i < e->n_touches; i++)
		if (strcmp(e->touches[i].slug, slug) == 0)
			return &e->touches[i];
	return NULL;
}

/* Work on a copy: who reads the other's paper must not see it change. */
static void
own_touches(struct arena *mem, struct event *e, size_t more)
{
	struct touch *own =
	    arena_array(mem, e->n_touches + more + 1, sizeof *own);

	for (size_t i = 0; i < e->n_touches; i++)
		own[i] = e->touches[i];
	e->touches = own;
}

static bool
is_earlier(int64_t a, int64_t b)
{
	return a != 0 && (b == 0 || a < b);
}

void
merging_join(struct arena *mem, const struct event *loser, struct event *winner)
{
	own_touches(mem, winner, loser->n_touches);
	for (size_t i = 0; i < loser->n_touches; i++) {
		struct touch *t = touch_of(winner, loser->touches[i].slug);

		if (t == NULL)
			winner->touches[winner->n_touches++] =
			    loser->touches[i];
		else if (loser->touches[i].level > t->level)
			*t = loser->touches[i];
	}
	if (loser->severity < winner->severity)
		winner->severity = loser->severity;
	if (is_earlier(loser->started, winner->started))
		winner->started = loser->started;
	if (loser->disclosure > winner->disclosure)
		winner->disclosure = loser->disclosure;
	for (size_t i = 0; i < winner->n_touches; i++)
		winner->touches[i].given = true;
}

/* Said of it since is kept. */
static void
part_touches(const struct event *loser, const struct facts *f,
    struct event *winner)
{
	size_t n = 0;

	for (size_t i = 0; i < winner->n_touches; i++) {
		struct touch t = winner->touches[i];
		const struct touch *was = touch_of(&f->touched, t.slug);
		const struct touch *of = touch_of(loser, t.slug);

		if (of != NULL && of->level == t.level) {
			if (was == NULL)
				continue;
			t.level = was->level;
		}
		winner->touches[n++] = t;
	}
	winner->n_touches = n;
}

void
merging_part(struct arena *mem, const struct event *loser, const char *before,
    struct event *winner)
{
	struct facts f = read_facts(mem, before);

	own_touches(mem, winner, 0);
	part_touches(loser, &f, winner);
	if (winner->severity == loser->severity && f.severity != 0)
		winner->severity = f.severity;
	if (winner->started == loser->started)
		winner->started = f.started;
}
