/*
 * The keys on disk: a generation a line, the newest first, each 64
 * hexadecimal digits.  Whoever renews a key writes the new line above the old
 * one.
 */
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

enum { FILE_MAX = 4096 };

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
	return line[(size_t)2 * KEY_SIZE] == '\0';
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
make_key(struct job *j, const char *path)
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
	if (st == ST_OK && file_sync_above(j, path) != 0)
		st = job_fail(j, ST_TEMP, "cannot sync the folder of %s: %s",
		    path, strerror(errno));
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
		    (st = make_key(j, path)) != ST_OK)
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
