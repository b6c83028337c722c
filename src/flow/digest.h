/*
 * Step: an issue of a digest as mail to a list and as an entry of the monthly
 * archive.  Takes papers that are public by their type, knows neither store
 * nor clock: the same papers give the same bytes.
 *
 * ST_PERM: a template, a word list or a header is wrong; the reason names it.
 */
#ifndef FLOW_DIGEST_H
#define FLOW_DIGEST_H

#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "model/conf.h"
#include "model/mail.h"
#include "model/roundup.h"
#include "text/mailer.h"

/*
 * For the members of a list who share v.  Those of the format "mime" get the
 * parts behind it, which are in the order of posting.  Holes: as in
 * flow/compose.h.
 */
enum status digest_mail(struct job *j, const struct conf *c,
    const struct list *l, const struct roundup *r, const struct variant *v,
    const struct mailer_part *parts, size_t n, struct mail *out) must_check;
/* Adds it to an mbox (mboxrd, LF). */
enum status digest_archive(struct job *j, const struct conf *c,
    const struct roundup *r, struct buf *out) must_check;

#endif
