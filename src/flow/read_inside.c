#include "flow/read_inside.h"

#include <strings.h>

#include "base/buf.h"
#include "flow/read.h"

/* What is inside stands in the place of the body; the rest is the outer's. */
static void
replace_body(struct message *out, const struct message *inside)
{
	struct message m = *inside;

	m.limit = out->limit;
	m.cut = out->cut;
	m.headers = out->headers;
	m.n_headers = out->n_headers;
	m.n_received = out->n_received;
	m.n_from = out->n_from;
	m.n_from_mailboxes = out->n_from_mailboxes;
	m.from_group = out->from_group;
	m.from_address = out->from_address;
	m.from_name = out->from_name;
	m.subject = out->subject;
	m.mid = out->mid;
	m.refs = out->refs;
	m.n_refs = out->n_refs;
	m.dated = out->dated;
	m.date = out->date;
	m.date_offset = out->date_offset;
	m.date_zoned = out->date_zoned;
	m.forwarded = out->forwarded || inside->forwarded;
	*out = m;
}

/* Of the mail's headers only what the cutters want to know. */
static void
make_inside(const struct message *outer, const char *entity, size_t n,
    struct buf *out)
{
	buf_str(out, "MIME-Version: 1.0\n");
	for (size_t i = 0; i < outer->n_headers; i++)
		if (strcasecmp(outer->headers[i].name, "From") == 0) {
			buf_printf(out, "From: %s\n", outer->headers[i].value);
			break;
		}
	buf_add(out, entity, n);
}

enum status
read_inside(struct job *j, const struct conf *c, const char *entity, size_t n,
    struct message *m, struct read_bytes *read)
{
	struct buf raw = BUF_INIT;
	struct message inside;
	enum status st;

	make_inside(m, entity, n, &raw);
	read->n = raw.len;
	read->p = arena_copy(j->mem, raw.data, raw.len);
	buf_free(&raw);
	st = read_message(j, c, read->p, read->n, false, &inside);
	if (st == ST_OK && inside.reading != READING_OK)
		return ST_NONE;
	if (st == ST_OK)
		replace_body(m, &inside);
	return st;
}
