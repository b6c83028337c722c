#define G_DISABLE_CAST_CHECKS /* casts call nothing */
#include "ext/mime.h"

#include <ctype.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/late.h"
#include "base/limits.h"
#include "base/text.h"

/* Of one part we take more than of the reply: quotes are left out later. */
enum {
	TAKE = 1024 * 1024,
	RAW_TAKE = 4 * TAKE,
	LOOK = 4096, /* of an attachment */
	NAME_SHOWN = 200,
	REPORTS = 8, /* parts of a mail that are looked into as such, ... */
	PIECE = 64 * 1024,
	REPORT_TAKE = 64 * 1024, /* ... and how far */
};

/* What is used of the library, and of those below it. */
/* clang-format off */
#define CALLS(EACH) \
	EACH(g_byte_array_new_take) EACH(g_log_set_default_handler) \
	EACH(g_object_unref) EACH(g_type_check_instance_is_a) \
	EACH(g_mime_content_type_get_media_subtype) \
	EACH(g_mime_content_type_get_media_type) \
	EACH(g_mime_content_type_get_parameter) \
	EACH(g_mime_data_wrapper_get_stream) EACH(g_mime_encoding_flush) \
	EACH(g_mime_encoding_init_decode) EACH(g_mime_encoding_outlen) \
	EACH(g_mime_init) EACH(g_mime_multipart_get_count) \
	EACH(g_mime_multipart_get_part) EACH(g_mime_multipart_get_type) \
	EACH(g_mime_object_get_content_type) \
	EACH(g_mime_object_get_disposition) \
	EACH(g_mime_parser_construct_part) \
	EACH(g_mime_parser_new_with_stream) EACH(g_mime_part_get_content) \
	EACH(g_mime_part_get_content_encoding) EACH(g_mime_part_get_filename) \
	EACH(g_mime_part_get_type) \
	EACH(g_mime_stream_mem_new_with_byte_array) \
	EACH(g_mime_stream_mem_set_owner) EACH(g_mime_stream_read) \
	EACH(g_mime_stream_reset)
/* clang-format on */

LATE_TABLE(CALLS);

const char *
mime_load(void)
{
	return LATE_LOAD(LIBGMIME);
}

static bool
is_a(GMimeObject *o, GType type)
{
	return lib.g_type_check_instance_is_a((GTypeInstance *)o, type);
}

struct walk {
	struct arena *mem;
	struct charsets *cs;
	struct mime *out;
	size_t alternatives; /* seen so far */
	size_t taken;        /* bytes of text */
	bool sealed;         /* bytes of a signature or the like were taken */
	size_t reports;      /* seen so far */
};

struct place { /* of a part among the multiparts around it */
	size_t alternative;
	bool encrypted;
	bool digest;
	unsigned depth;
};

static void
ignore(const gchar *domain, GLogLevelFlags level, const gchar *message,
    gpointer data)
{
	(void)domain, (void)level, (void)message, (void)data;
}

static char *
lower_type(struct arena *mem, GMimeObject *part)
{
	GMimeContentType *ct = lib.g_mime_object_get_content_type(part);
	const char *type = NULL, *subtype = NULL;
	struct buf clean = BUF_INIT;
	char *s;

	if (ct != NULL) {
		type = lib.g_mime_content_type_get_media_type(ct);
		subtype = lib.g_mime_content_type_get_media_subtype(ct);
	}
	s = arena_printf(mem, "%s/%s", type == NULL ? "text" : type,
	    subtype == NULL ? "plain" : subtype);
	(void)text_repair(&clean, s, strlen(s));
	s = text_lower(mem, text_one_line(mem, clean.data, NAME_SHOWN));
	buf_free(&clean);
	return s;
}

static const char *
parameter(GMimeObject *part, const char *name)
{
	GMimeContentType *ct = lib.g_mime_object_get_content_type(part);
	const char *v =
	    ct == NULL ? NULL : lib.g_mime_content_type_get_parameter(ct, name);

	return v == NULL ? "" : v;
}

