#include "flow/rebound.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "model/inbox.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/question.h"
#include "model/rebound.h"
#include "text/bounce.h"
#include "text/bounce_judge.h"
#include "text/notice.h"

enum {
	HARD_WINDOW = 180 * DAY,
	HARD = 3,
	HARD_DAYS = 2,
	HARD_POSTS = 2,
	SOFT_WINDOW = 10 * DAY,
	SOFT = 5,
	SHARE = 20,                /* one in so many: 5 % */
	LATE = 50,                 /* of those, the brake may come one later */
	COMPLAINT_AGAIN = 7 * DAY, /* mails to the owner: about one member */
	COMPLAINTS = 10,           /* ... about a list, in a day */
};

struct taking {
	struct db *db;
	struct job *j;
	const struct rebound_ask *a;
	struct member member;
	struct letter letter;
	const struct bounced *said;
	int64_t at;
	const char *domain;
};

static const char *
domain_of(struct job *j, const char *address)
{
	const char *at = strrchr(address, '@');

	return text_lower(j->mem, at == NULL ? "" : at + 1);
}

/* ---- who, by the token alone ---- */

/* ST_NONE: it was made by somebody else, or for what isn't there. */
static enum status
find(struct taking *t)
{
	const struct rebound_ask *a = t->a;
	int64_t member, low, id;
	enum status st;

	if (a->list == NULL || a->token == NULL ||
	    !keys_bounce_ok(a->keys, a->list->slug, a->token, &member, &low))
		return ST_NONE;
	st = member_get(t->db, t->j, member, &t->member);
	if (st == ST_OK)
		st = rebound_letter(t->db, t->j, low, &id);
	if (st == ST_OK)
		st = letter_get(t->db, t->j, id, &t->letter);
	if (st != ST_OK)
		return st;
	if (strcmp(t->member.list, a->list->slug) != 0 ||
	    strcmp(t->letter.list, a->list->slug) != 0)
		return ST_NONE;
	t->at = a->in->envelope.received;
	t->domain = domain_of(t->j, t->member.address);
	return ST_OK;
}

/* What is said of the member; of another name, the first that says no. */
static const struct bounced *
line_of(const struct bounce *b, const char *address)
{
	for (size_t i = 0; i < b->n; i++)
		if (text_ieq(b->at[i].address, address))
			return &b->at[i];
	for (size_t i = 0; i < b->n; i++)
		if (b->at[i].given_up)
			return &b->at[i];
	return b->n == 0 ? NULL : &b->at[0];
}

/* ---- the owner ---- */

static enum status
tell_owner(struct taking *t, const char *name, const char *subject,
    const char *body)
{
	const struct conf *c = t->a->conf;
	const struct notice n = {
		.name = arena_printf(t->j->mem, "%s.%lld.%lld", name,
		    (long long)t->a->in->id, (long long)t->member.id),
		.kind = LETTER_MAIL,
		.recipient = c->owner,
		.to = c->owner,
		.subject = subject,
		.body = body,
	};
	struct letter l;
	enum status st = notice_write(t->j, c, &n, &l);

	return st == ST_OK ? letter_add(t->db, t->j, &l) : st;
}

/* ---- complaints ---- */

/*
 * Each is counted, for the weekly report; the owner gets a mail of the first
 * of a member in a week, and of ten a day for a list.
 */
static enum status
may_tell(struct taking *t, int64_t *n, bool *may)
{
	const char *slug = t->a->list->slug;
	char *who = text_lower(t->j->mem, t->member.address);
	int64_t same = 0;
	enum status st = told_add(t->db, t->j, "complaints", slug);

	if (st == ST_OK)
		st = told_count(t->db, t->j, "complaint of", who,
		    t->j->now - COMPLAINT_AGAIN, &same);
	if (st == ST_OK)
		st = told_count(t->db, t->j, "complaint", slug, t->j->now - DAY,
		    n);
	*may = same == 0 && *n < COMPLAINTS;
	if (st == ST_OK && *may)
		st = told_add(t->db, t->j, "complaint of", who);
	return st == ST_OK && *may ? told_add(t->db, t->j, "complaint", slug)
				   : st;
}

