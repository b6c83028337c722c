/*
 * Nettle's Ed25519 (RFC 8032): the seals of what is published.  The same key
 * and bytes give the same seal.  The library is loaded when it is needed
 * (base/late.h); without it the process ends: it belongs to nettle.
 */
#ifndef EXT_ED25519_H
#define EXT_ED25519_H

#include <stdbool.h>
#include <stddef.h>

enum { ED25519_KEY = 32, ED25519_SEAL = 64 };

void ed25519_public(const unsigned char secret[ED25519_KEY],
    unsigned char out[ED25519_KEY]);
void ed25519_sign(const unsigned char secret[ED25519_KEY], const void *p,
    size_t n, unsigned char out[ED25519_SEAL]);
bool ed25519_good(const unsigned char key[ED25519_KEY], const void *p, size_t n,
    const unsigned char seal[ED25519_SEAL]);

#endif
