#include "flow/texts_shelf.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "ext/crypto.h"

enum { PLACES = 16384, OVERHEAD = 128 };

struct kept {
	unsigned char key[CRYPTO_SHA256];
	struct prose prose;
	const struct kept *next;
};

struct texts_shelf {
	struct arena *mem;
	size_t bytes;
	const struct kept *places[PLACES]; /* by the first bytes of the key */
};

struct texts_shelf *
texts_shelf_new(void)
{
	struct texts_shelf *s = calloc(1, sizeof *s);

	if (s == NULL)
		die("out of memory for a shelf");
	s->mem = arena_new();
	return s;
}

void
texts_shelf_free(struct texts_shelf *s)
{
	if (s != NULL)
		arena_free(s->mem);
	free(s);
}

static size_t
place(const unsigned char *key)
{
	return ((size_t)key[0] << 8 | key[1]) % PLACES;
}

static const struct kept *
find(const struct texts_shelf *s, const unsigned char *key)
{
	const struct kept *k = s->places[place(key)];

	while (k != NULL && memcmp(k->key, key, CRYPTO_SHA256) != 0)
		k = k->next;
	return k;
}

static struct prose
copy(struct arena *mem, const struct prose *p)
{
	return (struct prose){
		.html.markup = arena_str(mem, p->html.markup),
		.plain = arena_str(mem, p->plain),
	};
}

static void
forget(struct texts_shelf *s)
{
	arena_free(s->mem);
	*s = (struct texts_shelf){ .mem = arena_new() };
}

void
texts_shelf_put(struct texts_shelf *s, const char *source,
    const struct prose *p)
{
	size_t n = strlen(p->html.markup) + strlen(p->plain) + OVERHEAD;
	unsigned char key[CRYPTO_SHA256];
	struct kept *k;

	if (s->bytes + n > TEXTS_SHELF)
		forget(s);
	crypto_sha256(source, strlen(source), key);
	k = arena_alloc(s->mem, sizeof *k);
	(void)memcpy(k->key, key, sizeof k->key);
	k->prose = copy(s->mem, p);
	k->next = s->places[place(key)];
	s->places[place(key)] = k;
	s->bytes += n;
}

bool
texts_shelf_get(const struct texts_shelf *s, const char *source,
    struct arena *mem, struct prose *out)
{
	unsigned char key[CRYPTO_SHA256];
	const struct kept *k;

	crypto_sha256(source, strlen(source), key);
	if ((k = find(s, key)) == NULL)
		return false;
	*out = copy(mem, &k->prose);
	return true;
}
