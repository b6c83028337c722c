#include "ext/crypto.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include "base/code.h"
#include "base/log.h"

void
crypto_sha256(const void *p, size_t n, unsigned char out[CRYPTO_SHA256])
{
	int r = gnutls_hash_fast(GNUTLS_DIG_SHA256, p, n, out);

	if (r < 0)
		die("sha256: %s", gnutls_strerror(r));
}

char *
crypto_sha256_hex(struct arena *mem, const void *p, size_t n)
{
	unsigned char out[CRYPTO_SHA256];

	crypto_sha256(p, n, out);
	return code_hex(mem, out, sizeof out);
}

void
crypto_hmac(const void *key, size_t key_len, const void *p, size_t n,
    unsigned char out[CRYPTO_SHA256])
{
	int r = gnutls_hmac_fast(GNUTLS_MAC_SHA256, key, key_len, p, n, out);

	if (r < 0)
		die("hmac: %s", gnutls_strerror(r));
}

void
crypto_random(void *p, size_t n)
{
	int r = gnutls_rnd(GNUTLS_RND_KEY, p, n);

	if (r < 0)
		die("random: %s", gnutls_strerror(r));
}

/* The handle of the library, under a name of ours. */
struct crypto_hash *
crypto_hash_begin(void)
{
	gnutls_hash_hd_t h;
	int r = gnutls_hash_init(&h, GNUTLS_DIG_SHA256);

	if (r < 0)
		die("sha256: %s", gnutls_strerror(r));
	return (struct crypto_hash *)h;
}

void
crypto_hash_add(struct crypto_hash *h, const void *p, size_t n)
{
	int r = gnutls_hash((gnutls_hash_hd_t)h, p, n);

	if (r < 0)
		die("sha256: %s", gnutls_strerror(r));
}

char *
crypto_hash_end(struct crypto_hash *h, struct arena *mem)
{
	unsigned char out[CRYPTO_SHA256];

	gnutls_hash_deinit((gnutls_hash_hd_t)h, out);
	return code_hex(mem, out, sizeof out);
}
