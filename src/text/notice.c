#include "text/notice.h"

#include "base/when.h"
#include "text/mailer.h"

enum status
notice_write(struct job *j, const struct conf *c, const struct notice *n,
    struct letter *out)
{
	struct mailer m = MAILER_INIT;
	struct letter l = { .kind = n->kind,
		.person = "",
		.recipient = n->recipient,
		.mid = arena_printf(j->mem, "%s.%lld@%s", n->name,
		    (long long)j->now, c->host),
		.created = j->now };
	char *raw;
	enum status st;

	mailer_from(&m, "From", c->status_from);
	mailer_header(&m, "To", n->to);
	if (n->reply != NULL)
		mailer_mailbox(&m, "Reply-To", "Status desk reply", n->reply);
	mailer_words(&m, "Subject", n->subject);
	mailer_header(&m, "Date", when_rfc5322(j->mem, j->now));
	mailer_headerf(&m, "Message-ID", "<%s>", l.mid);
	mailer_header(&m, "Auto-Submitted", "auto-generated");
	mailer_header(&m, "X-Auto-Response-Suppress", "All");
	mailer_header(&m, "Sitrep-Internal", "yes");
	mailer_text(&m, n->body);
	if ((st = mailer_end(&m, j, &raw, &l.n)) != ST_OK)
		return st;
	l.raw = raw;
	*out = l;
	return ST_OK;
}