static enum status
tell_complaint(struct taking *t)
{
	const struct list *l = t->a->list;
	int64_t n = 0;
	bool may;
	enum status st = may_tell(t, &n, &may);

	if (st != ST_OK || !may)
		return st;
	return tell_owner(t, "complaint",
	    arena_printf(t->j->mem, "%s calls our mail unwanted [INTERNAL]",
		t->member.address),
	    arena_printf(t->j->mem,
		"A member of %s reported our mail as unwanted:\n\n  %s\n\n"
		"Nothing was changed, as notices of that list are due to its\n"
		"members.  Ask them who should get them instead, or remove the "
		"address:\n\n  sitrep list %s remove %s\n%s",
		l->slug, t->member.address, l->slug, t->member.address,
		n + 1 < COMPLAINTS
		    ? ""
		    : "\nThat is the tenth within a day: further ones are "
		      "counted in the weekly\nreport only.\n"));
}

static enum status
complained(struct taking *t)
{
	const struct list *l = t->a->list;

	if (strcmp(t->member.status, "active") != 0 &&
	    strcmp(t->member.status, "nomail") != 0)
		return ST_OK;
	log_warn("step=bounce id=%s list=%s member=%lld st=complained",
	    t->j->id, l->slug, (long long)t->member.id);
	if (l->kind == LIST_OPEN)
		return member_set_status(t->db, t->j, t->member.id, l->slug,
		    "complained");
	return tell_complaint(t);
}

/* ---- the brake of a domain ---- */

/* Counted once an hour, for that walks through all members. */
static enum status
count_members(struct taking *t, struct brake *b)
{
	enum status st = ST_OK;

	if (b->counted == 0 || t->at - b->counted >= HOUR) {
		st = brake_members(t->db, t->j, t->domain, &b->members);
		b->counted = t->at;
	}
	return st;
}

static enum status
put_brake_on(struct taking *t, struct brake *b, int64_t turned)
{
	enum status st;

	b->until = t->at + DAY;
	log_warn("step=bounce id=%s domain=%s st=brake turned=%lld of=%lld",
	    t->j->id, t->domain, (long long)turned, (long long)b->members);
	st = rebound_forgive_domain(t->db, t->j, t->domain, t->at - HOUR);
	if (st != ST_OK)
		return st;
	return tell_owner(t, "brake",
	    arena_printf(t->j->mem, "%s turns our mail away [INTERNAL]",
		t->domain),
	    arena_printf(t->j->mem,
		"%lld of %lld members at %s had our mail come back within an\n"
		"hour as if they didn't exist.  That looks like a fault over "
		"there, so\nnobody is taken off a list for it; bounces from "
		"there don't count until\n\n  %s\n\n"
		"The last one: %s %s\n\n"
		"Ask their postmaster what happened if it goes on.\n",
		(long long)turned, (long long)b->members, t->domain,
		when_rfc3339(t->j->mem, b->until),
		bounce_reason_word(t->said->reason), t->said->status));
}

/*
 * How many more may turn before it can be too many.  Where nearly that many
 * turn all the time they aren't counted each time.
 */
static int64_t
spare(int64_t turned, int64_t members)
{
	int64_t limit = members / SHARE, left = limit - turned;

	return left > limit / LATE ? left : limit / LATE;
}

/*
 * *on: nothing from there counts.  They are counted seldom, for that walks
 * through the hour.
 */
static enum status
look_at_domain(struct taking *t, struct brake *b, bool *on)
{
	int64_t turned = 0;
	enum status st;

	if (b->spare > 0 && t->at - b->counted < HOUR) {
		b->spare--;
		return brake_set(t->db, t->j, t->domain, b);
	}
	st = rebound_turned(t->db, t->j, t->domain, t->at - HOUR, &turned);
	if (st != ST_OK || turned < REBOUND_BRAKE)
		return st;
	if ((st = count_members(t, b)) != ST_OK)
		return st;
	b->spare = spare(turned, b->members);
	*on = turned * SHARE > b->members;
	if (*on && (st = put_brake_on(t, b, turned)) != ST_OK)
		return st;
	return brake_set(t->db, t->j, t->domain, b);
}

/* ---- what counts ---- */

/* It is about the mailbox, not about our mail or our name. */
static bool
is_of_mailbox(enum bounce_reason r)
{
	return r != REASON_POLICY && r != REASON_SPAM && r != REASON_CONTENT &&
	       r != REASON_SIZE;
}

static enum status
tally(struct taking *t)
{
	struct tally n = { 0, 0, 0, 0 };
	const struct probe p = { .member = t->member.id };
	enum status st = rebound_tally(t->db, t->j, t->member.id,
	    t->at - HARD_WINDOW, t->at - SOFT_WINDOW, &n);

	if (st != ST_OK || strcmp(t->member.status, "active") != 0)
		return st;
	if ((n.hard < HARD || n.days < HARD_DAYS || n.posts < HARD_POSTS) &&
	    n.soft < SOFT)
		return ST_OK;
	log_warn("step=bounce id=%s list=%s member=%lld st=bounced hard=%lld "
		 "soft=%lld",
	    t->j->id, t->member.list, (long long)t->member.id,
	    (long long)n.hard, (long long)n.soft);
	st = member_set_status(t->db, t->j, t->member.id, t->member.list,
	    "bounced");
	return st == ST_OK ? rebound_try_again(t->db, t->j, &p, t->at) : st;
}

