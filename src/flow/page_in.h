/*
 * What the files of flow/page*.c share.  Nothing else includes it.
 */
#ifndef FLOW_PAGE_IN_H
#define FLOW_PAGE_IN_H

#include "base/tmpl.h"
#include "flow/page.h"
#include "text/labels.h"
#include "text/posting.h"

struct pager {
	struct job *j;
	const struct conf *c;
	struct labels words;
	struct posting posting;
	const struct public_event *events; /* of the front page */
	size_t n;
	const struct public_event *report; /* the newest; NULL: none */
	int64_t today;                     /* midnight UTC */
};

enum status page_begin(struct pager *x, struct job *j,
    const struct conf *c) must_check;
/* The same, and what each page of the site shows; root: the way up to the
 * tree, such as "../". */
enum status page_site(struct pager *x, struct job *j, const struct conf *c,
    const char *root, struct tmpl_map *m) must_check;
/* DIR/site/NAME */
enum status page_load(const struct pager *x, const char *name,
    enum tmpl_kind kind, struct tmpl **out) must_check;
enum status page_render(const struct pager *x, const char *name,
    enum tmpl_kind kind, const struct tmpl_map *m, struct buf *out) must_check;

int64_t page_day_of(int64_t t);                      /* its midnight */
char *page_month_of(struct arena *mem, int64_t t);   /* "2026-03" */
char *page_month_path(struct arena *mem, int64_t t); /* "history/2026/03/" */
/* class and shape of an event as it is now */
void page_look(const struct public_event *e, struct tmpl_map *m);
/* A line of a list of events. */
void page_listed(const struct pager *x, const struct public_event *e,
    struct tmpl_map *m);
/* The services by their groups, with bars while there is room for them. */
void page_services(const struct pager *x, const struct service *list, size_t n,
    struct tmpl_map *m);

#endif
