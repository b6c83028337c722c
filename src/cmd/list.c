/* `sitrep list NAME show|add|remove|import|export`: members of a list. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/journal.h"
#include "cmd/list_import.h"
#include "cmd/world.h"
#include "model/member.h"

enum { BATCH = 500 };

struct task {
	struct world *w;
	struct job *j;
	const struct list *list;
	bool json;
	int argc; /* what follows the verb */
	char **argv;
};

static const char usage[] =
    "usage: sitrep list NAME show|export [--json]\n"
    "       sitrep list NAME add|remove ADDRESS...\n"
    "       sitrep list NAME import FILE   (- is standard input)\n";

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
		{ "min", m->least } };

	(void)fputs(first ? "\n  { " : ",\n  { ", stdout);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		put_json(all[i].key, all[i].value);
		(void)fputs(", ", stdout);
	}
	(void)printf("\"paused_until\": %lld, \"joined\": %lld, \"changed\": "
		     "%lld }",
	    (long long)m->paused, (long long)m->joined, (long long)m->changed);
}

/* Addresses hold no comma and no quote; a program reads the others. */
static void
put_member_line(const struct member *m)
{
	(void)printf("%s,%s,%s,%s,%s\n", m->address, m->status, m->lang,
	    m->zone, m->format);
}

static enum status
put_members(const struct task *t)
{
	struct member all[BATCH];
	int64_t after = 0;
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
				put_member_line(&all[i]);
			first = false;
			after = all[i].id;
		}
		if (st != ST_OK)
			(void)job_fail(t->j, st, "%s", j.why);
		job_end(&j);
	}
	return st;
}

static int
export_members(const struct task *t)
{
	enum status st;

	(void)printf(
	    t->json ? "[" : "address,status,language,timezone,format\n");
	st = put_members(t);
	if (t->json)
		(void)printf("\n]\n");
	if (st == ST_OK && fflush(stdout) == 0)
		return EX_DONE;
	(void)job_fail(t->j, ST_TEMP, "cannot write: %s", strerror(errno));
	return failed(t);
}

static int
show(const struct task *t)
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

/* ---- add, remove, import ---- */

static enum status
add_one(const struct task *t, struct member *m)
{
	return member_add(t->w->db, t->j, m);
}

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
	struct member m = { .list = t->list->slug, .address = address };
	struct buf line = BUF_INIT;
	enum status st = db_begin(t->w->db, t->j);

	if (st == ST_OK)
		st = adds ? add_one(t, &m) : remove_one(t, &m);
	if (st == ST_OK) {
		journal_member(&line, &m);
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
		(void)printf("is a member already: %s\n", address);
	return st;
}

/* Each address by itself; one that fails doesn't stop the others. */
static int
each(const struct task *t, bool adds)
{
	int result = EX_DONE;

	if (t->argc == 0) {
		(void)fputs(usage, stderr);
		return EX_WRONG_USAGE;
	}
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
add(const struct task *t)
{
	return each(t, true);
}

static int
remove_members(const struct task *t)
{
	return each(t, false);
}

static int
import(const struct task *t)
{
	struct import n;
	enum status st;
	FILE *in;

	if (t->argc != 1) {
		(void)fputs(usage, stderr);
		return EX_WRONG_USAGE;
	}
	in = strcmp(t->argv[0], "-") == 0 ? stdin : fopen(t->argv[0], "re");
	if (in == NULL) {
		(void)job_fail(t->j, ST_PERM, "cannot open %s: %s", t->argv[0],
		    strerror(errno));
		return failed(t);
	}
	st = list_import(t->w, t->j, t->list, in, &n);
	if (in != stdin)
		(void)fclose(in);
	(void)printf("%lld lines: %lld added, %lld were members already, "
		     "%lld stay away, %lld refused\n",
	    (long long)n.lines, (long long)n.added, (long long)n.there,
	    (long long)n.away, (long long)n.bad);
	return st == ST_OK ? EX_DONE : failed(t);
}

static const struct {
	const char *verb;
	int (*run)(const struct task *t);
} verbs[] = { { "show", show }, { "export", export_members }, { "add", add },
	{ "remove", remove_members }, { "import", import } };

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

	if (argc < 3) {
		(void)fputs(usage, stderr);
		return EX_WRONG_USAGE;
	}
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
	(void)fputs(usage, stderr);
	return EX_WRONG_USAGE;
}
