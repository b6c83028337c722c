#include "cmd/list_import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/journal.h"
#include "model/member.h"
#include "model/store.h"
#include "text/csv.h"

enum {
	CHUNK = 25000, /* members of one transaction */
	COLUMNS = 32,
	RECORD_MOST = 64 * 1024,
	SHOWN = 80,
	LANGUAGE_MOST = 35, /* RFC 5646, 4.4.1 */
};

enum column { ADDRESS, LANGUAGE, ZONE, FORMAT, KNOWN };

struct reader {
	FILE *in;
	char *record;
	size_t room, length;
	int64_t line;    /* the one the record began in */
	int64_t further; /* lines it went on over */
	char separator;  /* '\0': an address a line */
	size_t column[KNOWN];
	bool has[KNOWN];
	struct buf added; /* by this transaction, for the journal */
};

/* ---- reading ---- */

/* false: the end. */
static bool
read_record(struct reader *r)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n = getline(&r->record, &r->room, r->in);

	r->line += 1 + r->further;
	r->further = 0;
	if (n < 0)
		return false;
	r->length = (size_t)n;
	while (r->separator != '\0' && r->length < RECORD_MOST &&
	       csv_is_open(r->record) &&
	       (n = getline(&line, &size, r->in)) >= 0) {
		r->further++;
		if (r->room < r->length + (size_t)n + 1) {
			r->room = r->length + (size_t)n + 1;
			r->record = realloc(r->record, r->room);
			if (r->record == NULL)
				die("out of memory for a record");
		}
		memcpy(r->record + r->length, line, (size_t)n + 1);
		r->length += (size_t)n;
	}
	free(line);
	return true;
}

static void
name_column(struct reader *r, const char *name, size_t at)
{
	static const struct {
		const char *name;
		enum column column;
	} names[] = { { "address", ADDRESS }, { "email", ADDRESS },
		{ "emailaddress", ADDRESS }, { "mail", ADDRESS },
		{ "language", LANGUAGE }, { "lang", LANGUAGE },
		{ "timezone", ZONE }, { "zone", ZONE }, { "tz", ZONE },
		{ "format", FORMAT } };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		enum column c = names[i].column;

		if (!text_key_eq(name, names[i].name) || r->has[c])
			continue;
		r->has[c] = true;
		r->column[c] = at;
	}
}

static char *
skip_mark(char *s)
{
	return strncmp(s, "\xef\xbb\xbf", 3) == 0 ? s + 3 : s;
}

/* true: the first record is a header and was used up. */
static bool
read_header(struct job *j, struct reader *r)
{
	char *names[COLUMNS], *copy = arena_str(j->mem, skip_mark(r->record));
	char separator = csv_separator(copy);
	size_t n = csv_split(copy, separator == '\0' ? ',' : separator, names,
	    COLUMNS);

	for (size_t i = 0; i < n; i++)
		name_column(r, names[i], i);
	if (r->has[ADDRESS])
		r->separator = separator == '\0' ? ',' : separator;
	return r->has[ADDRESS];
}

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

static const char *
value(const struct reader *r, char **values, size_t n, enum column c)
{
	return r->has[c] && r->column[c] < n ? values[r->column[c]] : "";
}

/* NULL, or what is wrong with it. */
static const char *
read_member(struct job *j, struct reader *r, char *record, struct member *m)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	char *values[COLUMNS], *line;
	size_t n;

	if (r->separator == '\0') {
		line = text_trim(j->mem, record);
		m->address = inside(line);
		return NULL;
	}
	n = csv_split(record, r->separator, values, COLUMNS);
	m->address = value(r, values, n, ADDRESS);
	m->lang = value(r, values, n, LANGUAGE);
	m->zone = value(r, values, n, ZONE);
	m->format = text_lower(j->mem, value(r, values, n, FORMAT));
	if (*m->zone != '\0' && !when_zone_known(m->zone))
		return "no such time zone";
	if (strlen(m->lang) > LANGUAGE_MOST ||
	    m->lang[strspn(m->lang, letters)] != '\0')
		return "no such language";
	if (*m->format != '\0' && strcmp(m->format, "text") != 0 &&
	    strcmp(m->format, "html") != 0 && strcmp(m->format, "both") != 0)
		return "the format is text, html or both";
	return NULL;
}

