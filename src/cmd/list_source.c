#include "cmd/list_source.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/text.h"
#include "text/csv.h"
#include "text/mailman.h"
#include "text/roster.h"

enum { RECORD_MOST = 64 * 1024, SHOWN = 80, PIECE = 64 * 1024 };

struct source {
	const struct conf *c;
	struct arena *mem;
	FILE *in;
	bool is_own;      /* to be closed */
	const char *file; /* "" for the only one */
	char *record;
	size_t room, length;
	bool again;      /* the record was looked at, and not used yet */
	int64_t line;    /* the one the record began in */
	int64_t further; /* lines it went on over */
	char separator;  /* '\0': an address a line */
	struct roster roster;
	struct member like;   /* what the folder says of those in it */
	int64_t size, before; /* of all files; of those that were read */
	char **files;         /* of a folder, still to be read */
	size_t n_files, next;
	struct mailman_member *dump;
	size_t n_dump, at_dump;
	bool is_dump;
};

/* ---- records ---- */

/* A quoted value may hold line ends. */
static void
read_further(struct source *s)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;

	while (s->separator != '\0' && s->length < RECORD_MOST &&
	       csv_is_open(s->record) &&
	       (n = getline(&line, &size, s->in)) >= 0) {
		s->further++;
		if (s->room < s->length + (size_t)n + 1) {
			s->room = s->length + (size_t)n + 1;
			s->record = realloc(s->record, s->room);
			if (s->record == NULL)
				die("out of memory for a record");
		}
		memcpy(s->record + s->length, line, (size_t)n + 1);
		s->length += (size_t)n;
	}
	free(line);
}

/* false: the end. */
static bool
read_record(struct source *s)
{
	ssize_t n;

	if (s->again) {
		s->again = false;
		return true;
	}
	n = s->in == NULL ? -1 : getline(&s->record, &s->room, s->in);
	s->line += 1 + s->further;
	s->further = 0;
	if (n < 0)
		return false;
	s->length = (size_t)n;
	read_further(s);
	return true;
}

static char *
skip_mark(char *s)
{
	return strncmp(s, "\xef\xbb\xbf", 3) == 0 ? s + 3 : s;
}

/* ---- folders of mlmmj ---- */

static const struct folder {
	const char *name;
	struct member like;
} folders[] = {
	{ "subscribers.d", { .status = "active" } },
	{ "digesters.d", { .status = "active", .delivery = "digest" } },
	{ "nomailsubs.d", { .status = "nomail" } },
};

