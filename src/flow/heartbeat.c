#include "flow/heartbeat.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "model/beat.h"
#include "model/inbox.h"
#include "model/letter.h"
#include "model/watch.h"
#include "text/mailer.h"
#include "text/notice.h"
#include "text/pager.h"
#include "text/pulse.h"

static const char silence[] = "silence", selftest[] = "selftest";

bool
heartbeat_is(const struct conf *c, const char *recipient)
{
	const char *at = strrchr(recipient, '@');

	return at != NULL && text_istarts(recipient, selftest) &&
	       text_ieq(at + 1, c->domain);
}

/* ---- what is known ---- */

/* ST_NONE: we have just begun, and count from now on. */
static enum status
gather(struct db *db, struct job *j, const struct conf *c,
    struct pulse_seen *out)
{
	struct pulse_seen s = { .now = j->now,
		.silence = c->silence,
		.period = c->selftest };
	struct watch quiet, test;
	int64_t mail = 0;
	enum status st = watch_get(db, j, silence, &quiet);

	if (st != ST_OK)
		return st;
	st = watch_get(db, j, selftest, &test);
	if (st == ST_OK || st == ST_NONE)
		st = inbox_last_mail(db, j, &mail);
	if (st == ST_OK || st == ST_NONE)
		st = beat_latest(db, j, s.beats, PULSE_BEATS, &s.n_beats);
	if (st != ST_OK)
		return st;
	s.last = mail != 0 ? mail : quiet.due;
	s.next = test.due;
	s.alarmed = test.told;
	*out = s;
	return ST_OK;
}

enum status
heartbeat_due(struct db *db, struct job *j, const struct conf *c, int64_t *due)
{
	struct pulse_seen s;
	struct pulse p;
	enum status st;

	if (c->silence < 0)
		return ST_NONE;
	st = gather(db, j, c, &s);
	if (st == ST_NONE)
		*due = j->now;
	if (st != ST_OK)
		return st == ST_NONE ? ST_OK : st;
	p = pulse_decide(&s);
	*due = p.send || p.over || p.moved ? j->now : p.next;
	return ST_OK;
}

/* ---- mails ---- */

static enum status
word(struct db *db, struct job *j, const struct heartbeat *h,
    const struct notice *n, const char *recipient)
{
	struct notice to = *n;
	struct letter l;
	enum status st;

	to.recipient = recipient;
	to.to = recipient[0] == '|' ? h->oncall->addresses[0] : recipient;
	st = notice_write(j, h->conf, &to, &l);
	return st == ST_OK ? letter_add(db, j, &l) : st;
}

/* To both, each once. */
static enum status
tell(struct db *db, struct job *j, const struct heartbeat *h,
    const struct notice *n)
{
	const struct person *p = h->oncall;
	enum status st = word(db, j, h, n, h->conf->admin);

	if (st == ST_OK && p != NULL)
		st = word(db, j, h, n, p->addresses[0]);
	return st;
}

static enum status
page(struct db *db, struct job *j, const struct heartbeat *h, const char *line)
{
	const struct person *p = h->oncall;
	enum status st = ST_OK;

	for (size_t i = 0; p != NULL && i < p->n_page && st == ST_OK; i++) {
		const struct notice n = { .name = "silence.page",
			.subject = line,
			.body = arena_printf(j->mem, "%s\n", line),
			.kind = p->page[i][0] == '|' ? LETTER_COMMAND
						     : LETTER_PAGE };

		st = word(db, j, h, &n, p->page[i]);
	}
	return st;
}

static enum status
alarm(struct db *db, struct job *j, const struct heartbeat *h, int64_t last)
{
	const char *since = when_rfc3339(j->mem, last);
	const struct pager line = { .id = "Status desk",
		.what = "",
		.severity = "",
		.said = arena_printf(j->mem,
		    "no mail comes in since %s: 2 self-tests were lost. Look "
		    "at the mail server",
		    since),
		.answer = "",
		.to = "" };
	const struct notice n = { .name = "silence",
		.subject = "Mail doesn't come in [INTERNAL]",
		.body = arena_printf(j->mem,
		    "No mail has come in since %s,\n"
		    "and two mails to ourselves were lost.\n"
		    "Reports by mail may not arrive: watch other ways.\n"
		    "\n"
		    "Look at the mail server, its queue and our MX;\n"
		    "`sitrep show queue` says what doesn't go out.\n",
		    since),
		.kind = LETTER_PAGE };
	enum status st = tell(db, j, h, &n);

	log_fail("step=silence since=%s st=alarm", since);
	return st == ST_OK ? page(db, j, h, pager_text(j->mem, &line)) : st;
}