static const char *
file_name(struct walk *w, GMimePart *part)
{
	const char *s = lib.g_mime_part_get_filename(part);
	struct buf clean = BUF_INIT;
	bool mended = false;
	char *name;

	if (s == NULL)
		return "";
	(void)text_repair(&clean, s, strlen(s));
	name = mime_header(w->mem, w->cs, clean.data, &mended);
	buf_free(&clean);
	return text_one_line(w->mem, name, NAME_SHOWN);
}

/* 1. Content. */

static void
read_raw(GMimeDataWrapper *content, struct buf *raw, bool *longer)
{
	GMimeStream *s = lib.g_mime_data_wrapper_get_stream(content);
	ssize_t n;

	if (s == NULL || lib.g_mime_stream_reset(s) != 0)
		return;
	do {
		buf_reserve(raw, PIECE);
		n = lib.g_mime_stream_read(s, raw->data + raw->len, PIECE);
		if (n > 0)
			raw->len += (size_t)n;
	} while (n > 0 && raw->len < RAW_TAKE);
	raw->data[raw->len] = '\0';
	*longer = raw->len >= RAW_TAKE;
}

static bool
is_base64(unsigned char c)
{
	return (c < 0x80 && isalnum(c)) || c == '+' || c == '/' || c == '=' ||
	       c <= ' ';
}

/*
 * How much of it is base64: to the first line with anything else, which may
 * be the footer that a list server has put below.  0: it never was.
 */
static size_t
base64_length(const char *p, size_t n)
{
	size_t line = 0;

	for (size_t i = 0; i < n; i++) {
		if (!is_base64((unsigned char)p[i]))
			return line;
		if (p[i] == '\n')
			line = i + 1;
	}
	return n;
}

static void
decode(const struct buf *raw, GMimeContentEncoding enc, struct buf *bytes,
    bool *undecodable)
{
	GMimeEncoding state;
	size_t n = raw->len;

	if (enc == GMIME_CONTENT_ENCODING_BASE64) {
		n = base64_length(raw->data, raw->len);
		*undecodable = n == 0 && raw->len != 0;
	}
	if (enc != GMIME_CONTENT_ENCODING_BASE64 &&
	    enc != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE) {
		buf_add(bytes, raw->data, raw->len);
		return;
	}
	lib.g_mime_encoding_init_decode(&state, enc);
	buf_reserve(bytes, lib.g_mime_encoding_outlen(&state, n));
	bytes->len =
	    lib.g_mime_encoding_flush(&state, raw->data, n, bytes->data);
	bytes->data[bytes->len] = '\0';
}

/* What is signed inside a text is signed as it was before its conversion. */
static void
take_armor(struct walk *w, const struct buf *bytes, const char *charset,
    struct mime_part *p)
{
	static const char mark[] = "-----BEGIN PGP ";
	struct buf clean = BUF_INIT;

	if (memmem(bytes->data, bytes->len, mark, sizeof mark - 1) == NULL ||
	    memchr(bytes->data, '\0', bytes->len) != NULL)
		return;
	(void)text_repair(&clean, charset, strlen(charset));
	p->charset = text_one_line(w->mem, clean.data, NAME_SHOWN);
	p->armor = arena_copy(w->mem, bytes->data, bytes->len);
	buf_free(&clean);
}

