/* The words of a war room. */
#include "text/brief_in.h"

#include "base/text.h"
#include "base/when.h"
#include "text/ladder.h"

enum { NOTES = 3 };

static bool
did(const struct brief *b, unsigned what)
{
	return (b->verdict->room_did & what) != 0;
}

bool
brief_is_room(const struct brief *b, const struct mailing *to)
{
	const unsigned inside = ROOM_OPENED | ROOM_CLOSED | ROOM_PUT |
				ROOM_SITREP | ROOM_MINUTED | ROOM_POSTS |
				ROOM_JOINED;
	const struct timer *t = b->matter->timer;

	if (to->form == FORM_PAGE)
		return false;
	return did(b, inside) ||
	       (t != NULL && (t->kind == T_ROOM || t->kind == T_ROOM_LEFT));
}

const char *
brief_room_subject(const struct brief *b)
{
	if (did(b, ROOM_OPENED))
		return "the war room is open";
	if (did(b, ROOM_CLOSED))
		return "the war room is closed";
	if (did(b, ROOM_REFUSED))
		return "no war room";
	if (did(b, ROOM_SITREP))
		return "sitrep of the war room";
	if (did(b, ROOM_MINUTED))
		return "minute of the war room";
	return "war room";
}

char *
brief_room_rule(struct job *j, const struct brief *b)
{
	const struct room *r = &b->verdict->room;
	const struct event *e = &b->verdict->event;

	switch (r->rule) {
	case RULE_REQUEST:
		return arena_printf(j->mem, "%s asks for a war room",
		    brief_name(b, r->proposed_by));
	case RULE_LOSS:
		return arena_printf(j->mem, "%s writes of lost data or a key",
		    brief_name(b, r->proposed_by));
	case RULE_MISSED:
		return arena_str(j->mem, "three promised updates were missed");
	default: break;
	}
	return arena_printf(j->mem, "SEV%d has been open for %s", e->severity,
	    when_length(j->mem, j->now - e->opened));
}

/* ---- the head ---- */

static const char *
or_nobody(const struct brief *b, const char *slug)
{
	return slug[0] == '\0' ? "nobody yet" : brief_name(b, slug);
}

static const char *
seats(struct job *j, const struct brief *b)
{
	const struct room *r = &b->verdict->room;

	return arena_printf(j->mem, "chair %s, scribe %s",
	    or_nobody(b, r->chair), or_nobody(b, r->scribe));
}

/* "Comms Two, Lead"; "" if there is nobody. */
static char *
members(struct job *j, const struct brief *b, bool missing)
{
	const struct room *r = &b->verdict->room;
	char *s = arena_str(j->mem, "");

	for (size_t i = 0; i < r->n_members; i++)
		if (!missing || r->members[i].joined == 0)
			s = arena_printf(j->mem, "%s%s%s", s,
			    s[0] == '\0' ? "" : ", ",
			    brief_name(b, r->members[i].person));
	return s;
}

static void
asked(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	char *name = event_name(j->mem, &b->verdict->event);
	char *level2 = brief_crowd(j, &b->matter->people->level2);

	if (did(b, ROOM_ASKED))
		brief_say(out,
		    arena_printf(j->mem,
			"%s: whether there is to be a war room is put to "
			"level 2%s%s.",
			name, level2[0] == '\0' ? "" : ": ", level2));
	if (did(b, ROOM_REFUSED))
		brief_say(out,
		    to->answer
			? arena_printf(j->mem, "%s: as you say, no war room.",
			      name)
			: arena_printf(j->mem, "%s: %s says no to a war room.",
			      name,
			      brief_name(b, b->verdict->room.refused_by)));
}

static void
written(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const struct event *e = &v->event;
	char *name = event_name(j->mem, e);
	const char *what = did(b, ROOM_SITREP) ? "sitrep" : "minute";
	int64_t next = j->now + b->matter->conf->room_sitrep;

	if (!to->answer)
		brief_say(out, arena_printf(j->mem, "%s, war room: %s by %s.",
				   name, what, brief_name(b, v->note.author)));
	else if (did(b, ROOM_SITREP) && !words_phase_is_closed(e->phase))
		brief_say(out, arena_printf(j->mem,
				   "%s: sitrep taken. The next is due by %s.",
				   name, brief_clock(j, next)));
	else
		brief_say(out,
		    arena_printf(j->mem,
			"%s: %s taken, it goes to the war room.", name, what));
}

/* Written to a room that isn't there. */
static void
no_room(struct job *j, struct buf *out, const struct brief *b)
{
	const struct matter *m = b->matter;
	const struct room *r =
	    m->n_rooms == 0 ? NULL : &m->rooms[m->n_rooms - 1];
	char *name = event_name(j->mem, &b->verdict->event);

	if (r != NULL && r->closed != 0)
		brief_say(out,
		    arena_printf(j->mem,
			"The war room of %s is closed since %s; your mail "
			"is kept as a note.",
			name, brief_clock(j, r->closed)));
	else
		brief_say(out,
		    arena_printf(j->mem,
			"%s has no war room; your mail is kept as a note.",
			name));
}

static bool
to_no_room(const struct brief *b, const struct mailing *to)
{
	const struct matter *m = b->matter;

	return to->answer && m->route != NULL &&
	       m->route->place == PLACE_WARROOM && m->room == NULL &&
	       b->verdict->has_note && !b->verdict->has_room;
}

