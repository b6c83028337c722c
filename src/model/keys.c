#include "model/keys.h"

#include <string.h>

#include "base/code.h"
#include "base/line.h"
#include "base/log.h"
#include "ext/crypto.h"

enum {
	REPLY_BYTES = 16,
	SALT = 16,
	PAGE_CHARS = 10,
	LIST_MAC = 12,
	LIST_BYTES = 4 + LIST_MAC,
	BOUNCE_BYTES = 4 + 3 + LIST_MAC,
	ROW = BOUNCE_BYTES - LIST_MAC,
	LETTERS = 1 << 24,
	PURPOSE_MAX = 320,
};

static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";

/* Purpose and names, each with its NUL: no two texts give the same bytes. */
struct bound {
	size_t n;
	unsigned char data[PURPOSE_MAX];
};

static void
bind(struct bound *b, const char *s)
{
	do {
		if (b->n == PURPOSE_MAX)
			die("keys: more than %d bytes to sign", PURPOSE_MAX);
		b->data[b->n++] =
		    (unsigned char)(*s >= 'A' && *s <= 'Z' ? *s | 0x20 : *s);
	} while (*s++ != '\0');
}

static void
bind_number(struct bound *b, int64_t v)
{
	char s[LINE_INT];
	struct line l;

	line_begin(&l, s, sizeof s);
	line_int(&l, v);
	bind(b, s);
}

static void
sign(const struct key *key, int generation, const struct bound *b,
    unsigned char out[CRYPTO_SHA256])
{
	if (generation >= key->n)
		die("keys: a key that isn't loaded");
	crypto_hmac(key->generation[generation], KEY_SIZE, b->data, b->n, out);
}

/* out holds (8n + 4) / 5 + 1. */
static void
write32(const unsigned char *p, size_t n, char *out)
{
	unsigned bits = 0, have = 0;

	for (size_t i = 0; i < n; i++) {
		bits = (bits << 8 | p[i]) & 0xffff;
		for (have += 8; have >= 5; have -= 5)
			*out++ = digits[bits >> (have - 5) & 31];
	}
	if (have != 0)
		*out++ = digits[bits << (5 - have) & 31];
	*out = '\0';
}

/* Exactly n bytes, with no bits left over that could vary a token. */
static bool
read32(const char *s, unsigned char *out, size_t n)
{
	unsigned bits = 0, have = 0;
	size_t done = 0;

	for (; *s != '\0'; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s | 0x20) : *s;
		const char *at = strchr(digits, c);

		if (at == NULL || done == n)
			return false;
		bits = (bits << 5 | (unsigned)(at - digits)) & 0xffff;
		if ((have += 5) < 8)
			continue;
		have -= 8;
		out[done++] = (unsigned char)(bits >> have);
	}
	return done == n && have < 5 && (bits & ((1u << have) - 1)) == 0;
}

static bool
same(const unsigned char *a, const unsigned char *b, size_t n)
{
	unsigned diff = 0;

	for (size_t i = 0; i < n; i++)
		diff |= (unsigned)(a[i] ^ b[i]);
	return diff == 0;
}

static struct bound
reply_bound(const char *purpose, const char *event, const char *object,
    const char *person)
{
	struct bound b = { .n = 0 };

	bind(&b, purpose);
	bind(&b, event);
	bind(&b, object);
	bind(&b, person);
	return b;
}

/* out holds 27; cut: characters wanted. */
static void
reply_token(const struct key *key, int generation, const struct bound *b,
    size_t cut, char *out)
{
	unsigned char mac[CRYPTO_SHA256];

	sign(key, generation, b, mac);
	write32(mac, REPLY_BYTES, out);
	out[cut] = '\0';
}

static bool
reply_ok(const struct key *key, const struct bound *b, size_t cut,
    const char *token)
{
	char want[TOKEN_LIST + 1];
	bool ok = false;

	for (int i = 0; i < key->n; i++) {
		reply_token(key, i, b, cut, want);
		ok = code_same(want, token) || ok;
	}
	return ok;
}

char *
keys_reply(struct job *j, const struct keys *k, const char *event,
    const char *object, const char *person)
{
	struct bound b = reply_bound("reply", event, object, person);
	char *s = arena_alloc(j->mem, TOKEN_LIST + 1);

	reply_token(&k->reply, 0, &b, TOKEN_LIST, s);
	return s;
}

bool
keys_reply_ok(struct job *j, const struct keys *k, const char *event,
    const char *object, const char *person, const char *token)
{
	struct bound b = reply_bound("reply", event, object, person);

	(void)j;
	return reply_ok(&k->reply, &b, TOKEN_LIST, token);
}

char *
keys_page(struct job *j, const struct keys *k, const char *event,
    const char *object, const char *person)
{
	struct bound b = reply_bound("page", event, object, person);
	char *s = arena_alloc(j->mem, TOKEN_LIST + 1);

	reply_token(&k->reply, 0, &b, PAGE_CHARS, s);
	return s;
}

bool
keys_page_ok(struct job *j, const struct keys *k, const char *event,
    const char *object, const char *person, const char *token)
{
	struct bound b = reply_bound("page", event, object, person);

	(void)j;
	return reply_ok(&k->reply, &b, PAGE_CHARS, token);
}

static void
put(unsigned char *p, size_t n, uint64_t v)
{
	while (n-- != 0) {
		p[n] = (unsigned char)v;
		v >>= 8;
	}
}

static int64_t
get(const unsigned char *p, size_t n)
{
	int64_t v = 0;

	while (n-- != 0)
		v = v << 8 | *p++;
	return v;
}

