/*
 * Step: what the public reads of a post, as mail to a list, as an entry of
 * the monthly archive and as the preview that a person approves; all three by
 * the same templates.  Takes papers that are public by their type, with their
 * texts read (flow/texts.h), knows neither store nor clock: the same papers
 * give the same bytes.
 *
 * ST_PERM: a template, a word list or a header is wrong; the reason names it.
 */
#ifndef FLOW_COMPOSE_H
#define FLOW_COMPOSE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "model/conf.h"
#include "model/mail.h"
#include "model/public_update.h"
#include "model/request.h"
#include "text/mailer.h"

/*
 * The mail of e->updates[update] for the members of a list who share v.
 * Holes: the recipient, and TOKEN_LIST characters of unsubscribe token.
 */
enum status compose_public(struct job *j, const struct conf *c,
    const struct list *l, const struct public_event *e, size_t update,
    const struct variant *v, struct mail *out) must_check;

/* The same as a part of a digest (mailer_digest()): complete, without holes. */
enum status compose_part(struct job *j, const struct conf *c,
    const struct list *l, const struct public_event *e, size_t update,
    const struct variant *v, struct mailer_part *out) must_check;

struct told {
	const char *subject, *text;
};

/* Its subject and text alone, for a mail that tells of several. */
enum status compose_told(struct job *j, const struct conf *c,
    const struct list *l, const struct public_event *e, size_t update,
    const struct variant *v, struct told *out) must_check;

/* "<inc-2026-0042.u1.r1.LIST@HOST>" */
char *compose_mid(struct job *j, const struct conf *c, const struct list *l,
    const struct public_event *e, size_t update);

struct preview {
	const char *subject; /* of the public mail */
	const char *text;    /* all of its text but earlier updates and what
				differs from reader to reader */
	const char *ruled;   /* subject and text between rulers */
};

/*
 * An update that isn't posted yet: posted 0, next_update 0 and the promise as
 * given (NULL: none).
 */
enum status compose_preview(struct job *j, const struct conf *c,
    const struct public_event *e, size_t update, const struct promise *p,
    struct preview *out) must_check;

/* Adds the update to an mbox (mboxrd, LF). */
enum status compose_archive(struct job *j, const struct conf *c,
    const struct public_event *e, size_t update, struct buf *out) must_check;

#endif
