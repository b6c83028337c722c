/* `sitrep list NAME show|add|remove|import|sync|...`: members of a list. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "base/when.h"
#include "cmd/journal.h"
#include "cmd/list_import.h"
#include "cmd/list_sync.h"
#include "cmd/world.h"
#include "model/growth.h"
#include "model/member.h"
#include "model/staging.h"
#include "text/roster.h"

enum { BATCH = 500, STEP = 20000, UNREACHED_MOST = 100000 };

struct task {
	struct world *w;
	struct job *j;
	const struct list *list;
	bool json;
	int argc; /* what follows the verb */
	char **argv;
};

static const char usage[] =
    "usage: sitrep list NAME show|export|unreachable [--json]\n"
    "       sitrep list NAME add|remove ADDRESS...\n"
    "       sitrep list NAME import [--as digest|nomail|bounced|left]\n"
    "              [--source TEXT] [--consent DATE] [--welcome] FILE\n"
    "       sitrep list NAME sync [--yes [--most]] [--welcome] FILE\n"
    "FILE - is standard input\n";

static int
wrong_usage(void)
{
	(void)fputs(usage, stderr);
	return EX_WRONG_USAGE;
}

static int
failed(const struct task *t)
{
	(void)fprintf(stderr, "sitrep: %s\n", t->j->why);
	return EX_FAILED;
}

/* ---- show, export ---- */

static void
put_json(const char *key, const char *s)
{
	(void)printf("\"%s\": \"", key);
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\')
			(void)printf("\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			(void)printf("\\u%04x", c);
		else
			(void)putchar(c);
	}
	(void)putchar('"');
}

static void
put_member_json(const struct member *m, bool first)
{
	const struct {
		const char *key, *value;
	} all[] = { { "address", m->address }, { "status", m->status },
		{ "language", m->lang }, { "timezone", m->zone },
		{ "format", m->format }, { "delivery", m->delivery },
		{ "topics", m->topics }, { "kind", m->kind },
		{ "min", m->least }, { "account", m->account },
		{ "consent_source", m->source } };

	(void)fputs(first ? "\n  { " : ",\n  { ", stdout);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		put_json(all[i].key, all[i].value);
		(void)fputs(", ", stdout);
	}
	(void)printf("\"paused_until\": %lld, \"joined\": %lld, \"changed\": "
		     "%lld, \"consent_date\": %lld }",
	    (long long)m->paused, (long long)m->joined, (long long)m->changed,
	    (long long)m->consented);
}

static void
put_member_line(struct job *j, const struct member *m)
{
	struct buf b = BUF_INIT;

	roster_put(&b, j->mem, m);
	(void)fputs(b.data, stdout);
	buf_free(&b);
}

/* A file is written, and somebody looks on. */
static void
show_exported(int64_t n, bool over)
{
	if (!isatty(STDERR_FILENO) || isatty(STDOUT_FILENO))
		return;
	(void)fprintf(stderr, "\r%lld members%s", (long long)n,
	    over ? "\n" : "");
}

static enum status
put_members(const struct task *t)
{
	struct member all[BATCH];
	int64_t after = 0, so_far = 0;
	size_t n = BATCH;
	bool first = true;
	enum status st = ST_OK;

	while (st == ST_OK && n == BATCH) {
		struct job j;

		job_begin(&j, t->j->id, t->j->now);
		st = member_batch_all(t->w->db, &j, t->list->slug, after, BATCH,
		    all, &n);
		for (size_t i = 0; st == ST_OK && i < n; i++) {
			if (t->json)
				put_member_json(&all[i], first);
			else
				put_member_line(&j, &all[i]);
			first = false;
			after = all[i].id;
		}
		if (st != ST_OK)
			(void)job_fail(t->j, st, "%s", j.why);
		so_far += (int64_t)n;
		if (so_far / STEP != (so_far - (int64_t)n) / STEP)
			show_exported(so_far, false);
		job_end(&j);
	}
	show_exported(so_far, true);
	return st;
}

static int
export_members(struct task *t)
{
	enum status st;

	(void)fputs(t->json ? "[" : roster_head, stdout);
	st = put_members(t);
	if (t->json)
		(void)printf("\n]\n");
	if (st == ST_OK && fflush(stdout) == 0)
		return EX_DONE;
	(void)job_fail(t->j, ST_TEMP, "cannot write: %s", strerror(errno));
	return failed(t);
}

