#include "cmd/keyring.h"

#include "base/when.h"

char *
keyring_home(struct job *j, const struct conf *c)
{
	return arena_printf(j->mem, "%s/keys/gnupg", c->state);
}

bool
keyring_is_dead(const struct job *j, const struct gpg_key *k)
{
	return k->revoked || (k->expires != 0 && k->expires <= j->now);
}

const char *
keyring_state(struct job *j, const struct gpg_key *k)
{
	const char *kind = k->kind == GPG_SMIME ? "S/MIME" : "OpenPGP";

	if (k->revoked)
		return arena_printf(j->mem,
		    "%s, revoked: it counts for "
		    "nothing",
		    kind);
	if (k->expires == 0)
		return arena_printf(j->mem, "%s, without an end", kind);
	return arena_printf(j->mem, "%s, %s %s", kind,
	    k->expires <= j->now ? "expired" : "until",
	    when_rfc3339(j->mem, k->expires));
}
