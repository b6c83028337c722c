#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { CHUNK = 16 * 1024, ALIGN = 16, LINE = 256 };

struct chunk {
	struct chunk *next;
	size_t used, size;
};

struct arena {
	struct chunk *head;
};

static struct chunk *
new_chunk(size_t size)
{
	struct chunk *c = calloc(1, sizeof *c + ALIGN + size);

	if (c == NULL)
		die("out of memory for %zu bytes", size);
	c->size = size;
	return c;
}

static char *
chunk_data(struct chunk *c)
{
	uintptr_t p = (uintptr_t)(c + 1);

	return (char *)((p + ALIGN - 1) & ~(uintptr_t)(ALIGN - 1));
}

struct arena *
arena_new(void)
{
	struct arena *a = calloc(1, sizeof *a);

	if (a == NULL)
		die("out of memory for an arena");
	return a;
}

void
arena_free(struct arena *a)
{
	struct chunk *next;

	if (a == NULL)
		return;
	for (struct chunk *c = a->head; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	free(a);
}

void *
arena_alloc(struct arena *a, size_t size)
{
	struct chunk *c = a->head;
	void *p;

	if (size > SIZE_MAX / 2)
		die("allocation of %zu bytes", size);
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (c == NULL || c->size - c->used < size) {
		c = new_chunk(size > CHUNK / 4 ? size : CHUNK);
		if (a->head != NULL && size > CHUNK / 4) {
			/* A big block goes behind the one being filled. */
			c->next = a->head->next;
			a->head->next = c;
		} else {
			c->next = a->head;
			a->head = c;
		}
	}
	p = chunk_data(c) + c->used;
	c->used += size;
	return p;
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / 2 / size)
		die("array of %zu elements of %zu bytes", n, size);
	return arena_alloc(a, n * size);
}

void *
arena_grow(struct arena *a, void *array, size_t n, size_t size)
{
	void *p;

	/* Full only at 0, 4, 8, 16, ...: powers of two from four on. */
	if (n != 0 && (n < 4 || (n & (n - 1)) != 0))
		return array;
	p = arena_array(a, n == 0 ? 4 : n * 2, size);
	if (n != 0)
		memcpy(p, array, n * size);
	return p;
}

char *
arena_copy(struct arena *a, const char *p, size_t n)
{
	char *s = arena_alloc(a, n + 1);

	if (n != 0)
		memcpy(s, p, n);
	return s;
}

char *
arena_str(struct arena *a, const char *s)
{
	return s == NULL ? NULL : arena_copy(a, s, strlen(s));
}

char *
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	char line[LINE], *s; /* most fit on a line */
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(line, sizeof line, fmt, again);
	va_end(again);
	if (n < 0)
		die("cannot format \"%s\"", fmt);
	if (n < LINE)
		return arena_copy(a, line, (size_t)n);
	s = arena_alloc(a, (size_t)n + 1);
	(void)vsnprintf(s, (size_t)n + 1, fmt, ap);
	return s;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}
