#include "text/sealed.h"

#include <string.h>

enum mark { MARK_NONE, MARK_PART, MARK_END };

struct line {
	size_t at, len, next; /* len without line end */
};

static struct line
line_at(const char *raw, size_t n, size_t at)
{
	struct line l = { .at = at, .next = n };
	const char *end = memchr(raw + at, '\n', n - at);

	l.len = end == NULL ? n - at : (size_t)(end - raw) - at;
	if (end != NULL)
		l.next = at + l.len + 1;
	if (l.len != 0 && raw[at + l.len - 1] == '\r')
		l.len--;
	return l;
}

static enum mark
mark_of(const char *raw, struct line l, const char *boundary)
{
	const char *p = raw + l.at;
	size_t n = l.len, len = strlen(boundary);

	while (n != 0 && (p[n - 1] == ' ' || p[n - 1] == '\t'))
		n--;
	if (n < len + 2 || memcmp(p, "--", 2) != 0 ||
	    memcmp(p + 2, boundary, len) != 0)
		return MARK_NONE;
	if (n == len + 2)
		return MARK_PART;
	return n == len + 4 && memcmp(p + len + 2, "--", 2) == 0 ? MARK_END
								 : MARK_NONE;
}

/* The line end before a boundary belongs to it. */
static size_t
end_before(const char *raw, size_t from, size_t at)
{
	if (at > from && raw[at - 1] == '\n')
		at--;
	if (at > from && raw[at - 1] == '\r')
		at--;
	return at;
}

const char *
sealed_find(const char *raw, size_t n, const struct scan *s,
    struct sealed_parts *out)
{
	struct span part[2];
	size_t parts = 0, from = 0;
	bool open = false;
	enum mark mark = MARK_NONE;
	struct line l;

	for (size_t at = s->body; at < n && mark != MARK_END; at = l.next) {
		l = line_at(raw, n, at);
		if ((mark = mark_of(raw, l, s->boundary)) == MARK_NONE)
			continue;
		if (open && parts == 2)
			return "it has more than two parts";
		if (open)
			part[parts++] = (struct span){ from,
				end_before(raw, from, at) - from };
		open = mark == MARK_PART;
		from = l.next;
	}
	if (open && parts == 2)
		return "it has more than two parts";
	if (open)
		part[parts++] = (struct span){ from, n - from };
	if (parts != 2)
		return "its signature is missing";
	out->covered = part[0];
	out->signature = part[1];
	return NULL;
}

void
sealed_canonical(const char *p, size_t n, struct buf *out)
{
	size_t done = 0;

	buf_reserve(out, n + n / 32 + 1);
	for (size_t i = 0; i < n; i++) {
		if (p[i] != '\n' || (i != 0 && p[i - 1] == '\r'))
			continue;
		buf_add(out, p + done, i - done);
		buf_str(out, "\r");
		done = i;
	}
	buf_add(out, p + done, n - done);
}
