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
/* Of a mail: its first line, "Subject: ...", apart from the text below. */
enum status render_mail(struct job *j, const struct labels *words,
    const char *name, const struct tmpl_map *m, const char **subject,
    const char **text) must_check;
/* Takes that line and the blank ones below it off; "" where there is none. */
const char *render_cut_subject(struct job *j, const char **text);

#endif
