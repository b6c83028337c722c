#include "flow/read.h"

#include <string.h>
#include <strings.h>

#include "base/charset.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "ext/mime.h"
#include "flow/read_bounce.h"
#include "flow/read_seal.h"
#include "model/message_wire.h"
#include "text/address.h"
#include "text/armor.h"
#include "text/banner.h"
#include "text/flowed.h"
#include "text/html.h"
#include "text/phrases.h"
#include "text/reply.h"
#include "text/scan.h"

/* What the child gets, by fork. */
struct source {
	const struct conf *conf;
	const char *raw;
	size_t n;
	bool cut;
	struct charsets *charsets;
};

struct work {
	struct arena *mem;
	const struct source *in;
	struct scan scan;
	struct message *out;
};

/* 1. Headers.  Without charsets encoded words stay as they are. */

static char *
decoded(struct work *w, const char *value)
{
	if (w->in->charsets == NULL)
		return arena_str(w->mem, value);
	return mime_header(w->mem, w->in->charsets, value, &w->out->repaired);
}

/* The first of that name, "" if there is none. */
static const char *
value_of(const struct message *m, const char *name)
{
	for (size_t i = 0; i < m->n_headers; i++)
		if (strcasecmp(m->headers[i].name, name) == 0)
			return m->headers[i].value;
	return "";
}

static size_t
count_of(const struct message *m, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n_headers; i++)
		n += strcasecmp(m->headers[i].name, name) == 0;
	return n;
}

static void
copy_headers(struct work *w)
{
	struct message *m = w->out;
	const struct scan *s = &w->scan;

	m->n_headers = s->n_headers;
	m->headers = arena_array(w->mem, s->n_headers, sizeof *m->headers);
	for (size_t i = 0; i < s->n_headers; i++) {
		struct span name = s->headers[i].name;

		m->headers[i].name =
		    arena_copy(w->mem, w->in->raw + name.at, name.len);
		m->headers[i].value =
		    scan_value(w->mem, w->in->raw, &s->headers[i]);
	}
}

static void
read_ids(struct work *w)
{
	struct message *m = w->out;
	const char **mids = NULL, **refs = NULL, **replied = NULL;
	size_t n_mids = 0, n_refs = 0, n_replied = 0;

	address_ids(w->mem, value_of(m, "Message-ID"), &mids, &n_mids);
	if (n_mids != 0)
		m->mid = mids[0];
	address_ids(w->mem, value_of(m, "In-Reply-To"), &replied, &n_replied);
	address_ids(w->mem, value_of(m, "References"), &refs, &n_refs);
	m->refs = arena_array(w->mem, n_replied + n_refs, sizeof *m->refs);
	for (size_t i = 0; i < n_replied; i++)
		m->refs[m->n_refs++] = replied[i];
	for (size_t i = n_refs; i > 0; i--)
		m->refs[m->n_refs++] = refs[i - 1];
}

static struct writer
writer_of(const struct work *w)
{
	const struct conf *c = w->in->conf;

	return (struct writer){ .name = w->out->from_name,
		.address = w->out->from_address,
		.banners = c->banners,
		.n_banners = c->n_banners,
		.disclaimers = c->disclaimers,
		.n_disclaimers = c->n_disclaimers };
}

static void
read_subject(struct work *w)
{
	struct writer who = writer_of(w);
	char *s = text_one_line(w->mem, decoded(w, value_of(w->out, "Subject")),
	    LIMIT_SUBJECT);

	w->out->subject = banner_untag(w->mem, s, &who);
	w->out->forwarded =
	    phrase_forward_subject(phrase_fold(w->mem, w->out->subject));
}

static void
read_headers(struct work *w)
{
	struct message *m = w->out;
	struct address from;
	bool zoned = false;

	copy_headers(w);
	m->ragged = w->scan.ragged;
	m->n_received = count_of(m, "Received");
	m->n_from = count_of(m, "From");
	address_read(w->mem, value_of(m, "From"), &from);
	m->n_from_mailboxes = from.mailboxes;
	m->from_group = from.group;
	m->from_address = from.address;
	m->from_name =
	    text_one_line(w->mem, decoded(w, from.name), LIMIT_SUBJECT);
	read_subject(w);
	read_ids(w);
	m->dated = when_read_rfc5322(value_of(m, "Date"), &m->date,
	    &m->date_offset, &zoned);
	m->date_zoned = m->dated && zoned && m->date_offset != 0;
}