static void
take_text(struct walk *w, GMimePart *part, struct mime_part *p)
{
	GMimeDataWrapper *content = lib.g_mime_part_get_content(part);
	struct buf raw = BUF_INIT, bytes = BUF_INIT, text = BUF_INIT;
	const char *charset = parameter(GMIME_OBJECT(part), "charset");

	if (content != NULL)
		read_raw(content, &raw, &p->longer);
	decode(&raw, lib.g_mime_part_get_content_encoding(part), &bytes,
	    &p->undecodable);
	if (bytes.len > TAKE) {
		buf_cut(&bytes, TAKE);
		p->longer = true;
	}
	if (!p->longer && strcmp(p->type, "text/plain") == 0)
		take_armor(w, &bytes, charset, p);
	p->mended =
	    charset_decode(w->cs, charset, bytes.data, bytes.len, &text);
	p->text = arena_copy(w->mem, text.data, text.len);
	w->taken += text.len;
	buf_free(&raw);
	buf_free(&bytes);
	buf_free(&text);
}

/* These are looked into, each once a mail. */
static bool
is_sealed(const struct mime_part *p, const struct place *at)
{
	static const char *const types[] = { "application/pgp-signature",
		"application/pkcs7-signature", "application/x-pkcs7-signature",
		"application/pkcs7-mime", "application/x-pkcs7-mime" };

	if (at->encrypted && strcmp(p->type, "application/octet-stream") == 0)
		return true;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strcmp(p->type, types[i]) == 0)
			return true;
	return false;
}

static void
take_bytes(struct walk *w, GMimePart *part, struct mime_part *p)
{
	GMimeDataWrapper *content = lib.g_mime_part_get_content(part);
	struct buf raw = BUF_INIT, bytes = BUF_INIT;

	if (content != NULL)
		read_raw(content, &raw, &p->longer);
	if (!p->longer)
		decode(&raw, lib.g_mime_part_get_content_encoding(part), &bytes,
		    &p->undecodable);
	p->bytes = arena_copy(w->mem, bytes.data, bytes.len);
	p->n_bytes = bytes.len;
	w->sealed = true;
	buf_free(&raw);
	buf_free(&bytes);
}

/* What reports about mail of ours is looked into, but never deep. */
static bool
is_report(const struct mime_part *p)
{
	static const char *const types[] = { "xessage/delivery-status",
		"xessage/global-delivery-status", "xessage/feedback-report",
		"xessage/rfc822", "xessage/global", "xessage/rfc822-headers",
		"xessage/global-headers", "text/rfc822-headers" };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strcmp(p->type, types[i]) == 0)
			return true;
	return false;
}

static void
take_report(struct walk *w, GMimePart *part, struct mime_part *p)
{
	GMimeDataWrapper *content = lib.g_mime_part_get_content(part);
	GMimeStream *s = content == NULL
			     ? NULL
			     : lib.g_mime_data_wrapper_get_stream(content);
	struct buf raw = BUF_INIT, bytes = BUF_INIT, text = BUF_INIT;
	bool bad = false;
	ssize_t n;

	if (s == NULL || w->reports++ >= REPORTS ||
	    lib.g_mime_stream_reset(s) != 0)
		return;
	buf_reserve(&raw, REPORT_TAKE);
	n = lib.g_mime_stream_read(s, raw.data, REPORT_TAKE);
	raw.len = n > 0 ? (size_t)n : 0;
	raw.data[raw.len] = '\0';
	decode(&raw, lib.g_mime_part_get_content_encoding(part), &bytes, &bad);
	(void)charset_decode(w->cs, parameter(GMIME_OBJECT(part), "charset"),
	    bytes.data, bytes.len, &text);
	p->report = arena_copy(w->mem, text.data, text.len);
	buf_free(&raw);
	buf_free(&bytes);
	buf_free(&text);
}

/* An attachment isn't opened; that it can't be is seen at its beginning. */
static bool
is_garbage(GMimePart *part)
{
	GMimeDataWrapper *content = lib.g_mime_part_get_content(part);
	GMimeStream *s = content == NULL
			     ? NULL
			     : lib.g_mime_data_wrapper_get_stream(content);
	char beginning[LOOK];
	ssize_t n;

	if (s == NULL || lib.g_mime_part_get_content_encoding(part) !=
			     GMIME_CONTENT_ENCODING_BASE64)
		return false;
	if (lib.g_mime_stream_reset(s) != 0)
		return false;
	n = lib.g_mime_stream_read(s, beginning, sizeof beginning);
	return n > 0 && base64_length(beginning, (size_t)n) == 0;
}

