/*
 * What ext/gpg.c asks and ext/gpg_worker.c does, in the process that
 * ext/gpg_keeper.h keeps.  Nothing else includes it.
 */
#ifndef EXT_GPG_IN_H
#define EXT_GPG_IN_H

#include "ext/gpg.h"
#include "ext/gpg_keeper.h"

enum { GPG_OWN_KEYS = 16 };

/* What a call in the keeper gets, by fork. */
struct gpg_task {
	const char *home;
	enum gpg_kind kind;
	struct gpg_bytes in, text; /* text.p NULL: none */
	const char *fingerprint;
};

/*
 * Each takes a struct gpg_task, gpg_do_own() an enum gpg_kind, and packs its
 * answer (base/pack.h); ST_NONE: the library said no.
 */
gpg_fn gpg_do_verify, gpg_do_verify_aside, gpg_do_decrypt, gpg_do_encrypt,
    gpg_do_look, gpg_do_import, gpg_do_own, gpg_do_remove;

#endif