/* By the folder that a path goes through. */
static const struct folder *
folder_of(const char *path)
{
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (strstr(path, folders[i].name) != NULL)
			return &folders[i];
	return NULL;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
add_files(struct source *s, const char *path)
{
	DIR *dir = opendir(path);
	size_t first = s->n_files;
	struct dirent *e;
	struct stat is;

	if (dir == NULL)
		return;
	while ((e = readdir(dir)) != NULL) {
		char *file = arena_printf(s->mem, "%s/%s", path, e->d_name);

		if (e->d_name[0] == '.' || stat(file, &is) != 0 ||
		    !S_ISREG(is.st_mode))
			continue;
		s->files =
		    arena_grow(s->mem, s->files, s->n_files, sizeof *s->files);
		s->files[s->n_files++] = file;
		s->size += is.st_size;
	}
	(void)closedir(dir);
	if (s->n_files > first)
		qsort(s->files + first, s->n_files - first, sizeof *s->files,
		    by_name);
}

static enum status
open_folder(struct source *s, struct job *j, const char *path)
{
	if (folder_of(path) != NULL)
		add_files(s, path);
	else
		for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
			add_files(s, arena_printf(s->mem, "%s/%s", path,
					 folders[i].name));
	if (s->n_files != 0)
		return ST_OK;
	return job_fail(j, ST_PERM,
	    "%s is a folder without members: of mlmmj it is the one that has "
	    "subscribers.d",
	    path);
}

/* ST_NONE: that was the last. */
static enum status
next_file(struct source *s, struct job *j)
{
	const char *path, *name;

	if (s->next == s->n_files)
		return ST_NONE;
	path = s->files[s->next++];
	s->before += s->in == NULL ? 0 : ftell(s->in);
	if (s->in != NULL)
		(void)fclose(s->in);
	s->in = fopen(path, "re");
	if (s->in == NULL)
		return job_fail(j, ST_PERM, "cannot open %s: %s", path,
		    strerror(errno));
	s->is_own = true;
	s->line = s->further = 0;
	s->like = folder_of(path)->like;
	name = strrchr(path, '/');
	while (name > path && name[-1] != '/')
		name--;
	s->file = name;
	return ST_OK;
}

/* ---- what kind of file ---- */

static enum status
read_dump(struct source *s, struct job *j)
{
	struct buf b = BUF_INIT;
	enum status st = ST_OK;

	do
		buf_add(&b, s->record, s->length);
	while (b.len < SOURCE_DUMP && read_record(s));
	s->is_dump = true;
	if (b.len >= SOURCE_DUMP)
		st = job_fail(j, ST_PERM,
		    "such a dump may have %d MiB: take list_members -f, and "
		    "with -d and -n bybounce what is special, with --as",
		    SOURCE_DUMP / 1024 / 1024);
	else if (!mailman_read(s->mem, arena_copy(s->mem, b.data, b.len),
		     &s->dump, &s->n_dump))
		st = job_fail(j, ST_PERM,
		    "the dump breaks off: write it again with Mailman's "
		    "dumpdb config.pck");
	buf_free(&b);
	return st;
}

/* By its first line, which is a header that is used up, or a member. */
static enum status
look_at_first(struct source *s, struct job *j)
{
	char *values[ROSTER_FIELDS], *copy, separator;
	size_t n;

	if (!read_record(s))
		return ST_OK;
	copy = arena_str(s->mem, skip_mark(s->record));
	if (mailman_is_config(copy))
		return job_fail(j, ST_PERM,
		    "that is the configuration of a list, without members: "
		    "take dumpdb config.pck, or list_members -f");
	if (mailman_is_dump(copy))
		return read_dump(s, j);
	separator = csv_separator(copy);
	n = csv_split(copy, separator == '\0' ? ',' : separator, values,
	    ROSTER_FIELDS);
	if (roster_header(&s->roster, values, n)) {
		s->separator = separator == '\0' ? ',' : separator;
		return ST_OK;
	}
	s->roster = (struct roster){ .has = { false } };
	s->again = true;
	if (n > 1 && roster_guess(&s->roster, values, n))
		s->separator = separator;
	return ST_OK;
}

static struct source *
new_source(const struct conf *c)
{
	struct source *s = calloc(1, sizeof *s);

	if (s == NULL)
		die("out of memory for an import");
	s->c = c;
	s->mem = arena_new();
	s->file = "";
	return s;
}

enum status
source_file(struct job *j, const struct conf *c, FILE *in, const char *name,
    struct source **out)
{
	struct source *s = new_source(c);
	const struct folder *f = folder_of(name);
	struct stat is;
	enum status st;

	s->in = in;
	if (f != NULL)
		s->like = f->like;
	if (fstat(fileno(in), &is) == 0 && S_ISREG(is.st_mode))
		s->size = is.st_size;
	st = look_at_first(s, j);
	*out = st == ST_OK ? s : NULL;
	if (st != ST_OK)
		source_close(s);
	return st;
}

/*
 * What comes over a pipe may take its time: all of it is here before the store
 * is locked, and mail waits for nobody.
 */
static enum status
gather(struct job *j, FILE *from, FILE **out)
{
	FILE *all = tmpfile();
	char *piece = arena_alloc(j->mem, PIECE);
	size_t n;

	while (all != NULL && (n = fread(piece, 1, PIECE, from)) != 0)
		if (fwrite(piece, 1, n, all) != n)
			break;
	if (all != NULL && !ferror(from) && fflush(all) == 0 && !ferror(all)) {
		rewind(all);
		*out = all;
		return ST_OK;
	}
	(void)job_fail(j, ST_PERM,
	    "cannot gather what comes over the pipe in %s: %s; or write it to "
	    "a file and name that",
	    P_tmpdir, strerror(errno));
	if (all != NULL)
		(void)fclose(all);
	return ST_PERM;
}

/* in is to be closed with it, if `own`. */
static enum status
open_stream(struct job *j, const struct conf *c, FILE *in, bool own,
    const char *name, struct source **out)
{
	FILE *all = in;
	struct stat is;
	enum status st = ST_OK;

	if (fstat(fileno(in), &is) != 0 || !S_ISREG(is.st_mode))
		st = gather(j, in, &all);
	if (st == ST_OK)
		st = source_file(j, c, all, name, out);
	if (own && (st != ST_OK || all != in))
		(void)fclose(in);
	if (all != in && st != ST_OK)
		(void)fclose(all);
	if (st == ST_OK)
		(*out)->is_own = own || all != in;
	return st;
}

enum status
source_open(struct job *j, const struct conf *c, const char *path,
    struct source **out)
{
	struct stat is;
	enum status st;
	FILE *in;

	*out = NULL;
	if (strcmp(path, "-") == 0)
		return open_stream(j, c, stdin, false, "", out);
	if (stat(path, &is) == 0 && S_ISDIR(is.st_mode)) {
		*out = new_source(c);
		if ((st = open_folder(*out, j, path)) == ST_OK)
			return st;
		source_close(*out);
		*out = NULL;
		return st;
	}
	if ((in = fopen(path, "re")) == NULL)
		return job_fail(j, ST_PERM, "cannot open %s: %s", path,
		    strerror(errno));
	return open_stream(j, c, in, true, path, out);
}

void
source_close(struct source *s)
{
	if (s == NULL)
		return;
	if (s->is_own)
		(void)fclose(s->in);
	free(s->record);
	arena_free(s->mem);
	free(s);
}

/* ---- entries ---- */

/* "Name <address>" is taken for its address. */
static const char *
inside(char *s)
{
	char *open = strrchr(s, '<'), *end;

	if (open == NULL || (end = strchr(open, '>')) == NULL || end[1] != '\0')
		return s;
	*end = '\0';
	return open + 1;
}

static void
read_entry(struct job *j, struct source *s, struct entry *out)
{
	char *values[ROSTER_FIELDS], *copy;
	char *record = skip_mark(s->record);

	out->m = s->like;
	out->what = text_trim(j->mem, record);
	if (s->length != strlen(s->record)) {
		out->why = "there is a NUL in it";
		return;
	}
	if (s->length >= RECORD_MOST) {
		out->why = "it is too long";
		return;
	}
	copy = arena_str(j->mem, out->what);
	if (s->separator == '\0') {
		/* The name may not hide a line of its own. */
		out->m.address = text_is_line(copy) ? inside(copy) : copy;
		out->why = roster_address(out->m.address);
		return;
	}
	out->why = roster_read(j->mem, s->c, &s->roster, values,
	    csv_split(copy, s->separator, values, ROSTER_FIELDS), &out->m);
	if (*out->m.address != '\0')
		out->what = out->m.address;
}

static enum status
next_of_dump(struct source *s, struct entry *out)
{
	const struct mailman_member *m;

	if (s->at_dump == s->n_dump)
		return ST_NONE;
	m = &s->dump[s->at_dump++];
	s->line = (int64_t)m->line;
	*out = (struct entry){ .what = m->address,
		.why = roster_address(m->address),
		.m = { .address = m->address,
		    .status = m->status,
		    .lang = m->lang,
		    .delivery = m->digest ? "digest" : NULL } };
	return ST_OK;
}

static bool
is_nothing(const struct source *s)
{
	const char *record = skip_mark(s->record);

	return s->length == strlen(s->record) &&
	       (text_blank(record) || *record == '#');
}

enum status
source_next(struct job *j, struct source *s, struct entry *out)
{
	enum status st;

	*out = (struct entry){ .what = "" };
	if (s->is_dump)
		return next_of_dump(s, out);
	for (;;) {
		while (!read_record(s)) {
			if (s->in != NULL && ferror(s->in))
				return job_fail(j, ST_TEMP, "cannot read: %s",
				    strerror(errno));
			if ((st = next_file(s, j)) != ST_OK)
				return st;
		}
		if (!is_nothing(s))
			break;
	}
	read_entry(j, s, out);
	return ST_OK;
}

char *
source_where(struct arena *mem, const struct source *s)
{
	return arena_printf(mem, "%s%sline %lld", s->file,
	    *s->file == '\0' ? "" : ", ", (long long)s->line);
}

int
source_done(const struct source *s)
{
	long at = s->in == NULL || s->size == 0 ? -1 : ftell(s->in);

	return at < 0 ? -1 : (int)((s->before + at) * 100 / s->size);
}
