#include "text/mailer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/code.h"
#include "base/text.h"

enum {
	FOLD = 78,      /* columns of a header line, if it can be */
	QUOTED = 76,    /* of a quoted-printable line, with its = */
	WORD = 64,      /* of an encoded word: fits beside a header name */
	RAW_LINE = 998, /* octets that a line may have */
};

static void
refuse(struct mailer *m, const char *name)
{
	if (m->refused == NULL)
		m->refused = name;
}

/* The one check of every header. */
static bool
passes(struct mailer *m, const char *name, const char *value)
{
	for (const char *s = value; *s != '\0'; s++) {
		bool hole = *s == MAILER_HOLE_TO || *s == MAILER_HOLE_TOKEN;

		if (hole && m->holes)
			continue;
		if ((unsigned char)*s < 0x20 || *s == 0x7f) {
			refuse(m, name);
			return false;
		}
	}
	if (!text_is_utf8(value, strlen(value))) {
		refuse(m, name);
		return false;
	}
	return true;
}

static bool
ascii(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

/* Writes "Name: value", folding before the words that don't fit. */
static void
put_folded(struct mailer *m, const char *name, const char *value)
{
	size_t at = strlen(name) + 1;

	buf_printf(&m->out, "%s:", name);
	while (*value != '\0') {
		size_t blanks = strspn(value, " "), n;

		n = strcspn(value + blanks, " ");
		if (n == 0)
			break;
		if (at + 1 + n > FOLD && at > strlen(name) + 1) {
			buf_str(&m->out, "\n");
			at = 0;
		}
		buf_char(&m->out, ' ');
		buf_add(&m->out, value + blanks, n);
		at += 1 + n;
		value += blanks + n;
	}
	buf_char(&m->out, '\n');
}

void
mailer_header(struct mailer *m, const char *name, const char *value)
{
	if (!passes(m, name, value))
		return;
	if (!ascii(value, strlen(value))) {
		refuse(m, name);
		return;
	}
	put_folded(m, name, value);
}

void
mailer_headerf(struct mailer *m, const char *name, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	mailer_header(m, name, b.data);
	buf_free(&b);
}

static bool
plain_in_word(unsigned char c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* n bytes as encoded words of whole characters, a blank between two. */
static void
encode(struct buf *out, const char *s, size_t n)
{
	static const char start[] = "=?utf-8?Q?";
	const char *end = s + n;
	size_t at = 0;

	while (s < end) {
		const char *p = s;
		size_t need = 0;

		(void)text_next(&p);
		for (const char *q = s; q < p; q++)
			need += plain_in_word((unsigned char)*q) || *q == ' '
				    ? 1
				    : 3;
		if (at != 0 && at + need + 2 > WORD) {
			buf_str(out, "?= ");
			at = 0;
		}
		if (at == 0) {
			buf_str(out, start);
			at = sizeof start - 1;
		}
		for (; s < p; s++)
			if (*s == ' ')
				buf_char(out, '_');
			else if (plain_in_word((unsigned char)*s))
				buf_char(out, *s);
			else
				buf_printf(out, "=%02X", (unsigned char)*s);
		at += need;
	}
	buf_str(out, at == 0 ? "" : "?=");
}

/* Not ASCII, like an encoded word, or too long to fold. */
static bool
must_encode(const char *s, size_t n)
{
	return !ascii(s, n) || memmem(s, n, "=?", 2) != NULL || n > FOLD - 2;
}

/*
 * Neighbouring words that must be encoded are one run, because the blank
 * between two encoded words doesn't count.
 */
static void
encode_words(struct buf *out, const char *s)
{
	while (*s != '\0') {
		size_t blanks = strspn(s, " "), n, run;

		if (blanks != 0 && out->len != 0)
			buf_char(out, ' ');
		s += blanks;
		n = run = strcspn(s, " ");
		if (!must_encode(s, n)) {
			buf_add(out, s, n);
			s += n;
			continue;
		}
		for (;;) {
			size_t gap = strspn(s + run, " ");
			size_t more = strcspn(s + run + gap, " ");

			if (more == 0 || !must_encode(s + run + gap, more))
				break;
			run += gap + more;
		}
		encode(out, s, run);
		s += run;
	}
}

void
mailer_words(struct mailer *m, const char *name, const char *value)
{
	struct buf b = BUF_INIT;

	if (!passes(m, name, value))
		return;
	encode_words(&b, value);
	put_folded(m, name, b.data);
	buf_free(&b);
}

static void
phrase(struct buf *out, const char *display)
{
	if (must_encode(display, strlen(display))) {
		encode(out, display, strlen(display));
		return;
	}
	buf_char(out, '"');
	for (const char *s = display; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			buf_char(out, '\\');
		buf_char(out, *s);
	}
	buf_char(out, '"');
}

void
mailer_mailbox(struct mailer *m, const char *name, const char *display,
    const char *address)
{
	struct buf b = BUF_INIT;
	bool hole =
	    m->holes && address[0] == MAILER_HOLE_TO && address[1] == '\0';

	if (!passes(m, name, display) || !passes(m, name, address))
		return;
	if (!hole && !text_is_address(address)) {
		refuse(m, name);
		return;
	}
	m->utf8 |= !ascii(address, strlen(address));
	if (display[0] != '\0') {
		phrase(&b, display);
		buf_printf(&b, " <%s>", address);
	} else
		buf_str(&b, address);
	put_folded(m, name, b.data);
	buf_free(&b);
}

void
mailer_from(struct mailer *m, const char *name, const char *mailbox)
{
	const char *open = strrchr(mailbox, '<');
	struct buf display = BUF_INIT, address = BUF_INIT;
	size_t n;

	if (mailbox[0] == '\0')
		return;
	if (open == NULL) {
		mailer_mailbox(m, name, "", mailbox);
		return;
	}
	n = (size_t)(open - mailbox);
	while (n != 0 && (mailbox[n - 1] == ' ' || mailbox[n - 1] == '"'))
		n--;
	if (n != 0 && mailbox[0] == '"')
		buf_add(&display, mailbox + 1, n - 1);
	else
		buf_add(&display, mailbox, n);
	buf_add(&address, open + 1, strcspn(open + 1, ">"));
	mailer_mailbox(m, name, display.data, address.data);
	buf_free(&display);
	buf_free(&address);
}

/* Quoted-printable (RFC 2045, 6.7). */

static void
soft(struct buf *out, size_t *at, size_t need, bool last)
{
	/* The = of a soft break needs a column, but not at a line's end. */
	if (*at + need <= (size_t)QUOTED - (last ? 0 : 1))
		return;
	buf_str(out, "=\n");
	*at = 0;
}

/* Bytes of the character that begins at s[i]. */
static size_t
tail(const char *s, size_t i, size_t n)
{
	size_t len = 1;

	while (i + len < n && ((unsigned char)s[i + len] & 0xc0) == 0x80 &&
	       len < 4)
		len++;
	return len;
}

static void
quoted_line(struct buf *out, const char *s, size_t n, bool holes)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		bool last = i + 1 == n;
		bool plain = c >= 0x21 && c <= 0x7e && c != '=';
		size_t run = 0;

		if ((c == ' ' || c == '\t') && !last)
			plain = true;
		while (holes && i + run < n && s[i + run] == MAILER_HOLE_TOKEN)
			run++;
		if (run != 0) {
			soft(out, &at, run, i + run == n);
			buf_add(out, s + i, run);
			at += run;
			i += run - 1;
			continue;
		}
		/* A character is kept together, for those who read it raw. */
		soft(out, &at,
		    plain       ? 1
		    : c >= 0xc0 ? 3 * tail(s, i, n)
				: 3,
		    last);
		if (plain)
			buf_char(out, (char)c);
		else
			buf_printf(out, "=%02X", c);
		at += plain ? 1 : 3;
	}
}

