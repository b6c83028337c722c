/*
 * Numbers and strings as bytes, between a confined child and its parent.  The
 * reader trusts nothing: what doesn't fit sets `bad`, gives 0 or "", and stays
 * so; whoever reads asks unpack_end() once at the end.
 */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

void pack_number(struct buf *out, int64_t v);
void pack_string(struct buf *out, const char *s);
void pack_bytes(struct buf *out, const void *p, size_t n);

struct unpack {
	const char *at;
	size_t left;
	bool bad;
};

int64_t unpack_number(struct unpack *u);
/* A number from 0 to most. */
size_t unpack_count(struct unpack *u, size_t most);
bool unpack_flag(struct unpack *u);
/* A copy; valid UTF-8 without NUL. */
char *unpack_string(struct unpack *u, struct arena *mem);
/* A copy of any bytes, a NUL behind them; *n of them. */
char *unpack_bytes(struct unpack *u, struct arena *mem, size_t *n);
/* Everything was read and fitted. */
bool unpack_end(const struct unpack *u);

#endif
