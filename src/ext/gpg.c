#include "ext/gpg_in.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/pack.h"
#include "base/text.h"

enum { NAME_SHOWN = 80 };

static enum gpg_state
unpack_state(struct unpack *u)
{
	return (enum gpg_state)unpack_count(u, GPG_BROKEN);
}

static void
unpack_verified(struct unpack *u, struct arena *mem, struct gpg_verified *out)
{
	out->more = unpack_flag(u);
	out->n = unpack_count(u, GPG_SIGNATURES);
	for (size_t i = 0; i < out->n; i++) {
		out->at[i].state = unpack_state(u);
		out->at[i].primary = unpack_string(u, mem);
		out->at[i].signer = unpack_string(u, mem);
		out->at[i].made = unpack_number(u);
		out->at[i].expires = unpack_number(u);
	}
	out->text = unpack_bytes(u, mem, &out->n_text);
}

static struct gpg_key
unpack_key(struct unpack *u, struct arena *mem)
{
	struct gpg_key k = { .kind = GPG_OPENPGP };

	k.kind = (enum gpg_kind)unpack_count(u, GPG_SMIME);
	k.fingerprint = unpack_string(u, mem);
	k.name = text_one_line(mem, unpack_string(u, mem), NAME_SHOWN);
	k.made = unpack_number(u);
	k.expires = unpack_number(u);
	k.user_ids = unpack_count(u, SIZE_MAX / 2);
	k.revoked = unpack_flag(u);
	k.secret = unpack_flag(u);
	k.encrypts = unpack_flag(u);
	return k;
}

static enum status
lost(struct job *j, const struct unpack *u)
{
	return unpack_end(u)
		   ? ST_OK
		   : job_fail(j, ST_PERM, "gpg's answer can't be read");
}

/* gpgsm can't even look without its agent, and that wants to write. */
static enum status
run(struct job *j, const char *home, gpg_fn *fn, const void *task, size_t n,
    struct buf *out)
{
	struct keeper k = { .home = home, .fn = fn, .in = task, .n = n };

	k.access = fn == gpg_do_verify ? KEEPER_READS : KEEPER_WRITES;
	return gpg_keeper_run(j, &k, out);
}

static enum status
run_verified(struct job *j, const char *home, gpg_fn *fn,
    const struct gpg_task *t, struct gpg_verified *out)
{
	struct gpg_verified v = { .n = 0 };
	struct buf b = BUF_INIT;
	enum status st = run(j, home, fn, t, sizeof *t, &b);
	struct unpack u = { .at = b.data, .left = b.len };

	if (st == ST_OK) {
		unpack_verified(&u, j->mem, &v);
		st = lost(j, &u);
	}
	if (st == ST_OK)
		*out = v;
	buf_free(&b);
	return st;
}

static enum status
run_key(struct job *j, const char *home, gpg_fn *fn, const struct gpg_task *t,
    struct gpg_key *out)
{
	struct buf b = BUF_INIT;
	enum status st = run(j, home, fn, t, sizeof *t, &b);
	struct unpack u = { .at = b.data, .left = b.len };
	struct gpg_key k;

	if (st == ST_OK) {
		k = unpack_key(&u, j->mem);
		if ((st = lost(j, &u)) == ST_OK)
			*out = k;
	}
	buf_free(&b);
	return st;
}

enum status
gpg_verify(struct job *j, const char *home, enum gpg_kind kind,
    const struct gpg_bytes *signature, const struct gpg_bytes *text,
    struct gpg_verified *out)
{
	struct gpg_task t = { .home = home, .kind = kind, .in = *signature };

	if (text != NULL)
		t.text = *text;
	return run_verified(j, home,
	    kind == GPG_SMIME ? gpg_do_verify_aside : gpg_do_verify, &t, out);
}

enum status
gpg_decrypt(struct job *j, const char *home, enum gpg_kind kind,
    const struct gpg_bytes *cipher, struct gpg_verified *out)
{
	struct gpg_task t = { .kind = kind, .in = *cipher };

	return run_verified(j, home, gpg_do_decrypt, &t, out);
}

