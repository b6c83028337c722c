/* What check sees on this machine: settings, files, store, people, rota. */
#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/text.h"
#include "base/when.h"
#include "cmd/check_in.h"
#include "cmd/rota_look.h"
#include "model/beat.h"
#include "model/store.h"
#include "model/store_check.h"

enum { LEVEL_MAX = 32, MEGABYTES_LEFT = 16 };

static bool
is_loopback(const char *socket)
{
	return socket[0] == '/' || strncmp(socket, "127.", 4) == 0 ||
	       strncmp(socket, "[::1]", 5) == 0;
}

void
check_settings(struct report *r, const struct conf *c)
{
	if (c->trust_open)
		check_add(r, CHECK_WARN, "trust",
		    "\"open\": anybody can write as anybody; for a laboratory "
		    "only, remove the line elsewhere");
	if (c->allow_clock)
		check_add(r, CHECK_WARN, "allow_clock",
		    "-t can set the clock: remove the line when the drill is "
		    "over");
	if (c->clock_rate != 1)
		check_add(r, CHECK_WARN, "clock_rate",
		    "our clock goes %lld times as fast as the machine's: "
		    "remove the line when the drill is over",
		    (long long)c->clock_rate);
	if (conf_is_own(c, c->domain))
		check_add(r, CHECK_WARN, "domain",
		    "%s belongs to the platform that it reports on: take a "
		    "domain of its own",
		    c->domain);
	if (conf_is_own(c, c->host))
		check_add(r, CHECK_WARN, "url",
		    "%s belongs to the platform that it reports on: take a "
		    "domain of its own",
		    c->host);
	if (!is_loopback(c->lmtp))
		check_add(r, CHECK_WARN, "lmtp",
		    "%s: who reaches it can write as anybody; use a socket or "
		    "127.0.0.1",
		    c->lmtp);
	if (c->lmtp[0] == '/' && c->lmtp_group[0] != '\0' &&
	    getgrnam(c->lmtp_group) == NULL)
		check_add(r, CHECK_WARN, "lmtp_group",
		    "there is no group %s: name the mail server's, or it can't "
		    "use the socket",
		    c->lmtp_group);
	if (c->holding == 0 && c->noc_may_publish == NOC_MAY_OFF)
		check_add(r, CHECK_WARN, "holding",
		    "if nobody of Marketing answers, nothing is published: "
		    "set holding = \"sev1\" or noc_may_publish = \"stock\"");
	if (c->n_components == 0)
		check_add(r, CHECK_WARN, "component",
		    "none: name the services that are reported on");
	if (c->n_lists == 0)
		check_add(r, CHECK_WARN, "lists",
		    "none in %s: nobody gets mail; make one from the sample",
		    c->lists_dir);
}

/* Who may change these may act as we do: a page target is a command. */
static bool
is_guarded(struct report *r, const char *path)
{
	struct stat sb;

	if (stat(path, &sb) != 0 || (sb.st_mode & S_IWOTH) == 0)
		return true;
	check_add(r, CHECK_WRONG, "permissions",
	    "everybody may write to %s: chmod o-w %s", path, path);
	return false;
}

struct space { /* what stands in the state, and who may use it */
	const char *name;
	mode_t never; /* bits that must not be set */
	mode_t right; /* what to make of it */
};

static bool
is_private(struct report *r, const char *path, mode_t never, mode_t right)
{
	struct stat sb;

	if (lstat(path, &sb) != 0)
		return true; /* made when it is needed */
	if (sb.st_mode & never) {
		check_add(r, CHECK_WRONG, "permissions",
		    "%s has mode %04o: chmod %04o %s", path,
		    (unsigned)sb.st_mode & 07777, (unsigned)right, path);
		return false;
	}
	if (geteuid() != 0 && sb.st_uid != geteuid()) {
		check_add(r, CHECK_WRONG, "permissions",
		    "%s isn't ours but of user %ld: run as that user, or chown "
		    "it",
		    path, (long)sb.st_uid);
		return false;
	}
	return true;
}

