#include "base/line.h"

#include <string.h>

void
line_begin(struct line *l, char *data, size_t size)
{
	*l = (struct line){ data, size, 0 };
	data[0] = '\0';
}

bool
line_fits(const struct line *l)
{
	return l->len < l->size;
}

void
line_add(struct line *l, const char *p, size_t n)
{
	if (line_fits(l) && n < l->size - l->len) {
		memcpy(l->data + l->len, p, n);
		l->data[l->len + n] = '\0';
	}
	l->len += n; /* once too long it stays so */
}

void
line_str(struct line *l, const char *s)
{
	line_add(l, s, strlen(s));
}

void
line_int(struct line *l, int64_t v)
{
	uint64_t left = v < 0 ? -(uint64_t)v : (uint64_t)v;
	char digits[LINE_INT];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + left % 10);
	while ((left /= 10) != 0);
	if (v < 0)
		digits[--at] = '-';
	line_add(l, digits + at, sizeof digits - at);
}

void
line_cut(struct line *l, size_t len)
{
	l->len = len;
	l->data[len] = '\0';
}
