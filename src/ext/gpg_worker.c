/* What is asked of gpgme, and packed for the other side. */
#include "ext/gpg_in.h"

#include <gpgme.h>
#include <string.h>

#include "base/late.h"
#include "base/pack.h"
#include "base/text.h"
#include "ext/gpg_scratch.h"

enum { PIECE = 64 * 1024 };

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
verify(const struct gpg_task *t, struct buf *out)
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

enum status
gpg_do_verify(const void *in, size_t len, struct buf *out)
{
	(void)len;
	return verify(in, out);
}

/* What it takes in of the mail goes with the scratch. */
enum status
gpg_do_verify_aside(const void *in, size_t len, struct buf *out)
{
	const struct gpg_task *t = in;
	enum status st = ST_NONE;

	(void)len;
	if (gpg_scratch_enter(t->home) == 0)
		st = verify(t, out);
	gpg_scratch_remove(t->home);
	return st;
}

enum status
gpg_do_decrypt(const void *in, size_t len, struct buf *out)
{
	const struct gpg_task *t = in;
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

enum status
gpg_do_encrypt(const void *in, size_t len, struct buf *out)
{
	const struct gpg_task *t = in;
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

enum status
gpg_do_look(const void *in, size_t len, struct buf *out)
{
	const struct gpg_task *t = in;

	(void)len;
	if (look(GPG_OPENPGP, t->fingerprint, out) == ST_OK)
		return ST_OK;
	return look(GPG_SMIME, t->fingerprint, out);
}

enum status
gpg_do_import(const void *in, size_t len, struct buf *out)
{
	const struct gpg_task *t = in;
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

enum status
gpg_do_own(const void *in, size_t len, struct buf *out)
{
	enum gpg_kind kind = *(const enum gpg_kind *)in;
	gpgme_ctx_t ctx = open_context(kind);
	gpgme_key_t key;
	struct buf keys = BUF_INIT;
	int64_t n = 0;

	(void)len;
	if (ctx == NULL || lib.gpgme_op_keylist_start(ctx, NULL, 1) != 0)
		return ST_NONE;
	while (n < GPG_OWN_KEYS && lib.gpgme_op_keylist_next(ctx, &key) == 0) {
		pack_key(kind, key, &keys);
		n++;
	}
	pack_number(out, n);
	buf_add(out, keys.data, keys.len);
	return ST_OK;
}

enum status
gpg_do_remove(const void *in, size_t len, struct buf *out)
{
	const struct gpg_task *t = in;
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
