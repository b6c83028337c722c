/* Known answers: FIPS 180-4, RFC 4231, RFC 8032. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/code.h"
#include "ext/crypto.h"
#include "ext/ed25519.h"

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

/* What is kept of a key is never taken for another. */
static void
keyed_again(void **state)
{
	static const char *const keys[] = { "Jefe", "Jefe", "Jefd", "Jefe" };
	struct arena *mem = arena_new();
	unsigned char out[CRYPTO_SHA256], big[131] = { 0 };

	(void)state;
	for (int i = 0; i < 4; i++) {
		crypto_hmac(keys[i], 4, "again", 5, out);
		assert_string_equal(code_hex(mem, out, sizeof out),
		    strcmp(keys[i], "Jefe") == 0
			? "ed091384184705426afbe7e0285d23df3271b710e6da66d3169d"
			  "977764ed390f"
			: "b1434af0f5b95c47354423d7a7984e702373557546fdd116e390"
			  "5c8835eaac54");
		crypto_hmac(big, i % 2 == 0 ? sizeof big : 4, "", 0, out);
	}
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

/* RFC 8032, section 7.1, test 1. */
static void
seals(void **state)
{
	static const char secret[] = "9d61b19deffd5a60ba844af492ec2cc4"
				     "4449c5697b326919703bac031cae7f60";
	static const char public[] = "d75a980182b10ab7d54bfed3c964073a"
				     "0ee172f3daa62325af021a68f707511a";
	static const char want[] = "e5564300c360ac729086e2cc806e828a"
				   "84877f1eb8e5d974d873e065224901555f"
				   "b8821590a33bacc61e39701cf9b46bd25b"
				   "f5f0595bbe24655141438e7a100b";
	unsigned char key[ED25519_KEY], made[ED25519_KEY], seal[ED25519_SEAL];
	struct arena *mem = arena_new();

	(void)state;
	assert_true(code_unhex(secret, key, sizeof key));
	ed25519_public(key, made);
	assert_string_equal(code_hex(mem, made, sizeof made), public);
	ed25519_sign(key, "", 0, seal);
	assert_string_equal(code_hex(mem, seal, sizeof seal), want);
	assert_true(ed25519_good(made, "", 0, seal));
	assert_false(ed25519_good(made, "x", 1, seal));
	for (size_t bit = 0; bit < 8 * sizeof seal; bit += 7) {
		seal[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_false(ed25519_good(made, "", 0, seal));
		seal[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	arena_free(mem);
}

/* One spelling for each: a seal can't be written in two ways. */
static void
digits(void **state)
{
	unsigned char out[2];

	(void)state;
	assert_true(code_unhex("00ff", out, 2));
	assert_int_equal(out[0], 0);
	assert_int_equal(out[1], 0xff);
	assert_false(code_unhex("00Ff", out, 2));
	assert_false(code_unhex("00f", out, 2));
	assert_false(code_unhex("00g0", out, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes),
		cmocka_unit_test(in_pieces),
		cmocka_unit_test(seals),
		cmocka_unit_test(digits),
		cmocka_unit_test(keyed),
		cmocka_unit_test(keyed_again),
		cmocka_unit_test(random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
