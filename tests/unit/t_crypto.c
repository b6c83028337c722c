/* Known answers: FIPS 180-4, RFC 4231. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/code.h"
#include "ext/crypto.h"

static const char abc[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char long_text[] =
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
static const char long_hash[] =
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";

static void
hashes(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	assert_string_equal(crypto_sha256_hex(mem, "abc", 3), abc);
	assert_string_equal(crypto_sha256_hex(mem, long_text, 56), long_hash);
	assert_string_equal(crypto_sha256_hex(mem, "", 0),
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	arena_free(mem);
}

static void
in_pieces(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	for (size_t cut = 0; cut <= 56; cut++) {
		struct crypto_hash *h = crypto_hash_begin();

		crypto_hash_add(h, long_text, cut);
		crypto_hash_add(h, long_text + cut, 56 - cut);
		assert_string_equal(crypto_hash_end(h, mem), long_hash);
	}
	arena_free(mem);
}

static void
keyed(void **state)
{
	struct arena *mem = arena_new();
	unsigned char out[CRYPTO_SHA256], big[131];

	(void)state;
	crypto_hmac("Jefe", 4, "what do ya want for nothing?", 28, out);
	assert_string_equal(code_hex(mem, out, sizeof out),
	    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(big, 0xaa, sizeof big);
	crypto_hmac(big, sizeof big,
	    "Test Using Larger Than Block-Size Key - Hash Key First", 54, out);
	assert_string_equal(code_hex(mem, out, sizeof out),
	    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
	arena_free(mem);
}

static void
random_bytes(void **state)
{
	unsigned char a[1000] = { 0 }, b[1000] = { 0 };
	size_t same = 0;

	(void)state;
	crypto_random(a, sizeof a);
	crypto_random(b, sizeof b);
	for (size_t i = 0; i < sizeof a; i++)
		same += a[i] == b[i];
	assert_true(same < 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes),
		cmocka_unit_test(in_pieces),
		cmocka_unit_test(keyed),
		cmocka_unit_test(random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
