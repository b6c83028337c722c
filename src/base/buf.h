/*
 * Bytes that grow.  data is never NULL and always terminated, so that it can
 * be read as a string; BUF_INIT is a valid empty one.  The owner calls
 * buf_free(), or buf_take() hands the bytes over (free() them).  No memory
 * ends the process.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *data;
	size_t len, cap; /* cap 0: data isn't owned */
};

extern char buf_empty[];
#define BUF_INIT \
	{ \
		buf_empty, 0, 0 \
	}

void buf_free(struct buf *b);
void buf_clear(struct buf *b);
void buf_reserve(struct buf *b, size_t more);
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_cut(struct buf *b, size_t len); /* shorten to len */
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
char *buf_take(struct buf *b);

#endif
