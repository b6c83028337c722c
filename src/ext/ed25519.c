#include "ext/ed25519.h"

#include <nettle/eddsa.h>
#include <string.h>

#include "base/late.h"
#include "base/log.h"

/* What is used of the library. */
/* clang-format off */
#define CALLS(EACH) \
	EACH(nettle_ed25519_sha512_public_key) \
	EACH(nettle_ed25519_sha512_sign) EACH(nettle_ed25519_sha512_verify)
/* clang-format on */

LATE_TABLE(CALLS);

_Static_assert((int)ED25519_KEY == (int)ED25519_KEY_SIZE, "size of a key");
_Static_assert((int)ED25519_SEAL == (int)ED25519_SIGNATURE_SIZE,
    "size of a signature");

static void
load(void)
{
	const char *missing = LATE_LOAD(LIBHOGWEED);

	if (missing != NULL)
		die("%s: install the packages of the Makefile", missing);
}

void
ed25519_public(const unsigned char secret[ED25519_KEY],
    unsigned char out[ED25519_KEY])
{
	load();
	lib.nettle_ed25519_sha512_public_key(out, secret);
}

/* Who seals, seals much with one key: half of the work is its public one. */
void
ed25519_sign(const unsigned char secret[ED25519_KEY], const void *p, size_t n,
    unsigned char out[ED25519_SEAL])
{
	static unsigned char last[ED25519_KEY], key[ED25519_KEY];
	static bool any;

	if (!any || memcmp(last, secret, sizeof last) != 0) {
		ed25519_public(secret, key);
		(void)memcpy(last, secret, sizeof last);
		any = true;
	}
	lib.nettle_ed25519_sha512_sign(key, secret, n, p, out);
}

bool
ed25519_good(const unsigned char key[ED25519_KEY], const void *p, size_t n,
    const unsigned char seal[ED25519_SEAL])
{
	load();
	return lib.nettle_ed25519_sha512_verify(key, n, p, seal) != 0;
}
