#include "text/address.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { IDS = 100, ID_LENGTH = 250, COMMENTS = 20 };

static const char replaced[] = "\xef\xbf\xbd"; /* bytes that were none */

struct mailbox {
	struct buf phrase;  /* what stands outside <>, quotes off */
	struct buf angle;   /* what stands inside */
	struct buf comment; /* the last one: an old way to give the name */
	bool has_angle, quoted, bad;
};

static void
clear(struct mailbox *m)
{
	buf_clear(&m->phrase);
	buf_clear(&m->angle);
	buf_clear(&m->comment);
	m->has_angle = m->quoted = m->bad = false;
}

/* s: behind '('; returns what follows ')'. */
static const char *
read_comment(const char *s, struct mailbox *m)
{
	unsigned depth = 1;

	buf_clear(&m->comment);
	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0')
			s++;
		else if (*s == '(' && ++depth > COMMENTS)
			m->bad = true;
		else if (*s == ')' && --depth == 0)
			return s + 1;
		buf_char(&m->comment, *s);
	}
	m->bad = true;
	return s;
}

static const char *
read_quoted(const char *s, struct mailbox *m)
{
	m->quoted = true;
	for (; *s != '\0' && *s != '"'; s++) {
		if (*s == '\\' && s[1] != '\0')
			s++;
		buf_char(&m->phrase, *s);
	}
	if (*s != '"')
		m->bad = true;
	return *s == '"' ? s + 1 : s;
}

static const char *
read_angle(const char *s, struct mailbox *m)
{
	size_t n = strcspn(s, "<>");

	if (m->has_angle || s[n] != '>')
		m->bad = true;
	m->has_angle = true;
	buf_add(&m->angle, s, n);
	return s[n] == '>' ? s + n + 1 : s + n;
}

/* Ends one mailbox; an empty one between commas is none (RFC 5322, 4.4). */
static void
finish(struct arena *mem, struct mailbox *m, struct address *out)
{
	char *phrase = text_trim(mem, m->phrase.data);
	char *address = m->has_angle ? text_trim(mem, m->angle.data) : phrase;
	char *at;

	if (*phrase == '\0' && !m->has_angle)
		return;
	out->mailboxes++;
	if (out->mailboxes > 1)
		return;
	out->name = m->has_angle ? phrase : text_trim(mem, m->comment.data);
	if (m->bad || (m->quoted && !m->has_angle) ||
	    strstr(address, replaced) != NULL || !text_is_address(address))
		return;
	for (at = strrchr(address, '@'); *at != '\0'; at++)
		*at = (char)tolower((unsigned char)*at);
	out->address = address;
}

/* One step; a separator ends the mailbox before it. */
static const char *
step(struct arena *mem, const char *s, struct mailbox *m, struct address *out)
{
	switch (*s) {
	case '"': return read_quoted(s + 1, m);
	case '(': return read_comment(s + 1, m);
	case '<': return read_angle(s + 1, m);
	case ':': /* a group's name is no mailbox */
		out->group = true;
		clear(m);
		return s + 1;
	case ',':
	case ';':
		out->group = out->group || *s == ';';
		finish(mem, m, out);
		clear(m);
		return s + 1;
	default: break;
	}
	if (m->has_angle && !isspace((unsigned char)*s))
		m->bad = true; /* <a@b> c */
	buf_char(&m->phrase, *s);
	return s + 1;
}

void
address_read(struct arena *mem, const char *value, struct address *out)
{
	struct mailbox m = { .phrase = BUF_INIT,
		.angle = BUF_INIT,
		.comment = BUF_INIT };

	*out = (struct address){ .address = "", .name = "" };
	while (*value != '\0')
		value = step(mem, value, &m, out);
	finish(mem, &m, out);
	if (out->mailboxes != 1 || out->group)
		out->address = "";
	buf_free(&m.phrase);
	buf_free(&m.angle);
	buf_free(&m.comment);
}

static bool
is_id(const char *p, size_t n)
{
	if (n == 0 || n > ID_LENGTH)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] <= ' ' || p[i] == 0x7f)
			return false;
	return true;
}

void
address_ids(struct arena *mem, const char *value, const char ***ids, size_t *n)
{
	const char *p = value;

	while (*n < IDS && (p = strchr(p, '<')) != NULL) {
		size_t len = strcspn(++p, "<>");

		if (p[len] != '>' || !is_id(p, len))
			continue;
		*ids = arena_grow(mem, *ids, *n, sizeof **ids);
		(*ids)[(*n)++] = arena_copy(mem, p, len);
	}
	/* Some write it without the brackets. */
	if (*n == 0 && strchr(value, '@') != NULL &&
	    is_id(value, strlen(value)) && strpbrk(value, "<>") == NULL) {
		*ids = arena_grow(mem, *ids, *n, sizeof **ids);
		(*ids)[(*n)++] = arena_str(mem, value);
	}
}
