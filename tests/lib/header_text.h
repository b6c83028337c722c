/*
 * For unit tests: a struct message from header lines as written.  No MIME and
 * no decoding; From is read only as far as the samples need it.  The real
 * reader's own tests show that it counts the same.
 */
#ifndef HEADER_TEXT_H
#define HEADER_TEXT_H

#include <string.h>

#include "base/text.h"
#include "model/message.h"

static void
header_from(struct arena *mem, const char *v, struct message *m)
{
	char *copy = arena_str(mem, v), *s, *last = copy;
	bool quoted = false;

	if (m->n_from++ != 0)
		return;
	for (s = copy; *s != '\0'; s++) {
		quoted = quoted != (*s == '"');
		if (*s == ':' && !quoted)
			m->from_group = true;
		if (*s == '@' && !quoted)
			m->n_from_mailboxes++;
		if (*s == '<' && !quoted)
			last = s + 1;
	}
	last[strcspn(last, ">, ")] = '\0';
	if (strchr(last, '@') != NULL) {
		char *at = strrchr(last, '@');

		m->from_address = arena_printf(mem, "%.*s%s", (int)(at - last),
		    last, text_lower(mem, at));
	}
}

static void
header_refs(struct arena *mem, const char *v, struct message *m)
{
	const char **mine = NULL;
	size_t n = 0;

	while ((v = strchr(v, '<')) != NULL) {
		size_t k = strcspn(++v, ">");

		mine = arena_grow(mem, mine, n, sizeof *mine);
		mine[n++] = arena_copy(mem, v, k);
		v += k;
	}
	while (n != 0) { /* from last to first */
		m->refs = arena_grow(mem, m->refs, m->n_refs, sizeof *m->refs);
		m->refs[m->n_refs++] = mine[--n];
	}
}

static void
header_one(struct arena *mem, char *line, struct message *m)
{
	char *colon = strchr(line, ':'), *name;
	struct header *h;

	if (colon == NULL)
		return;
	m->headers =
	    arena_grow(mem, m->headers, m->n_headers, sizeof *m->headers);
	h = &m->headers[m->n_headers++];
	name = arena_copy(mem, line, (size_t)(colon - line));
	h->name = name;
	h->value = text_trim(mem, colon + 1);
	if (text_ieq(name, "Received"))
		m->n_received++;
	else if (text_ieq(name, "From"))
		header_from(mem, h->value, m);
	else if (text_ieq(name, "Subject"))
		m->subject = h->value;
	else if (text_ieq(name, "Message-ID"))
		m->mid = text_trim(mem,
		    arena_printf(mem, "%.*s", (int)strcspn(h->value + 1, ">"),
			h->value + 1));
	else if (text_ieq(name, "In-Reply-To"))
		header_refs(mem, h->value, m);
}

/* Lines end with LF; a line that begins with a blank folds. */
__attribute__((unused)) static struct message
header_message(struct arena *mem, const char *text)
{
	struct message m = { .limit = "",
		.from_address = "",
		.from_name = "",
		.subject = "",
		.mid = "",
		.reply = "",
		.quoted = "" };
	char *s = arena_str(mem, text), *line;

	for (char *p = s; *p != '\0'; p++)
		if (*p == '\n' && (p[1] == ' ' || p[1] == '\t'))
			*p = ' ';
	while ((line = text_line(&s)) != NULL && *line != '\0')
		header_one(mem, line, &m);
	for (size_t i = 0; i < m.n_headers; i++)
		if (text_ieq(m.headers[i].name, "References"))
			header_refs(mem, m.headers[i].value, &m);
	return m;
}

#endif
