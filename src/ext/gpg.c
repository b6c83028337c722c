#include "ext/gpg.h"

#include <gpgme.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/late.h"
#include "base/pack.h"
#include "base/text.h"
#include "ext/gpg_keeper.h"
#include "ext/gpg_scratch.h"

enum { PIECE = 64 * 1024, NAME_SHOWN = 80, OWN_KEYS = 16 };

/* What is used of the library, which is loaded where it runs. */
/* clang-format off */
#define CALLS(EACH) \
	EACH(gpgme_check_version_internal) EACH(gpgme_data_new) \
	EACH(gpgme_data_new_from_mem) EACH(gpgme_data_read) \
	EACH(gpgme_data_seek) EACH(gpgme_data_set_encoding) \
	EACH(gpgme_get_key) EACH(gpgme_key_unref) \
	EACH(gpgme_new) EACH(gpgme_op_decrypt) \
	EACH(gpgme_op_decrypt_verify) EACH(gpgme_op_delete_ext) \
	EACH(gpgme_op_encrypt) EACH(gpgme_op_import) \
	EACH(gpgme_op_import_result) EACH(gpgme_op_keylist_next) \
	EACH(gpgme_op_keylist_start) EACH(gpgme_op_verify) \
	EACH(gpgme_op_verify_result) EACH(gpgme_release) \
	EACH(gpgme_set_armor) EACH(gpgme_set_offline) \
	EACH(gpgme_set_pinentry_mode) EACH(gpgme_set_protocol)
/* clang-format on */

LATE_TABLE(CALLS);

/* What a call in the keeper gets, by fork. */
struct task {
	const char *home;
	enum gpg_kind kind;
	struct gpg_bytes in, text; /* text.p NULL: none */
	const char *fingerprint;
};

/* ---- in the keeper ---- */

static gpgme_ctx_t
open_context(enum gpg_kind kind)
{
	gpgme_ctx_t ctx = NULL;
	gpgme_protocol_t protocol =
	    kind == GPG_SMIME ? GPGME_PROTOCOL_CMS : GPGME_PROTOCOL_OpenPGP;

	if (LATE_LOAD(LIBGPGME) != NULL)
		return NULL;
	(void)lib.gpgme_check_version(NULL);
	if (lib.gpgme_new(&ctx) != 0)
		return NULL;
	if (lib.gpgme_set_protocol(ctx, protocol) != 0) {
		lib.gpgme_release(ctx);
		return NULL;
	}
	lib.gpgme_set_offline(ctx, 1);
	lib.gpgme_set_armor(ctx, kind == GPG_OPENPGP);
	(void)lib.gpgme_set_pinentry_mode(ctx, GPGME_PINENTRY_MODE_ERROR);
	return ctx;
}

static gpgme_data_t
data_of(const struct gpg_bytes *b)
{
	gpgme_data_t d = NULL;

	if (b == NULL || b->p == NULL)
		(void)lib.gpgme_data_new(&d);
	else
		(void)lib.gpgme_data_new_from_mem(&d, b->p, b->n, 0);
	return d;
}

static void
pack_data(gpgme_data_t d, struct buf *out)
{
	struct buf all = BUF_INIT;
	ssize_t n = 0;

	if (d != NULL && lib.gpgme_data_seek(d, 0, SEEK_SET) == 0)
		do {
			buf_reserve(&all, PIECE);
			n = lib.gpgme_data_read(d, all.data + all.len, PIECE);
			if (n > 0)
				all.len += (size_t)n;
		} while (n > 0);
	pack_bytes(out, all.data, all.len);
	buf_free(&all);
}

static enum gpg_state
state_of(gpgme_error_t status)
{
	switch (gpgme_err_code(status)) {
	case GPG_ERR_NO_ERROR: return GPG_GOOD;
	case GPG_ERR_BAD_SIGNATURE: return GPG_BAD;
	case GPG_ERR_NO_PUBKEY: return GPG_UNKNOWN;
	case GPG_ERR_SIG_EXPIRED:
	case GPG_ERR_KEY_EXPIRED: return GPG_EXPIRED;
	case GPG_ERR_CERT_REVOKED: return GPG_REVOKED;
	default: return GPG_BROKEN;
	}
}

