#include "flow/compose.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "text/mailer.h"
#include "text/mboxrd.h"
#include "text/membership.h"
#include "text/posting.h"
#include "text/render.h"

enum { EARLIER = 10 };

struct composer { /* one update for one kind of reader */
	struct job *j;
	const struct conf *c;
	const struct list *l; /* NULL: preview, archive */
	const struct public_event *e;
	const struct public_update *u;
	size_t at; /* of u in e */
	struct labels words;
	struct zones zones;
	struct posting posting;
	const char *topics;
};

static enum status
begin(struct composer *x, const char *lang)
{
	const struct conf *c = x->c;
	enum status st;

	x->u = &x->e->updates[x->at];
	if ((st = labels_load(x->j, c->templates, c->brand.slug, lang,
		 &x->words)) != ST_OK)
		return st;
	x->posting.mem = x->j->mem;
	x->posting.conf = c;
	x->posting.words = &x->words;
	x->posting.event = x->e;
	x->posting.zones = &x->zones;
	return ST_OK;
}

/* Posted before x's update, or in the same second and written before it. */
static bool
before(const struct composer *x, size_t i)
{
	int64_t at = x->e->updates[i].posted;

	if (x->u->posted == 0)
		return at != 0;
	return at < x->u->posted || (at == x->u->posted && i < x->at);
}

/*
 * Each other update as it stood when this one was posted, newest first, so
 * that a mail composed again hours later is the same mail.
 */
static void
earlier(const struct composer *x, struct tmpl_map *m)
{
	size_t i = x->e->n_updates, shown = 0;
	long long older = 0;

	tmpl_list(m, "earlier");
	while (i != 0) {
		int u = x->e->updates[--i].u;
		size_t found = x->e->n_updates;

		for (size_t k = i + 1; k != 0; k--) {
			if (x->e->updates[k - 1].u != u)
				break;
			i = k - 1;
			if (found == x->e->n_updates && before(x, i))
				found = i;
		}
		if (found == x->e->n_updates || u == x->u->u)
			continue;
		if (shown++ < EARLIER)
			posting_update(&x->posting, found,
			    tmpl_item(m, "earlier"));
		else
			older++;
	}
	tmpl_flag(m, "has_earlier", shown != 0);
	if (older != 0)
		tmpl_int(m, "older", older);
	else
		tmpl_str(m, "older", "");
}

static void
reader(const struct composer *x, struct tmpl_map *m)
{
	const struct list *l = x->l;

	tmpl_flag(m, "mail", l != NULL);
	if (l == NULL)
		return;
	membership_put(x->j->mem, x->c, l, m);
}

static struct tmpl_map *
values(const struct composer *x)
{
	struct tmpl_map *m = tmpl_map(x->j->mem);

	posting_site(&x->posting, m);
	posting_event(&x->posting, m);
	posting_update(&x->posting, x->at, m);
	earlier(x, m);
	reader(x, m);
	return m;
}

static enum status
render(const struct composer *x, const char *name, enum tmpl_kind kind,
    const struct tmpl_map *m, char **out)
{
	return render_words(x->j, &x->words, name, kind, m, out);
}

/* Headers. */

static char *
component_list(const struct composer *x)
{
	char *s = arena_str(x->j->mem, "");

	for (size_t i = 0; i < x->u->n_components; i++)
		s = arena_printf(x->j->mem, "%s%s%s=%s", s, i == 0 ? "" : ", ",
		    x->u->components[i].slug,
		    words_level(x->u->components[i].level));
	return s;
}

static char *
page_link(const struct composer *x)
{
	return arena_printf(x->j->mem, "%s%s#%s", x->c->url,
	    posting_path(x->j->mem, x->e), posting_anchor(x->j->mem, x->u));
}

static const char *
kind(const struct public_event *e)
{
	return e->report ? "report" : "incident";
}

