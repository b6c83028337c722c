/* `sitrep key add|list|remove`: which keys people sign with. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/journal.h"
#include "cmd/keyring.h"
#include "cmd/world.h"
#include "ext/gpg.h"
#include "model/pin.h"

struct task {
	struct world *w;
	struct job *j;
	const struct person *who; /* NULL: all */
	const char *argument;     /* a file or a fingerprint; NULL */
	const char *home;
};

static const char usage[] =
    "usage: sitrep key add PERSON [FILE]      (else standard input)\n"
    "       sitrep key list [PERSON]\n"
    "       sitrep key remove PERSON [FINGERPRINT]\n";

/* ---- add ---- */

static enum status
read_key_file(const struct task *t, struct buf *out)
{
	bool named = t->argument != NULL && strcmp(t->argument, "-") != 0;
	int fd = named ? open(t->argument, O_RDONLY | O_CLOEXEC) : 0, more = 0;
	enum status st;

	if (fd < 0)
		return job_fail(t->j, ST_PERM, "cannot open %s: %s",
		    t->argument, strerror(errno));
	st = file_read_fd(t->j, fd, LIMIT_KEY_FILE, out, &more);
	if (named)
		(void)close(fd);
	if (st == ST_OK && more)
		return job_fail(t->j, ST_PERM,
		    "that is over %d KB and was not read: export the key "
		    "alone, with gpg --export-options export-minimal --export "
		    "FINGERPRINT",
		    LIMIT_KEY_FILE / 1024);
	return st;
}

static enum status
refuse_secret(const struct task *t, const struct buf *file)
{
	static const char mark[] = "PRIVATE KEY";

	if (memmem(file->data, file->len, mark, sizeof mark - 1) == NULL)
		return ST_OK;
	return job_fail(t->j, ST_PERM,
	    "that is a secret key, which belongs to %s alone: export the "
	    "public one, with gpg --armor --export FINGERPRINT",
	    t->who->slug);
}

static enum status
import(const struct task *t, const struct buf *file, struct gpg_key *key)
{
	const struct gpg_bytes bytes = { file->data, file->len };
	enum status st = gpg_import(t->j, t->home, &bytes, key);

	if (st == ST_NONE)
		return job_fail(t->j, ST_PERM,
		    "gpg finds no public key in it: export one with gpg "
		    "--armor --export FINGERPRINT, or give a certificate in "
		    "PEM (are gnupg and gpgsm installed?)");
	if (st != ST_OK)
		return st;
	if (key->user_ids <= LIMIT_USER_IDS)
		return ST_OK;
	(void)gpg_remove(t->j, t->home, key->fingerprint);
	return job_fail(t->j, ST_PERM,
	    "that key has %zu user ids: at most %d are taken; remove the "
	    "others and export it again",
	    key->user_ids, LIMIT_USER_IDS);
}

/* Within the transaction.  ST_NONE: it is that person's already. */
static enum status
pin_to(const struct task *t, const char *fingerprint)
{
	const struct pin new = { .fingerprint = fingerprint,
		.person = t->who->slug,
		.added = t->j->now,
		.actor = journal_login(t->j->mem) };
	struct pin old, *all;
	size_t n;
	enum status st =
	    pin_find(t->w->db, t->j, &t->w->conf, fingerprint, &old);

	if (st == ST_OK && strcmp(old.person, t->who->slug) == 0)
		return ST_NONE;
	if (st == ST_OK)
		return job_fail(t->j, ST_PERM,
		    "%s is the key of %s already: a key is one person's; "
		    "remove it there first",
		    fingerprint, old.person);
	if (st != ST_NONE)
		return st;
	st = pin_list(t->w->db, t->j, &t->w->conf, t->who->slug, &all, &n);
	if (st == ST_OK && n >= LIMIT_PINS)
		return job_fail(t->j, ST_PERM,
		    "%s has %zu keys: remove one first", t->who->slug, n);
	return st == ST_OK ? pin_add(t->w->db, t->j, &new) : st;
}

static enum status
file_change(const struct task *t, const char *change, const char *fingerprint)
{
	return journal_key(t->w, t->j, t->who->slug, change, fingerprint);
}

static enum status
keep(const struct task *t, const struct gpg_key *key, bool *again)
{
	enum status st = db_begin(t->w->db, t->j);

	if (st == ST_OK)
		st = pin_to(t, key->fingerprint);
	*again = st == ST_NONE;
	if (st == ST_OK)
		st = file_change(t, "add", key->fingerprint);
	if (st == ST_OK)
		st = db_commit(t->w->db, t->j);
	db_rollback(t->w->db);
	return st == ST_NONE ? ST_OK : st;
}