/* The subkey of that fingerprint. */
static gpgme_subkey_t
subkey_of(gpgme_key_t key, const char *fingerprint)
{
	gpgme_subkey_t s = key->subkeys;

	while (
	    s != NULL && (s->fpr == NULL || strcmp(s->fpr, fingerprint) != 0))
		s = s->next;
	return s;
}

static int64_t
sooner(int64_t a, int64_t b)
{
	if (a == 0 || b == 0)
		return a + b;
	return a < b ? a : b;
}

static void
pack_signature(gpgme_ctx_t ctx, gpgme_signature_t s, struct buf *out)
{
	const char *signer = s->fpr == NULL ? "" : s->fpr, *primary = "";
	enum gpg_state state = state_of(s->status);
	int64_t expires = 0;
	gpgme_key_t key = NULL;
	gpgme_subkey_t sub;

	if (*signer != '\0' && lib.gpgme_get_key(ctx, signer, &key, 0) == 0) {
		primary = key->subkeys->fpr;
		sub = subkey_of(key, signer);
		expires = sooner((int64_t)key->subkeys->expires,
		    sub == NULL ? 0 : (int64_t)sub->expires);
		if (state == GPG_GOOD &&
		    (key->revoked || (sub != NULL && sub->revoked)))
			state = GPG_REVOKED;
		if (state == GPG_GOOD && (key->disabled || key->invalid))
			state = GPG_BROKEN;
	} else if (state == GPG_GOOD)
		state = GPG_UNKNOWN;
	pack_number(out, state);
	pack_string(out, primary);
	pack_string(out, signer);
	pack_number(out, (int64_t)s->timestamp);
	pack_number(out, expires);
	if (key != NULL)
		lib.gpgme_key_unref(key);
}

static void
pack_signatures(gpgme_ctx_t ctx, gpgme_verify_result_t r, struct buf *out)
{
	size_t n = 0;

	for (gpgme_signature_t s = r->signatures; s != NULL; s = s->next)
		n++;
	pack_number(out, n > GPG_SIGNATURES);
	n = n > GPG_SIGNATURES ? GPG_SIGNATURES : n;
	pack_number(out, (int64_t)n);
	for (gpgme_signature_t s = r->signatures; n > 0; s = s->next, n--)
		pack_signature(ctx, s, out);
}

static enum status
verify(const struct task *t, struct buf *out)
{
	gpgme_ctx_t ctx = open_context(t->kind);
	gpgme_data_t signature = data_of(&t->in), text = data_of(&t->text);
	gpgme_verify_result_t r = NULL;
	bool detached = t->text.p != NULL;

	if (ctx == NULL || signature == NULL || text == NULL)
		return ST_NONE;
	if (lib.gpgme_op_verify(ctx, signature, detached ? text : NULL,
		detached ? NULL : text) != 0 ||
	    (r = lib.gpgme_op_verify_result(ctx)) == NULL)
		return ST_NONE;
	pack_signatures(ctx, r, out);
	pack_data(detached ? NULL : text, out);
	return ST_OK;
}

static enum status
do_verify(const void *in, size_t len, struct buf *out)
{
	(void)len;
	return verify(in, out);
}

/* What it takes in of the mail goes with the scratch. */
static enum status
do_verify_aside(const void *in, size_t len, struct buf *out)
{
	const struct task *t = in;
	enum status st = ST_NONE;

	(void)len;
	if (gpg_scratch_enter(t->home) == 0)
		st = verify(t, out);
	gpg_scratch_remove(t->home);
	return st;
}

