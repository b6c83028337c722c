#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "flow/rebound.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/rebound.h"
#include "text/listhead.h"
#include "text/mailer.h"

enum { BELIEVED = 3 * DAY, AGAIN = 14 * DAY, PROBES = 6 };

struct probing {
	struct db *db;
	struct job *j;
	const struct conf *conf;
	const struct keys *keys;
	struct probe probe;
	struct member member;
	const struct list *list;
};

enum status
rebound_due(struct db *db, struct job *j, int64_t *due)
{
	struct probe p;
	enum status st = probe_first(db, j, &p);

	if (st == ST_OK)
		*due = p.due;
	return st;
}

/* ---- the mail ---- */

static const char *
text_of(const struct probing *p)
{
	return arena_printf(p->j->mem,
	    "Mail to this address came back to us, so you get the updates of\n"
	    "%s no more.\n\n"
	    "If you can read this, nothing needs to be done: in three days "
	    "they come\nagain.  What was posted meanwhile stands at\n\n"
	    "  %s\n",
	    p->list->slug, p->conf->url);
}

static enum status
write(const struct probing *p, struct letter *l)
{
	const struct conf *c = p->conf;
	char token[TOKEN_LIST + 1];
	struct mailer m = MAILER_INIT;
	char *raw;
	enum status st;

	keys_unsubscribe(p->keys, p->list->slug, p->member.id, token);
	mailer_from(&m, "From", p->list->from);
	mailer_mailbox(&m, "To", "", p->member.address);
	mailer_words(&m, "Subject", "Do you still get our mail?");
	mailer_header(&m, "Date", when_rfc5322(p->j->mem, p->j->now));
	mailer_headerf(&m, "Message-ID", "<%s>", l->mid);
	listhead_put(&m, c, p->list);
	listhead_leave(&m, c, p->list, token);
	mailer_header(&m, "Auto-Submitted", "auto-generated");
	mailer_header(&m, "Precedence", "list");
	mailer_header(&m, "X-Auto-Response-Suppress", "OOF, AutoReply");
	mailer_text(&m, text_of(p));
	st = mailer_end(&m, p->j, &raw, &l->n);
	l->raw = raw;
	return st;
}

static enum status
send(struct probing *p)
{
	struct letter l = { .kind = LETTER_MAIL,
		.list = p->list->slug,
		.person = "",
		.recipient = p->member.address,
		.mid = arena_printf(p->j->mem, "probe.%lld.%lld@%s",
		    (long long)p->member.id, (long long)p->j->now,
		    p->conf->host),
		.high = p->member.id,
		.created = p->j->now };
	enum status st = write(p, &l);

	if (st == ST_OK)
		st = letter_add(p->db, p->j, &l);
	if (st != ST_OK)
		return st;
	p->probe.letter = db_last_id(p->db);
	p->probe.due = p->j->now + BELIEVED;
	p->probe.tries++;
	return probe_set(p->db, p->j, &p->probe);
}

/* ---- what became of it ---- */

enum status
rebound_try_again(struct db *db, struct job *j, const struct probe *p,
    int64_t at)
{
	struct probe next = { p->member, at + AGAIN, 0, p->tries };

	return p->tries >= PROBES ? probe_drop(db, j, p->member)
				  : probe_set(db, j, &next);
}

static enum status
revive(struct probing *p)
{
	enum status st = member_set_status(p->db, p->j, p->member.id,
	    p->member.list, "active");

	if (st == ST_OK)
		st = rebound_forgive(p->db, p->j, p->member.id);
	return st == ST_OK ? probe_drop(p->db, p->j, p->member.id) : st;
}

/* It didn't come back.  One that never went says nothing. */
static enum status
believe(struct probing *p, const char **did)
{
	struct letter l;
	enum status st = letter_get(p->db, p->j, p->probe.letter, &l);

	if (st != ST_OK && st != ST_NONE)
		return st;
	if (st == ST_OK && strcmp(l.status, "sent") == 0) {
		*did = "active again";
		return revive(p);
	}
	*did = "not sent yet";
	if (st == ST_OK && strcmp(l.status, "waiting") == 0) {
		p->probe.due = p->j->now + DAY;
		return probe_set(p->db, p->j, &p->probe);
	}
	*did = "refused";
	return rebound_try_again(p->db, p->j, &p->probe, p->j->now);
}

static enum status
find(struct probing *p)
{
	enum status st = probe_first(p->db, p->j, &p->probe);

	if (st != ST_OK || p->probe.due > p->j->now)
		return st == ST_OK ? ST_NONE : st;
	p->member = (struct member){ .list = "", .status = "" };
	st = member_get(p->db, p->j, p->probe.member, &p->member);
	if (st == ST_OK)
		p->list = conf_list(p->conf, p->member.list);
	return st == ST_NONE ? ST_OK : st;
}

enum status
rebound_probe(struct db *db, struct job *j, const struct conf *c,
    const struct keys *k, const char **did)
{
	struct probing p = { .db = db, .j = j, .conf = c, .keys = k };
	const char *what = "probed";
	enum status st = find(&p);

	if (st != ST_OK)
		return st;
	/* Meanwhile he left, or the list went. */
	if (p.list == NULL || strcmp(p.member.status, "bounced") != 0) {
		what = "no more";
		st = probe_drop(db, j, p.probe.member);
	} else
		st = p.probe.letter == 0 ? send(&p) : believe(&p, &what);
	log_note("step=probe list=%s member=%lld st=%s", p.member.list,
	    (long long)p.probe.member, what);
	*did = arena_printf(j->mem, "List: %s\nMember: %lld\nProbe: %s\n",
	    p.member.list, (long long)p.probe.member, what);
	return st;
}

enum status
rebound_returns(struct db *db, struct job *j, int64_t member)
{
	const struct probe none = { .member = member };
	struct probe p;
	struct member m;
	enum status st = member_returns(db, j, member);

	if (st == ST_OK)
		st = member_get(db, j, member, &m);
	if (st != ST_OK || strcmp(m.status, "bounced") != 0)
		return st;
	st = probe_get(db, j, member, &p);
	return st == ST_NONE ? rebound_try_again(db, j, &none, j->now) : st;
}
