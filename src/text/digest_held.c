#include "text/digest_held.h"

#include "base/text.h"
#include "base/when.h"

enum { COLUMNS = 60, LINE = 200 };

static void
say(struct buf *out, const char *s)
{
	text_wrap(out, s, COLUMNS, "");
	buf_char(out, '\n');
}

static const char *
mails(size_t n)
{
	return n == 1 ? "mail waits" : "mails wait";
}

char *
digest_held_subject(struct job *j, size_t all)
{
	return arena_printf(j->mem, "[INTERNAL] %zu more held %s", all,
	    mails(all));
}

/* Whose address it bears, if it is one of ours. */
static const struct person *
claimed(const struct conf *c, const char *address)
{
	for (size_t i = 0; i < c->n_persons; i++)
		for (size_t k = 0; k < c->persons[i].n_addresses; k++)
			if (text_ieq(c->persons[i].addresses[k], address))
				return &c->persons[i];
	return NULL;
}

static void
beginning(struct job *j, const char *text, size_t max, struct buf *out)
{
	char *s = arena_str(j->mem, text), *line;
	size_t n = 0;

	while (n < max && (line = text_line(&s)) != NULL) {
		line = text_one_line(j->mem, line, LINE);
		if (*line == '\0')
			continue;
		buf_printf(out, "    %s\n", line);
		n++;
	}
	if (n == max && s != NULL && *s != '\0')
		buf_str(out, "    ...\n");
}

void
digest_held_mail(struct job *j, const struct conf *c,
    const struct held_entry *e, size_t max, struct buf *out)
{
	const struct held *m = e->mail;
	const struct person *p = claimed(c, m->address);

	buf_printf(out, "  q%d, %s %s UTC\n", m->n, when_day(j->mem, m->asked),
	    when_clock(j->mem, m->asked));
	buf_printf(out, "  From: %s\n",
	    *m->address == '\0' ? "nobody"
				: text_one_line(j->mem, m->address, LINE));
	if (p != NULL)
		buf_printf(out,
		    "  It FAILED the check: %s may not have "
		    "written it\n",
		    p->name);
	buf_printf(out, "  Subject: %s\n",
	    text_one_line(j->mem, m->subject, LINE));
	beginning(j, e->text, max, out);
	if (e->accept != NULL)
		buf_printf(out, "  Accept: %s\n", e->accept);
}

char *
digest_held_body(struct job *j, const struct conf *c,
    const struct held_entry *entries, size_t n, size_t all)
{
	struct buf b = BUF_INIT;
	bool may = n != 0 && entries[0].accept != NULL;
	char *s;

	buf_str(&b, "##- Please write above this line -##\n");
	say(&b, arena_printf(j->mem,
		    "%zu more %s, of senders whom nobody vouches for. Nothing "
		    "was done with them.",
		    all, mails(all)));
	say(&b, may ? "To treat one as the NOC's, write accept to the address "
		      "below it; a reply with accept takes the first. To "
		      "leave one, do nothing."
		    : "Those on call were asked whether to accept them.");
	say(&b, "To read one whole, on the server: sitrep show held and its "
		"number.");
	for (size_t i = 0; i < n; i++) {
		buf_char(&b, '\n');
		digest_held_mail(j, c, &entries[i], HELD_LINES, &b);
	}
	if (all > n) {
		buf_char(&b, '\n');
		say(&b,
		    arena_printf(j->mem,
			"And %zu more: sitrep show held lists them.", all - n));
	}
	s = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return s;
}
