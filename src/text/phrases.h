/*
 * The words of one language, from templates/LANG/words: `key = text` lines,
 * # comments.  Templates see each as t_KEY.  Falls back from the language to
 * English.  Times in words: UTC first, then zones of the reader.
 */
#ifndef TEXT_PHRASES_H
#define TEXT_PHRASES_H

#include <stddef.h>
#include <stdint.h>

#include "base/job.h"
#include "base/tmpl.h"

struct phrase {
	const char *key, *text;
};

struct phrases {
	const char *lang;   /* of the words, not of what was asked for */
	const char *folder; /* where its templates are */
	struct phrase *list;
	size_t n;
};

struct zones {
	const char *const *names; /* IANA; unknown ones are left out */
	size_t n;
};

/* brand "" or NULL: none.  ST_PERM: no English words either, or a line that
 * can't be read. */
enum status phrases_load(struct job *j, const char *templates,
    const char *brand, const char *lang, struct phrases *out) must_check;
/* Lines of a file of that form; name is for messages. */
enum status phrases_read(struct job *j, const char *name, const char *text,
    struct phrases *out) must_check;

/* The key itself where there are no words for it. */
const char *phrases_get(const struct phrases *p, const char *key);
/* PREFIX and key together. */
const char *phrases_of(const struct phrases *p, struct arena *mem,
    const char *prefix, const char *key);
void phrases_put(const struct phrases *p, struct arena *mem,
    struct tmpl_map *m);

/*
 * "4 Mar 2026 14:02 UTC (09:02 Toronto, 5 Mar 01:02 Auckland)".  The day is
 * left out where it is that of `beside`, the year where that is; 0: nothing
 * to compare with.
 */
char *phrases_time(const struct phrases *p, struct arena *mem, int64_t t,
    int64_t beside, const struct zones *z);
char *phrases_day(const struct phrases *p, struct arena *mem, int64_t t);
/* Without the year. */
char *phrases_date(const struct phrases *p, struct arena *mem, int64_t t);

#endif