static enum status
do_decrypt(const void *in, size_t len, struct buf *out)
{
	const struct task *t = in;
	gpgme_ctx_t ctx = open_context(t->kind);
	gpgme_data_t cipher = data_of(&t->in), clear = data_of(NULL);
	gpgme_verify_result_t r;
	gpgme_error_t e;

	(void)len;
	if (ctx == NULL || cipher == NULL || clear == NULL)
		return ST_NONE;
	e = t->kind == GPG_SMIME
		? lib.gpgme_op_decrypt(ctx, cipher, clear)
		: lib.gpgme_op_decrypt_verify(ctx, cipher, clear);
	if (e != 0)
		return ST_NONE;
	r = t->kind == GPG_SMIME ? NULL : lib.gpgme_op_verify_result(ctx);
	if (r != NULL)
		pack_signatures(ctx, r, out);
	else {
		pack_number(out, 0);
		pack_number(out, 0);
	}
	pack_data(clear, out);
	return ST_OK;
}

static enum status
do_encrypt(const void *in, size_t len, struct buf *out)
{
	const struct task *t = in;
	gpgme_ctx_t ctx = open_context(t->kind);
	gpgme_data_t clear = data_of(&t->in), cipher = data_of(NULL);
	gpgme_key_t to[2] = { NULL, NULL };

	(void)len;
	if (ctx == NULL || clear == NULL || cipher == NULL ||
	    lib.gpgme_get_key(ctx, t->fingerprint, &to[0], 0) != 0)
		return ST_NONE;
	if (t->kind == GPG_SMIME)
		(void)lib.gpgme_data_set_encoding(cipher,
		    GPGME_DATA_ENCODING_BASE64);
	if (lib.gpgme_op_encrypt(ctx, to, GPGME_ENCRYPT_ALWAYS_TRUST, clear,
		cipher) != 0)
		return ST_NONE;
	pack_data(cipher, out);
	return ST_OK;
}

static void
pack_key(enum gpg_kind kind, gpgme_key_t key, struct buf *out)
{
	struct buf name = BUF_INIT;
	const char *id = key->uids == NULL ? "" : key->uids->uid;
	size_t ids = 0;

	for (gpgme_user_id_t u = key->uids; u != NULL; u = u->next)
		ids++;
	(void)text_repair(&name, id == NULL ? "" : id,
	    id == NULL ? 0 : strlen(id));
	pack_number(out, kind);
	pack_string(out, key->subkeys->fpr == NULL ? "" : key->subkeys->fpr);
	pack_string(out, name.data);
	pack_number(out, (int64_t)key->subkeys->timestamp);
	pack_number(out, (int64_t)key->subkeys->expires);
	pack_number(out, (int64_t)ids);
	pack_number(out, key->revoked != 0);
	pack_number(out, key->secret != 0);
	pack_number(out, key->can_encrypt != 0);
	buf_free(&name);
}

static enum status
look(enum gpg_kind kind, const char *fingerprint, struct buf *out)
{
	gpgme_ctx_t ctx = open_context(kind);
	gpgme_key_t key = NULL;

	if (ctx == NULL || lib.gpgme_get_key(ctx, fingerprint, &key, 0) != 0)
		return ST_NONE;
	pack_key(kind, key, out);
	return ST_OK;
}

static enum status
do_look(const void *in, size_t len, struct buf *out)
{
	const struct task *t = in;

	(void)len;
	if (look(GPG_OPENPGP, t->fingerprint, out) == ST_OK)
		return ST_OK;
	return look(GPG_SMIME, t->fingerprint, out);
}

static enum status
do_import(const void *in, size_t len, struct buf *out)
{
	const struct task *t = in;
	gpgme_ctx_t ctx = open_context(t->kind);
	gpgme_data_t file = data_of(&t->in);
	gpgme_import_result_t r;

	(void)len;
	if (ctx == NULL || file == NULL ||
	    lib.gpgme_op_import(ctx, file) != 0 ||
	    (r = lib.gpgme_op_import_result(ctx)) == NULL ||
	    r->imports == NULL || r->imports->fpr == NULL ||
	    r->imports->result != 0)
		return ST_NONE;
	return look(t->kind, r->imports->fpr, out);
}

