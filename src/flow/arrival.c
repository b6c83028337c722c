#include "flow/arrival.h"

#include <string.h>

#include "base/when.h"
#include "text/listhead.h"
#include "text/membership.h"
#include "text/posting.h"
#include "text/render.h"

char *
arrival_mid(struct arena *mem, const struct conf *c, const char *list,
    int64_t first)
{
	return arena_printf(mem, "arrival.%lld.%s@%s", (long long)first, list,
	    c->host);
}

static struct tmpl_map *
values(struct job *j, const struct conf *c, const struct list *l,
    const char *open)
{
	struct tmpl_map *m = tmpl_map(j->mem);

	membership_put(j->mem, c, l, m);
	tmpl_str(m, "description", l->description);
	tmpl_str(m, "from", l->from);
	tmpl_str(m, "owner", listhead_address(j->mem, c, l, "owner", ""));
	tmpl_flag(m, "optin", l->kind == LIST_OPEN);
	tmpl_flag(m, "account", l->kind == LIST_ACCOUNT);
	tmpl_str(m, "open", open);
	tmpl_str(m, "brand", c->brand.name);
	tmpl_str(m, "site", c->url);
	return m;
}

static void
headers(struct job *j, const struct conf *c, const struct list *l,
    const struct letter *of, struct mailer *m)
{
	static const char to[] = { MAILER_HOLE_TO, '\0' };

	mailer_from(m, "From", l->from);
	mailer_mailbox(m, "To", "", to);
	mailer_from(m, "Reply-To",
	    listhead_address(j->mem, c, l, "request", ""));
	mailer_header(m, "Date", when_rfc5322(j->mem, of->created));
	mailer_headerf(m, "Message-ID", "<%s>", of->mid);
	mailer_header(m, "Auto-Submitted", "auto-generated");
	membership_headers(m, c, l);
	mailer_headerf(m, "Feedback-ID", "arrival:%s:welcome:%s", l->slug,
	    c->host);
	mailer_headerf(m, "Sitrep-Reason", "member of %s", l->slug);
}

enum status
arrival_mail(struct job *j, const struct conf *c, const struct list *l,
    const struct letter *of, const char *open, const struct variant *v,
    struct mail *out)
{
	const char *lang = v->lang[0] != '\0' ? v->lang : l->language;
	struct mailer m = MAILER_INIT;
	struct posting prefix = { .mem = j->mem, .conf = c };
	struct labels words;
	const char *subject = "", *text = "";
	enum status st =
	    labels_load(j, c->templates, c->brand.slug, lang, &words);

	if (st == ST_OK)
		st = render_mail(j, &words, "arrival.txt",
		    values(j, c, l, open), &subject, &text);
	if (st != ST_OK)
		return st;
	m.holes = true;
	headers(j, c, l, of, &m);
	mailer_header(&m, "Content-Language", words.lang);
	mailer_words(&m, "Subject",
	    arena_printf(j->mem, "%s%s", posting_prefix(&prefix, l->prefix),
		subject));
	mailer_text(&m, text);
	return mailer_end_mail(&m, j, out);
}

bool
arrival_wanted(const struct letter *of, const struct member *m)
{
	return strcmp(m->source, MEMBER_CONFIRMED) != 0 ||
	       m->consented < of->created;
}
