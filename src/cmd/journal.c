#include "cmd/journal.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/code.h"
#include "base/text.h"
#include "base/when.h"
#include "ext/crypto.h"
#include "model/inbox.h"
#include "text/roster.h"

enum { NUMBER = 12, LOGIN = 64 };

char *
journal_login(struct arena *mem)
{
	const char *sudo = getenv("SUDO_USER");
	struct passwd *pw = getpwuid(getuid());

	if (sudo != NULL && sudo[0] != '\0')
		return text_one_line(mem, sudo, LOGIN);
	return pw == NULL ? arena_printf(mem, "%ld", (long)getuid())
			  : text_one_line(mem, pw->pw_name, LOGIN);
}

static enum status
file(struct world *w, struct job *j, const char *source, const char *actor,
    const char *text, int64_t event)
{
	size_t n = strlen(text);
	const struct envelope e = {
		.source = source,
		.actor = actor,
		.from = "",
		.recipient = "",
		.received = j->now,
		.sha = crypto_sha256_hex(j->mem, text, n),
		.size = n,
		.raw = text,
		.n = n,
	};

	return inbox_journal(w->db, j, &e, event);
}

enum status
journal_clock(struct world *w, struct job *j, int64_t event, const char *text)
{
	return file(w, j, "clock", "", text, event);
}

enum status
journal_timer(struct world *w, struct job *j, const struct timer *t)
{
	return journal_clock(w, j, t->event,
	    arena_printf(j->mem,
		"Timer: T%d.%d\nRound: %d\nEvent: %lld\nDue: %s\n", t->kind,
		t->step, t->round, (long long)t->event,
		when_rfc3339(j->mem, t->due)));
}

void
journal_member(struct buf *lines, struct arena *mem, const struct member *m)
{
	roster_put(lines, mem, m);
}

/* So that no two are the same. */
static const char *
number(struct job *j)
{
	unsigned char bytes[NUMBER];

	crypto_random(bytes, sizeof bytes);
	return code_hex(j->mem, bytes, sizeof bytes);
}

enum status
journal_key(struct world *w, struct job *j, const char *person,
    const char *change, const char *fingerprint)
{
	return file(w, j, "command", journal_login(j->mem),
	    arena_printf(j->mem,
		"Person: %s\nFingerprint: %s\nChange: %s\nTime: %s\n"
		"Number: %s\n",
		person, fingerprint, change, when_rfc3339(j->mem, j->now),
		number(j)),
	    0);
}

enum status
journal_import(struct world *w, struct job *j, const char *form,
    const struct buf *what)
{
	struct buf b = BUF_INIT;
	enum status st;

	buf_printf(&b, "Import: %s\nTime: %s\nNumber: %s\n\n", form,
	    when_rfc3339(j->mem, j->now), number(j));
	buf_add(&b, what->data, what->len);
	st = file(w, j, "command", journal_login(j->mem), b.data, 0);
	buf_free(&b);
	return st;
}

enum status
journal_list(struct world *w, struct job *j, const char *list,
    const char *change, const struct buf *lines)
{
	struct buf b = BUF_INIT;
	enum status st;

	buf_printf(&b,
	    "List: %s\nChange: %s\nTime: %s\nNumber: %s\nColumns: %s\n", list,
	    change, when_rfc3339(j->mem, j->now), number(j), roster_head);
	buf_add(&b, lines->data, lines->len);
	st = file(w, j, "command", journal_login(j->mem), b.data, 0);
	buf_free(&b);
	return st;
}

enum status
journal_refused(struct world *w, struct job *j, int64_t letter,
    const struct buf *lines, int64_t *id)
{
	enum status st = journal_clock(w, j, 0,
	    arena_printf(j->mem,
		"Timer: refused\nLetter: %lld\nTime: %s\nNumber: %s\n\n%s",
		(long long)letter, when_rfc3339(j->mem, j->now), number(j),
		lines->data));

	*id = db_last_id(w->db);
	return st;
}
