#include "model/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/code.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "ext/crypto.h"
#include "model/store.h"

/*
 * A key file: a generation a line, the newest first, each 64 hexadecimal
 * digits.  Whoever renews a key writes the new line above the old one.
 */
enum {
	FILE_MAX = 4096,
	REPLY_BYTES = 16,
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

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
read_generation(const char *line, unsigned char out[KEY_SIZE])
{
	for (size_t i = 0; i < KEY_SIZE; i++) {
		int high = hex(line[2 * i]), low;

		if (high < 0 || (low = hex(line[2 * i + 1])) < 0)
			return false;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return line[2 * KEY_SIZE] == '\0';
}

static enum status
read_key(struct job *j, const char *path, struct key *out)
{
	struct buf b = BUF_INIT;
	struct key key = { .n = 0 };
	enum status st = file_read(j, path, FILE_MAX, &b);
	char *rest = b.data, *line;

	if (st != ST_OK)
		goto done;
	while ((line = text_line(&rest)) != NULL) {
		if (text_blank(line))
			continue;
		if (key.n == KEY_GENERATIONS ||
		    !read_generation(line, key.generation[key.n++])) {
			st = job_fail(j, ST_PERM,
			    "%s isn't a key file: it holds one or two lines of "
			    "%d hexadecimal digits; put it back from a copy",
			    path, 2 * KEY_SIZE);
			goto done;
		}
	}
	if (key.n == 0)
		st = job_fail(j, ST_PERM,
		    "%s holds no key: put it back from the backup", path);
	else
		*out = key;
done:
	explicit_bzero(&key, sizeof key);
	explicit_bzero(b.data, b.cap);
	buf_free(&b);
	return st;
}

static int
sync_folder(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r;

	if (fd < 0)
		return -1;
	r = fsync(fd);
	(void)close(fd);
	return r;
}

static int
write_new(const char *path)
{
	unsigned char key[KEY_SIZE];
	char line[2 * KEY_SIZE + 2];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int bad;

	if (fd < 0)
		return -1;
	crypto_random(key, sizeof key);
	for (size_t i = 0; i < KEY_SIZE; i++)
		(void)snprintf(line + 2 * i, 4, "%02x\n", key[i]);
	bad = fchmod(fd, 0600) != 0 ||
	      file_write_all(fd, line, sizeof line - 1) != 0 || fsync(fd) != 0;
	explicit_bzero(key, sizeof key);
	explicit_bzero(line, sizeof line);
	return close(fd) != 0 || bad ? -1 : 0;
}

/*
 * Of two first starts at once one links its key, the other finds that and
 * drops its own: both go on with the same.
 */
static enum status
make_key(struct job *j, const char *dir, const char *path)
{
	unsigned char salt[8];
	char *aside;
	enum status st = ST_OK;

	crypto_random(salt, sizeof salt);
	aside = arena_printf(j->mem, "%s.%s~", path, code_hex(j->mem, salt, 8));
	if (write_new(aside) != 0)
		st = job_fail(j, ST_TEMP, "cannot write %s: %s", aside,
		    strerror(errno));
	else if (link(aside, path) == 0)
		log_note("step=keys made=%s", path);
	else if (errno != EEXIST)
		st = job_fail(j, ST_TEMP, "cannot make %s: %s", path,
		    strerror(errno));
	(void)unlink(aside);
	if (st == ST_OK && sync_folder(dir) != 0)
		st = job_fail(j, ST_TEMP, "cannot sync %s: %s", dir,
		    strerror(errno));
	return st;
}

static void
warn_if_open(const char *path)
{
	struct stat sb;

	if (stat(path, &sb) == 0 && (sb.st_mode & 0077) != 0)
		log_warn("step=keys path=%s mode=%03o others can use it: "
			 "chmod go= mends that",
		    path, (unsigned)sb.st_mode & 0777);
}

/*
 * Links and reply addresses that are out bind us to the keys of a store, so
 * only a start without a store makes any.  Another first start may make keys
 * and store between two looks of ours: after the second, the key is there.
 */
static enum status
load(struct job *j, const char *state, const char *name, struct key *out)
{
	char *dir = arena_printf(j->mem, "%s/keys", state);
	char *path = arena_printf(j->mem, "%s/%s", dir, name);
	enum status st = read_key(j, path, out);

	if (st == ST_NONE) {
		if (!store_exists(j, state) &&
		    (st = make_key(j, dir, path)) != ST_OK)
			return st;
		st = read_key(j, path, out);
	}
	if (st == ST_NONE)
		return job_fail(j, ST_TEMP,
		    "put back %s from the backup: it is lost, and links and "
		    "reply addresses that are out need it; how to make a new "
		    "one all the same stands in sitrep(1)",
		    path);
	if (st == ST_OK)
		warn_if_open(path);
	return st;
}

enum status
keys_load(struct job *j, const char *state, struct keys *out)
{
	char *dir = arena_printf(j->mem, "%s/keys", state);
	struct keys k = { 0 };
	enum status st;

	if ((st = file_mkdirs(j, state, 0751)) != ST_OK ||
	    (st = file_mkdirs(j, dir, 0700)) != ST_OK)
		return st;
	warn_if_open(dir);
	if ((st = load(j, state, "reply", &k.reply)) == ST_OK &&
	    (st = load(j, state, "list", &k.list)) == ST_OK &&
	    (st = load(j, state, "chain", &k.chain)) == ST_OK)
		*out = k;
	explicit_bzero(&k, sizeof k);
	return st;
}

enum status
keys_look(struct job *j, const char *state, struct keys *out)
{
	struct keys k = { 0 };
	struct {
		const char *name;
		struct key *key;
	} all[] = { { "reply", &k.reply }, { "list", &k.list },
		{ "chain", &k.chain } };
	enum status st = ST_OK;

	for (size_t i = 0; i < sizeof all / sizeof *all && st == ST_OK; i++) {
		char *path =
		    arena_printf(j->mem, "%s/keys/%s", state, all[i].name);

		st = read_key(j, path, all[i].key);
		if (st == ST_NONE)
			st = job_fail(j, ST_PERM,
			    "%s is missing: put it back from a copy, or what "
			    "was sent with it can't be answered",
			    path);
	}
	if (st == ST_OK)
		*out = k;
	explicit_bzero(&k, sizeof k);
	return st;
}

enum status
keys_load_list(struct job *j, const char *state, struct keys *out)
{
	struct keys k = { 0 };
	char *path = arena_printf(j->mem, "%s/keys/list", state);
	enum status st = read_key(j, path, &k.list);

	if (st == ST_NONE)
		st = job_fail(j, ST_TEMP,
		    "%s is missing: put it back from the backup; only the "
		    "first start makes it",
		    path);
	if (st == ST_OK) {
		warn_if_open(path);
		*out = k;
	}
	explicit_bzero(&k, sizeof k);
	return st;
}

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
	char s[24];

	(void)snprintf(s, sizeof s, "%lld", (long long)v);
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

void
keys_unsubscribe(const struct keys *k, const char *list, int64_t member,
    char *out)
{
	struct bound b = list_bound("unsubscribe", list, member, -1);
	unsigned char raw[4 + CRYPTO_SHA256];

	put(raw, 4, (uint64_t)member);
	sign(&k->list, 0, &b, raw + 4);
	write32(raw, LIST_BYTES, out);
}

bool
keys_unsubscribe_ok(const struct keys *k, const char *list, const char *token,
    int64_t *member)
{
	unsigned char raw[LIST_BYTES];
	struct bound b;

	if (strlen(token) != TOKEN_LIST || !read32(token, raw, sizeof raw))
		return false;
	b = list_bound("unsubscribe", list, get(raw, 4), -1);
	if (!list_ok(&k->list, &b, raw + 4))
		return false;
	*member = get(raw, 4);
	return true;
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