void
mailer_quoted(struct buf *out, const char *text, bool holes)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		size_t len = n != 0 && text[n] == '\n' && text[n - 1] == '\r'
				 ? n - 1
				 : n;

		quoted_line(out, text, len, holes);
		buf_char(out, '\n');
		text += n + (text[n] == '\n');
	}
}

static void
part(struct mailer *m, const char *subtype, const char *text)
{
	buf_printf(&m->out,
	    "Content-Type: text/%s; charset=utf-8\n"
	    "Content-Transfer-Encoding: quoted-printable\n\n",
	    subtype);
	mailer_quoted(&m->out, text, m->holes);
}

void
mailer_text(struct mailer *m, const char *text)
{
	buf_str(&m->out, "MIME-Version: 1.0\n");
	part(m, "plain", text);
}

void
mailer_text_raw(struct mailer *m, const char *text)
{
	for (const char *s = text; *s != '\0'; s += *s == '\n') {
		size_t n = strcspn(s, "\n");

		if (n > RAW_LINE - 1) { /* a > may be put before it */
			mailer_text(m, text);
			return;
		}
		s += n;
	}
	buf_str(&m->out, "MIME-Version: 1.0\n"
			 "Content-Type: text/plain; charset=utf-8\n"
			 "Content-Transfer-Encoding: 8bit\n\n");
	buf_str(&m->out, text);
}

