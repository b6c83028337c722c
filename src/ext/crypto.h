/*
 * Nettle: hashes, keyed hashes; random bytes of the kernel.  Nothing here fails
 * but by a bug or a broken system, which ends the process.
 */
#ifndef EXT_CRYPTO_H
#define EXT_CRYPTO_H

#include <stddef.h>

#include "base/arena.h"

enum { CRYPTO_SHA256 = 32 };

void crypto_sha256(const void *p, size_t n, unsigned char out[CRYPTO_SHA256]);
char *crypto_sha256_hex(struct arena *mem, const void *p, size_t n);
void crypto_hmac(const void *key, size_t key_len, const void *p, size_t n,
    unsigned char out[CRYPTO_SHA256]);
void crypto_random(void *p, size_t n);

/* In pieces. */
struct crypto_hash;
struct crypto_hash *crypto_hash_begin(void);
void crypto_hash_add(struct crypto_hash *h, const void *p, size_t n);
/* Frees h. */
char *crypto_hash_end(struct crypto_hash *h, struct arena *mem);

#endif