/* The names that resellers filter on. */
static void
machine_headers(const struct composer *x, struct mailer *m)
{
	struct arena *mem = x->j->mem;
	const struct public_update *u = x->u;

	mailer_header(m, "Sitrep-Event", x->e->event);
	mailer_headerf(m, "Sitrep-Update", "%d", u->u);
	mailer_headerf(m, "Sitrep-Revision", "%d", u->r);
	mailer_header(m, "Sitrep-Kind", kind(x->e));
	if (!x->e->report) {
		mailer_header(m, "Sitrep-State", words_state(u->state));
		mailer_header(m, "Sitrep-Impact", words_impact(u->impact));
	}
	if (u->n_components != 0)
		mailer_header(m, "Sitrep-Components", component_list(x));
	if (u->started != 0)
		mailer_header(m, "Sitrep-Started",
		    when_rfc3339(mem, u->started));
	if (u->next_update != 0)
		mailer_header(m, "Sitrep-Next-Update",
		    when_rfc3339(mem, u->next_update));
	if (x->l != NULL)
		mailer_headerf(m, "Sitrep-Reason", "member of %s", x->l->slug);
	mailer_header(m, "Sitrep-URL", page_link(x));
	if (u->hash[0] != '\0')
		mailer_header(m, "Sitrep-Hash", u->hash);
	if (u->previous != NULL)
		mailer_header(m, "Sitrep-Previous",
		    u->previous[0] == '\0' ? "none" : u->previous);
}

static void
list_headers(const struct composer *x, struct mailer *m)
{
	membership_headers(m, x->c, x->l);
	mailer_headerf(m, "Feedback-ID", "%s.u%d:%s:%s:%s",
	    posting_id(x->j->mem, x->e), x->u->u, x->l->slug, kind(x->e),
	    x->c->host);
}

/* Of the labels, and of the text where that is another. */
static const char *
languages(const struct composer *x)
{
	const char *own = x->words.lang,
		   *text = posting_lang(&x->posting, x->u);

	return text[0] == '\0' || text_ieq(text, own)
		   ? own
		   : arena_printf(x->j->mem, "%s, %s", own, text);
}

static void
thread_headers(const struct composer *x, struct mailer *m, const char *mid)
{
	struct arena *mem = x->j->mem;

	mailer_header(m, "Date", when_rfc5322(mem, x->u->posted));
	mailer_header(m, "Message-ID", mid);
	/* The root is never sent: the thread stays flat. */
	mailer_headerf(m, "References", "<%s@%s>", posting_id(mem, x->e),
	    x->c->host);
	mailer_headerf(m, "Archived-At", "<%s>", page_link(x));
	mailer_header(m, "Content-Language", languages(x));
}

char *
compose_mid(struct job *j, const struct conf *c, const struct list *l,
    const struct public_event *e, size_t update)
{
	const struct public_update *u = &e->updates[update];

	return arena_printf(j->mem, "<%s.u%d.r%d%s%s@%s>",
	    posting_id(j->mem, e), u->u, u->r, l == NULL ? "" : ".",
	    l == NULL ? "" : l->slug, c->host);
}

static void
public_headers(const struct composer *x, struct mailer *m)
{
	const struct list *l = x->l;
	static const char to[] = { MAILER_HOLE_TO, '\0' };

	mailer_from(m, "From", l->from);
	mailer_mailbox(m, "To", "", to);
	mailer_from(m, "Reply-To", l->reply_to);
	mailer_words(m, "Subject",
	    posting_subject(&x->posting, x->at, l->subject == SUBJECT_STABLE,
		l->prefix));
	thread_headers(x, m, compose_mid(x->j, x->c, l, x->e, x->at));
	list_headers(x, m);
	machine_headers(x, m);
}

static bool
wants(const struct variant *v, const char *format)
{
	return v->format == NULL || v->format[0] == '\0' ||
	       strcmp(v->format, "both") == 0 || strcmp(v->format, format) == 0;
}

static enum status
body(const struct composer *x, const struct variant *v, struct mailer *m)
{
	struct tmpl_map *map = values(x);
	char *text = NULL, *html = NULL;
	bool plain = wants(v, "text") || !wants(v, "html");
	enum status st = ST_OK;

	if (plain)
		st = render(x, "update.txt", TMPL_TEXT, map, &text);
	if (st == ST_OK && wants(v, "html"))
		st = render(x, "update.html", TMPL_HTML, map, &html);
	if (st != ST_OK)
		return st;
	if (text != NULL && html != NULL)
		mailer_alternative(m, text, html);
	else if (html != NULL)
		mailer_html(m, html);
	else
		mailer_text(m, text);
	return ST_OK;
}

static bool
given(const char *s)
{
	return s != NULL && s[0] != '\0';
}

