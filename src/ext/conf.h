/*
 * libconfuse: files of `key = value` and of sections, read by a table of the
 * keys that may stand there.  The only file that knows the library.
 *
 * Every value is checked against its type, and every mistake is told with its
 * line: an unknown key (and the known one that it resembles), a key given
 * twice, a key of a part that isn't built.  Comments begin with # or //, or
 * stand between slash-star and star-slash; a string ends on its line; other
 * files and the environment are never read.  Everything lives in mem.
 *
 * ST_NONE: no such file.  ST_PERM: a mistake, "FILE:LINE: what" in the job.
 */
#ifndef EXT_CONF_H
#define EXT_CONF_H

#include <stddef.h>
#include <stdint.h>

#include "base/job.h"

enum conf_type {
	CONF_TEXT,    /* const char * */
	CONF_TEXTS,   /* const char **, and its count at `count` */
	CONF_FLAG,    /* bool: true, false, yes, no, on, off */
	CONF_LENGTH,  /* int64_t seconds: 15m; 0; never (-1) if min is -1 */
	CONF_SIZE,    /* int64_t bytes: 26214400, 64K, 25M */
	CONF_NUMBER,  /* int64_t, digits only */
	CONF_LIMIT,   /* size_t, bytes or a count, written likewise */
	CONF_SECTION, /* key "title" { ... }, any number of times */
	CONF_LATER,   /* of a part that isn't built: always a mistake */
};

/* `at` of a key that conf_fill() passes over. */
enum { CONF_NOWHERE = 0x7fffffff };

struct conf_key { /* a table ends with a key whose name is NULL */
	const char *name;
	enum conf_type type;
	size_t at, count;    /* offsets into the record that it fills */
	const char *initial; /* when not given; of CONF_TEXTS one a line;
				NULL: the record keeps what it has */
	int64_t min, max;    /* of lengths and all numbers */
	const struct conf_key *keys; /* of a section */
};

struct conf_value {
	const char *text;
	unsigned line;
};

struct conf_item { /* a key as given, or a section */
	const struct conf_key *key;
	unsigned line; /* where it begins */
	struct conf_value *values;
	size_t n_values;
	const char *title; /* of a section */
	struct conf_item *items;
	size_t n_items;
};

/* *root becomes a section without a title. */
enum status conf_read(struct job *j, struct arena *mem, const char *path,
    const struct conf_key *keys, struct conf_item *root) must_check;

/* Puts what a section gives, and defaults, into a record. */
void conf_fill(struct arena *mem, const struct conf_key *keys,
    const struct conf_item *section, void *record);
/* The item of a key; NULL: not given. */
const struct conf_item *conf_given(const struct conf_item *section,
    const char *name);
/* Its line; that of the section if it isn't given. */
unsigned conf_line(const struct conf_item *section, const char *name);

#endif
