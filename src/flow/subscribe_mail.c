/* The mails of a list to one address about itself. */
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "flow/subscribe_in.h"
#include "model/letter.h"
#include "model/question.h"
#include "text/labels.h"
#include "text/listhead.h"
#include "text/render.h"
#include "text/wrap.h"

enum { COLUMNS = 72, ANSWERS = 50 };

static const char told[] = "list";

enum status
subscribe_may_answer(struct db *db, struct job *j, const struct subscribing *s,
    bool *may)
{
	const char *folded = text_lower(j->mem, s->address);
	int64_t n = 0;
	enum status st = told_count(db, j, told, folded, j->now - DAY, &n);

	*may = !s->sender->quiet && n < ANSWERS;
	return st == ST_OK && *may ? told_add(db, j, told, folded) : st;
}

/* ---- headers ---- */

/* RFC 6532 allows others; we answer without naming them. */
static bool
can_be_named(const char *mid)
{
	for (const char *s = mid; *s != '\0'; s++)
		if ((unsigned char)*s <= 0x20 || (unsigned char)*s >= 0x7f)
			return false;
	return *mid != '\0';
}

static void
threading(const struct subscribing *s, const struct list_mail *l,
    struct mailer *m)
{
	const char *mid = s->message->mid;

	mailer_header(m, "Auto-Submitted",
	    l->answers ? "auto-replied" : "auto-generated");
	if (!l->answers || !can_be_named(mid))
		return;
	mailer_headerf(m, "In-Reply-To", "<%s>", mid);
	if (s->message->n_refs != 0 && can_be_named(s->message->refs[0]))
		mailer_headerf(m, "References", "<%s> <%s>",
		    s->message->refs[0], mid);
	else
		mailer_headerf(m, "References", "<%s>", mid);
}

enum status
subscribe_send(struct db *db, struct job *j, const struct subscribing *s,
    const struct list_mail *l)
{
	const struct conf *c = s->conf;
	const char *text = l->text;
	const char *subject =
	    l->subject != NULL ? l->subject : render_cut_subject(j, &text);
	struct mailer m = MAILER_INIT;
	struct letter out = { .kind = LETTER_MAIL,
		.recipient = s->address,
		.created = j->now };
	enum status st;
	char *raw;

	out.mid =
	    arena_printf(j->mem, "%s.%s@%s", l->name, s->list->slug, c->host);
	mailer_from(&m, "From", s->list->from);
	mailer_mailbox(&m, "To", "", s->address);
	mailer_from(&m, "Reply-To", l->reply_to);
	mailer_words(&m, "Subject", subject);
	mailer_header(&m, "Date", when_rfc5322(j->mem, j->now));
	mailer_headerf(&m, "Message-ID", "<%s>", out.mid);
	threading(s, l, &m);
	mailer_header(&m, "X-Auto-Response-Suppress", "All");
	listhead_put(&m, c, s->list);
	if (l->token != NULL)
		listhead_leave(&m, c, s->list, l->token);
	mailer_text(&m, wrap_long(j->mem, text, COLUMNS));
	if ((st = mailer_end(&m, j, &raw, &out.n)) != ST_OK)
		return st;
	out.raw = raw;
	return letter_add(db, j, &out);
}

/* ---- texts ---- */

struct tmpl_map *
subscribe_values(struct job *j, const struct subscribing *s)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	const struct conf *c = s->conf;

	tmpl_str(m, "list", s->list->slug);
	tmpl_str(m, "description", s->list->description);
	tmpl_flag(m, "digest", s->list->digest != DIGEST_NONE);
	tmpl_str(m, "brand", c->brand.name);
	tmpl_str(m, "site", c->url);
	tmpl_str(m, "request",
	    listhead_address(j->mem, c, s->list, "request", ""));
	tmpl_str(m, "owner", listhead_address(j->mem, c, s->list, "owner", ""));
	return m;
}

/* What a language doesn't have yet is said in English. */
enum status
subscribe_text(struct job *j, const struct subscribing *s, const char *lang,
    const char *name, const struct tmpl_map *m, char **out)
{
	const char *templates = s->conf->templates;
	struct buf b = BUF_INIT;
	struct tmpl *t = NULL;
	struct labels words;
	enum status st;

	st = labels_load(j, templates, s->conf->brand.slug, lang, &words);
	if (st == ST_OK)
		st = tmpl_load(j, words.folder, name, TMPL_TEXT, &t);
	if (st == ST_NONE)
		st = tmpl_load(j, words.english, name, TMPL_TEXT, &t);
	if (st == ST_NONE)
		return job_fail(j, ST_PERM,
		    "%s/%s is missing; restore the templates that came with "
		    "sitrep",
		    words.english, name);
	if (st == ST_OK)
		st = tmpl_render(j, t, m, &b);
	if (st == ST_OK)
		*out = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return st;
}

enum status
subscribe_time(struct job *j, const struct subscribing *s, const char *lang,
    const char *zone, int64_t t, char **out)
{
	struct zones z = { s->list->timezones, s->list->n_timezones };
	struct labels words;
	enum status st = labels_load(j, s->conf->templates, s->conf->brand.slug,
	    lang, &words);

	if (zone != NULL)
		z = (struct zones){ &zone, 1 };
	if (st == ST_OK)
		*out = labels_time(&words, j->mem, t, 0, &z);
	return st;
}