/* It has no post to be counted as; each is one of its own. */
static bool
is_digest(const struct letter *l)
{
	return l->kind == LETTER_BROADCAST && l->post == 0;
}

static enum status
note(struct taking *t, bool counts)
{
	const struct rebound r = { .member = t->member.id,
		.letter = t->letter.id,
		.post = is_digest(&t->letter) ? -t->letter.id : t->letter.post,
		.message = t->a->in->id,
		.at = t->at,
		.domain = t->domain,
		.hard = t->said->class == BOUNCE_HARD,
		.counts = counts,
		.reason = bounce_reason_word(t->said->reason),
		.status = t->said->status };

	log_note("step=bounce id=%s list=%s member=%lld class=%s reason=%s",
	    t->j->id, t->member.list, (long long)t->member.id,
	    bounce_class_word(t->said->class), r.reason);
	return rebound_add(t->db, t->j, &r);
}

/* The probe came back. */
static enum status
probe_failed(struct taking *t)
{
	struct probe p;
	enum status st = probe_get(t->db, t->j, t->member.id, &p);

	if (st != ST_OK)
		return st == ST_NONE ? ST_OK : st;
	return p.letter == t->letter.id
		   ? rebound_try_again(t->db, t->j, &p, t->at)
		   : ST_OK;
}

static enum status
came_back(struct taking *t)
{
	bool hard = t->said->class == BOUNCE_HARD, braked;
	struct brake b;
	enum status st = brake_get(t->db, t->j, t->domain, &b);

	if (st != ST_OK && st != ST_NONE)
		return st;
	braked = hard && b.until > t->at;
	st = note(t, is_of_mailbox(t->said->reason) && !braked);
	if (st == ST_NONE) /* the same copy once more */
		return ST_OK;
	if (st == ST_OK && t->letter.kind != LETTER_BROADCAST)
		return probe_failed(t);
	if (st == ST_OK && hard && !braked)
		st = look_at_domain(t, &b, &braked);
	return st == ST_OK && !braked ? tally(t) : st;
}

enum status
rebound_take(struct db *db, struct job *j, const struct rebound_ask *a,
    const char **verdict)
{
	struct taking t = { .db = db, .j = j, .a = a };
	enum status st = find(&t);

	*verdict = "bounce:unverified";
	if (st != ST_OK)
		return st == ST_NONE ? ST_OK : st;
	*verdict = "bounce:unread";
	t.said = line_of(&a->message->bounce, t.member.address);
	if (t.said == NULL)
		return ST_OK;
	*verdict = t.said->class == BOUNCE_AUTO ? "auto" : "bounce";
	if (t.said->class == BOUNCE_COMPLAINT)
		return complained(&t);
	return t.said->given_up ? came_back(&t) : ST_OK;
}

/* ---- refused at once ---- */

bool
rebound_is_of_member(enum refused_at at)
{
	return at == AT_RCPT || at == AT_DATA || at == AT_TEXT;
}

/* As a report would put it. */
static void
hear(struct job *j, const struct taking *t, const struct rebound_refusal *r,
    struct bounced *out)
{
	const struct hearsay h = { .address = t->member.address,
		.action = "failed",
		.status = "",
		.diagnosis = arena_printf(j->mem, "%d %s", r->code, r->reply),
		.said = r->at == AT_RCPT ? "(in reply to RCPT TO command)"
					 : "(in reply to end of DATA command)",
		.text = "" };

	bounce_judge(j->mem, &h, out);
}

enum status
rebound_refused(struct db *db, struct job *j, const struct conf *c,
    const struct rebound_refusal *r)
{
	const struct letter_in in = { .id = r->message };
	const struct rebound_ask a = { .conf = c, .list = r->list, .in = &in };
	struct taking t = { .db = db, .j = j, .a = &a, .at = j->now };
	struct bounced said;
	enum status st;

	st = member_get(db, j, r->member, &t.member);
	if (st != ST_OK)
		return st == ST_NONE ? ST_OK : st;
	t.letter = *r->letter;
	t.domain = domain_of(j, t.member.address);
	hear(j, &t, r, &said);
	t.said = &said;
	return came_back(&t);
}