/* 2. The tree. */

static bool
is_attached(GMimePart *part, const struct mime_part *p)
{
	const char *d = lib.g_mime_object_get_disposition(GMIME_OBJECT(part));

	if (d != NULL && strcasecmp(d, "attachment") == 0)
		return true;
	if (strcmp(p->type, "text/plain") != 0 &&
	    strcmp(p->type, "text/html") != 0)
		return true;
	return p->name[0] != '\0' && p->alternative == 0;
}

static void
leaf(struct walk *w, GMimeObject *o, const struct place *at)
{
	struct mime *m = w->out;
	struct mime_part *p;

	m->parts = arena_grow(w->mem, m->parts, m->n_parts, sizeof *p);
	p = &m->parts[m->n_parts++];
	*p = (struct mime_part){
		.type = lower_type(w->mem, o),
		.name = "",
		.alternative = at->alternative,
		.digest = at->digest,
		.attached = true,
	};
	if (!is_a(o, lib.g_mime_part_get_type()))
		return;
	p->name = file_name(w, GMIME_PART(o));
	p->attached = is_attached(GMIME_PART(o), p);
	p->flowed = strcasecmp(parameter(o, "format"), "flowed") == 0;
	p->delsp = strcasecmp(parameter(o, "delsp"), "yes") == 0;
	if (strcmp(p->type, "application/pkcs7-mime") == 0 ||
	    strcmp(p->type, "application/x-pkcs7-mime") == 0) {
		if (strcasecmp(parameter(o, "smime-type"), "signed-data") == 0)
			m->is_signed = true;
		else
			m->encrypted = true;
	}
	if (!w->sealed && is_sealed(p, at)) {
		p->attached = true;
		take_bytes(w, GMIME_PART(o), p);
		return;
	}
	if (p->attached) {
		p->undecodable = is_garbage(GMIME_PART(o));
		if (is_report(p))
			take_report(w, GMIME_PART(o), p);
		return;
	}
	p->text = "";
	p->longer = w->taken > TAKE;
	if (!p->longer)
		take_text(w, GMIME_PART(o), p);
}

static void
branch(struct walk *w, GMimeObject *o, struct place at)
{
	GMimeMultipart *m = GMIME_MULTIPART(o);
	const char *type = lower_type(w->mem, o);
	int n = lib.g_mime_multipart_get_count(m);

	if (strcmp(type, "multipart/encrypted") == 0)
		w->out->encrypted = at.encrypted = true;
	if (strcmp(type, "multipart/signed") == 0)
		w->out->is_signed = true;
	if (strcmp(type, "multipart/xigest") == 0)
		at.digest = true;
	if (strcmp(type, "multipart/alternative") == 0 && at.alternative == 0)
		at.alternative = ++w->alternatives;
	at.depth++;
	for (int i = 0; i < n && at.depth <= LIMIT_DEPTH_MAX; i++) {
		GMimeObject *child = lib.g_mime_multipart_get_part(m, i);

		if (is_a(child, lib.g_mime_multipart_get_type()))
			branch(w, child, at);
		else
			leaf(w, child, &at);
	}
}

void
mime_read(struct arena *mem, struct charsets *cs, struct buf *source,
    struct mime *out)
{
	struct walk w = { .mem = mem, .cs = cs, .out = out };
	struct place top = { .depth = 0 };
	size_t n = source->len;
	GByteArray *bytes;
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeObject *o;

