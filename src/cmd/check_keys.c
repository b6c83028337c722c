/* What check sees of the keys that people sign with, and of our own. */
#include <unistd.h>

#include "base/when.h"
#include "cmd/check_in.h"
#include "cmd/keyring.h"
#include "model/pin.h"
#include "model/store.h"

enum { SOON = 30 * 86400 };

/* true: it can be counted on for some time. */
static bool
check_pin(struct report *r, const char *home, const struct pin *p)
{
	struct gpg_key key;
	enum status st = access(home, F_OK) == 0
			     ? gpg_look(r->j, home, p->fingerprint, &key)
			     : ST_NONE;

	if (st == ST_NONE)
		check_add(r, CHECK_WARN, "signatures",
		    "%s: the key %s isn't in the keyring: sitrep key add %s "
		    "FILE (it needs gnupg, and gpgsm for S/MIME)",
		    p->person, p->fingerprint, p->person);
	else if (st != ST_OK)
		check_add(r, CHECK_WRONG, "signatures", "%s", r->j->why);
	else if (keyring_is_dead(r->j, &key))
		check_add(r, CHECK_WARN, "signatures",
		    "%s: %s is %s: sitrep key add %s FILE renews it, sitrep "
		    "key remove %s takes it off",
		    p->person, p->fingerprint, keyring_state(r->j, &key),
		    p->person, p->person);
	else if (key.expires != 0 && key.expires < r->j->now + SOON)
		check_add(r, CHECK_WARN, "signatures",
		    "%s: %s ends on %s: ask for the renewed one, and sitrep "
		    "key add %s FILE",
		    p->person, p->fingerprint,
		    when_rfc3339(r->j->mem, key.expires), p->person);
	else
		return true;
	job_forget(r->j);
	return false;
}

/* Encrypted mail to us can be read only with a key of ours. */
static void
check_own(struct report *r, const char *home)
{
	struct gpg_key *own = NULL;
	size_t n = 0;

	if (access(home, F_OK) == 0)
		(void)!gpg_own(r->j, home, &own, &n);
	job_forget(r->j);
	if (n == 0)
		check_add(r, CHECK_OK, "decryption",
		    "no key of ours: encrypted mail is answered E30 (man "
		    "sitrep, Keys, says how to make one)");
	for (size_t i = 0; i < n; i++)
		check_add(r,
		    keyring_is_dead(r->j, &own[i]) ? CHECK_WARN : CHECK_OK,
		    "decryption", "%s %s: %s", own[i].fingerprint, own[i].name,
		    keyring_state(r->j, &own[i]));
}

static void
check_pins(struct report *r, const struct conf *c, struct db *db,
    const char *home)
{
	struct pin *all;
	size_t n, well = 0;

	if (pin_list(db, r->j, c, NULL, &all, &n) != ST_OK) {
		check_add(r, CHECK_WRONG, "signatures", "%s", r->j->why);
		return;
	}
	for (size_t i = 0; i < n; i++)
		well += check_pin(r, home, &all[i]);
	if (n == 0)
		check_add(r, CHECK_OK, "signatures",
		    "no keys: nobody is proved by a signature");
	else if (well == n)
		check_add(r, CHECK_OK, "signatures", "%zu key%s", n,
		    n == 1 ? "" : "s");
}

void
check_keyring(struct report *r, const struct conf *c)
{
	const char *home = keyring_home(r->j, c);
	struct db *db = NULL;

	job_forget(r->j);
	/* What is wrong with the store is told by check_store(). */
	if (!store_exists(r->j, c->state) ||
	    store_open(r->j, c->state, DB_READ, &db) != ST_OK) {
		job_forget(r->j);
		return;
	}
	check_pins(r, c, db, home);
	db_close(db);
	check_own(r, home);
}