enum status
compose_public(struct job *j, const struct conf *c, const struct list *l,
    const struct public_event *e, size_t update, const struct variant *v,
    struct mail *out)
{
	struct composer x = { .j = j, .c = c, .l = l, .e = e, .at = update };
	struct mailer m = MAILER_INIT;
	enum status st;

	x.zones = membership_zones(l, v);
	m.holes = true;
	if ((st = begin(&x, given(v->lang) ? v->lang : l->language)) != ST_OK)
		return st;
	public_headers(&x, &m);
	if ((st = body(&x, v, &m)) != ST_OK) {
		buf_free(&m.out);
		return st;
	}
	return mailer_end_mail(&m, j, out);
}

enum status
compose_preview(struct job *j, const struct conf *c,
    const struct public_event *e, size_t update, const struct promise *p,
    struct preview *out)
{
	struct composer x = { .j = j, .c = c, .e = e, .at = update };
	static const char ruler[] =
	    "----------------------------------------------------------\n";
	char *text = NULL;
	enum status st;

	x.posting.promise = p;
	if ((st = begin(&x, "en")) != ST_OK ||
	    (st = render(&x, "update.txt", TMPL_TEXT, values(&x), &text)) !=
		ST_OK)
		return st;
	out->subject = posting_subject(&x.posting, update, false, "");
	out->text = text;
	out->ruled = arena_printf(j->mem, "%s%s: %s\n\n%s%s", ruler,
	    labels_get(&x.words, "subject"), out->subject, text, ruler);
	return ST_OK;
}

/* The text for whoever shares v, and nothing of its reader. */
static enum status
text_for(struct composer *x, const struct list *l, const struct variant *v,
    char **text)
{
	enum status st;

	x->zones = membership_zones(l, v);
	st = begin(x, given(v->lang) ? v->lang : l->language);
	return st == ST_OK ? render(x, "update.txt", TMPL_TEXT, values(x), text)
			   : st;
}

enum status
compose_told(struct job *j, const struct conf *c, const struct list *l,
    const struct public_event *e, size_t update, const struct variant *v,
    struct told *out)
{
	struct composer x = { .j = j, .c = c, .e = e, .at = update };
	char *text = NULL;
	enum status st = text_for(&x, l, v, &text);

	if (st != ST_OK)
		return st;
	out->subject = posting_subject(&x.posting, update, false, "");
	out->text = text;
	return ST_OK;
}

/* One of the mails in a digest. */
enum status
compose_part(struct job *j, const struct conf *c, const struct list *l,
    const struct public_event *e, size_t update, const struct variant *v,
    struct mailer_part *out)
{
	struct composer x = { .j = j, .c = c, .e = e, .at = update };
	struct mailer m = MAILER_INIT;
	char *text = NULL;
	enum status st = text_for(&x, l, v, &text);

	if (st != ST_OK)
		return st;
	out->subject = posting_subject(&x.posting, update, false, "");
	mailer_from(&m, "From", l->from);
	mailer_from(&m, "Reply-To", l->reply_to);
	mailer_words(&m, "Subject", out->subject);
	thread_headers(&x, &m, compose_mid(j, c, l, e, update));
	machine_headers(&x, &m);
	mailer_text(&m, text);
	return mailer_end(&m, j, &out->raw, &out->n);
}

/* The archive. */

static enum status
archive_mail(const struct composer *x, char **raw, size_t *n)
{
	struct mailer m = MAILER_INIT;
	char *text = NULL;
	enum status st;

	st = render(x, "update.txt", TMPL_TEXT, values(x), &text);
	if (st != ST_OK)
		return st;
	mailer_from(&m, "From", conf_public_from(x->c));
	mailer_words(&m, "Subject",
	    posting_subject(&x->posting, x->at, false, ""));
	thread_headers(x, &m, compose_mid(x->j, x->c, NULL, x->e, x->at));
	machine_headers(x, &m);
	mailer_text_raw(&m, text);
	return mailer_end(&m, x->j, raw, n);
}

enum status
compose_archive(struct job *j, const struct conf *c,
    const struct public_event *e, size_t update, struct buf *out)
{
	struct composer x = { .j = j, .c = c, .e = e, .at = update };
	char *raw = NULL;
	size_t n = 0;
	enum status st;

	if ((st = begin(&x, "en")) != ST_OK ||
	    (st = archive_mail(&x, &raw, &n)) != ST_OK)
		return st;
	mboxrd_add(out, e->updates[update].posted, raw, n);
	return ST_OK;
}