void
brief_room_head(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	char *name = event_name(j->mem, &b->verdict->event);

	if (to_no_room(b, to))
		no_room(j, out, b);
	if (did(b, ROOM_OPENED))
		brief_say(out,
		    arena_printf(j->mem, "%s: the war room is open.", name));
	if (did(b, ROOM_CLOSED))
		brief_say(out,
		    arena_printf(j->mem, "%s: the war room is closed.", name));
	asked(j, out, b, to);
	if (did(b, ROOM_POSTS) && !did(b, ROOM_OPENED))
		brief_say(out, arena_printf(j->mem, "%s, war room: %s.", name,
				   seats(j, b)));
	if (did(b, ROOM_JOINED) && !did(b, ROOM_OPENED | ROOM_POSTS))
		brief_say(out,
		    arena_printf(j->mem,
			to->answer
			    ? "%s: in the war room now, or named for it: "
			      "%s."
			    : "%s: you are wanted in the war room, by %s.",
			name,
			to->answer
			    ? members(j, b, false)
			    : brief_name(b, b->matter->sender->person->slug)));
	if (did(b, ROOM_SITREP | ROOM_MINUTED) && !did(b, ROOM_CLOSED))
		written(j, out, b, to);
}

/* ---- who, where, how ---- */

static void
line(struct buf *out, const char *label, const char *value)
{
	struct buf both = BUF_INIT;

	buf_printf(&both, "%s: %s", label, value);
	text_wrap(out, both.data, COLUMN, "  ");
	buf_char(out, '\n');
	buf_free(&both);
}

static void
places(struct job *j, struct buf *out, const struct brief *b)
{
	const struct room *r = &b->verdict->room;
	char *missing = members(j, b, true);

	line(out, "Bridge",
	    r->bridge[0] == '\0' ? "none is set; agree on one here"
				 : r->bridge);
	line(out, "Chair", or_nobody(b, r->chair));
	line(out, "Scribe",
	    r->scribe[0] == '\0' ? "nobody yet (war-room scribe NAME)"
				 : brief_name(b, r->scribe));
	line(out, "Comms lead", or_nobody(b, r->comms_lead));
	line(out, "NOC lead", or_nobody(b, r->noc_lead));
	if (missing[0] != '\0')
		line(out, "Missing", missing);
}

static void
last_notes(struct job *j, struct buf *out, const struct brief *b)
{
	size_t i = b->n_notes < NOTES ? 0 : b->n_notes - NOTES;

	for (; i < b->n_notes; i++)
		buf_printf(out, "\nn%d %s, %s:\n%s\n", b->notes[i].n,
		    brief_name(b, b->notes[i].author),
		    brief_clock(j, b->notes[i].at), b->notes[i].text);
}

static void
stand(struct job *j, struct buf *out, const struct brief *b)
{
	const struct event *e = &b->verdict->event;
	const struct conf *c = b->matter->conf;

	buf_printf(out, "\nSEV%d\n", e->severity);
	line(out, "Affected", event_components(j->mem, c, e));
	line(out, "Since",
	    arena_printf(j->mem, "%s %s",
		when_day(j->mem, e->started == 0 ? e->opened : e->started),
		brief_clock(j, e->started == 0 ? e->opened : e->started)));
	if (e->noc_state != STATE_NONE)
		line(out, "NOC says", words_state(e->noc_state));
	if (e->disclosure != DISCLOSURE_FULL)
		line(out, "Disclosure", words_disclosure(e->disclosure));
	last_notes(j, out, b);
	buf_char(out, '\n');
	brief_public(j, out, b);
	if (b->matter->n_posts != 0 && !event_is_drill(e))
		buf_printf(out, "%sincident/%04d/%04d/\n", c->url, e->year,
		    e->number);
}

static void
manner(struct job *j, struct buf *out, const struct brief *b)
{
	const struct conf *c = b->matter->conf;
	int64_t usual = conf_severity(c, b->verdict->event.severity)->cadence;
	int64_t update =
	    usual > 0 && usual < ROOM_CADENCE ? usual : ROOM_CADENCE;

	buf_char(out, '\n');
	brief_say(out, arena_printf(j->mem,
			   "Now a sitrep every %s, a public update every %s.",
			   when_length(j->mem, c->room_sitrep),
			   when_length(j->mem, update)));
	brief_say(out,
	    "Every answer to this mail is minuted and goes to all in the "
	    "room. To say that you are there: war-room join. To report, "
	    "reply with:");
	buf_str(out, "\n  war-room sitrep\n\n  Known: ...\n  Unknown: ...\n"
		     "  Doing: ...\n  Next decision at: ...\n");
}

static size_t
count(const struct brief *b)
{
	return b->verdict->room.n_actions + b->verdict->n_actions;
}

static const struct action *
action(const struct brief *b, size_t i)
{
	const struct room *r = &b->verdict->room;

	return i < r->n_actions ? &r->actions[i]
				: &b->verdict->actions[i - r->n_actions];
}

static void
outcome(struct job *j, struct buf *out, const struct brief *b)
{
	const struct room *r = &b->verdict->room;

	buf_char(out, '\n');
	line(out, "It was open for",
	    when_length(j->mem, r->closed - r->opened));
	line(out, "Sitreps",
	    arena_printf(j->mem, "%d, and the closing one", r->sitreps));
	line(out, "Postmortem", or_nobody(b, r->review_by));
	buf_printf(out, "Actions: %zu\n", count(b));
	for (size_t i = 0; i < count(b); i++) {
		text_wrap(out,
		    arena_printf(j->mem, "  - %s", action(b, i)->text), COLUMN,
		    "    ");
		buf_char(out, '\n');
	}
}

void
brief_room_facts(struct job *j, struct buf *out, const struct brief *b)
{
	if (did(b, ROOM_CLOSED))
		outcome(j, out, b);
	if (did(b, ROOM_PUT))
		stand(j, out, b);
	if (!did(b, ROOM_OPENED | ROOM_JOINED))
		return;
	buf_char(out, '\n');
	places(j, out, b);
	stand(j, out, b);
	manner(j, out, b);
}