static enum status
is_back(struct db *db, struct job *j, const struct heartbeat *h, int64_t since)
{
	const struct notice n = { .name = "mail-is-back",
		.subject = "Mail is back [INTERNAL]",
		.body = arena_printf(j->mem,
		    "Mail comes in again.  The alarm was at %s.\n",
		    when_rfc3339(j->mem, since)),
		.kind = LETTER_MAIL };

	log_note("step=silence st=back");
	return tell(db, j, h, &n);
}

enum status
heartbeat_send(struct db *db, struct job *j, const struct heartbeat *h,
    int64_t *id)
{
	const struct conf *c = h->conf;
	char token[TOKEN_BOUNCE + 1];
	struct mailer m = MAILER_INIT;
	struct letter l = { .kind = LETTER_MAIL, .person = "" };
	enum status st = beat_add(db, j, id);
	char *raw;

	if (st != ST_OK)
		return st;
	keys_row(h->keys, selftest, *id, token);
	l.recipient = arena_printf(j->mem, "%s%c%s@%s", selftest,
	    c->delimiter[0], token, c->domain);
	l.mid = arena_printf(j->mem, "%s.%lld@%s", selftest, (long long)*id,
	    c->host);
	mailer_from(&m, "From", c->status_from);
	mailer_header(&m, "To", l.recipient);
	mailer_words(&m, "Subject", "Self-test");
	mailer_header(&m, "Date", when_rfc5322(j->mem, j->now));
	mailer_headerf(&m, "Message-ID", "<%s>", l.mid);
	mailer_header(&m, "Auto-Submitted", "auto-generated");
	mailer_header(&m, "X-Auto-Response-Suppress", "All");
	mailer_header(&m, "Sitrep-Self",
	    keys_self(j, h->keys,
		arena_printf(j->mem, "%s %s", text_lower(j->mem, l.recipient),
		    l.mid)));
	mailer_text(&m,
	    "A mail of the status system to itself, to see whether mail comes "
	    "in.\nNobody needs to do anything.\n");
	l.created = j->now;
	if ((st = mailer_end(&m, j, &raw, &l.n)) != ST_OK)
		return st;
	l.raw = raw;
	return letter_add(db, j, &l);
}

/* ---- what is done ---- */

enum status
heartbeat_look(struct db *db, struct job *j, const struct heartbeat *h)
{
	struct pulse_seen s;
	struct watch test;
	struct pulse p;
	int64_t id;
	enum status st;

	if (h->conf->silence < 0)
		return ST_OK;
	st = gather(db, j, h->conf, &s);
	if (st == ST_NONE) {
		const struct watch begun = { .due = j->now };

		return watch_set(db, j, silence, &begun);
	}
	if (st != ST_OK)
		return st;
	p = pulse_decide(&s);
	if (!p.send && !p.over && !p.moved)
		return ST_OK;
	test.due = p.send || p.moved ? p.next : s.next;
	test.told = s.alarmed;
	if (p.over && (st = is_back(db, j, h, s.alarmed)) == ST_OK)
		test.told = 0;
	if (st == ST_OK && p.alarm && (st = alarm(db, j, h, s.last)) == ST_OK)
		test.told = j->now;
	if (st == ST_OK && p.send)
		st = heartbeat_send(db, j, h, &id);
	return st == ST_OK ? watch_set(db, j, selftest, &test) : st;
}

enum status
heartbeat_came(struct db *db, struct job *j, const struct heartbeat *h,
    int64_t id)
{
	struct watch test;
	struct beat b;
	enum status st = beat_came(db, j, id);

	if (st == ST_OK)
		st = beat_get(db, j, id, &b);
	if (st != ST_OK)
		return st;
	log_note("step=selftest id=%lld st=back seconds=%lld", (long long)id,
	    (long long)(b.back - b.sent));
	st = watch_get(db, j, selftest, &test);
	if (st != ST_OK || test.told == 0)
		return st == ST_NONE ? ST_OK : st;
	st = is_back(db, j, h, test.told);
	test.told = 0;
	return st == ST_OK ? watch_set(db, j, selftest, &test) : st;
}
