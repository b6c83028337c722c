/*
 * A public event as values for a template: the one place that says what a
 * mail, a preview and a page show of it.  Takes papers that are public by
 * their type, with their texts read.  Strings are cleaned; the template's
 * escapers do the rest.
 */
#ifndef TEXT_POSTING_H
#define TEXT_POSTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/tmpl.h"
#include "model/conf.h"
#include "model/public_update.h"
#include "model/request.h"
#include "text/labels.h"

struct posting {
	struct arena *mem;
	const struct conf *conf;
	const struct labels *words;
	const struct public_event *event;
	const struct zones *zones;     /* NULL: UTC only */
	const struct promise *promise; /* of a preview, else NULL */
};

/* The words, brand and site. */
void posting_site(const struct posting *p, struct tmpl_map *m);
/* Title, number, state now, facts of the event. */
void posting_event(const struct posting *p, struct tmpl_map *m);
/* The language of the text that its reader gets. */
const char *posting_lang(const struct posting *p,
    const struct public_update *u);
/* The i-th update. */
void posting_update(const struct posting *p, size_t i, struct tmpl_map *m);

/*
 * Where the page of an event is, below the site: "incident/2026/0042/",
 * "report/2026-02/".
 */
char *posting_path(struct arena *mem, const struct public_event *e);
/* "u3", and of a correction "u3r2". */
char *posting_anchor(struct arena *mem, const struct public_update *u);
/* "inc-2026-0042" */
char *posting_id(struct arena *mem, const struct public_event *e);
/* Where among its updates this revision is; n_updates: it isn't. */
size_t posting_place(const struct public_event *e, int u, int r);
/* The newest revision of its u. */
bool posting_current(const struct public_event *e, size_t i);
/* Neither resolved nor later. */
bool posting_open(enum state s);
/* "[Example] " of the list's `prefix`; "" of "". */
char *posting_prefix(const struct posting *p, const char *prefix);
/* "Monitoring"; of an event as a whole that is withdrawn, or followed as
 * another, that. */
const char *posting_word(const struct posting *p,
    const struct public_update *u);
/* It isn't over by having been mended: no end, no duration, no apology. */
bool posting_ends_otherwise(const struct public_update *u);
/* "[Investigating] Title [INC-2026-0042]"; stable: without the tag. */
char *posting_subject(const struct posting *p, size_t i, bool stable,
    const char *prefix);

/* The level that stands for an update or an event in colour and shape. */
enum level posting_level(const struct public_component *c, size_t n,
    enum impact impact);
/* Sets class, shape and a flag is_CLASS. */
void posting_look(struct tmpl_map *m, enum level l, bool over);

#endif
