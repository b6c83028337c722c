#include "text/wire.h"

#include <string.h>

#include "base/text.h"

/* The header block ends at the first empty line. */
static size_t
header_length(const char *p, size_t n)
{
	for (size_t i = 0; i + 3 < n; i++)
		if (memcmp(p + i, "\r\n\r\n", 4) == 0)
			return i;
	return n;
}

static bool
eight_bit(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] >= 0x80)
			return true;
	return false;
}

/* out has room for twice the bytes and a line end. */
static size_t
normalise(const char *p, size_t n, char *out)
{
	size_t k = 0;
	bool start = true;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\r' || p[i] == '\n') {
			if (p[i] == '\r' && i + 1 < n && p[i + 1] == '\n')
				i++;
			out[k++] = '\r';
			out[k++] = '\n';
			start = true;
			continue;
		}
		if (start && p[i] == '.')
			out[k++] = '.';
		start = false;
		out[k++] = p[i];
	}
	if (!start) {
		out[k++] = '\r';
		out[k++] = '\n';
	}
	return k;
}

void
wire_mail(struct arena *mem, const void *raw, size_t n, struct mail *out)
{
	char *p = arena_alloc(mem, n * 2 + 2);
	struct piece *piece = arena_alloc(mem, sizeof *piece);
	size_t k = normalise(raw, n, p), head = header_length(p, k);

	*piece = (struct piece){ HOLE_NONE, p, k };
	*out = (struct mail){ .pieces = piece, .n_pieces = 1, .size = k };
	out->eight_bit = eight_bit(p, k);
	out->utf8 = eight_bit(p, head) && text_is_utf8(p, head);
}

const char *
wire_hole(const struct copy *c, enum hole hole)
{
	const char *s = NULL;

	if (hole == HOLE_TO)
		s = c->to;
	else if (hole == HOLE_UNSUBSCRIBE)
		s = c->unsubscribe;
	return s == NULL ? "" : s;
}

size_t
wire_size(const struct mail *m, const struct copy *c)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n_pieces; i++) {
		const struct piece *p = &m->pieces[i];

		n += p->hole == HOLE_NONE ? p->len
					  : strlen(wire_hole(c, p->hole));
	}
	return n;
}

void
wire_file(struct buf *out, const struct mail *m, const struct copy *c)
{
	bool start = true;

	buf_printf(out, "Return-Path: <%s>\nDelivered-To: %s\n", c->sender,
	    c->to);
	for (size_t i = 0; i < m->n_pieces; i++) {
		const struct piece *piece = &m->pieces[i];
		bool literal = piece->hole == HOLE_NONE;
		const char *p =
		    literal ? piece->data : wire_hole(c, piece->hole);
		size_t n = literal ? piece->len : strlen(p);

		for (size_t k = 0; k < n; k++) {
			bool dot = start && literal && p[k] == '.';

			start = p[k] == '\n';
			if (!dot && p[k] != '\r')
				buf_char(out, p[k]);
		}
	}
}
