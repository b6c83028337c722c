/* Who is in a war room, and who is meant by the names in a mail. */
#include "flow/decide_room_in.h"

#include <string.h>

#include "base/text.h"
#include "text/args.h"
#include "text/names.h"

struct finding *
decide_room_tell(struct deciding *d, const char *code, const struct command *c,
    const char *says)
{
	struct finding *f = decide_tell(d, code, c);

	f->says = says;
	return f;
}

void
decide_room_did(struct deciding *d, unsigned what)
{
	d->v->did |= DID_ROOM;
	d->v->room_did |= what;
}

/* The room that is open, this mail's own, or one that it asks for. */
const struct room *
decide_room_present(const struct deciding *d)
{
	return d->v->has_room ? &d->v->room : d->m->room;
}

void
decide_room_own(struct deciding *d, const struct room *from)
{
	struct room *r = &d->v->room;

	if (d->v->has_room)
		return;
	*r = *from;
	d->v->has_room = true;
	r->members =
	    arena_array(d->j->mem, from->n_members + 1, sizeof *r->members);
	for (size_t i = 0; i < from->n_members; i++)
		r->members[i] = from->members[i];
}

struct room_member *
decide_room_find(const struct room *r, const char *slug)
{
	for (size_t i = 0; i < r->n_members; i++)
		if (strcmp(r->members[i].person, slug) == 0)
			return &r->members[i];
	return NULL;
}

/* joined 0: only named. */
void
decide_room_add(struct deciding *d, const char *slug, int64_t joined)
{
	struct room *r = &d->v->room;
	struct room_member *x = decide_room_find(r, slug), *more;

	if (slug[0] == '\0')
		return;
	if (x == NULL) {
		more = arena_array(d->j->mem, r->n_members + 1, sizeof *more);
		for (size_t i = 0; i < r->n_members; i++)
			more[i] = r->members[i];
		r->members = more;
		x = &more[r->n_members++];
		*x = (struct room_member){ slug, 0 };
	}
	if (x->joined == 0)
		x->joined = joined;
}

static bool
add_name(struct deciding *d, struct crowd *out, const char *name)
{
	const struct person *p = names_person(d->j->mem, d->m->conf, name);

	if (p != NULL) {
		out->persons =
		    arena_grow(d->j->mem, out->persons, out->n, sizeof(void *));
		out->persons[out->n++] = p;
	}
	return p != NULL;
}

/* The end of the first part: a comma, or " and ". */
static size_t
part_end(const char *names)
{
	const char *and = text_ifind(names, " and ");
	size_t n = strcspn(names, ",");

	return and != NULL && (size_t)(and-names) < n ? (size_t)(and-names) : n;
}

/* "noc2, Comms One and sec1": parts first, then their words; NULL: all. */
static const char *
unknown(struct deciding *d, const char *names, struct crowd *out)
{
	while (*names != '\0') {
		size_t n = part_end(names);
		const char *part =
		    text_trim(d->j->mem, arena_copy(d->j->mem, names, n));
		const char *word;

		names += n;
		names += *names == ',' ? 1 : strspn(names, " ");
		names += text_istarts(names, "and ") ? 4 : 0;
		if (add_name(d, out, part))
			continue;
		while (*(word = args_cut(d->j->mem, &part)) != '\0')
			if (!add_name(d, out, word))
				return word;
	}
	return NULL;
}

/* Everybody named, or told that one isn't known. */
bool
decide_room_names(struct deciding *d, const struct command *c,
    const char *names, struct crowd *out)
{
	const char *who = unknown(d, names, out);

	if (who != NULL)
		decide_room_tell(d, "E24", c,
		    arena_printf(d->j->mem,
			"Not done: I know nobody called \"%s\". Write short "
			"names, as in war-room open noc1, comms1.",
			text_one_line(d->j->mem, who, 40)));
	return who == NULL;
}

/* What can't be undone by a note needs a mail of now. */
bool
decide_room_ready(struct deciding *d, enum right r, const struct command *c)
{
	if (!d->late && !d->old)
		return decide_may(d, r, c);
	decide_park(d, c,
	    "Your mail took long to get here, so this needs your YES first.");
	return false;
}
