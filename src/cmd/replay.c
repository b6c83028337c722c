/*
 * sitrep replay STORE: fills an empty store from the journal of another, each
 * entry at the time at which it was carried out, with the configuration given.
 * Nothing is sent: letters that it makes are dropped.  The keys are copied
 * first, since answers that were proved by a token must be proved again, and
 * seals be the same.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "base/when.h"
#include "cmd/replay_entry.h"
#include "cmd/world.h"
#include "model/letter.h"
#include "model/store.h"

enum { KEY_MAX = 64 * 1024, PACE = 1000 };

/* ---- keys ---- */

static enum status
copy_key(struct job *j, const char *from, const char *to)
{
	struct buf old = BUF_INIT, own = BUF_INIT;
	enum status st = file_read(j, from, KEY_MAX, &old);
	enum status there = file_read(j, to, KEY_MAX, &own);

	if (st == ST_OK && there == ST_NONE)
		st = file_write(j, to, old.data, old.len, 0600, FILE_SYNC);
	else if (st == ST_OK && (there != ST_OK || own.len != old.len ||
				    memcmp(own.data, old.data, old.len) != 0))
		st = job_fail(j, ST_PERM,
		    "%s isn't the key of that store: begin with an empty "
		    "state folder",
		    to);
	buf_free(&old);
	buf_free(&own);
	return st;
}

static enum status
copy_keys(struct job *j, const char *from, const char *state)
{
	const char *to = arena_printf(j->mem, "%s/keys", state);
	DIR *d = opendir(from);
	const struct dirent *e;
	enum status st;

	if (d == NULL)
		return job_fail(j, ST_PERM,
		    "cannot read %s: %s; name the state folder of the other "
		    "store",
		    from, strerror(errno));
	if ((st = file_mkdirs(j, state, 0751)) == ST_OK)
		st = file_mkdirs(j, to, 0700);
	while (st == ST_OK && (e = readdir(d)) != NULL) {
		struct stat sb;

		if (fstatat(dirfd(d), e->d_name, &sb, 0) == 0 &&
		    S_ISREG(sb.st_mode))
			st = copy_key(j,
			    arena_printf(j->mem, "%s/%s", from, e->d_name),
			    arena_printf(j->mem, "%s/%s", to, e->d_name));
	}
	(void)closedir(d);
	return st;
}

/* ---- both stores ---- */

static bool
same_folder(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

static enum status
begin(struct world *w, struct job *j, const char *from, struct db **old)
{
	const char *state = w->conf.state;
	int64_t last = 0;
	enum status st;

	if (same_folder(from, state))
		return job_fail(j, ST_PERM,
		    "%s is the store of this configuration itself: name "
		    "another with -c, whose `state` is an empty folder",
		    from);
	if (!store_exists(j, from))
		return job_fail(j, ST_PERM,
		    "%s holds no store: name the folder that sitrep.db is in",
		    from);
	if ((st = store_open(j, from, DB_READ, old)) != ST_OK ||
	    (st = copy_keys(j, arena_printf(j->mem, "%s/keys", from), state)) !=
		ST_OK ||
	    (st = world_fetch(j, w, NEED_MAKE | NEED_KEYS)) != ST_OK)
		return st;
	st = inbox_last(w->db, j, &last);
	if (st == ST_OK && last != 0)
		return job_fail(j, ST_PERM,
		    "%s has a store that isn't empty: a replay needs an empty "
		    "state folder",
		    state);
	return st;
}

/* ---- the entries ---- */

static enum status
all(struct world *w, struct job *j, struct db *old, struct replayed *told)
{
	struct inbox_entry *list;
	size_t n;
	enum status st = inbox_entries(old, j, &list, &n);

	for (size_t i = 0; i < n && st <= ST_NONE; i++) {
		struct job own;

		w->options.clock = list[i].at;
		job_begin(&own, "replay", list[i].at);
		st = replay_entry(w, &own, old, &list[i], told);
		if (st > ST_NONE)
			(void)job_fail(j, st, "entry %lld of the journal: %s",
			    (long long)list[i].id, own.why);
		job_end(&own);
		if ((i + 1) % PACE == 0)
			log_note("step=replay done=%zu of=%zu", i + 1, n);
	}
	return st > ST_NONE ? st : ST_OK;
}

static enum status
replay(struct world *w, struct job *j, const char *from, struct replayed *told)
{
	struct db *old = NULL;
	enum status st = begin(w, j, from, &old);

	w->options.clock_set = true;
	w->options.clock_runs = false;
	w->pace.rate = 0;
	if (st == ST_OK)
		st = all(w, j, old, told);
	if (st == ST_OK)
		st = letter_drop_all(w->db, j, "replayed: never sent");
	db_close(old);
	return st;
}

int
cmd_replay(struct world *w, struct job *j, int argc, char **argv)
{
	struct replayed told = { 0 };

	if (argc != 2) {
		(void)fputs("usage: sitrep replay STORE\n", stderr);
		return EX_WRONG_USAGE;
	}
	if (replay(w, j, argv[1], &told) != ST_OK) {
		(void)fprintf(stderr, "sitrep: %s\n", j->why);
		return EX_FAILED;
	}
	(void)printf("%lld mails, %lld timers, %lld changes of the command "
		     "line; nothing was sent. sitrep page --all writes the "
		     "public tree.\n",
	    (long long)told.mails, (long long)told.timers,
	    (long long)told.changes);
	if (told.other != 0)
		(void)printf("%lld mails came out otherwise than they did "
			     "then: the configuration, the rota or the program "
			     "is another; the log names them.\n",
		    (long long)told.other);
	return EX_DONE;
}
