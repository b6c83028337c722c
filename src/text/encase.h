/*
 * A finished mail, and the same mail with its body encrypted: OpenPGP as
 * RFC 3156 section 4, S/MIME as RFC 8551 section 3.3.  What is encrypted is the
 * body with its Content-* headers; all others, Subject among them, stay as
 * they are.
 */
#ifndef TEXT_ENCASE_H
#define TEXT_ENCASE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* The MIME part that is to be encrypted, with CR LF line ends. */
void encase_inside(const char *raw, size_t n, struct buf *out);
/* cipher: armour of OpenPGP, or base64 of S/MIME. */
void encase_cipher(const char *raw, size_t n, bool smime, const char *cipher,
    size_t n_cipher, struct buf *out);
/* The same headers over a text of ours (ASCII), not encrypted. */
void encase_text(const char *raw, size_t n, const char *text, struct buf *out);

#endif
