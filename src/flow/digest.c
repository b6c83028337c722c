#include "flow/digest.h"

#include <string.h>

#include "base/when.h"
#include "model/keys.h"
#include "text/mboxrd.h"
#include "text/membership.h"
#include "text/render.h"
#include "text/roundup.h"

struct composing { /* one issue for one kind of reader */
	struct job *j;
	const struct conf *c;
	const struct list *l; /* NULL: the archive */
	const struct roundup *r;
	struct labels words;
	struct zones zones;
	struct posting posting;
	struct tmpl_map *values;
};

static bool
is_mime(const struct variant *v)
{
	return strcmp(v->format, VARIANT_MIME) == 0;
}

static void
contents(struct composing *x, const struct mailer_part *parts, size_t n)
{
	tmpl_flag(x->values, "has_contents", n != 0);
	tmpl_list(x->values, "contents");
	for (size_t i = 0; i < n; i++) {
		struct tmpl_map *m = tmpl_item(x->values, "contents");

		tmpl_int(m, "n", (long long)i + 1);
		tmpl_str(m, "subject", parts[i].subject);
	}
}

static enum status
begin(struct composing *x, const char *lang)
{
	enum status st = labels_load(x->j, x->c->templates, x->c->brand.slug,
	    lang, &x->words);

	if (st != ST_OK)
		return st;
	x->posting = (struct posting){ .mem = x->j->mem,
		.conf = x->c,
		.words = &x->words,
		.zones = &x->zones };
	x->values = tmpl_map(x->j->mem);
	roundup_put(&x->posting, x->r, x->values);
	contents(x, NULL, 0);
	tmpl_flag(x->values, "mail", x->l != NULL);
	if (x->l != NULL)
		membership_put(x->j->mem, x->c, x->l, x->values);
	return ST_OK;
}

static void
headers(const struct composing *x, struct mailer *m, const char *list)
{
	struct arena *mem = x->j->mem;
	const struct issue *i = x->r->issue;
	const char *link =
	    arena_printf(mem, "%s%s", x->c->url, roundup_path(mem, i));

	mailer_words(m, "Subject",
	    roundup_subject(&x->posting, x->r,
		x->l == NULL ? "" : x->l->prefix));
	mailer_header(m, "Date", when_rfc5322(mem, i->made));
	mailer_headerf(m, "Message-ID", "<%s@%s>", roundup_id(mem, i, list),
	    x->c->host);
	/* The root is never sent: the thread stays flat. */
	mailer_headerf(m, "References", "<%s@%s>", roundup_root(mem, i, list),
	    x->c->host);
	mailer_headerf(m, "Archived-At", "<%s>", link);
	mailer_header(m, "Content-Language", x->words.lang);
	mailer_header(m, "Sitrep-Kind", "digest");
	if (x->l != NULL)
		mailer_headerf(m, "Sitrep-Reason", "member of %s", x->l->slug);
	mailer_header(m, "Sitrep-URL", link);
}

static void
mail_headers(const struct composing *x, struct mailer *m)
{
	static const char to[] = { MAILER_HOLE_TO, '\0' };
	const struct list *l = x->l;

	mailer_from(m, "From", l->from);
	mailer_mailbox(m, "To", "", to);
	mailer_from(m, "Reply-To", l->reply_to);
	headers(x, m, l->slug);
	mailer_header(m, "Auto-Submitted", "auto-generated");
	membership_headers(m, x->c, l);
	mailer_headerf(m, "Feedback-ID", "%s:%s:digest:%s",
	    issue_word(x->r->issue->period), l->slug, x->c->host);
}

static enum status
render(const struct composing *x, const char *name, enum tmpl_kind kind,
    char **out)
{
	return render_words(x->j, &x->words, name, kind, x->values, out);
}

static enum status
body(const struct composing *x, const struct variant *v,
    const struct mailer_part *parts, size_t n, struct mailer *m)
{
	bool html = !is_mime(v) && strcmp(v->format, "text") != 0;
	bool plain = strcmp(v->format, "html") != 0;
	char *text = NULL, *marked = NULL;
	enum status st = ST_OK;

	if (plain)
		st = render(x, "digest.txt", TMPL_TEXT, &text);
	if (st == ST_OK && html)
		st = render(x, "digest.html", TMPL_HTML, &marked);
	if (st != ST_OK)
		return st;
	if (is_mime(v))
		mailer_digest(m, text, parts, n);
	else if (plain && html)
		mailer_alternative(m, text, marked);
	else if (html)
		mailer_html(m, marked);
	else
		mailer_text(m, text);
	return ST_OK;
}

enum status
digest_mail(struct job *j, const struct conf *c, const struct list *l,
    const struct roundup *r, const struct variant *v,
    const struct mailer_part *parts, size_t n, struct mail *out)
{
	struct composing x = { .j = j, .c = c, .l = l, .r = r };
	struct mailer m = MAILER_INIT;
	enum status st;

	x.zones = membership_zones(l, v);
	m.holes = true;
	st = begin(&x, v->lang[0] != '\0' ? v->lang : l->language);
	if (st != ST_OK)
		return st;
	if (is_mime(v))
		contents(&x, parts, n);
	mail_headers(&x, &m);
	if ((st = body(&x, v, parts, n, &m)) != ST_OK) {
		buf_free(&m.out);
		return st;
	}
	return mailer_end_mail(&m, j, out);
}

enum status
digest_archive(struct job *j, const struct conf *c, const struct roundup *r,
    struct buf *out)
{
	struct composing x = { .j = j, .c = c, .r = r };
	struct mailer m = MAILER_INIT;
	char *text = NULL, *raw = NULL;
	size_t n = 0;
	enum status st = begin(&x, "en");

	if (st == ST_OK)
		st = render(&x, "digest.txt", TMPL_TEXT, &text);
	if (st != ST_OK)
		return st;
	mailer_from(&m, "From", conf_public_from(c));
	headers(&x, &m, "");
	mailer_text_raw(&m, text);
	if ((st = mailer_end(&m, j, &raw, &n)) == ST_OK)
		mboxrd_add(out, r->issue->made, raw, n);
	return st;
}
