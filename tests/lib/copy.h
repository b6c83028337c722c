/*
 * A mail to a list as one reader gets it, for tests of what is composed.
 */
#ifndef TESTS_COPY_H
#define TESTS_COPY_H

#include "t.h"

#include "base/buf.h"
#include "model/mail.h"

/* A copy with its holes filled, LF, quoted-printable and stuffing undone. */
static inline char *
copy_read(struct job *j, const struct mail *m)
{
	struct buf b = BUF_INIT;
	char *s, *to;

	for (size_t i = 0; i < m->n_pieces; i++)
		if (m->pieces[i].hole == HOLE_NONE)
			buf_add(&b, m->pieces[i].data, m->pieces[i].len);
		else
			buf_str(&b,
			    m->pieces[i].hole == HOLE_TO ? "TO" : "TOKEN");
	s = to = arena_copy(j->mem, b.data, b.len);
	for (const char *p = b.data; *p != '\0'; p++) {
		if (p[0] == '=' && p[1] == '\r')
			p += 2;
		else if (p[0] == '=' && strspn(p + 1, "0123456789ABCDEF") >= 2)
			*to++ = (char)strtol(arena_copy(j->mem, p + 1, 2), NULL,
			    16),
			p += 2;
		else if (*p != '\r')
			*to++ = *p;
	}
	*to = '\0';
	buf_free(&b);
	return s;
}

static inline void
has(const char *text, const char *what)
{
	if (strstr(text, what) == NULL)
		fail_msg("no \"%s\" in:\n%s", what, text);
}

static inline void
hasnt(const char *text, const char *what)
{
	if (strstr(text, what) != NULL)
		fail_msg("\"%s\" in:\n%s", what, text);
}

#endif