/* ---- adding ---- */

static void
reject(struct job *j, const struct reader *r, const char *what, const char *why)
{
	(void)fprintf(stderr, "line %lld: %s: %s\n", (long long)r->line,
	    text_one_line(j->mem, what, SHOWN), why);
}

static enum status
add(struct world *w, struct job *j, struct reader *r, const char *list,
    struct import *out)
{
	struct member m = { .list = list };
	char *record = skip_mark(r->record);
	const char *why;
	enum status st = ST_PERM;

	if (text_blank(record) || *record == '#')
		return ST_OK;
	out->lines++;
	if (r->length != strlen(r->record))
		why = "holds a NUL";
	else if (r->length >= RECORD_MOST)
		why = "is too long";
	else if ((why = read_member(j, r, record, &m)) == NULL &&
		 !text_is_address(m.address))
		why = "isn't an address";
	if (why != NULL) {
		out->bad++;
		reject(j, r, m.address == NULL ? record : m.address, why);
		return ST_OK;
	}
	st = member_add(w->db, j, &m);
	if (st == ST_OK)
		journal_member(&r->added, &m);
	out->added += st == ST_OK;
	out->there += st == ST_NONE;
	out->away += st == ST_PERM;
	if (st == ST_PERM)
		reject(j, r, m.address,
		    "left, bounced, complained or was removed, isn't revived");
	return st == ST_TEMP ? st : ST_OK;
}

static void
show_progress(const struct import *i)
{
	if (isatty(STDERR_FILENO))
		(void)fprintf(stderr, "\r%lld lines, %lld added",
		    (long long)i->lines, (long long)i->added);
}

/* One transaction; ST_NONE: the file is at its end. */
static enum status
add_chunk(struct world *w, struct job *j, struct reader *r, const char *list,
    struct import *out)
{
	bool more = true;
	struct import so_far = *out;
	enum status st = db_begin(w->db, j);

	buf_clear(&r->added);
	for (int i = 0; i < CHUNK && st == ST_OK && more; i++) {
		job_forget(j);
		st = add(w, j, r, list, &so_far);
		if (st == ST_OK)
			more = read_record(r);
	}
	if (st == ST_OK && r->added.len != 0)
		st = journal_list(w, j, list, "add", &r->added);
	if (st == ST_OK && (st = db_commit(w->db, j)) == ST_OK)
		*out = so_far;
	db_rollback(w->db);
	return st == ST_OK && !more ? ST_NONE : st;
}

enum status
list_import(struct world *w, struct job *j, const struct list *l, FILE *in,
    struct import *out)
{
	struct reader r = { .in = in, .added = BUF_INIT };
	enum status st = store_cache(w->db, j, STORE_LARGE);
	bool more = read_record(&r);

	*out = (struct import){ 0 };
	if (more && read_header(j, &r))
		more = read_record(&r);
	while (more && st == ST_OK) {
		struct job chunk;

		job_begin(&chunk, j->id, j->now);
		st = add_chunk(w, &chunk, &r, l->slug, out);
		if (st == ST_TEMP || st == ST_PERM)
			(void)job_fail(j, st, "line %lld: %s",
			    (long long)r.line, chunk.why);
		job_end(&chunk);
		db_give_way();
		show_progress(out);
	}
	if (isatty(STDERR_FILENO))
		(void)fputc('\n', stderr);
	free(r.record);
	buf_free(&r.added);
	if (ferror(in))
		return job_fail(j, ST_TEMP, "cannot read: %s", strerror(errno));
	return st == ST_NONE ? ST_OK : st;
}
