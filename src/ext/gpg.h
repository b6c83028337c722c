/*
 * OpenPGP (RFC 4880) and S/MIME (RFC 8551) by gpgme, which starts gpg and
 * gpgsm.  The only file that knows it; the library is loaded in the process
 * that uses it (base/late.h).
 *
 * Nothing is run in this process: each call goes through ext/gpg_keeper.h,
 * which gives the programs a keyring of their own, no network and an end.
 * Strings and bytes that come back live in the job's arena and are untrusted.
 *
 * home: the folder of the keyring (GNUPGHOME), made by gpg_make_home().
 *
 * ST_OK; ST_NONE: gpg could make nothing of the bytes, the reason is in `why`
 * of the result where it has one; ST_PERM: it died or was late; ST_TEMP: no
 * process to be had.
 */
#ifndef EXT_GPG_H
#define EXT_GPG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job.h"

enum gpg_kind { GPG_OPENPGP, GPG_SMIME };

enum { GPG_SIGNATURES = 8, GPG_FINGERPRINT = 40 };

enum gpg_state {
	GPG_GOOD,
	GPG_BAD,     /* the bytes aren't those that were signed */
	GPG_UNKNOWN, /* no such key in the keyring */
	GPG_EXPIRED, /* the key, or the signature */
	GPG_REVOKED,
	GPG_BROKEN, /* gpg can't check it */
};

struct gpg_signature {
	enum gpg_state state;
	/* Upper-case hexadecimal; "" where the key is unknown. */
	const char *primary; /* of the whole key: what is pinned */
	const char *signer;  /* of the (sub)key that signed */
	int64_t made;        /* 0: it doesn't say */
	int64_t expires;     /* the key; 0: never */
};

struct gpg_verified {
	struct gpg_signature at[GPG_SIGNATURES];
	size_t n;
	bool more;        /* there were more signatures */
	const char *text; /* what is signed, where the signature holds it */
	size_t n_text;
};

struct gpg_bytes {
	const void *p;
	size_t n;
};

struct gpg_key {
	enum gpg_kind kind;
	const char *fingerprint;
	const char *name;      /* the first user id, one line */
	int64_t made, expires; /* 0: never */
	size_t user_ids;
	bool revoked, secret, encrypts;
};

/* Makes the folder and its settings; fast if they are there. */
enum status gpg_make_home(struct job *j, const char *home) must_check;

/* text: what a detached signature covers; NULL: the signature holds it. */
enum status gpg_verify(struct job *j, const char *home, enum gpg_kind kind,
    const struct gpg_bytes *signature, const struct gpg_bytes *text,
    struct gpg_verified *out) must_check;

/* The clear text; also what it was signed with, if it was. */
enum status gpg_decrypt(struct job *j, const char *home, enum gpg_kind kind,
    const struct gpg_bytes *cipher, struct gpg_verified *out) must_check;

/* ASCII armour or base64 DER lines, without headers; to one key. */
enum status gpg_encrypt(struct job *j, const char *home, enum gpg_kind kind,
    const char *fingerprint, const struct gpg_bytes *clear,
    struct gpg_bytes *out) must_check;

/* Takes in the one public key of a file; the key as it stands now. */
enum status gpg_import(struct job *j, const char *home,
    const struct gpg_bytes *file, struct gpg_key *out) must_check;

/* ST_NONE: the keyring hasn't got it. */
enum status gpg_look(struct job *j, const char *home, const char *fingerprint,
    struct gpg_key *out) must_check;

/* Those with a secret half: what mail to us can be encrypted to. */
enum status gpg_own(struct job *j, const char *home, struct gpg_key **out,
    size_t *n) must_check;

/* Takes it out of the keyring; ST_NONE: it isn't there. */
enum status gpg_remove(struct job *j, const char *home,
    const char *fingerprint);

#endif