void
mailer_html(struct mailer *m, const char *html)
{
	buf_str(&m->out, "MIME-Version: 1.0\n");
	part(m, "html", html);
}

/* "=_" can't stand in quoted-printable. */
void
mailer_alternative(struct mailer *m, const char *text, const char *html)
{
	static const char boundary[] = "=_alternative";

	buf_printf(&m->out,
	    "MIME-Version: 1.0\n"
	    "Content-Type: multipart/alternative; boundary=\"%s\"\n\n--%s\n",
	    boundary, boundary);
	part(m, "plain", text);
	buf_printf(&m->out, "--%s\n", boundary);
	part(m, "html", html);
	buf_printf(&m->out, "--%s--\n", boundary);
}

/* May travel in a message/rfc822 part as it is. */
static bool
travels(const char *p, size_t n)
{
	size_t line = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\0')
			return false;
		if (p[i] == '\r' && (i + 1 == n || p[i + 1] != '\n'))
			return false;
		line = p[i] == '\n' ? 0 : line + 1;
		if (line > RAW_LINE)
			return false;
	}
	return true;
}

static void
attach(struct mailer *m, const char *raw, size_t n)
{
	if (!travels(raw, n)) {
		struct buf b = BUF_INIT;

		buf_str(&m->out, "Content-Type: application/octet-stream\n"
				 "Content-Disposition: attachment; "
				 "filename=\"original.eml\"\n"
				 "Content-Transfer-Encoding: base64\n\n");
		code_base64_lines(&b, (const unsigned char *)raw, n);
		buf_add(&m->out, b.data, b.len);
		buf_free(&b);
		return;
	}
	buf_printf(&m->out,
	    "Content-Type: message/rfc822\n"
	    "Content-Disposition: attachment; filename=\"original.eml\"\n"
	    "Content-Transfer-Encoding: %s\n\n",
	    ascii(raw, n) ? "7bit" : "8bit");
	buf_add(&m->out, raw, n);
	if (n == 0 || raw[n - 1] != '\n')
		buf_char(&m->out, '\n');
}

void
mailer_original(struct mailer *m, const char *text, const void *raw, size_t n)
{
	char boundary[32];

	for (unsigned i = 0;; i++) {
		(void)snprintf(boundary, sizeof boundary, "--=_original-%u-",
		    i);
		if (memmem(raw, n, boundary, strlen(boundary)) == NULL)
			break;
	}
	buf_printf(&m->out,
	    "MIME-Version: 1.0\n"
	    "Content-Type: multipart/mixed; boundary=\"%s\"\n\n%s\n",
	    boundary + 2, boundary);
	part(m, "plain", text);
	buf_printf(&m->out, "%s\n", boundary);
	attach(m, raw, n);
	buf_printf(&m->out, "%s--\n", boundary);
}

