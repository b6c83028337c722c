#include "cmd/encrypt.h"

#include "base/log.h"
#include "base/text.h"
#include "cmd/keyring.h"
#include "model/pin.h"
#include "text/encase.h"

static const char no_use[] =
    "##- Please write above this line -##\n"
    "There is a mail for you that could not be encrypted:\n"
    "your key can't be used (expired or revoked?), and it is not\n"
    "sent in clear. Ask a colleague what it says, and have your\n"
    "new key taken in: sitrep key add.\n";

static struct letter_bytes
bytes_of(struct job *j, struct buf *b)
{
	struct letter_bytes out = { arena_copy(j->mem, b->data, b->len),
		b->len };

	buf_free(b);
	return out;
}

/*
 * The first of the person's keys that takes mail and is alive.  ST_NONE: none
 * of them takes any; ST_PERM: those that did are dead.
 */
static enum status
choose(struct world *w, struct job *j, const char *person, struct gpg_key *out)
{
	const char *home = keyring_home(j, &w->conf);
	bool dead = false;
	struct pin *all;
	size_t n;
	enum status st = pin_list(w->db, j, &w->conf, person, &all, &n);

	for (size_t i = 0; st == ST_OK && i < n; i++) {
		enum status seen = gpg_look(j, home, all[i].fingerprint, out);

		if (seen == ST_TEMP)
			return seen;
		if (seen != ST_OK) {
			job_forget(j);
			continue;
		}
		if (!keyring_is_dead(j, out) && out->encrypts)
			return ST_OK;
		dead = dead || keyring_is_dead(j, out);
	}
	if (st != ST_OK)
		return st;
	return dead ? ST_PERM : ST_NONE;
}

static enum status
encase(struct world *w, struct job *j, const struct letter *l,
    const struct gpg_key *key, struct letter_bytes *out)
{
	struct buf inside = BUF_INIT, whole = BUF_INIT;
	struct gpg_bytes clear, cipher = { .n = 0 };
	enum status st;

	encase_inside(l->raw, l->n, &inside);
	clear = (struct gpg_bytes){ inside.data, inside.len };
	st = gpg_encrypt(j, keyring_home(j, &w->conf), key->kind,
	    key->fingerprint, &clear, &cipher);
	buf_free(&inside);
	if (st != ST_OK)
		return st;
	encase_cipher(l->raw, l->n, key->kind == GPG_SMIME, cipher.p, cipher.n,
	    &whole);
	*out = bytes_of(j, &whole);
	return ST_OK;
}

/* To a person's own address; what goes to a pager holds no note. */
static bool
is_theirs(const struct conf *c, const struct letter *l)
{
	const struct person *p = conf_person(c, l->person);

	if ((l->kind != LETTER_MAIL && l->kind != LETTER_PAGE) || p == NULL)
		return false;
	for (size_t i = 0; i < p->n_addresses; i++)
		if (text_ieq(p->addresses[i], l->recipient))
			return true;
	return false;
}

enum status
encrypt_letter(struct world *w, struct job *j, const struct letter *l,
    struct letter_bytes *out)
{
	struct gpg_key key;
	struct buf word = BUF_INIT;
	enum status st;

	*out = (struct letter_bytes){ l->raw == NULL ? "" : l->raw, l->n };
	if (!w->conf.encrypt || l->raw == NULL || !is_theirs(&w->conf, l))
		return ST_OK;
	st = choose(w, j, l->person, &key);
	if (st == ST_NONE)
		return ST_OK;
	if (st == ST_OK)
		st = encase(w, j, l, &key, out);
	if (st == ST_OK || st == ST_TEMP)
		return st;
	log_warn("step=encrypt letter=%lld person=%s st=no-key",
	    (long long)l->id, l->person);
	job_forget(j);
	encase_text(l->raw, l->n, no_use, &word);
	*out = bytes_of(j, &word);
	return ST_OK;
}
