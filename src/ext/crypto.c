#include "ext/crypto.h"

#include <errno.h>
#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/code.h"
#include "base/log.h"

_Static_assert(CRYPTO_SHA256 == SHA256_DIGEST_SIZE, "size of a SHA-256");

struct crypto_hash {
	struct sha256_ctx state;
};

void
crypto_sha256(const void *p, size_t n, unsigned char out[CRYPTO_SHA256])
{
	struct sha256_ctx state;

	sha256_init(&state);
	sha256_update(&state, n, p);
	sha256_digest(&state, CRYPTO_SHA256, out);
}

char *
crypto_sha256_hex(struct arena *mem, const void *p, size_t n)
{
	unsigned char out[CRYPTO_SHA256];

	crypto_sha256(p, n, out);
	return code_hex(mem, out, sizeof out);
}

/* A broadcast signs with one key: half of that work is setting it, and it is
 * still set after a digest. */
void
crypto_hmac(const void *key, size_t key_len, const void *p, size_t n,
    unsigned char out[CRYPTO_SHA256])
{
	static struct hmac_sha256_ctx state;
	static unsigned char kept[SHA256_BLOCK_SIZE];
	static size_t n_kept;

	if (n_kept == 0 || n_kept != key_len ||
	    memcmp(kept, key, n_kept) != 0) {
		hmac_sha256_set_key(&state, key_len, key);
		n_kept = key_len <= sizeof kept ? key_len : 0;
		(void)memcpy(kept, key, n_kept);
	}
	hmac_sha256_update(&state, n, p);
	hmac_sha256_digest(&state, CRYPTO_SHA256, out);
}

/* Waits until the kernel has enough, once after the machine's start. */
void
crypto_random(void *p, size_t n)
{
	char *to = p;

	while (n != 0) {
		ssize_t got = getrandom(to, n, 0);

		if (got < 0 && errno != EINTR)
			die("random: %s", strerror(errno));
		if (got > 0) {
			to += got;
			n -= (size_t)got;
		}
	}
}

struct crypto_hash *
crypto_hash_begin(void)
{
	struct crypto_hash *h = malloc(sizeof *h);

	if (h == NULL)
		die("out of memory for a hash");
	sha256_init(&h->state);
	return h;
}

void
crypto_hash_add(struct crypto_hash *h, const void *p, size_t n)
{
	sha256_update(&h->state, n, p);
}

char *
crypto_hash_end(struct crypto_hash *h, struct arena *mem)
{
	unsigned char out[CRYPTO_SHA256];

	sha256_digest(&h->state, sizeof out, out);
	free(h);
	return code_hex(mem, out, sizeof out);
}
