/*
 * Step: the public pages, from public papers and today's date alone; the same
 * papers and the same day give the same bytes.  Texts were read before
 * (flow/texts.h) where a page shows them: the events' own pages, feeds, the
 * front page's open events.  Writes no file.
 *
 * ST_PERM: a template is missing or wrong; the reason names it.
 */
#ifndef FLOW_PAGE_H
#define FLOW_PAGE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "model/conf.h"
#include "model/public_update.h"
#include "model/roundup.h"
#include "text/service.h"

enum { PAGE_DAYS = 15 };

/* The page of an event, also of a report; plain: the same as text, for others
 * to paste, or NULL. */
enum status page_event(struct job *j, const struct conf *c,
    const struct public_event *e, struct buf *out,
    struct buf *plain) must_check;

struct page_now {
	/* The open ones and those of the past PAGE_DAYS, each once; the newest
	 * report may be among them. */
	const struct public_event *events;
	size_t n;
	const struct service *services;
	size_t n_services;
	const int64_t *months; /* with a post, newest first; see below */
	size_t n_months;
	const struct issue *digests; /* the newest of each kind */
	size_t n_digests;
};

enum status page_front(struct job *j, const struct conf *c,
    const struct page_now *now, struct buf *out) must_check;
enum status page_now_text(struct job *j, const struct conf *c,
    const struct page_now *now, struct buf *out) must_check;

struct page_service {
	const struct service *service;
	/* Of the past SERVICE_MONTHS, the last is this one; NULL on a page of
	 * older events. */
	const struct uptime *months;
	const struct public_event *events; /* newest first */
	size_t n;
	int page, older; /* 0: the newest; older 0: there are none */
};

enum status page_service(struct job *j, const struct conf *c,
    const struct page_service *p, struct buf *out) must_check;
enum status page_badge(struct job *j, const struct conf *c,
    const struct service *s, struct buf *out) must_check;

/* Months are year * 12 + month - 1. */
struct page_month {
	int month, before;                 /* before 0: nothing was before */
	const struct public_event *events; /* with a post in it */
	size_t n;
};

enum status page_month(struct job *j, const struct conf *c,
    const struct page_month *p, struct buf *out) must_check;
/* The months of one year, or of all (year 0), newest first. */
enum status page_history(struct job *j, const struct conf *c, int year,
    const int64_t *months, size_t n, struct buf *out) must_check;

/* An issue of a digest. */
enum status page_digest(struct job *j, const struct conf *c,
    const struct roundup *r, struct buf *out) must_check;

struct page_entry {
	const struct public_event *event;
	int u; /* 0: the event as a whole */
};

struct page_feed { /* RFC 4287, in pieces that RFC 5005 links */
	const char *title;
	const char *name; /* "feed/updates": below the site, without .atom */
	int piece;        /* of the archive, from 1; 0: the current one */
	int older, newer; /* pieces; 0: none */
	const struct page_entry *entries; /* newest first */
	size_t n;
	size_t whole; /* of them must be there; more while there is room */
};

enum status page_feed(struct job *j, const struct conf *c,
    const struct page_feed *f, struct buf *out) must_check;

/* At an old address; to: "/new/path". */
enum status page_moved(struct job *j, const struct conf *c, const char *to,
    struct buf *out) must_check;
/* What /search shows around what it finds, and where nothing searches. */
enum status page_search(struct job *j, const struct conf *c,
    struct buf *out) must_check;
enum status page_style(struct job *j, const struct conf *c,
    struct buf *out) must_check;
/* "incident/2026/0042", "report/2026-02" */
char *page_folder(struct job *j, const struct public_event *e);

#endif
