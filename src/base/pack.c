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
	size_t n = strlen(s);

	pack_number(out, (int64_t)n);
	buf_add(out, s, n);
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
unpack_string(struct unpack *u, struct arena *mem)
{
	size_t n = unpack_count(u, u->left);
	const char *p = u->at;

	if (u->bad || n > u->left || !text_is_utf8(p, n)) {
		u->bad = true;
		return arena_str(mem, "");
	}
	u->at += n;
	u->left -= n;
	return arena_copy(mem, p, n);
}

bool
unpack_end(const struct unpack *u)
{
	return !u->bad && u->left == 0;
}
