#include "text/alarm.h"

#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"

static void
say(struct buf *out, const char *s)
{
	text_wrap(out, s, 60, "");
	buf_char(out, '\n');
}

static char *
stamp(struct job *j, int64_t t)
{
	return arena_printf(j->mem, "%s %s UTC", when_day(j->mem, t),
	    when_clock(j->mem, t));
}

static const char *
take(struct job *j, struct buf *b)
{
	const char *s = arena_copy(j->mem, b->data, b->len);

	buf_free(b);
	return s;
}

void
alarm_gap(struct job *j, const struct conf *c, const struct rota *r,
    struct alarm *out)
{
	int64_t end = j->now + ROTA_AHEAD, t, until;
	struct buf b = BUF_INIT;

	t = rota_gap(r, j->now, end);
	out->subject = arena_printf(j->mem,
	    "Rota: nobody on call from %s [INTERNAL]", stamp(j, t));
	say(&b, "Nobody is on call as comms level 1:");
	for (; t >= 0; t = until < 0 ? -1 : rota_gap(r, until, end)) {
		until = rota_gap_end(r, t);
		buf_printf(&b, "  from %s until %s\n", stamp(j, t),
		    until < 0 ? "further notice" : stamp(j, until));
	}
	say(&b, "What is handed over in that time goes to level 2, else to "
		"somebody of the team, who may be asleep.");
	say(&b,
	    arena_printf(j->mem,
		"Add a line `comms 1` for it to %s and reload sitrep; sitrep "
		"check tells whether all is covered.",
		c->rota_path));
	say(&b, "This comes once a day until it is mended.");
	out->body = take(j, &b);
}

void
alarm_nobody(struct job *j, const struct conf *c, const struct event *e,
    const char *instead, struct alarm *out)
{
	const char *name = event_name(j->mem, e);
	struct buf b = BUF_INIT;

	out->subject = arena_printf(j->mem,
	    "%s: nobody is on call as comms level 1 [INTERNAL]", name);
	say(&b,
	    arena_printf(j->mem,
		"%s was handed over at %s UTC, and nobody is on call as comms "
		"level 1.",
		name, when_clock(j->mem, j->now)));
	say(&b, instead[0] == '\0'
		    ? "Nobody could be paged at all: tell somebody of "
		      "communications now."
		    : arena_printf(j->mem, "Paged instead: %s.", instead));
	say(&b, arena_printf(j->mem,
		    "Mend the rota %s and reload sitrep; sitrep check tells "
		    "whether all is covered.",
		    c->rota_path));
	out->body = take(j, &b);
}

/* What is so, the reason as it was found, and what to do. */
static const char *
explained(struct job *j, const char *what, const char *why, const char *mend)
{
	struct buf b = BUF_INIT;

	say(&b, what);
	buf_printf(&b, "  %s\n", why);
	say(&b, mend);
	return take(j, &b);
}

void
alarm_conf(struct job *j, const char *why, struct alarm *out)
{
	out->subject = "The configuration could not be read again [INTERNAL]";
	out->body = explained(j,
	    "sitrep was told to read its configuration again, and found a "
	    "mistake:",
	    why,
	    "The last good configuration and rota stay in force. Mend "
	    "the line and reload sitrep again; sitrep check reads both "
	    "without changing anything.");
}

void
alarm_uncomposed(struct job *j, const char *what, const char *why,
    struct alarm *out)
{
	out->subject = "A public update can't be put together [INTERNAL]";
	out->body = explained(j, what, why,
	    "Mend that: sitrep check reads templates and lists without "
	    "changing anything. Where a list was mended, reload sitrep. "
	    "What waits then goes by itself within a minute, and sitrep "
	    "show queue tells of it.");
}

void
alarm_pages(struct job *j, const char *why, struct alarm *out)
{
	out->subject = "The public pages can't be written [INTERNAL]";
	out->body = explained(j,
	    "The public pages stay as they were: what is posted from now "
	    "on is mailed, but stands on none of them. The reason:",
	    why,
	    "Mend that: sitrep check reads templates without changing "
	    "anything. The pages are written then within a minute, or by "
	    "sitrep page; sitrep show tells while they are not.");
}

void
alarm_store(struct job *j, const struct conf *c, const char *why,
    struct alarm *out)
{
	struct buf b = BUF_INIT;

	out->subject = "The status desk stands still: its store can't be used "
		       "[INTERNAL]";
	say(&b, "No mail is handled, no timer fires and nobody is paged "
		"until this is mended:");
	buf_printf(&b, "  %s\n", why);
	say(&b, "A file that is named as lost: put that one back from the "
		"backup. A disk that is full or read-only: mend that.");
	say(&b, arena_printf(j->mem,
		    "A database that is damaged: stop sitrep, keep a copy of "
		    "%s/sitrep.db, put back what sqlite3 .recover saves of it, "
		    "else the backup, and start sitrep.",
		    c->state));
	say(&b, "It goes on by itself then; sitrep check and the log say what "
		"else is wrong.");
	say(&b, "Mail waits at the mail server meanwhile, and the public "
		"pages stay as they are. Tell the NOC and communications to "
		"call one another until then.");
	say(&b, "This comes once an hour until it is mended.");
	out->body = take(j, &b);
}