	*out = (struct mime){ .parts = NULL };
	(void)lib.g_log_set_default_handler(ignore, NULL);
	lib.g_mime_init();
	bytes = lib.g_byte_array_new_take((guint8 *)buf_take(source), n);
	stream = lib.g_mime_stream_mem_new_with_byte_array(bytes);
	lib.g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), TRUE);
	parser = lib.g_mime_parser_new_with_stream(stream);
	lib.g_object_unref(stream);
	o = lib.g_mime_parser_construct_part(parser, NULL);
	if (o != NULL && is_a(o, lib.g_mime_multipart_get_type()))
		branch(&w, o, top);
	else if (o != NULL)
		leaf(&w, o, &top);
	if (o != NULL)
		lib.g_object_unref(o);
	lib.g_object_unref(parser);
}

/* 3. Encoded words. */

struct word {
	const char *charset, *text; /* not terminated */
	size_t charset_len, text_len;
	char encoding; /* 'b' or 'q' */
	const char *next;
};

/* s: at "=?". */
static bool
encoded_word(const char *s, struct word *w)
{
	const char *p = s + 2, *end;

	w->charset = p;
	w->charset_len = strcspn(p, "?* \t");
	p += strcspn(p, "? \t");
	if (*p != '?' || w->charset_len == 0)
		return false;
	w->encoding = (char)(p[1] | 0x20);
	if ((w->encoding != 'b' && w->encoding != 'q') || p[2] != '?')
		return false;
	w->text = p + 3;
	for (end = w->text; *end != '\0' && *end != '?'; end++)
		;
	/* A '?' inside isn't allowed, but seen. */
	while (*end == '?' && end[1] != '=')
		end += 1 + strcspn(end + 1, "?");
	if (*end != '?')
		return false;
	w->text_len = (size_t)(end - w->text);
	w->next = end + 2;
	return true;
}

static void
word_bytes(const struct word *w, struct buf *out)
{
	struct buf raw = BUF_INIT, bytes = BUF_INIT;
	bool bad;

	buf_add(&raw, w->text, w->text_len);
	for (size_t i = 0; w->encoding == 'q' && i < raw.len; i++)
		if (raw.data[i] == '_')
			raw.data[i] = ' ';
	decode(&raw,
	    w->encoding == 'b' ? GMIME_CONTENT_ENCODING_BASE64
			       : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE,
	    &bytes, &bad);
	buf_add(out, bytes.data, bytes.len);
	buf_free(&bytes);
	buf_free(&raw);
}

/*
 * Neighbours of one charset are decoded together: some mailers cut a
 * character in two.  Returns what follows them.
 */
static const char *
decode_run(struct charsets *cs, const char *s, struct buf *out, bool *mended)
{
	struct buf bytes = BUF_INIT;
	struct word w, first;
	char charset[64];

	(void)encoded_word(s, &first);
	w = first;
	for (;;) {
		word_bytes(&w, &bytes);
		s = w.next;
		s += strspn(s, " \t");
		if (s[0] != '=' || s[1] != '?' || !encoded_word(s, &w))
			break;
		if (w.charset_len != first.charset_len ||
		    strncasecmp(w.charset, first.charset, w.charset_len) != 0)
			break;
	}
	if (s[0] != '=' || s[1] != '?' || !encoded_word(s, &w))
		while (s[-1] == ' ' || s[-1] == '\t')
			s--;
	(void)snprintf(charset, sizeof charset, "%.*s",
	    (int)(first.charset_len > 60 ? 60 : first.charset_len),
	    first.charset);
	if (charset_decode(cs, charset, bytes.data, bytes.len, out))
		*mended = true;
	buf_free(&bytes);
	return s;
}

char *
mime_header(struct arena *mem, struct charsets *cs, const char *value,
    bool *mended)
{
	struct buf out = BUF_INIT;
	struct word w;
	char *s;

	while (*value != '\0') {
		size_t n = strcspn(value, "=");

		buf_add(&out, value, n);
		value += n;
		if (value[0] == '=' && value[1] == '?' &&
		    encoded_word(value, &w))
			value = decode_run(cs, value, &out, mended);
		else if (*value != '\0')
			buf_char(&out, *value++);
	}
	s = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return s;
}
