/* Short mails about no event, to people and to the administrator. */
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "flow/answer_in.h"

enum { STRANGER_PERIOD = 86400 };

struct word {                         /* a short mail */
	const struct message *theirs; /* answered by it; NULL: none */
	const char *to, *subject, *body;
	const char *result; /* NULL: not for one of us */
	const char *part;   /* of its Message-ID; NULL: after the mail */
	const char *reply;  /* Reply-To, NULL: none */
	bool whole;         /* with the mail that it is about */
};

static void
plain_headers(struct job *j, struct mailer *m, const struct answer *a,
    const struct word *w)
{
	const char *theirs = w->theirs == NULL ? "" : w->theirs->mid;

	mailer_from(m, "From", a->conf->status_from);
	mailer_mailbox(m, "To", "", w->to);
	if (w->reply != NULL)
		mailer_mailbox(m, "Reply-To", "", w->reply);
	mailer_words(m, "Subject", w->subject);
	mailer_header(m, "Date", when_rfc5322(j->mem, j->now));
	if (answer_can_name(theirs)) {
		mailer_headerf(m, "In-Reply-To", "<%s>", theirs);
		mailer_headerf(m, "References", "<%s>", theirs);
	}
	mailer_header(m, "Auto-Submitted",
	    w->theirs == NULL ? "auto-generated" : "auto-replied");
	mailer_header(m, "X-Auto-Response-Suppress", "All");
	if (w->theirs == NULL || w->result != NULL)
		mailer_header(m, "Sitrep-Internal", "yes");
	if (w->result != NULL)
		mailer_header(m, "Sitrep-Result", w->result);
}

static enum status
plain(struct db *db, struct job *j, const struct answer *a,
    const struct word *w)
{
	struct mailer m = MAILER_INIT;
	const struct letter l = {
		.kind = LETTER_MAIL,
		.person = "",
		.recipient = w->to,
		.mid = arena_printf(j->mem, "%s@%s",
		    w->part == NULL ? answer_receipt_part(j, a) : w->part,
		    a->conf->host),
	};

	plain_headers(j, &m, a, w);
	mailer_headerf(&m, "Message-ID", "<%s>", l.mid);
	if (w->whole && !a->in->envelope.cut)
		mailer_original(&m, w->body, a->in->envelope.raw,
		    a->in->envelope.n);
	else
		mailer_text(&m, w->body);
	return answer_end(&m, j, &l, db);
}

const char *
answer_unreadable_code(const struct message *m)
{
	return m->reading == READING_LIMITS ? "E33" : "E34";
}

/* A flood of headers isn't anybody's mail program: it gets no answer. */
static bool
wants_answer(const struct sender *s, const struct message *m)
{
	return s->person != NULL && s->machine[0] == '\0' && !s->quiet &&
	       s->trust >= TRUST_A1 && m->reading != READING_EMPTY &&
	       strcmp(m->limit, "headers") != 0;
}

enum status
answer_unreadable(struct db *db, struct job *j, const struct answer *a,
    const struct sender *s, const struct message *m)
{
	bool parts = m->reading == READING_LIMITS;
	const char *why = parts ? "It has too many parts, or they are nested "
				  "too deep."
			  : m->broken ? "Reading it was too much work."
				      : "I found no text in it.";
	const struct word w = {
		.theirs = m,
		.to = s->address,
		.subject = "Not read: please send it again [INTERNAL]",
		.result = answer_unreadable_code(m),
		.whole = !parts,
		.body = arena_printf(j->mem,
		    "##- Please write above this line -##\n"
		    "Your mail is kept, but I couldn't read it.\n"
		    "%s\n"
		    "Nothing was done. Send it again as plain text,\n"
		    "without attachments.%s\n",
		    why, parts ? "" : " What came is attached."),
	};

	return wants_answer(s, m) ? plain(db, j, a, &w) : ST_OK;
}

enum status
answer_stranger(struct db *db, struct job *j, const struct answer *a,
    const struct sender *s, const struct message *m)
{
	const struct word w = {
		.theirs = m,
		.to = s->address,
		.subject = "Your mail waits for a person",
		.body =
		    "We don't know your address here, so your mail waits for "
		    "a\n"
		    "person to read it. For help write to the address of our\n"
		    "support.\n",
	};
	int64_t last = 0;
	enum status st;

	if (s->person != NULL || s->machine[0] != '\0' || s->quiet ||
	    s->proof != PROOF_PASS)
		return ST_OK;
	st = told_last(db, j, "stranger", s->address, &last);
	if (st == ST_OK && j->now - last < STRANGER_PERIOD)
		return ST_OK;
	if (st != ST_OK && st != ST_NONE)
		return st;
	if ((st = told_add(db, j, "stranger", s->address)) != ST_OK)
		return st;
	return plain(db, j, a, &w);
}

enum status
answer_notice(struct db *db, struct job *j, const struct conf *c,
    const struct notice *n)
{
	const struct answer a = { .conf = c };
	const struct word w = {
		.to = n->to,
		.subject = n->subject,
		.body = n->body,
		.part = n->part,
		.reply = c->admin,
	};

	return plain(db, j, &a, &w);
}

enum status
answer_alarm(struct db *db, struct job *j, const struct conf *c,
    const struct letter_in *in, const char *what)
{
	const struct answer a = { .conf = c, .in = in };
	const struct word w = {
		.to = c->admin,
		.subject = what,
		.body = arena_printf(j->mem,
		    "%s.\nMessage %lld, received %s, is kept in the store.\n",
		    what, (long long)in->id,
		    when_rfc3339(j->mem, in->envelope.received)),
	};

	return plain(db, j, &a, &w);
}