static bool
keys_are_private(struct report *r, const char *dir)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	bool well = true;

	if (d == NULL)
		return true;
	while ((e = readdir(d)) != NULL)
		if (e->d_name[0] != '.' && strcmp(e->d_name, "gnupg") != 0)
			well &= is_private(r,
			    arena_printf(r->j->mem, "%s/%s", dir, e->d_name),
			    077, 0600);
	(void)closedir(d);
	return well;
}

static bool
tree_is_readable(struct report *r, const char *public)
{
	struct stat sb;

	if (stat(public, &sb) != 0 || (sb.st_mode & 05) == 05)
		return true;
	check_add(r, CHECK_WARN, "permissions",
	    "%s can't be read by a web server: chmod o+rx %s", public, public);
	return false;
}

void
check_files(struct report *r, const struct conf *c)
{
	static const struct space rooms[] = {
		{ "", 026, 0751 },
		{ "/keys", 077, 0700 },
		{ "/keys/gnupg", 077, 0700 },
		{ "/sitrep.db", 077, 0600 },
		{ "/deliveries", 027, 0700 },
	};
	bool well = is_guarded(r, c->path) && is_guarded(r, c->lists_dir) &&
		    is_guarded(r, c->rota_path);

	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
		well &= is_private(r,
		    arena_printf(r->j->mem, "%s%s", c->state, rooms[i].name),
		    rooms[i].never, rooms[i].right);
	well &=
	    keys_are_private(r, arena_printf(r->j->mem, "%s/keys", c->state));
	well &=
	    tree_is_readable(r, arena_printf(r->j->mem, "%s/public", c->state));
	if (well)
		check_add(r, CHECK_OK, "permissions", "%s", c->state);
}

/* Before the first start there is nothing but the folder it will be in. */
static void
check_room(struct report *r, const struct conf *c)
{
	char *up = arena_str(r->j->mem, c->state), *slash;
	bool there = access(up, F_OK) == 0;

	while (!there && (slash = strrchr(up, '/')) != NULL && slash != up) {
		*slash = '\0';
		there = access(up, F_OK) == 0;
	}
	if (access(there ? up : "/", W_OK) == 0)
		check_add(r, CHECK_OK, "store",
		    "none yet: it is made in %s at the first start", c->state);
	else
		check_add(r, CHECK_WRONG, "store",
		    "%s can't be made: make it for the user that sitrep runs "
		    "as, or run check as that user",
		    c->state);
}

static void
check_keys(struct report *r, const struct conf *c)
{
	struct keys keys;

	job_forget(r->j);
	if (keys_look(r->j, c->state, &keys) != ST_OK)
		check_add(r, CHECK_WRONG, "keys", "%s", r->j->why);
	else
		check_add(r, CHECK_OK, "keys", "%s/keys", c->state);
	explicit_bzero(&keys, sizeof keys);
}

/* Whether mail of ours has ever come back to us. */
static void
check_round_trip(struct report *r, const struct conf *c, struct db *db)
{
	struct beat b;

	if (beat_round(db, r->j, &b) == ST_OK)
		check_add(r, CHECK_OK, "self-test",
		    "the last came back at %s, after %lld s",
		    when_rfc3339(r->j->mem, b.back),
		    (long long)(b.back - b.sent));
	else
		check_add(r, CHECK_WARN, "self-test",
		    "no mail to ourselves has come back yet: %s",
		    c->silence < 0
			? "remove `silence` and one goes after a day without "
			  "mail"
			: "send one with sitrep check --selftest");
}

void
check_store(struct report *r, const struct conf *c)
{
	char *path = arena_printf(r->j->mem, "%s/sitrep.db", c->state);
	struct db *db = NULL;
	enum status st;

	if (access(path, F_OK) != 0 && errno == ENOENT) {
		check_room(r, c);
		return;
	}
	check_keys(r, c);
	job_forget(r->j);
	st = store_open(r->j, c->state, DB_READ, &db);
	if (st == ST_OK)
		st = store_check(db, r->j);
	if (st == ST_OK) {
		check_add(r, CHECK_OK, "store", "%s", path);
		check_round_trip(r, c, db);
		check_events(r, c, db);
	}
	db_close(db);
	if (st == ST_OK)
		return;
	if (st == ST_PERM)
		check_add(r, CHECK_WRONG, "store",
		    "%s is broken (%s): stop sitrep and restore the last "
		    "backup",
		    path, r->j->why);
	else
		check_add(r, CHECK_WRONG, "store",
		    "%s can't be used: %s: mend that and run check again", path,
		    r->j->why);
}

