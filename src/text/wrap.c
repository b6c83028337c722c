#include "text/wrap.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

struct line {
	struct buf *out;
	size_t columns, at;
	const char *before; /* of the next line */
	const char *rest;
	bool empty, any;
};

static void
begin(struct line *l)
{
	if (l->any)
		buf_char(l->out, '\n');
	buf_str(l->out, l->before);
	l->at = text_columns(l->before);
	l->before = l->rest;
	l->empty = l->any = true;
}

static size_t
columns_of(const char *s, size_t n)
{
	struct buf b = BUF_INIT;
	size_t columns;

	buf_add(&b, s, n);
	columns = text_columns(b.data);
	buf_free(&b);
	return columns;
}

/* n bytes of s that show no wider than columns; at least a character. */
static size_t
fitting(const char *s, size_t n, size_t columns)
{
	const char *p = s;
	size_t used = 0;

	while ((size_t)(p - s) < n) {
		const char *q = p;
		char one[8] = { 0 };

		(void)text_next(&q);
		memcpy(one, p, (size_t)(q - p));
		used += text_columns(one);
		if (used > columns && p != s)
			break;
		p = q;
	}
	return (size_t)(p - s);
}

static bool
is_address(const char *s, size_t n)
{
	return memmem(s, n, "://", 3) != NULL || memchr(s, '@', n) != NULL;
}

static void
word(struct line *l, const char *s, size_t n)
{
	size_t fit = fitting(s, n, l->columns), room;

	while (fit < n && !is_address(s, n)) {
		room = l->at + 1 < l->columns ? l->columns - l->at : 0;
		if (!l->empty)
			begin(l), room = l->columns - l->at;
		fit = fitting(s, n, room == 0 ? 1 : room);
		buf_add(l->out, s, fit);
		l->empty = false;
		l->at = l->columns;
		s += fit;
		n -= fit;
		fit = fitting(s, n, l->columns);
	}
	room = l->at < l->columns ? l->columns - l->at : 0;
	if (!l->empty && (room < 2 || fitting(s, n, room - 1) < n)) {
		begin(l);
	} else if (!l->empty) {
		buf_char(l->out, ' ');
		l->at++;
	}
	buf_add(l->out, s, n);
	l->empty = false;
	l->at += columns_of(s, n);
}

void
wrap(struct buf *out, const char *s, size_t columns, const char *first,
    const char *rest)
{
	struct line l = { .out = out,
		.columns = columns,
		.before = first,
		.rest = rest };

	if (text_blank(s))
		return;
	while (*s != '\0') {
		size_t len = strcspn(s, "\n");
		const char *end = s + len;

		begin(&l);
		for (s += strspn(s, " \t\r"); s < end;
		     s += strspn(s, " \t\r")) {
			size_t n = strcspn(s, " \t\r\n");

			word(&l, s, n);
			s += n;
		}
		s = end + (*end == '\n');
	}
}

char *
wrap_text(struct arena *mem, const char *s, size_t columns)
{
	struct buf out = BUF_INIT;
	char *p;

	wrap(&out, s, columns, "", "");
	p = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return p;
}

char *
wrap_long(struct arena *mem, const char *s, size_t columns)
{
	struct buf out = BUF_INIT;
	char *rest = arena_str(mem, s), *line, *p;
	unsigned blanks = 1;

	while ((line = text_line(&rest)) != NULL) {
		blanks = text_blank(line) ? blanks + 1 : 0;
		if (blanks > 1)
			continue;
		if (blanks == 0 && text_columns(line) > columns)
			wrap(&out, line, columns, "", "");
		else if (blanks == 0)
			buf_str(&out, line);
		buf_char(&out, '\n');
	}
	p = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return p;
}
