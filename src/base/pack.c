#include "base/pack.h"

#include <string.h>

#include "base/text.h"

void
pack_number(struct buf *out, int64_t v)
{
	buf_add(out, &v, sizeof v);
}

void
pack_string(struct buf *out, const char *s)
{
	pack_bytes(out, s, strlen(s));
}

void
pack_bytes(struct buf *out, const void *p, size_t n)
{
	pack_number(out, (int64_t)n);
	buf_add(out, p, n);
}

int64_t
unpack_number(struct unpack *u)
{
	int64_t v = 0;

	if (u->bad || u->left < sizeof v) {
		u->bad = true;
		return 0;
	}
	memcpy(&v, u->at, sizeof v);
	u->at += sizeof v;
	u->left -= sizeof v;
	return v;
}

size_t
unpack_count(struct unpack *u, size_t most)
{
	int64_t v = unpack_number(u);

	if (v < 0 || (uint64_t)v > most) {
		u->bad = true;
		return 0;
	}
	return (size_t)v;
}

bool
unpack_flag(struct unpack *u)
{
	return unpack_count(u, 1) == 1;
}

char *
unpack_bytes(struct unpack *u, struct arena *mem, size_t *n)
{
	const char *p;

	*n = unpack_count(u, u->left);
	if (u->bad || *n > u->left) {
		u->bad = true;
		*n = 0;
		return arena_str(mem, "");
	}
	p = u->at;
	u->at += *n;
	u->left -= *n;
	return arena_copy(mem, p, *n);
}

char *
unpack_string(struct unpack *u, struct arena *mem)
{
	size_t n;
	char *s = unpack_bytes(u, mem, &n);

	if (text_is_utf8(s, n))
		return s;
	u->bad = true;
	return arena_str(mem, "");
}

bool
unpack_end(const struct unpack *u)
{
	return !u->bad && u->left == 0;
}