/* 2. What the MIME library may see. */

static bool
is_content(const struct work *w, const struct scan_header *h)
{
	return h->name.len > 8 &&
	       strncasecmp(w->in->raw + h->name.at, "Content-", 8) == 0;
}

static void
apply_masks(const struct scan *s, size_t from, size_t to, char *at)
{
	for (size_t i = 0; i < s->n_masks; i++)
		if (s->masks[i] >= from && s->masks[i] < to)
			at[s->masks[i] - from] = 'x';
}

static void
add_masked(const struct work *w, size_t from, size_t to, struct buf *b)
{
	size_t start = b->len;

	buf_add(b, w->in->raw + from, to - from);
	apply_masks(&w->scan, from, to, b->data + start);
}

/* Of the headers only Content-*, then the body, with line ends it knows. */
static void
make_source(const struct work *w, struct buf *b)
{
	const struct scan *s = &w->scan;

	buf_reserve(b, w->in->n + LIMIT_HEADERS_MAX);
	for (size_t i = 0; i < s->n_headers; i++) {
		const struct scan_header *h = &s->headers[i];

		if (!is_content(w, h))
			continue;
		add_masked(w, h->name.at, h->value.at + h->value.len, b);
		if (b->data[b->len - 1] != s->eol)
			buf_char(b, s->eol);
	}
	buf_char(b, s->eol);
	add_masked(w, s->body, w->in->n, b);
	for (size_t i = 0; s->eol == '\r' && i < b->len; i++)
		if (b->data[i] == '\r')
			b->data[i] = '\n';
}

/* 3. Parts. */

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), len = strlen(end);

	return n >= len && strcasecmp(s + n - len, end) == 0;
}

static bool
is_calendar(const struct mime_part *p)
{
	return strcmp(p->type, "text/calendar") == 0 ||
	       strcmp(p->type, "application/ics") == 0 ||
	       ends_with(p->name, ".ics");
}

static void
attach(struct work *w, const struct mime_part *p)
{
	struct message *m = w->out;
	struct attachment *a;
	const char *type = p->type;

	if (strncmp(type, "xessage/", 8) == 0)
		type = arena_printf(w->mem, "m%s", type + 1);
	if (strcmp(type, "message/rfc822") == 0 || p->digest)
		m->forwarded = true;
	if (strcmp(type, "application/ms-tnef") == 0 ||
	    strcasecmp(p->name, "winmail.dat") == 0)
		m->winmail = true;
	if (strcmp(type, "text/vnd.google.email-reaction+json") == 0)
		m->reaction = true;
	m->attachments = arena_grow(w->mem, m->attachments, m->n_attachments,
	    sizeof *m->attachments);
	a = &m->attachments[m->n_attachments++];
	a->name = p->name;
	a->type = type;
	a->note = p->undecodable   ? "undecodable"
		  : is_calendar(p) ? "calendar"
				   : "";
}

static bool
is_plain(const struct mime_part *p)
{
	return !p->attached && strcmp(p->type, "text/plain") == 0;
}

static bool
is_html(const struct mime_part *p)
{
	return !p->attached && strcmp(p->type, "text/html") == 0;
}

static const char *
text_of(struct work *w, const struct mime_part *p)
{
	if (is_html(p))
		return html_text(w->mem, p->text);
	return p->flowed ? flowed_join(w->mem, p->text, p->delsp) : p->text;
}

static const char *
skip_unseen(const char *s)
{
	static const char *const marks[] = { "\xc2\xa0", "\xe2\x80\x8b",
		"\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x81\xa0",
		"\xef\xbb\xbf" };

	s += strspn(s, " \t\r\n\f\v");
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strncmp(s, marks[i], strlen(marks[i])) == 0)
			return s + strlen(marks[i]);
	return s;
}

/* An empty part may hold a lone NBSP or the like. */
static bool
unseen(const char *s)
{
	const char *before;

	do {
		before = s;
		s = skip_unseen(s);
	} while (s != before);
	return *s == '\0';
}

