#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

enum { REPLACEMENT = 0xfffd, KEY_MAX = 32 };

/* Length of the sequence that starts at p, or 0: not UTF-8 (RFC 3629). */
static size_t
sequence(const unsigned char *p, size_t n)
{
	size_t len;

	if (n == 0 || p[0] == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || n < len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return len;
}

bool
text_is_utf8(const char *p, size_t n)
{
	const unsigned char *s = (const unsigned char *)p;

	while (n != 0) {
		size_t len = *s != 0 && *s < 0x80 ? 1 : sequence(s, n);

		if (len == 0)
			return false;
		s += len;
		n -= len;
	}
	return true;
}

bool
text_repair(struct buf *out, const char *p, size_t n)
{
	bool repaired = false;

	while (n != 0) {
		size_t len = sequence((const unsigned char *)p, n);

		if (len == 0) {
			text_put(out, REPLACEMENT);
			repaired = true;
			len = 1;
		} else
			buf_add(out, p, len);
		p += len;
		n -= len;
	}
	return repaired;
}

uint32_t
text_next(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	size_t len = sequence(p, strnlen(*s, 4));
	uint32_t c;

	if (p[0] == 0)
		return 0;
	if (len == 0) {
		(*s)++;
		return REPLACEMENT;
	}
	*s += len;
	if (len == 1)
		return p[0];
	c = p[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++)
		c = c << 6 | (p[i] & 0x3fu);
	return c;
}

void
text_put(struct buf *out, uint32_t c)
{
	if (c < 0x80) {
		buf_char(out, (char)c);
		return;
	}
	if (c >= 0x10000) {
		buf_char(out, (char)(0xf0 | c >> 18));
		buf_char(out, (char)(0x80 | (c >> 12 & 0x3f)));
	} else if (c >= 0x800)
		buf_char(out, (char)(0xe0 | c >> 12));
	else {
		buf_char(out, (char)(0xc0 | c >> 6));
		buf_char(out, (char)(0x80 | (c & 0x3f)));
		return;
	}
	buf_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
	buf_char(out, (char)(0x80 | (c & 0x3f)));
}

static bool
wide(uint32_t c)
{
	return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
	       (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
	       (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
}

static bool
no_width(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

size_t
text_columns(const char *s)
{
	size_t n = 0;
	uint32_t c;

	while ((c = text_next(&s)) != 0)
		n += wide(c) ? 2 : no_width(c) ? 0 : 1;
	return n;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool
text_ieq(const char *a, const char *b)
{
	while (*a != '\0' && lower(*a) == lower(*b))
		a++, b++;
	return lower(*a) == lower(*b);
}

bool
text_istarts(const char *s, const char *prefix)
{
	while (*prefix != '\0' && lower(*s) == lower(*prefix))
		s++, prefix++;
	return *prefix == '\0';
}

int
text_number(const char *s)
{
	int n = 0;

	for (; *s >= '0' && *s <= '9'; s++) {
		if (n > (INT_MAX - 9) / 10)
			return INT_MAX;
		n = 10 * n + (*s - '0');
	}
	return n;
}

bool
text_take_int(const char **s, int64_t *out)
{
	char *end;

	errno = 0;
	*out = strtoll(*s, &end, 10);
	if (end == *s || errno != 0)
		return false;
	*s = end;
	return true;
}

bool
text_ends(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && strcmp(s + n - k, end) == 0;
}

const char *
text_ifind(const char *s, const char *what)
{
	for (; *s != '\0'; s++)
		if (text_istarts(s, what))
			return s;
	return *what == '\0' ? s : NULL;
}

static const char *
skip_loose(const char *s)
{
	while (*s == ' ' || *s == '-' || *s == '_' || *s == '\t')
		s++;
	return s;
}

bool
text_key_eq(const char *a, const char *b)
{
	for (;;) {
		a = skip_loose(a);
		b = skip_loose(b);
		if (*a == '\0' || lower(*a) != lower(*b))
			return *a == '\0' && *b == '\0';
		a++;
		b++;
	}
}

static size_t
squeeze(const char *s, char out[KEY_MAX + 1])
{
	size_t n = 0;

	for (s = skip_loose(s); *s != '\0' && n < KEY_MAX; s = skip_loose(s))
		out[n++] = lower(*s++);
	out[n] = '\0';
	return n;
}

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Optimal string alignment, over at most KEY_MAX characters. */
unsigned
text_distance(const char *a, const char *b)
{
	char x[KEY_MAX + 1], y[KEY_MAX + 1];
	unsigned d[KEY_MAX + 1][KEY_MAX + 1];
	size_t m = squeeze(a, x), n = squeeze(b, y);

	for (size_t i = 0; i <= m; i++)
		d[i][0] = (unsigned)i;
	for (size_t k = 0; k <= n; k++)
		d[0][k] = (unsigned)k;
	for (size_t i = 1; i <= m; i++)
		for (size_t k = 1; k <= n; k++) {
			unsigned cost = x[i - 1] != y[k - 1];

			d[i][k] = least(d[i - 1][k - 1] + cost,
			    least(d[i - 1][k], d[i][k - 1]) + 1);
			if (i > 1 && k > 1 && x[i - 1] == y[k - 2] &&
			    x[i - 2] == y[k - 1])
				d[i][k] = least(d[i][k], d[i - 2][k - 2] + 1);
		}
	return d[m][n];
}

bool
text_blank(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return *s == '\0';
}

char *
text_trim(struct arena *mem, const char *s)
{
	size_t n;

	while (isspace((unsigned char)*s))
		s++;
	n = strlen(s);
	while (n != 0 && isspace((unsigned char)s[n - 1]))
		n--;
	return arena_copy(mem, s, n);
}

char *
text_lower(struct arena *mem, const char *s)
{
	char *p = arena_str(mem, s);

	for (char *q = p; *q != '\0'; q++)
		*q = lower(*q);
	return p;
}

/* Characters that show nothing or turn the line around. */
static bool
hidden(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad ||
	       c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	       c == 0xfeff || (c >= 0xe0000 && c <= 0xe0fff);
}

char *
text_one_line(struct arena *mem, const char *s, size_t max)
{
	struct buf out = BUF_INIT;
	bool gap = false;
	size_t n = 0;
	uint32_t c;
	char *p;

	while ((c = text_next(&s)) != 0 && n < max) {
		if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0) {
			gap = out.len != 0;
			continue;
		}
		if (hidden(c))
			continue;
		if (gap) {
			buf_char(&out, ' ');
			n++;
		}
		gap = false;
		text_put(&out, c);
		n++;
	}
	p = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return p;
}

bool
text_is_line(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return false;
	return true;
}

bool
text_is_address(const char *s)
{
	const char *at = strrchr(s, '@');
	size_t n = strlen(s);

	if (at == NULL || at == s || at[1] == '\0' || n > LIMIT_ADDRESS)
		return false;
	if (!text_is_utf8(s, n) || !text_is_line(s))
		return false;
	if (strpbrk(s, " <>()[]\\,;:\"|`") != NULL || strstr(s, "..") != NULL)
		return false;
	if (s[0] == '.' || s[0] == '-' || s[0] == '/' || at[-1] == '.' ||
	    at[1] == '.' || at[1] == '-' || strchr(at, '/') != NULL)
		return false;
	return memchr(s, '@', (size_t)(at - s)) == NULL;
}

char *
text_line(char **s)
{
	char *line = *s, *end;

	if (line == NULL || *line == '\0')
		return NULL;
	end = line + strcspn(line, "\r\n");
	*s = end;
	if (*end == '\r' && end[1] == '\n')
		*s = end + 2;
	else if (*end != '\0')
		*s = end + 1;
	*end = '\0';
	return line;
}

void
text_wrap(struct buf *out, const char *s, size_t columns, const char *indent)
{
	size_t at = 0;

	while (*s != '\0') {
		size_t n = strcspn(s, " \n");
		size_t width, blank = strspn(s + n, " ");
		struct buf word = BUF_INIT;

		buf_add(&word, s, n);
		width = text_columns(word.data);
		buf_free(&word);
		if (at != 0 && n != 0 && at + 1 + width > columns) {
			buf_char(out, '\n');
			buf_str(out, indent);
			at = text_columns(indent);
		} else if (at != 0 && n != 0) {
			buf_char(out, ' ');
			at++;
		}
		buf_add(out, s, n);
		at += width;
		s += n + blank;
		if (*s == '\n') {
			buf_char(out, '\n');
			s++;
			at = 0;
		}
	}
}

char *
text_join(struct arena *mem, const char *const *words, size_t n)
{
	struct buf b = BUF_INIT;
	char *s;

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_str(&b, i + 1 == n ? " and " : ", ");
		buf_str(&b, words[i]);
	}
	s = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return s;
}

bool
text_among(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = list; *s != '\0'; s += *s == ',') {
		size_t m = strcspn(s, ",");

		if (m == n && strncmp(s, word, n) == 0)
			return true;
		s += m;
	}
	return false;
}

uint64_t
text_hash(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return h;
}