static int
show(struct task *t)
{
	int64_t active = 0;

	if (t->json)
		return export_members(t);
	if (member_count(t->w->db, t->j, t->list->slug, &active) != ST_OK)
		return failed(t);
	(void)printf("%s: %s\nFrom: %s\nActive members: %lld\n", t->list->slug,
	    t->list->description, t->list->from, (long long)active);
	return EX_DONE;
}

/* ---- add, remove ---- */

static enum status
remove_one(const struct task *t, struct member *m)
{
	enum status st =
	    member_find(t->w->db, t->j, t->list->slug, m->address, m);

	if (st == ST_NONE)
		return job_fail(t->j, ST_PERM, "no member: %s",
		    text_one_line(t->j->mem, m->address, 80));
	return st != ST_OK ? st
			   : member_set_status(t->w->db, t->j, m->id,
				 t->list->slug, "removed");
}

/* The change and its row in the journal, or neither. */
static enum status
change(const struct task *t, bool adds, const char *address)
{
	struct member m = { .list = t->list->slug,
		.address = address,
		.source = STAGING_BY_HAND,
		.consented = t->j->now };
	struct buf line = BUF_INIT;
	enum status st = db_begin(t->w->db, t->j);

	if (st == ST_OK)
		st = adds ? member_add(t->w->db, t->j, &m) : remove_one(t, &m);
	if (st == ST_OK) {
		journal_member(&line, t->j->mem, &m);
		st = journal_list(t->w, t->j, t->list->slug,
		    adds ? "add" : "remove", &line);
		if (st == ST_OK)
			st = db_commit(t->w->db, t->j);
	}
	db_rollback(t->w->db);
	buf_free(&line);
	if (st == ST_OK)
		(void)printf("%s %s\n", adds ? "added" : "removed", m.address);
	else if (st == ST_NONE)
		(void)printf("is %s already: %s\n",
		    adds ? "a member" : "removed", address);
	return st;
}

/* Each address by itself; one that fails doesn't stop the others. */
static int
each(const struct task *t, bool adds)
{
	int result = EX_DONE;

	if (t->argc == 0)
		return wrong_usage();
	for (int i = 0; i < t->argc; i++) {
		enum status st;

		job_forget(t->j);
		st = change(t, adds, t->argv[i]);
		if (st != ST_OK && st != ST_NONE)
			result = failed(t);
	}
	return result;
}

static int
add(struct task *t)
{
	return each(t, true);
}

static int
remove_members(struct task *t)
{
	return each(t, false);
}

/* ---- import, sync ---- */

/* "--key VALUE" or, where value is NULL, "--key"; false: it isn't there. */
static bool
take_option(struct task *t, const char *key, const char **value)
{
	int used = value == NULL ? 1 : 2;

	for (int i = 0; i + used <= t->argc; i++) {
		if (strcmp(t->argv[i], key) != 0)
			continue;
		if (value != NULL)
			*value = t->argv[i + 1];
		t->argc -= used;
		memmove(t->argv + i, t->argv + i + used,
		    (size_t)(t->argc - i) * sizeof *t->argv);
		return true;
	}
	return false;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(path, "-") == 0              ? "standard input"
	       : slash == NULL || slash[1] == '\0' ? path
						   : slash + 1;
}

static enum status
read_wish(struct task *t, struct import_wish *wish)
{
	const char *as = NULL, *date = NULL, *why;

	*wish = (struct import_wish){ .list = t->list };
	wish->welcome = take_option(t, "--welcome", NULL);
	(void)take_option(t, "--source", &wish->source);
	if (take_option(t, "--as", &as) &&
	    (why = roster_status(as, &wish->as)) != NULL)
		return job_fail(t->j, ST_PERM,
		    "--as %s: %s; say digest, nomail, bounced or left",
		    text_one_line(t->j->mem, as, 80), why);
	if (take_option(t, "--consent", &date) &&
	    !roster_date(t->j->mem, date, &wish->consented))
		return job_fail(t->j, ST_PERM,
		    "--consent: write the date like 2026-03-04");
	return ST_OK;
}

