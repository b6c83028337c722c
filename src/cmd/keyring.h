/*
 * The keyring of the house, STATE/keys/gnupg (mode 0700): public keys of
 * people, and the secret ones that mail to us may be encrypted to.
 */
#ifndef CMD_KEYRING_H
#define CMD_KEYRING_H

#include "ext/gpg.h"
#include "model/conf.h"

char *keyring_home(struct job *j, const struct conf *c);
/* What a key is worth now: "valid until 2027-03-04", "expired ...". */
const char *keyring_state(struct job *j, const struct gpg_key *k);
/* It can't be counted on: expired or revoked. */
bool keyring_is_dead(const struct job *j, const struct gpg_key *k);

#endif
