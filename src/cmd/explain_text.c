#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "cmd/explain_in.h"

static void
print_from(const struct message *m, struct buf *out)
{
	buf_printf(out, "From: %s%s%s\n", m->from_name,
	    m->from_name[0] == '\0' ? "" : " ",
	    m->from_address[0] == '\0' ? "(no usable address)"
				       : m->from_address);
	if (m->n_from != 1 || m->n_from_mailboxes != 1 || m->from_group)
		buf_printf(out, "  %zu From headers, %zu mailboxes%s\n",
		    m->n_from, m->n_from_mailboxes,
		    m->from_group ? ", a group" : "");
}

static void
print_headers(struct job *j, const struct message *m, struct buf *out)
{
	buf_printf(out, "Read: %s%s%s\n", explain_reading(m),
	    m->limit[0] == '\0' ? "" : ":", m->limit);
	print_from(m, out);
	buf_printf(out, "Subject: %s\n", m->subject);
	buf_printf(out, "Message-ID: %s\n", m->mid);
	for (size_t i = 0; i < m->n_refs; i++)
		buf_printf(out, "Answers: %s\n", m->refs[i]);
	if (m->dated)
		buf_printf(out, "Date: %s, offset %d min%s\n",
		    when_rfc3339(j->mem, m->date), m->date_offset / 60,
		    m->date_zoned ? "" : " (says nothing)");
	else
		buf_str(out, "Date: none that can be read\n");
	buf_printf(out, "Received: %zu\n", m->n_received);
}

static void
print_lines(struct job *j, const char *text, struct buf *out)
{
	for (char *p = arena_str(j->mem, text), *line;
	     (line = text_line(&p)) != NULL;)
		buf_printf(out, "| %s\n", line);
}

static void
print_seal(const struct seal *s, struct buf *out)
{
	if (s->kind == SEAL_NONE)
		return;
	buf_printf(out, "Seal: %s\n", explain_seal(s->kind));
	if (s->flaw[0] != '\0')
		buf_printf(out, "  can't be checked: %s\n", s->flaw);
	else
		buf_str(out, "  whether it counts needs the keyring: sitrep "
			     "key list\n");
}

static void
print_text(struct job *j, const struct explained *x, struct buf *out)
{
	const struct message *m = &x->message;

	print_seal(&m->seal, out);
	for (size_t i = 0; i < x->marks.n; i++)
		buf_printf(out, "Mark: %s\n", x->marks.at[i].name);
	for (size_t i = 0; i < m->n_attachments; i++) {
		const struct attachment *a = &m->attachments[i];

		buf_printf(out, "Attachment: %s \"%s\"%s%s\n", a->type, a->name,
		    a->note[0] == '\0' ? "" : " ", a->note);
	}
	buf_printf(out, "Left out: %zu lines of quote, %zu of signature\n",
	    m->cut_quote, m->cut_signature);
	print_lines(j, m->reply, out);
}

static void
print_sender(struct job *j, const struct explained *x, struct buf *out)
{
	const struct sender *s = &x->sender;
	const struct person *p = s->person;

	buf_printf(out, "Sender: %s, ", explain_trust(s->trust));
	if (p != NULL)
		buf_printf(out, "%s (%s: %s)\n", p->name, p->slug,
		    explain_roles(j, p->roles));
	else
		buf_str(out, "nobody we know\n");
	buf_printf(out, "  %s\n", x->why);
	if (s->machine[0] != '\0')
		buf_printf(out, "Machine: %s\n", s->machine);
	if (s->quiet)
		buf_str(out, "Quiet: it isn't answered\n");
}

static void
print_place(struct job *j, const struct explained *x, struct buf *out)
{
	buf_printf(out, "To: %s (%s)\n", x->in.envelope.recipient,
	    x->to_from == NULL ? "supposed: no header names an address of ours"
			       : x->to_from);
	if (x->route.has_token)
		buf_str(out, "  a reply address; whether its token is good "
			     "needs the keys\n");
	if (x->event != NULL)
		buf_printf(out, "Event: %s, by %s\n", x->event, x->event_by);
	else
		buf_str(out, "Event: none\n");
	buf_printf(out, "As if it came: %s\n", when_rfc3339(j->mem, x->at));
}

static void
print_told(const char *what, const struct tellings *t, struct buf *out)
{
	for (size_t i = 0; i < t->n; i++)
		buf_printf(out, "%s: %s%s%s\n", what, t->at[i].name,
		    t->at[i].value[0] == '\0' ? "" : " = ", t->at[i].value);
}

static void
print_findings(const struct explained *x, struct buf *out)
{
	for (size_t i = 0; i < x->n_findings; i++) {
		const struct finding *f = &x->findings[i];

		buf_printf(out, "%s: ", f->code);
		if (f->line != 0)
			buf_printf(out, "line %u: ", f->line);
		buf_printf(out, "%s\n", f->says);
		if (f->written != NULL && f->written[0] != '\0')
			buf_printf(out, "  written: %s\n", f->written);
		if (f->copy != NULL)
			buf_printf(out, "  write: %s\n", f->copy);
	}
}

static void
print_share(struct job *j, const char *what, const char *text, struct buf *out)
{
	buf_printf(out, "%s:%s\n", what, text[0] == '\0' ? " nothing" : "");
	print_lines(j, text, out);
}

void
explain_text(struct job *j, const struct explained *x, struct buf *out)
{
	print_headers(j, &x->message, out);
	print_text(j, x, out);
	if (x->conf == NULL) {
		buf_str(out, "No configuration, so this is all that can be "
			     "told; name one with -c FILE.\n");
		return;
	}
	if (x->message.reading == READING_OK) {
		buf_char(out, '\n');
		print_sender(j, x, out);
		print_place(j, x, out);
		print_told("Field", &x->fields, out);
		print_told("Command", &x->commands, out);
		print_findings(x, out);
		print_share(j, "Internal", x->internal, out);
		print_share(j, "Public, once approved", x->public, out);
	}
	buf_printf(out, "Decision: %s\n", x->decision);
	for (size_t i = 0; i < x->steps.n; i++)
		buf_printf(out, "  %s\n", x->steps.at[i].name);
}
