/* What of a mail was read and kept, said back to its sender. */
#include "text/brief_in.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"

/* "17:00 UTC" needs no echo. */
static bool
plain_utc(const struct moment *m)
{
	size_t n = strlen(m->written);

	return strcmp(m->read_as, "UTC") == 0 && n != 0 &&
	       (m->written[n - 1] == 'Z' || strstr(m->written, "UTC") != NULL);
}

static void
moment(struct job *j, struct buf *out, const char *label,
    const struct moment *m)
{
	if (!m->given)
		return;
	buf_printf(out, "%s %s", label, brief_clock(j, m->at));
	if (when_utc(m->at).day != when_utc(j->now).day)
		buf_printf(out, " %s", when_day(j->mem, m->at));
	if (m->written != NULL && m->read_as != NULL && m->read_as[0] == '\0')
		buf_printf(out, " (you wrote %s)", m->written);
	else if (m->written != NULL && m->read_as != NULL && !plain_utc(m))
		buf_printf(out, " (you wrote %s, read as %s)", m->written,
		    m->read_as);
	buf_char(out, '\n');
}

static void
components(struct job *j, struct buf *out, const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	for (size_t i = 0; i < e->n_touches; i++) {
		const struct touch *t = &e->touches[i];
		const struct component *c =
		    conf_component(b->matter->conf, t->slug);

		buf_printf(out, "%s%s (%s)", i == 0 ? ", " : "; ",
		    c == NULL ? t->slug : c->name,
		    text_lower(j->mem, words_level_title(t->level)));
	}
}

/* What was understood, so that a wrong reading is seen at once. */
static void
read_back(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct request *r = b->matter->request;
	struct buf line = BUF_INIT;

	if (r == NULL || v->event.phase == PH_NONE)
		return;
	if (brief_did(b, DID_OPEN | DID_FACTS)) {
		buf_printf(&line, "Read: SEV%d", v->event.severity);
		components(j, &line, b);
		if (v->event.n_touches == 0)
			buf_str(&line, ", no service named");
		if (v->event.disclosure != DISCLOSURE_FULL)
			buf_printf(&line, ", %s",
			    words_disclosure(v->event.disclosure));
		brief_say(out, line.data);
		buf_free(&line);
	}
	moment(j, out, "Started", &r->started);
	moment(j, out, "Detected", &r->detected);
	moment(j, out, "Ended", &r->ended);
}

static size_t
lines_of(const char *s)
{
	size_t n = s[0] != '\0';

	for (; *s != '\0'; s++)
		n += *s == '\n' && s[1] != '\0';
	return n;
}

static void
kept(struct buf *out, const struct brief *b)
{
	const struct message *m = b->message;
	size_t n = b->verdict->has_note ? lines_of(b->verdict->note.text) : 0;
	size_t cut;

	if (m == NULL)
		return;
	cut = m->cut_signature + m->cut_quote;
	if (n != 0)
		buf_printf(out, "Note kept: %zu line%s.", n, n == 1 ? "" : "s");
	if (cut != 0)
		buf_printf(out, "%sLeft out as signature or quote: %zu.",
		    n == 0 ? "" : " ", cut);
	if (n != 0 || cut != 0)
		buf_char(out, '\n');
	if (m->n_attachments != 0)
		buf_printf(out, "Attachments kept, not published: %zu.\n",
		    m->n_attachments);
	for (size_t i = 0; i < m->n_attachments; i++)
		buf_printf(out, "  %s %s\n",
		    m->attachments[i].name[0] == '\0' ? "(no name)"
						      : m->attachments[i].name,
		    m->attachments[i].note);
}

/* What was read and kept, behind a blank line; nothing if there is nothing. */
void
brief_echo(struct job *j, struct buf *out, const struct brief *b)
{
	size_t before = out->len, after;

	buf_char(out, '\n');
	after = out->len;
	read_back(j, out, b);
	kept(out, b);
	if (out->len == after)
		buf_cut(out, before);
}