static bool
add_text(struct work *w, const struct mime_part *p, struct buf *text)
{
	const char *s;

	if (p->undecodable)
		return false;
	s = text_of(w, p);
	w->out->no_text = false;
	if (unseen(s))
		return false;
	if (text->len != 0 && text->data[text->len - 1] != '\n')
		buf_char(text, '\n');
	buf_str(text, s);
	w->out->repaired = w->out->repaired || p->mended;
	w->out->from_html = w->out->from_html || is_html(p);
	return true;
}

/* Parts [from, to) say the same in different ways: plain, else HTML. */
static void
add_alternative(struct work *w, const struct mime *m, size_t from, size_t to,
    struct buf *text)
{
	bool found = false;

	for (size_t i = from; i < to; i++)
		if (is_plain(&m->parts[i]) && add_text(w, &m->parts[i], text))
			found = true;
	for (size_t i = from; i < to && !found; i++)
		if (is_html(&m->parts[i]))
			(void)add_text(w, &m->parts[i], text);
}

static void
take_parts(struct work *w, const struct mime *m, struct buf *text)
{
	bool plain;

	for (size_t i = 0, next; i < m->n_parts; i = next) {
		const struct mime_part *p = &m->parts[i];

		next = i + 1;
		while (p->alternative != 0 && next < m->n_parts &&
		       m->parts[next].alternative == p->alternative)
			next++;
		if (p->alternative != 0)
			add_alternative(w, m, i, next, text);
		else if (is_plain(p))
			(void)add_text(w, p, text);
	}
	plain = text->len != 0;
	for (size_t i = 0; i < m->n_parts; i++) {
		const struct mime_part *p = &m->parts[i];
		bool html = is_html(p) && p->alternative == 0;

		if (html && !plain && !p->undecodable)
			(void)add_text(w, p, text);
		else if (html || p->attached || p->undecodable)
			attach(w, p);
	}
}

/* 4. Text. */

static bool
unwanted(uint32_t c)
{
	return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) ||
	       c == 0xfeff;
}

/* LF line ends, no control characters. */
static char *
clean(struct arena *mem, const char *s)
{
	struct buf b = BUF_INIT;
	uint32_t c, last = 0;
	char *p;

	for (; (c = text_next(&s)) != 0; last = c) {
		if (c == '\n' && last == '\r')
			continue;
		if (c == '\r' || c == '\v' || c == '\f' || c == 0x85 ||
		    c == 0x2028 || c == 0x2029)
			buf_char(&b, '\n');
		else if (!unwanted(c))
			text_put(&b, c);
	}
	p = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return p;
}

/* Pictures and punctuation only, or a sentence made by the mail program. */
static bool
is_reaction(struct arena *mem, const char *reply)
{
	char *fold = phrase_fold(mem, reply);
	const char *s = fold;
	bool picture = false;
	uint32_t c;

	if (strlen(fold) > LIMIT_SUBJECT)
		return false;
	if (strstr(fold, "reacted via ") != NULL ||
	    strstr(fold, "reacted to your message") != NULL ||
	    strstr(fold, "reacted to your email") != NULL)
		return true;
	while ((c = text_next(&s)) != 0) {
		if (c >= 0x2190 && (c < 0x2e80 || c >= 0x1f000))
			picture = true;
		else if (c >= 0x80 || (c >= '0' && c <= '9') ||
			 (c >= 'a' && c <= 'z'))
			return false;
	}
	return picture;
}

static void
read_reply(struct work *w, const char *text)
{
	struct message *m = w->out;
	struct writer who = writer_of(w);
	char *body = clean(w->mem, text), *inner;
	struct reply r;

	if (armor_encrypted(body))
		m->encrypted = true;
	inner = armor_signed_text(w->mem, body);
	if (inner != NULL) {
		m->is_signed = true;
		body = inner;
	}
	reply_read(w->mem, body, &who, w->in->conf->limits.text, &r);
	m->reply = r.text;
	m->quoted = r.quoted;
	m->cut_quote = r.cut_quote;
	m->cut_signature = r.cut_signature;
	m->interleaved = r.interleaved;
	m->alone = r.alone;
	m->text_cut = r.cut;
	m->forwarded = m->forwarded || r.forwarded;
	m->reaction = m->reaction || is_reaction(w->mem, r.text);
}