static void
say_imported(const struct import *n)
{
	(void)printf("%lld lines: %lld added, %lld were members already, "
		     "%lld stay away, %lld refused\n",
	    (long long)n->lines, (long long)n->added, (long long)n->there,
	    (long long)n->away, (long long)n->bad);
	if (n->silent != 0)
		(void)printf("%lld of those added get nothing, as the file "
			     "says\n",
		    (long long)n->silent);
}

static int
import(struct task *t)
{
	struct source *from = NULL;
	struct import_wish wish;
	struct import n;
	enum status st = read_wish(t, &wish);

	if (st != ST_OK)
		return failed(t);
	if (t->argc != 1)
		return wrong_usage();
	if (wish.source == NULL)
		wish.source = base_name(t->argv[0]);
	st = source_open(t->j, &t->w->conf, t->argv[0], &from);
	if (st != ST_OK)
		return failed(t);
	st = list_import(t->w, t->j, &wish, from, &n);
	source_close(from);
	say_imported(&n);
	if (wish.welcome)
		list_say_told(n.told);
	return st == ST_OK ? EX_DONE : failed(t);
}

static int
sync_members(struct task *t)
{
	struct sync_wish wish = { .list = t->list };
	struct source *from = NULL;
	enum status st;

	wish.yes = take_option(t, "--yes", NULL);
	wish.most = take_option(t, "--most", NULL);
	wish.welcome = take_option(t, "--welcome", NULL);
	if (t->argc != 1)
		return wrong_usage();
	st = source_open(t->j, &t->w->conf, t->argv[0], &from);
	if (st == ST_OK)
		st = list_sync(t->w, t->j, &wish, from);
	source_close(from);
	return st == ST_OK ? EX_DONE : failed(t);
}

/* ---- who can't be reached ---- */

static void
put_unreached(const struct task *t, const struct unreached *u, bool first)
{
	if (!t->json) {
		(void)printf("%s,%s,%s,%s,%lld\n", u->account, u->address,
		    u->status, when_day(t->j->mem, u->since),
		    (long long)u->members);
		return;
	}
	(void)fputs(first ? "\n  { " : ",\n  { ", stdout);
	put_json("account", u->account);
	(void)fputs(", ", stdout);
	put_json("address", u->address);
	(void)fputs(", ", stdout);
	put_json("status", u->status);
	(void)printf(", \"since\": %lld, \"addresses\": %lld }",
	    (long long)u->since, (long long)u->members);
}

static int
unreachable(struct task *t)
{
	struct unreached *all;
	size_t n;
	enum status st = growth_unreached(t->w->db, t->j, t->list->slug,
	    UNREACHED_MOST, &all, &n);

	if (st != ST_OK)
		return failed(t);
	(void)fputs(t->json ? "[" : "account,address,status,since,addresses\n",
	    stdout);
	for (size_t i = 0; i < n; i++)
		put_unreached(t, &all[i], i == 0);
	if (t->json)
		(void)fputs("\n]\n", stdout);
	return EX_DONE;
}

static const struct {
	const char *verb;
	int (*run)(struct task *t);
} verbs[] = { { "show", show }, { "export", export_members }, { "add", add },
	{ "remove", remove_members }, { "import", import },
	{ "sync", sync_members }, { "unreachable", unreachable } };

/* Takes --json out of the arguments. */
static bool
takes_json(int *argc, char **argv)
{
	bool json = false;
	int n = 0;

	for (int i = 0; i < *argc; i++)
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else
			argv[n++] = argv[i];
	*argc = n;
	return json;
}

int
cmd_list(struct world *w, struct job *j, int argc, char **argv)
{
	struct task t = { .w = w, .j = j, .json = takes_json(&argc, argv) };

	if (argc < 3)
		return wrong_usage();
	t.list = conf_list(&w->conf, argv[1]);
	t.argc = argc - 3;
	t.argv = argv + 3;
	if (t.list == NULL) {
		(void)job_fail(j, ST_PERM,
		    "no list is called %s; `sitrep show lists` names them",
		    text_one_line(j->mem, argv[1], 80));
		return failed(&t);
	}
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(argv[2], verbs[i].verb) == 0)
			return verbs[i].run(&t);
	return wrong_usage();
}
