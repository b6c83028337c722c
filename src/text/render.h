/*
 * The template of a mail in one language, filled in: what the language lacks
 * is said by the English one.
 */
#ifndef TEXT_RENDER_H
#define TEXT_RENDER_H

#include "base/job.h"
#include "base/tmpl.h"
#include "text/labels.h"

/*
 * Text is wrapped.  ST_PERM: the template is wrong or missing; the reason
 * names it.
 */
enum status render_words(struct job *j, const struct labels *words,
    const char *name, enum tmpl_kind kind, const struct tmpl_map *m,
    char **out) must_check;

#endif