static void
read_body(struct work *w)
{
	struct buf source = BUF_INIT, text = BUF_INIT;
	struct mime m;

	make_source(w, &source);
	mime_read(w->mem, w->in->charsets, &source, &m);
	w->out->encrypted = m.encrypted;
	w->out->is_signed = m.is_signed;
	w->out->no_text = true;
	read_seal(w->mem, w->in->charsets, w->in->raw, w->in->n, &w->scan, &m,
	    &w->out->seal);
	w->out->seal.outside = clean(w->mem, w->out->seal.outside);
	take_parts(w, &m, &text);
	read_bounce(w->mem, &m, w->in->raw + w->scan.body,
	    w->in->n - w->scan.body, w->out);
	read_reply(w, text.data);
	buf_free(&text);
}

/* 5. The whole. */

static void
blank_message(struct message *m, bool cut)
{
	*m = (struct message){
		.limit = "",
		.cut = cut,
		.from_address = "",
		.from_name = "",
		.subject = "",
		.mid = "",
		.reply = "",
		.quoted = "",
		.alone = true,
		.no_text = true,
		.seal = SEAL_BLANK,
	};
}

/* bodies: the MIME library may be used. */
static void
read_source(struct arena *mem, const struct source *in, bool bodies,
    struct message *out)
{
	struct work w = { .mem = mem, .in = in, .out = out };

	blank_message(out, in->cut);
	out->reading = READING_EMPTY;
	if (in->n == 0)
		return;
	scan_message(mem, &in->conf->limits, in->raw, in->n, &w.scan);
	read_headers(&w);
	out->reading = READING_LIMITS;
	out->limit = w.scan.limit;
	if (w.scan.limit[0] != '\0')
		return;
	out->reading = READING_UNPARSED;
	if (w.scan.n_headers == 0 || !w.scan.separated || !bodies)
		return;
	out->reading = READING_OK;
	read_body(&w);
}

void
read_unconfined(struct arena *mem, const struct conf *c, const void *raw,
    size_t n, struct message *out)
{
	struct source in = { .conf = c, .raw = raw, .n = n };
	const char *missing = mime_load();

	if (missing != NULL)
		die("%s: install it", missing);
	in.charsets = charsets_open(raw, n);
	read_source(mem, &in, true, out);
	charsets_close(in.charsets);
}

static enum status
child(const void *in, size_t n, struct buf *out)
{
	struct arena *mem = arena_new();
	struct message m;

	(void)n;
	read_source(mem, in, true, &m);
	message_pack(&m, out);
	arena_free(mem);
	return ST_OK;
}

enum status
read_begin(struct job *j, const struct conf *c, const void *raw, size_t n,
    bool cut, struct confined *out)
{
	struct source in = { .conf = c, .raw = raw, .n = n, .cut = cut };
	enum status st;

	in.charsets = charsets_open(raw, n);
	st = confine_start(j, mime_load, child, &in, sizeof in, out);
	charsets_close(in.charsets);
	return st;
}

enum status
read_end(struct job *j, const struct conf *c, const void *raw, size_t n,
    bool cut, struct confined *from, struct message *out)
{
	struct source in = { .conf = c, .raw = raw, .n = n, .cut = cut };
	struct buf packed = BUF_INIT;
	enum status st = confine_finish(j, from, &packed);
	bool read =
	    st == ST_OK && message_unpack(j->mem, packed.data, packed.len, out);

	buf_free(&packed);
	if (st == ST_TEMP || read)
		return st;
	log_warn("step=read id=%s st=unparsed why=\"%s\"", j->id, j->why);
	job_forget(j);
	read_source(j->mem, &in, false, out);
	out->broken = out->reading == READING_UNPARSED;
	return ST_OK;
}

enum status
read_message(struct job *j, const struct conf *c, const void *raw, size_t n,
    bool cut, struct message *out)
{
	const char *missing = mime_load(); /* once for all that follow */
	struct confined from;
	enum status st;

	if (missing != NULL)
		return job_fail(j, ST_TEMP, "%s: install it", missing);
	st = read_begin(j, c, raw, n, cut, &from);
	if (st == ST_OK)
		st = read_end(j, c, raw, n, cut, &from, out);
	confine_leave(j, &from);
	return st;
}
