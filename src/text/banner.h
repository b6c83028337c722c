/*
 * What a mail server puts above a person's words to warn of the outside
 * world: "[EXTERNAL]", "CAUTION: This email originated ...", in the body and
 * as a tag in the subject.
 */
#ifndef TEXT_BANNER_H
#define TEXT_BANNER_H

#include <stddef.h>

#include "base/arena.h"
#include "text/lines.h"
#include "text/signature.h"

/*
 * The first of lines [from, to) below a banner at their top, `from` if there
 * is none.  Where a tag such as "[EXTERNAL]" stands before own words, *rest is
 * these words; otherwise it is NULL.
 */
size_t banner_skip(struct arena *mem, const struct lines *l, size_t from,
    size_t to, const struct writer *w, const char **rest);
/* A subject without such tags. */
char *banner_untag(struct arena *mem, const char *subject,
    const struct writer *w);

#endif
