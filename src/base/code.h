/*
 * Bytes as text: hexadecimal and base64.  Results live in the arena. Comparison
 * of secrets takes the same time whatever they hold.
 */
#ifndef BASE_CODE_H
#define BASE_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

char *code_hex(struct arena *mem, const unsigned char *p, size_t n);
/* Exactly 2n digits at s, in lower case: no other text gives these bytes. */
bool code_unhex(const char *s, unsigned char *out, size_t n);
/* In lines of 76 characters that end in CRLF. */
void code_base64_lines(struct buf *out, const unsigned char *p, size_t n);
/* One run without line breaks. */
void code_base64(struct buf *out, const unsigned char *p, size_t n);
/* Upper and lower case are equal; the lengths aren't secret. */
bool code_same(const char *a, const char *b);

#endif
