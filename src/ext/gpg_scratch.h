/*
 * A copy of the keyring to be spoilt.  gpgsm puts each certificate that comes
 * with a signature into its keyring, whoever sent it, and can't check without:
 * so it gets a folder of its own, HOME/check, with our certificates and an
 * agent of its own, which is thrown away.  One at a time: whoever handles mail
 * has the turn (cmd/turn.h).
 *
 * For the worker of ext/gpg_keeper.h: no job, no memory of ours.
 */
#ifndef EXT_GPG_SCRATCH_H
#define EXT_GPG_SCRATCH_H

/* Makes it and sets GNUPGHOME to it; -1: it couldn't be made. */
int gpg_scratch_enter(const char *home);
void gpg_scratch_remove(const char *home);

#endif