enum status
gpg_encrypt(struct job *j, const char *home, enum gpg_kind kind,
    const char *fingerprint, const struct gpg_bytes *clear,
    struct gpg_bytes *out)
{
	struct gpg_task t = { .kind = kind,
		.in = *clear,
		.fingerprint = fingerprint };
	struct buf b = BUF_INIT;
	enum status st = run(j, home, gpg_do_encrypt, &t, sizeof t, &b);
	struct unpack u = { .at = b.data, .left = b.len };
	struct gpg_bytes got;

	if (st == ST_OK) {
		got.p = unpack_bytes(&u, j->mem, &got.n);
		if ((st = lost(j, &u)) == ST_OK)
			*out = got;
	}
	buf_free(&b);
	return st;
}

/* A certificate begins so, in letters or in bytes. */
static enum gpg_kind
kind_of(const struct gpg_bytes *file)
{
	static const char pem[] = "-----BEGIN CERTIFICATE-----";
	const unsigned char *p = file->p;

	if (file->n > 1 && p[0] == 0x30 && (p[1] & 0x80) != 0)
		return GPG_SMIME;
	return memmem(p, file->n, pem, sizeof pem - 1) != NULL ? GPG_SMIME
							       : GPG_OPENPGP;
}

enum status
gpg_import(struct job *j, const char *home, const struct gpg_bytes *file,
    struct gpg_key *out)
{
	struct gpg_task t = { .kind = kind_of(file), .in = *file };

	return run_key(j, home, gpg_do_import, &t, out);
}

enum status
gpg_look(struct job *j, const char *home, const char *fingerprint,
    struct gpg_key *out)
{
	struct gpg_task t = { .fingerprint = fingerprint };

	return run_key(j, home, gpg_do_look, &t, out);
}

static enum status
own_of(struct job *j, const char *home, enum gpg_kind kind,
    struct gpg_key **out, size_t *n)
{
	struct buf b = BUF_INIT;
	enum status st = run(j, home, gpg_do_own, &kind, sizeof kind, &b);
	struct unpack u = { .at = b.data, .left = b.len };
	size_t found = st == ST_OK ? unpack_count(&u, GPG_OWN_KEYS) : 0;

	for (size_t i = 0; i < found; i++) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = unpack_key(&u, j->mem);
	}
	if (st == ST_OK)
		st = lost(j, &u);
	buf_free(&b);
	return st;
}

enum status
gpg_own(struct job *j, const char *home, struct gpg_key **out, size_t *n)
{
	enum status st;

	*out = NULL;
	*n = 0;
	st = own_of(j, home, GPG_OPENPGP, out, n);
	return st > ST_NONE ? st : own_of(j, home, GPG_SMIME, out, n);
}

enum status
gpg_remove(struct job *j, const char *home, const char *fingerprint)
{
	struct gpg_task t = { .fingerprint = fingerprint };
	struct buf b = BUF_INIT;
	enum status st = run(j, home, gpg_do_remove, &t, sizeof t, &b);

	buf_free(&b);
	return st;
}

/* ---- the keyring's own settings ---- */

static const struct {
	const char *file, *text;
} settings[] = {
	{ "gpg.conf",
	    "no-greeting\nbatch\nno-tty\ntrust-model always\n"
	    "no-auto-key-locate\nno-auto-key-retrieve\nno-auto-key-import\n"
	    "disable-dirmngr\nmax-output "
	    "33554432\n" },
	{ "gpgsm.conf",
	    /* a certificate is believed for its pin, whoever issued it */
	    "batch\nno-tty\ndisable-dirmngr\ndisable-crl-checks\n"
	    "disable-policy-checks\ndebug-no-chain-validation\n" },
	{ "gpg-agent.conf", "disable-scdaemon\npinentry-program /bin/false\n"
			    "no-allow-mark-trusted\n" },
};

enum status
gpg_make_home(struct job *j, const char *home)
{
	enum status st = file_mkdirs(j, home, 0700);

	for (size_t i = 0;
	     st == ST_OK && i < sizeof settings / sizeof *settings; i++) {
		st = file_write(j,
		    arena_printf(j->mem, "%s/%s", home, settings[i].file),
		    settings[i].text, strlen(settings[i].text), 0600,
		    FILE_NOSYNC);
		if (st == ST_NONE)
			st = ST_OK;
	}
	return st;
}