/* Messages of ours are quoted-printable: "=_" stands in none of their lines,
 * and a header doesn't begin with "--". */
void
mailer_digest(struct mailer *m, const char *text,
    const struct mailer_part *parts, size_t n)
{
	static const char mixed[] = "=_mixed", digest[] = "=_digest";

	if (n == 0) { /* a multipart has a part at least */
		mailer_text(m, text);
		return;
	}
	buf_printf(&m->out,
	    "MIME-Version: 1.0\n"
	    "Content-Type: multipart/mixed; boundary=\"%s\"\n\n--%s\n",
	    mixed, mixed);
	part(m, "plain", text);
	buf_printf(&m->out,
	    "--%s\nContent-Type: multipart/digest; boundary=\"%s\"\n\n", mixed,
	    digest);
	for (size_t i = 0; i < n; i++) {
		buf_printf(&m->out, "--%s\nContent-Type: message/rfc822\n\n",
		    digest);
		buf_add(&m->out, parts[i].raw, parts[i].n);
		buf_str(&m->out, "\n");
	}
	buf_printf(&m->out, "--%s--\n\n--%s--\n", digest, mixed);
}

enum status
mailer_end(struct mailer *m, struct job *j, char **out, size_t *n)
{
	const char *refused = m->refused;

	if (refused == NULL) {
		*out = arena_copy(j->mem, m->out.data, m->out.len);
		*n = m->out.len;
	}
	buf_free(&m->out);
	*m = (struct mailer)MAILER_INIT;
	return refused == NULL
		   ? ST_OK
		   : job_fail(j, ST_PERM,
			 "the value of the header %s can't stand in a mail; "
			 "look for control characters or a wrong address",
			 refused);
}

enum status
mailer_end_mail(struct mailer *m, struct job *j, struct mail *out)
{
	bool holes = m->holes, utf8 = m->utf8;
	enum status st;
	char *raw = NULL;
	size_t n = 0;

	if ((st = mailer_end(m, j, &raw, &n)) != ST_OK)
		return st;
	mailer_pieces(j->mem, raw, n, holes, out);
	out->utf8 = utf8;
	return ST_OK;
}

/* Pieces for the courier. */

static void
push(struct arena *mem, struct mail *out, enum hole hole, struct buf *b)
{
	struct piece *p;

	if (hole == HOLE_NONE && b->len == 0)
		return;
	out->pieces =
	    arena_grow(mem, out->pieces, out->n_pieces, sizeof *out->pieces);
	p = &out->pieces[out->n_pieces++];
	*p = (struct piece){ .hole = hole };
	if (hole != HOLE_NONE)
		return;
	p->data = arena_copy(mem, b->data, b->len);
	p->len = b->len;
	out->size += b->len;
	buf_clear(b);
}

void
mailer_pieces(struct arena *mem, const char *raw, size_t n, bool holes,
    struct mail *out)
{
	struct buf b = BUF_INIT;
	bool start = true; /* of a line */

	*out = (struct mail){ 0 };
	for (size_t i = 0; i < n; i++) {
		char c = raw[i];

		if (holes && (c == MAILER_HOLE_TO || c == MAILER_HOLE_TOKEN)) {
			push(mem, out, HOLE_NONE, &b);
			push(mem, out,
			    c == MAILER_HOLE_TO ? HOLE_TO : HOLE_UNSUBSCRIBE,
			    &b);
			while (c == MAILER_HOLE_TOKEN && i + 1 < n &&
			       raw[i + 1] == c)
				i++;
			start = false;
			continue;
		}
		if (c == '\r' && i + 1 < n && raw[i + 1] == '\n')
			continue;
		if (start && c == '.')
			buf_char(&b, '.');
		start = c == '\n';
		if (c == '\n')
			buf_char(&b, '\r');
		buf_char(&b, c);
	}
	if (!start)
		buf_str(&b, "\r\n");
	push(mem, out, HOLE_NONE, &b);
	buf_free(&b);
}