static enum status
add(const struct task *t)
{
	struct buf file = BUF_INIT;
	struct gpg_key key;
	bool again = false;
	enum status st = read_key_file(t, &file);

	if (st == ST_OK)
		st = refuse_secret(t, &file);
	if (st == ST_OK)
		st = import(t, &file, &key);
	buf_free(&file);
	if (st == ST_OK)
		st = keep(t, &key, &again);
	if (st != ST_OK)
		return st;
	(void)printf("%s %s  %s\n", again ? "renewed" : "added",
	    key.fingerprint, key.name);
	(void)printf("%s\n", keyring_state(t->j, &key));
	if (!again)
		(void)printf("Compare the fingerprint with %s, by telephone "
			     "or face to face.\n",
		    t->who->name);
	return ST_OK;
}

/* ---- list ---- */

static enum status
list(const struct task *t)
{
	struct pin *all;
	size_t n;
	enum status st = pin_list(t->w->db, t->j, &t->w->conf,
	    t->who == NULL ? NULL : t->who->slug, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct gpg_key key;
		const char *state = "not in the keyring: sitrep key add";

		st = gpg_look(t->j, t->home, all[i].fingerprint, &key);
		if (st == ST_OK)
			state = keyring_state(t->j, &key);
		if (st <= ST_NONE)
			(void)printf("%-10s %s  %s, %s\n", all[i].person,
			    all[i].fingerprint,
			    all[i].of_conf
				? "of the configuration"
				: arena_printf(t->j->mem, "added %s by %s",
				      when_rfc3339(t->j->mem, all[i].added),
				      all[i].actor),
			    state);
		st = st == ST_NONE ? ST_OK : st;
	}
	if (st == ST_OK && n == 0)
		(void)puts("No keys yet: sitrep key add PERSON FILE");
	return st;
}

/* ---- remove ---- */

static enum status
chosen(const struct task *t, struct pin *out)
{
	const char *want = NULL;
	struct pin *all;
	size_t n, hits = 0;
	enum status st =
	    pin_list(t->w->db, t->j, &t->w->conf, t->who->slug, &all, &n);

	if (t->argument != NULL &&
	    (want = pin_fingerprint(t->j->mem, t->argument)) == NULL)
		return job_fail(t->j, ST_PERM,
		    "%s is no fingerprint: sitrep key list %s shows them",
		    text_one_line(t->j->mem, t->argument, 80), t->who->slug);
	for (size_t i = 0; i < n && st == ST_OK; i++)
		if (want == NULL || strcmp(want, all[i].fingerprint) == 0) {
			*out = all[i];
			hits++;
		}
	if (st != ST_OK || hits == 1)
		return st;
	return job_fail(t->j, ST_PERM,
	    hits == 0 ? "%s has no such key: sitrep key list %s shows them"
		      : "%s has several keys: name the fingerprint that sitrep "
			"key list %s shows",
	    t->who->slug, t->who->slug);
}

static enum status
take_away(const struct task *t)
{
	struct pin p = { .fingerprint = "" };
	enum status st = chosen(t, &p);

	if (st != ST_OK)
		return st;
	if (p.of_conf)
		return job_fail(t->j, ST_PERM,
		    "%s stands in %s: remove it from keys of person \"%s\" "
		    "there",
		    p.fingerprint, t->w->conf.path, t->who->slug);
	if ((st = db_begin(t->w->db, t->j)) != ST_OK)
		return st;
	st = pin_remove(t->w->db, t->j, p.fingerprint);
	if (st == ST_OK)
		st = file_change(t, "remove", p.fingerprint);
	if (st == ST_OK)
		st = db_commit(t->w->db, t->j);
	db_rollback(t->w->db);
	if (st != ST_OK)
		return st;
	/* What isn't pinned counts for nothing; the ring is tidied only. */
	(void)gpg_remove(t->j, t->home, p.fingerprint);
	(void)printf("removed %s\n", p.fingerprint);
	return ST_OK;
}

static const struct {
	const char *verb;
	enum status (*run)(const struct task *t);
	int least, most; /* arguments behind the verb */
} verbs[] = { { "add", add, 1, 2 }, { "list", list, 0, 1 },
	{ "remove", take_away, 1, 2 } };

static enum status
run(struct task *t, size_t verb, int argc, char **argv)
{
	enum status st = ST_OK;

	if (argc > 2 && (t->who = conf_person(&t->w->conf, argv[2])) == NULL)
		return job_fail(t->j, ST_PERM,
		    "no person is called %s: their names stand in %s",
		    text_one_line(t->j->mem, argv[2], 80), t->w->conf.path);
	t->argument = argc > 3 ? argv[3] : NULL;
	t->home = keyring_home(t->j, &t->w->conf);
	st = gpg_make_home(t->j, t->home);
	return st == ST_OK ? verbs[verb].run(t) : st;
}

int
cmd_key(struct world *w, struct job *j, int argc, char **argv)
{
	struct task t = { .w = w, .j = j };

	for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++) {
		int n = argc - 2;

		if (strcmp(argv[1], verbs[i].verb) != 0 || n < verbs[i].least ||
		    n > verbs[i].most)
			continue;
		if (run(&t, i, argc, argv) == ST_OK)
			return EX_DONE;
		(void)fprintf(stderr, "sitrep: %s\n", j->why);
		return EX_FAILED;
	}
	(void)fputs(usage, stderr);
	return EX_WRONG_USAGE;
}
