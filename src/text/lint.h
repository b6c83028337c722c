/*
 * Reads a public draft as a careful colleague would, before a person approves
 * it (specification, section 3.7): what must not get out, what should be
 * looked at twice, what would make it better.  Marks words, changes none.
 *
 * The program's own stock text is never marked, nor are the public names of
 * components.  What is said in a note of the same event, eight words in a row
 * or more, is marked unless it was public before.  CRLF and LF line ends give
 * the same marks; `at` and `len` are octets of the field with LF line ends.
 * Pure; the marks live in the arena.
 */
#ifndef TEXT_LINT_H
#define TEXT_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/conf.h"
#include "model/draft.h"
#include "model/mark.h"

enum { LINT_MOST = 40 }; /* marks of one draft, the gravest ones */

struct lint_scene { /* what the draft is read against */
	const struct conf *conf;
	enum disclosure disclosure;
	int64_t now;
	bool report;            /* a month's report: long, and about the past */
	size_t n_posts;         /* how many updates there are */
	const char *last_title; /* of the newest update; NULL: none */
	const char **notes;     /* internal texts of the event */
	size_t n_notes;
	const char **told; /* public texts of the event */
	size_t n_told;
	const char **stock; /* sentences of the program's own */
	size_t n_stock;
};

/* Gravest first, then in the order of the fields; returns how many. */
size_t lint(struct arena *mem, const struct lint_scene *scene,
    const struct draft *x, struct lint_mark **out);
/* Words of an attack in a text of any kind. */
bool lint_says_attack(struct arena *mem, const char *text);
/*
 * What of the marks has to be shown before a yes counts, as one text that a
 * draft keeps; "" for none.
 */
char *lint_shown(struct arena *mem, const struct lint_mark *marks, size_t n);
/* Is every mark that asks among those that were shown? */
bool lint_was_shown(struct arena *mem, const struct lint_mark *marks, size_t n,
    const char *shown);
/* The gravest class; LINT_ADVISE without marks. */
enum lint_class lint_worst(const struct lint_mark *marks, size_t n);

#endif
