/*
 * The words of one language, from templates/LANG/words: `key = text` lines,
 * # comments.  Templates see each as t_KEY.  Falls back from the language to
 * English.  Times in words: UTC first, then zones of the reader.
 */
#ifndef TEXT_LABELS_H
#define TEXT_LABELS_H

#include <stddef.h>
#include <stdint.h>

#include "base/job.h"
#include "base/tmpl.h"

struct label {
	const char *key, *text;
};

struct labels {
	const char *lang;    /* of the words */
	const char *wanted;  /* what was asked for */
	const char *folder;  /* where its templates are */
	const char *english; /* ... and those it lacks */
	struct label *list;
	size_t n;
};

struct zones {
	const char *const *names; /* IANA; unknown ones are left out */
	size_t n;
};

/* brand "" or NULL: none.  ST_PERM: no English words either, or a line that
 * can't be read. */
enum status labels_load(struct job *j, const char *templates, const char *brand,
    const char *lang, struct labels *out) must_check;
/* Lines of a file of that form; name is for messages. */
enum status labels_read(struct job *j, const char *name, const char *text,
    struct labels *out) must_check;

/* The key itself where there are no words for it. */
const char *labels_get(const struct labels *p, const char *key);
/* PREFIX and key together. */
const char *labels_of(const struct labels *p, struct arena *mem,
    const char *prefix, const char *key);
void labels_put(const struct labels *p, struct arena *mem, struct tmpl_map *m);

/*
 * "4 Mar 2026 14:02 UTC (09:02 Toronto, 5 Mar 01:02 Auckland)".  The day is
 * left out where it is that of `beside`, the year where that is; 0: nothing
 * to compare with.
 */
char *labels_time(const struct labels *p, struct arena *mem, int64_t t,
    int64_t beside, const struct zones *z);
char *labels_day(const struct labels *p, struct arena *mem, int64_t t);
/* Without the year. */
char *labels_date(const struct labels *p, struct arena *mem, int64_t t);

#endif
