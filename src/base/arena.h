/*
 * Memory of one job.  What is allocated here lives until arena_free() and is
 * never freed singly.  Allocation never fails: no memory ends the process.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
/* Frees the arena and everything from it.  NULL is allowed. */
void arena_free(struct arena *a);

/* Zeroed, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);
/* An array of n, zeroed; the product is checked. */
void *arena_array(struct arena *a, size_t n, size_t size);
/*
 * Room for one more element in an array that grows: returns the array, moved
 * if need be.  *n is the count so far and isn't changed.
 */
void *arena_grow(struct arena *a, void *array, size_t n, size_t size);
char *arena_copy(struct arena *a, const char *p, size_t n);
/* NULL gives NULL. */
char *arena_str(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

#endif