static enum status
do_own(const void *in, size_t len, struct buf *out)
{
	enum gpg_kind kind = *(const enum gpg_kind *)in;
	gpgme_ctx_t ctx = open_context(kind);
	gpgme_key_t key;
	struct buf keys = BUF_INIT;
	int64_t n = 0;

	(void)len;
	if (ctx == NULL || lib.gpgme_op_keylist_start(ctx, NULL, 1) != 0)
		return ST_NONE;
	while (n < OWN_KEYS && lib.gpgme_op_keylist_next(ctx, &key) == 0) {
		pack_key(kind, key, &keys);
		n++;
	}
	pack_number(out, n);
	buf_add(out, keys.data, keys.len);
	return ST_OK;
}

static enum status
do_remove(const void *in, size_t len, struct buf *out)
{
	const struct task *t = in;
	enum status st = ST_NONE;

	(void)len, (void)out;
	for (int kind = GPG_OPENPGP; kind <= GPG_SMIME; kind++) {
		gpgme_ctx_t ctx = open_context((enum gpg_kind)kind);
		gpgme_key_t key = NULL;

		if (ctx != NULL &&
		    lib.gpgme_get_key(ctx, t->fingerprint, &key, 0) == 0 &&
		    lib.gpgme_op_delete_ext(ctx, key, GPGME_DELETE_FORCE) == 0)
			st = ST_OK;
	}
	return st;
}

/* ---- on this side ---- */

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

	k.access = fn == do_verify ? KEEPER_READS : KEEPER_WRITES;
	return gpg_keeper_run(j, &k, out);
}

static enum status
run_verified(struct job *j, const char *home, gpg_fn *fn, const struct task *t,
    struct gpg_verified *out)
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
run_key(struct job *j, const char *home, gpg_fn *fn, const struct task *t,
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
	struct task t = { .home = home, .kind = kind, .in = *signature };

	if (text != NULL)
		t.text = *text;
	return run_verified(j, home,
	    kind == GPG_SMIME ? do_verify_aside : do_verify, &t, out);
}

enum status
gpg_decrypt(struct job *j, const char *home, enum gpg_kind kind,
    const struct gpg_bytes *cipher, struct gpg_verified *out)
{
	struct task t = { .kind = kind, .in = *cipher };

	return run_verified(j, home, do_decrypt, &t, out);
}

enum status
gpg_encrypt(struct job *j, const char *home, enum gpg_kind kind,
    const char *fingerprint, const struct gpg_bytes *clear,
    struct gpg_bytes *out)
{
	struct task t = { .kind = kind,
		.in = *clear,
		.fingerprint = fingerprint };
	struct buf b = BUF_INIT;
	enum status st = run(j, home, do_encrypt, &t, sizeof t, &b);
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
	struct task t = { .kind = kind_of(file), .in = *file };

	return run_key(j, home, do_import, &t, out);
}

enum status
gpg_look(struct job *j, const char *home, const char *fingerprint,
    struct gpg_key *out)
{
	struct task t = { .fingerprint = fingerprint };

	return run_key(j, home, do_look, &t, out);
}

static enum status
own_of(struct job *j, const char *home, enum gpg_kind kind,
    struct gpg_key **out, size_t *n)
{
	struct buf b = BUF_INIT;
	enum status st = run(j, home, do_own, &kind, sizeof kind, &b);
	struct unpack u = { .at = b.data, .left = b.len };
	size_t found = st == ST_OK ? unpack_count(&u, OWN_KEYS) : 0;

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
	struct task t = { .fingerprint = fingerprint };
	struct buf b = BUF_INIT;
	enum status st = run(j, home, do_remove, &t, sizeof t, &b);

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
