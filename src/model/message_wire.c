#include "model/message_wire.h"

#include "base/limits.h"
#include "base/pack.h"

enum { REFS = 1000, FLAGS = 15, LAST_READING = READING_LIMITS };

static void
pack_headers(const struct message *m, struct buf *out)
{
	pack_number(out, (int64_t)m->n_headers);
	for (size_t i = 0; i < m->n_headers; i++) {
		pack_string(out, m->headers[i].name);
		pack_string(out, m->headers[i].value);
	}
	pack_number(out, (int64_t)m->n_refs);
	for (size_t i = 0; i < m->n_refs; i++)
		pack_string(out, m->refs[i]);
	pack_number(out, (int64_t)m->n_attachments);
	for (size_t i = 0; i < m->n_attachments; i++) {
		pack_string(out, m->attachments[i].name);
		pack_string(out, m->attachments[i].type);
		pack_string(out, m->attachments[i].note);
	}
}

static void
unpack_headers(struct unpack *u, struct arena *mem, struct message *m)
{
	m->n_headers = unpack_count(u, LIMIT_HEADERS_MAX);
	m->headers = arena_array(mem, m->n_headers, sizeof *m->headers);
	for (size_t i = 0; i < m->n_headers; i++) {
		m->headers[i].name = unpack_string(u, mem);
		m->headers[i].value = unpack_string(u, mem);
	}
	m->n_refs = unpack_count(u, REFS);
	m->refs = arena_array(mem, m->n_refs, sizeof *m->refs);
	for (size_t i = 0; i < m->n_refs; i++)
		m->refs[i] = unpack_string(u, mem);
	m->n_attachments = unpack_count(u, LIMIT_PARTS_MAX + 1);
	m->attachments =
	    arena_array(mem, m->n_attachments, sizeof *m->attachments);
	for (size_t i = 0; i < m->n_attachments; i++) {
		m->attachments[i].name = unpack_string(u, mem);
		m->attachments[i].type = unpack_string(u, mem);
		m->attachments[i].note = unpack_string(u, mem);
	}
}

static void
pack_flags(const struct message *m, struct buf *out)
{
	const bool flags[FLAGS] = { m->from_group, m->dated, m->date_zoned,
		m->interleaved, m->alone, m->no_text, m->from_html, m->repaired,
		m->text_cut, m->encrypted, m->winmail, m->is_signed,
		m->forwarded, m->reaction, m->ragged };

	for (size_t i = 0; i < FLAGS; i++)
		pack_number(out, flags[i]);
}

static void
unpack_flags(struct unpack *u, struct message *m)
{
	bool *const flags[FLAGS] = { &m->from_group, &m->dated, &m->date_zoned,
		&m->interleaved, &m->alone, &m->no_text, &m->from_html,
		&m->repaired, &m->text_cut, &m->encrypted, &m->winmail,
		&m->is_signed, &m->forwarded, &m->reaction, &m->ragged };

	for (size_t i = 0; i < FLAGS; i++)
		*flags[i] = unpack_flag(u);
}

static void
pack_seal(const struct seal *s, struct buf *out)
{
	pack_number(out, s->kind);
	pack_string(out, s->flaw);
	pack_number(out, (int64_t)s->at);
	pack_number(out, (int64_t)s->len);
	pack_bytes(out, s->proof, s->n_proof);
	pack_number(out, s->text);
	pack_string(out, s->charset);
	pack_string(out, s->outside);
}

static void
unpack_seal(struct unpack *u, struct arena *mem, struct seal *s)
{
	s->kind = (enum seal_kind)unpack_count(u, SEAL_KINDS - 1);
	s->flaw = unpack_string(u, mem);
	s->at = unpack_count(u, LIMIT_MAIL_MAX);
	s->len = unpack_count(u, LIMIT_MAIL_MAX);
	s->proof = unpack_bytes(u, mem, &s->n_proof);
	s->text = unpack_flag(u);
	s->charset = unpack_string(u, mem);
	s->outside = unpack_string(u, mem);
}

static void
pack_bounce(const struct bounce *b, struct buf *out)
{
	pack_number(out, (int64_t)b->n);
	for (size_t i = 0; i < b->n; i++) {
		pack_number(out, b->at[i].class);
		pack_number(out, b->at[i].reason);
		pack_number(out, b->at[i].given_up);
		pack_string(out, b->at[i].address);
		pack_string(out, b->at[i].status);
	}
}

static void
unpack_bounce(struct unpack *u, struct arena *mem, struct bounce *b)
{
	b->n = unpack_count(u, BOUNCE_MOST);
	b->at = arena_array(mem, b->n, sizeof *b->at);
	for (size_t i = 0; i < b->n; i++) {
		b->at[i].class =
		    (enum bounce_class)unpack_count(u, BOUNCE_CLASSES - 1);
		b->at[i].reason =
		    (enum bounce_reason)unpack_count(u, REASONS - 1);
		b->at[i].given_up = unpack_flag(u);
		b->at[i].address = unpack_string(u, mem);
		b->at[i].status = unpack_string(u, mem);
	}
}

void
message_pack(const struct message *m, struct buf *out)
{
	pack_number(out, m->reading);
	pack_number(out, m->cut);
	pack_string(out, m->limit);
	pack_headers(m, out);
	pack_number(out, (int64_t)m->n_received);
	pack_number(out, (int64_t)m->n_from);
	pack_number(out, (int64_t)m->n_from_mailboxes);
	pack_string(out, m->from_address);
	pack_string(out, m->from_name);
	pack_string(out, m->subject);
	pack_string(out, m->mid);
	pack_number(out, m->date);
	pack_number(out, m->date_offset);
	pack_string(out, m->reply);
	pack_string(out, m->quoted);
	pack_number(out, (int64_t)m->cut_quote);
	pack_number(out, (int64_t)m->cut_signature);
	pack_flags(m, out);
	pack_seal(&m->seal, out);
	pack_bounce(&m->bounce, out);
}

bool
message_unpack(struct arena *mem, const void *p, size_t n, struct message *out)
{
	struct unpack u = { .at = p, .left = n };
	struct message m = { .reading = READING_OK };

	m.reading = (enum reading)unpack_count(&u, LAST_READING);
	m.cut = unpack_flag(&u);
	m.limit = unpack_string(&u, mem);
	unpack_headers(&u, mem, &m);
	m.n_received = unpack_count(&u, LIMIT_HEADERS_MAX);
	m.n_from = unpack_count(&u, LIMIT_HEADERS_MAX);
	m.n_from_mailboxes = unpack_count(&u, LIMIT_HEADER_MAX);
	m.from_address = unpack_string(&u, mem);
	m.from_name = unpack_string(&u, mem);
	m.subject = unpack_string(&u, mem);
	m.mid = unpack_string(&u, mem);
	m.date = unpack_number(&u);
	m.date_offset = (int)unpack_number(&u);
	m.reply = unpack_string(&u, mem);
	m.quoted = unpack_string(&u, mem);
	m.cut_quote = unpack_count(&u, LIMIT_MAIL_MAX);
	m.cut_signature = unpack_count(&u, LIMIT_MAIL_MAX);
	unpack_flags(&u, &m);
	unpack_seal(&u, mem, &m.seal);
	unpack_bounce(&u, mem, &m.bounce);
	*out = m;
	return unpack_end(&u);
}
