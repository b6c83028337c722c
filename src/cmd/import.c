/*
 * sitrep import: the history of another status page.  Nothing is taken where a
 * line of it can't be; with --dry-run it is only said what would be.  No mail
 * is ever sent by it.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/import_take.h"
#include "cmd/journal.h"
#include "cmd/turn.h"
#include "model/event.h"

enum { FILE_MAX = 64 * 1024 * 1024, SHOWN = 40 };

struct wish {
	enum history_form form;
	const char *word, *path;
	bool dry;
};

static int
usage(void)
{
	(void)fputs("usage: sitrep import [--dry-run] statuspage|history "
		    "FILE\n",
	    stderr);
	return EX_WRONG_USAGE;
}

static bool
options(int argc, char **argv, struct wish *out)
{
	static const struct option longs[] = {
		{ "dry-run", no_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "n", longs, NULL)) != -1) {
		if (c != 'n')
			return false;
		out->dry = true;
	}
	if (argc - optind != 2)
		return false;
	out->word = argv[optind];
	out->path = argv[optind + 1];
	return import_form(out->word, &out->form);
}

/* "-" is standard input. */
static enum status
read_file(struct job *j, const char *path, struct buf *out)
{
	enum status st;
	int more = 0;

	if (strcmp(path, "-") != 0) {
		st = file_read(j, path, FILE_MAX, out);
		return st == ST_NONE
			   ? job_fail(j, ST_PERM, "%s isn't there", path)
			   : st;
	}
	st = file_read_fd(j, STDIN_FILENO, FILE_MAX, out, &more);
	return st == ST_OK && more
		   ? job_fail(j, ST_PERM, "that is longer than %d bytes",
			 FILE_MAX)
		   : st;
}

/* ---- what is told ---- */

static enum status
tell_faults(struct job *j, const struct history *h)
{
	for (size_t i = 0; i < h->n_faults && i < SHOWN; i++)
		(void)fprintf(stderr, "%s\n", h->faults[i]);
	if (h->n_faults > SHOWN)
		(void)fprintf(stderr, "and %zu more\n", h->n_faults - SHOWN);
	return job_fail(j, ST_PERM,
	    "nothing was imported: mend what is named above, %zu in all, or "
	    "leave those incidents out",
	    h->n_faults);
}

static void
tell(struct job *j, const struct history *h, bool dry)
{
	int64_t last = 0;
	size_t updates = 0;

	for (size_t i = 0; i < h->n; i++) {
		const struct past *p = &h->list[i];

		updates += p->n_updates;
		if (p->updates[p->n_updates - 1].at > last)
			last = p->updates[p->n_updates - 1].at;
	}
	(void)printf("%zu incident%s with %zu update%s, from %s to %s: %s\n",
	    h->n, h->n == 1 ? "" : "s", updates, updates == 1 ? "" : "s",
	    when_day(j->mem, h->list[0].updates[0].at), when_day(j->mem, last),
	    dry ? "they can be imported; nothing was done"
		: "imported; sitrep page writes their pages");
}

/* For `moved` of the configuration. */
static void
tell_addresses(struct job *j, const struct history *h, const char **names)
{
	bool any = false;

	for (size_t i = 0; i < h->n; i++) {
		const char *to;

		if (h->list[i].address[0] == '\0')
			continue;
		if (!any)
			(void)puts("Their old addresses lead to the new ones "
				   "with this in the configuration:\n"
				   "moved = {");
		any = true;
		to = arena_printf(j->mem, "/incident/%.4s/%s/", names[i] + 4,
		    names[i] + 9);
		(void)printf("\t\"%s %s\",\n", h->list[i].address, to);
	}
	if (any)
		(void)puts("}");
}

/* ---- taking it ---- */

static enum status
take(struct world *w, struct job *j, const struct wish *wish,
    const struct history *h, const struct buf *file)
{
	const char **names = NULL;
	enum status st = db_begin(w->db, j);

	if (st == ST_OK)
		st = import_fits(w, j, h);
	if (st == ST_OK && !wish->dry)
		st = import_take(w, j, h, &names);
	if (st == ST_OK && !wish->dry)
		st = journal_import(w, j, wish->word, file);
	if (st == ST_OK && !wish->dry)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	if (st != ST_OK)
		return st;
	tell(j, h, wish->dry);
	if (!wish->dry)
		tell_addresses(j, h, names);
	return ST_OK;
}

static enum status
import(struct world *w, struct job *j, const struct wish *wish)
{
	struct history h;
	struct buf file = BUF_INIT;
	enum status st = read_file(j, wish->path, &file);

	if (st == ST_OK)
		history_read(j, &w->conf, wish->form, file.data, file.len, &h);
	if (st == ST_OK && h.n_faults != 0)
		st = tell_faults(j, &h);
	if (st == ST_OK)
		st = take(w, j, wish, &h, &file);
	buf_free(&file);
	return st;
}

int
cmd_import(struct world *w, struct job *j, int argc, char **argv)
{
	struct wish wish = { .dry = false };

	if (!options(argc, argv, &wish))
		return usage();
	if (import(w, j, &wish) == ST_OK)
		return EX_DONE;
	(void)fprintf(stderr, "sitrep: %s\n", j->why);
	return EX_FAILED;
}
