#include "flow/contact.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/question.h"
#include "text/listhead.h"
#include "text/notice.h"

struct leaving {
	struct db *db;
	struct job *j;
	const struct conf *c;
	const struct list *list;
	struct member who;
	struct member *all; /* of his account */
	size_t n;
};

static enum status
find(struct leaving *l, int64_t member)
{
	enum status st = member_get(l->db, l->j, member, &l->who);

	return st == ST_OK
		   ? member_account(l->db, l->j, &l->who, &l->all, &l->n)
		   : st;
}

static bool
is_reached(const struct leaving *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->all[i].status, "active") == 0)
			return true;
	return false;
}

/* Who had asked for none may want it now; who is away for another reason, no.
 */
static bool
is_other(const struct leaving *l, const struct member *m)
{
	return m->id != l->who.id && strcmp(m->status, "nomail") == 0;
}

/* Where the database has no account, the address is one by itself. */
static bool
has_account(const struct leaving *l)
{
	return l->who.account[0] != '\0';
}

static const char *
account(const struct leaving *l)
{
	return has_account(l) ? l->who.account : l->who.address;
}

static enum status
is_told(const struct leaving *l, bool *told)
{
	char *name = text_lower(l->j->mem,
	    arena_printf(l->j->mem, "%s %s", l->list->slug, account(l)));
	int64_t n = 0;
	enum status st =
	    told_count(l->db, l->j, "contact", name, l->j->now - DAY, &n);

	*told = n != 0;
	return st == ST_OK && n == 0 ? told_add(l->db, l->j, "contact", name)
				     : st;
}

/* ---- mails ---- */

static enum status
tell_owner(const struct leaving *l)
{
	struct arena *mem = l->j->mem;
	const char *slug = l->list->slug;
	struct buf others = BUF_INIT;
	struct notice n = {
		.name = arena_printf(mem, "contact.%lld", (long long)l->who.id),
		.kind = LETTER_MAIL,
		.recipient = l->c->owner,
		.to = l->c->owner,
		.subject = arena_printf(mem,
		    "%s%s can't be reached any more [INTERNAL]",
		    has_account(l) ? "Account " : "", account(l)),
	};
	struct letter out;
	enum status st;

	for (size_t i = 0; i < l->n; i++)
		if (l->all[i].id != l->who.id)
			buf_printf(&others, "  %s (%s)\n", l->all[i].address,
			    l->all[i].status);
	n.body = arena_printf(mem,
	    "%s left %s, and was the last address of\n%s%s that got its "
	    "notices.\n\n%s%s%s"
	    "These notices are due to every reseller.  Ask them for another "
	    "address and\nput it into the database, or add it here:\n\n"
	    "  sitrep list %s add ADDRESS\n",
	    l->who.address, slug, has_account(l) ? "account " : "", account(l),
	    others.len == 0 ? "" : "Other addresses of it get none either:\n\n",
	    others.data, others.len == 0 ? "" : "\n", slug);
	buf_free(&others);
	if ((st = notice_write(l->j, l->c, &n, &out)) != ST_OK)
		return st;
	return letter_add(l->db, l->j, &out);
}

static const char *
text_of(const struct leaving *l)
{
	return arena_printf(l->j->mem,
	    "Nobody at your company gets the notices of %s any more:\n"
	    "the last of your addresses that did has left just now.\n\n"
	    "They tell of disturbances and maintenance of what you resell.\n"
	    "To get them at this address, write `subscribe` to\n\n  %s\n\n"
	    "To have another address get them, write to\n\n  %s\n",
	    l->list->slug,
	    listhead_address(l->j->mem, l->c, l->list, "request", ""),
	    listhead_address(l->j->mem, l->c, l->list, "owner", ""));
}

static enum status
tell_other(const struct leaving *l, const struct member *m)
{
	struct arena *mem = l->j->mem;
	struct mailer out = MAILER_INIT;
	struct letter x = { .kind = LETTER_MAIL,
		.recipient = m->address,
		.mid = arena_printf(mem, "contact.%lld.%lld.%s@%s",
		    (long long)m->id, (long long)l->j->now, l->list->slug,
		    l->c->host),
		.created = l->j->now };
	enum status st;
	char *raw;

	mailer_from(&out, "From", l->list->from);
	mailer_mailbox(&out, "To", "", m->address);
	mailer_from(&out, "Reply-To",
	    listhead_address(mem, l->c, l->list, "request", ""));
	mailer_words(&out, "Subject",
	    "Nobody at your company gets our notices any more");
	mailer_header(&out, "Date", when_rfc5322(mem, l->j->now));
	mailer_headerf(&out, "Message-ID", "<%s>", x.mid);
	mailer_header(&out, "Auto-Submitted", "auto-generated");
	mailer_header(&out, "X-Auto-Response-Suppress", "All");
	listhead_put(&out, l->c, l->list);
	mailer_text(&out, text_of(l));
	if ((st = mailer_end(&out, l->j, &raw, &x.n)) != ST_OK)
		return st;
	x.raw = raw;
	return letter_add(l->db, l->j, &x);
}

static enum status
tell(const struct leaving *l)
{
	enum status st = tell_owner(l);

	for (size_t i = 0; i < l->n && st == ST_OK; i++)
		if (is_other(l, &l->all[i]))
			st = tell_other(l, &l->all[i]);
	return st;
}

enum status
contact_left(struct db *db, struct job *j, const struct conf *c,
    const struct list *list, int64_t member)
{
	struct leaving l = { .db = db, .j = j, .c = c, .list = list };
	bool told = true;
	enum status st;

	if (list == NULL || list->kind != LIST_ACCOUNT || member == 0)
		return ST_OK;
	if ((st = find(&l, member)) != ST_OK)
		return st == ST_NONE ? ST_OK : st;
	if (is_reached(&l) || (st = is_told(&l, &told)) != ST_OK || told)
		return st;
	log_warn("step=contact id=%s list=%s member=%lld st=unreached", j->id,
	    list->slug, (long long)member);
	return tell(&l);
}