/* What is full takes no mail: it waits at the mail server. */
void
check_disk(struct report *r, const struct conf *c)
{
	struct statvfs fs;
	unsigned long long left;

	if (statvfs(c->state, &fs) != 0)
		return; /* not made yet */
	left = (unsigned long long)fs.f_bavail * fs.f_frsize >> 20;
	if (left < MEGABYTES_LEFT)
		check_add(r, CHECK_WARN, "disk",
		    "%s has %llu MB left, and what is full takes no mail: "
		    "make room for %d MB at least",
		    c->state, left, MEGABYTES_LEFT);
	else
		check_add(r, CHECK_OK, "disk", "%s has %llu MB left", c->state,
		    left);
}

/* Some way to this person doesn't lead over the platform. */
static bool
is_reachable(const struct conf *c, const struct person *p)
{
	for (size_t i = 0; i < p->n_addresses; i++)
		if (!conf_is_own(c, p->addresses[i]))
			return true;
	for (size_t i = 0; i < p->n_page; i++)
		if (p->page[i][0] == '|' || !conf_is_own(c, p->page[i]))
			return true;
	return false;
}

static void
check_role(struct report *r, const struct conf *c, unsigned role,
    const char *what)
{
	for (size_t i = 0; i < c->n_persons; i++)
		if (c->persons[i].roles & role)
			return;
	check_add(r, CHECK_WRONG, "people",
	    "nobody has the role %s, %s: add a person", words_role(role), what);
}

void
check_people(struct report *r, const struct conf *c)
{
	size_t cut_off = 0;

	check_role(r, c, ROLE_NOC, "nobody can report");
	check_role(r, c, ROLE_COMMS, "nobody can publish");
	for (size_t i = 0; i < c->n_persons; i++) {
		if (is_reachable(c, &c->persons[i]))
			continue;
		cut_off++;
		check_add(r, CHECK_WARN, "people",
		    "%s can be reached through the platform only: add an "
		    "address or a page target elsewhere",
		    c->persons[i].slug);
	}
	if (cut_off == 0 && c->n_persons != 0)
		check_add(r, CHECK_OK, "people",
		    c->n_own_domains == 0
			? "%zu (own_domains names none: who depends on the "
			  "platform isn't known)"
			: "%zu, each with a way off the platform",
		    c->n_persons);
}

void
check_rota(struct report *r, const struct conf *c)
{
	const struct person *who[LEVEL_MAX];
	struct rota rota;
	struct oddity *odd;
	enum status st;
	bool gap = false;
	size_t n;

	job_forget(r->j);
	st = rota_load(r->j, r->j->mem, c, &rota);
	if (st == ST_NONE)
		check_add(r, CHECK_WRONG, "rota",
		    "%s isn't there: nobody is paged; make it from the sample",
		    c->rota_path);
	else if (st != ST_OK)
		check_add(r, CHECK_WRONG, "rota", "%s", r->j->why);
	if (st != ST_OK)
		return;
	n = rota_look(r->j, c, &rota, &odd);
	for (size_t i = 0; i < n; i++) {
		gap = gap || odd[i].wrong;
		check_add(r, odd[i].wrong ? CHECK_WRONG : CHECK_WARN, "rota",
		    "%s", odd[i].says);
	}
	if (!gap)
		check_add(r, CHECK_OK, "rota", "%s: on call for comms is %s",
		    c->rota_path,
		    rota_holder(&rota, ROLE_COMMS, 1, r->j->now)->slug);
	if (rota_level(&rota, 2, r->j->now, who, LEVEL_MAX) == 0)
		check_add(r, CHECK_WARN, "rota",
		    "nobody is the backup (level 2) now: add a line to %s",
		    c->rota_path);
}