/* letter -1: none. */
static struct bound
list_bound(const char *purpose, const char *list, int64_t member,
    int64_t letter)
{
	struct bound b = { .n = 0 };

	if (member < 0 || member > UINT32_MAX)
		die("keys: member %lld", (long long)member);
	bind(&b, purpose);
	bind(&b, list);
	bind_number(&b, member);
	bind_number(&b, letter);
	return b;
}

static bool
list_ok(const struct key *key, const struct bound *b, const unsigned char *mac)
{
	unsigned char want[CRYPTO_SHA256];
	bool ok = false;

	for (int i = 0; i < key->n; i++) {
		sign(key, i, b, want);
		ok = same(want, mac, LIST_MAC) || ok;
	}
	return ok;
}

/* out holds TOKEN_LIST + 1. */
static void
list_token(const struct keys *k, const char *purpose, const char *list,
    int64_t row, char *out)
{
	struct bound b = list_bound(purpose, list, row, -1);
	unsigned char raw[4 + CRYPTO_SHA256];

	put(raw, 4, (uint64_t)row);
	sign(&k->list, 0, &b, raw + 4);
	write32(raw, LIST_BYTES, out);
}

static bool
list_token_ok(const struct keys *k, const char *purpose, const char *list,
    const char *token, int64_t *row)
{
	unsigned char raw[LIST_BYTES];
	struct bound b;

	if (strlen(token) != TOKEN_LIST || !read32(token, raw, sizeof raw))
		return false;
	b = list_bound(purpose, list, get(raw, 4), -1);
	if (!list_ok(&k->list, &b, raw + 4))
		return false;
	*row = get(raw, 4);
	return true;
}

void
keys_unsubscribe(const struct keys *k, const char *list, int64_t member,
    char *out)
{
	list_token(k, "unsubscribe", list, member, out);
}

bool
keys_unsubscribe_ok(const struct keys *k, const char *list, const char *token,
    int64_t *member)
{
	return list_token_ok(k, "unsubscribe", list, token, member);
}

void
keys_confirm(const struct keys *k, const char *list, int64_t pending, char *out)
{
	list_token(k, "confirm", list, pending, out);
}

bool
keys_confirm_ok(const struct keys *k, const char *list, const char *token,
    int64_t *pending)
{
	return list_token_ok(k, "confirm", list, token, pending);
}

void
keys_bounce(const struct keys *k, const char *list, int64_t member,
    int64_t letter, char *out)
{
	int64_t low = letter & (LETTERS - 1);
	struct bound b = list_bound("bounce", list, member, low);
	unsigned char raw[7 + CRYPTO_SHA256];

	put(raw, 4, (uint64_t)member);
	put(raw + 4, 3, (uint64_t)low);
	sign(&k->list, 0, &b, raw + 7);
	write32(raw, BOUNCE_BYTES, out);
}

bool
keys_bounce_ok(const struct keys *k, const char *list, const char *token,
    int64_t *member, int64_t *letter)
{
	unsigned char raw[BOUNCE_BYTES];
	struct bound b;

	if (strlen(token) != TOKEN_BOUNCE || !read32(token, raw, sizeof raw))
		return false;
	b = list_bound("bounce", list, get(raw, 4), get(raw + 4, 3));
	if (!list_ok(&k->list, &b, raw + 7))
		return false;
	*member = get(raw, 4);
	*letter = get(raw + 4, 3);
	return true;
}

static struct bound
row_bound(const char *purpose, int64_t row)
{
	struct bound b = { .n = 0 };

	bind(&b, "row");
	bind(&b, purpose);
	bind_number(&b, row);
	return b;
}

void
keys_row(const struct keys *k, const char *purpose, int64_t row, char *out)
{
	struct bound b = row_bound(purpose, row);
	unsigned char raw[ROW + CRYPTO_SHA256];

	put(raw, ROW, (uint64_t)row);
	sign(&k->reply, 0, &b, raw + ROW);
	write32(raw, BOUNCE_BYTES, out);
}

bool
keys_row_ok(const struct keys *k, const char *purpose, const char *token,
    int64_t *row)
{
	unsigned char raw[BOUNCE_BYTES];
	struct bound b;

	if (strlen(token) != TOKEN_BOUNCE || !read32(token, raw, sizeof raw))
		return false;
	b = row_bound(purpose, get(raw, ROW));
	if (!list_ok(&k->reply, &b, raw + ROW))
		return false;
	*row = get(raw, ROW);
	return true;
}

/* Of any length, so the text itself is hashed first. */
static struct bound
self_bound(struct job *j, const char *text)
{
	struct bound b = { .n = 0 };

	bind(&b, "self");
	bind(&b, crypto_sha256_hex(j->mem, text, strlen(text)));
	return b;
}

char *
keys_self(struct job *j, const struct keys *k, const char *text)
{
	struct bound b = self_bound(j, text);
	unsigned char mac[CRYPTO_SHA256];

	sign(&k->list, 0, &b, mac);
	return code_hex(j->mem, mac, sizeof mac);
}

char *
keys_salt(struct job *j, const struct keys *k, const char *event, int u, int r)
{
	struct bound b = { .n = 0 };
	unsigned char mac[CRYPTO_SHA256];

	bind(&b, "salt");
	bind(&b, event);
	bind_number(&b, u);
	bind_number(&b, r);
	sign(&k->chain, 0, &b, mac);
	return code_hex(j->mem, mac, SALT);
}

bool
keys_self_ok(struct job *j, const struct keys *k, const char *text,
    const char *mac)
{
	struct bound b = self_bound(j, text);
	unsigned char want[CRYPTO_SHA256];
	bool ok = false;

	for (int i = 0; i < k->list.n; i++) {
		sign(&k->list, i, &b, want);
		ok = code_same(code_hex(j->mem, want, sizeof want), mac) || ok;
	}
	return ok;
}
