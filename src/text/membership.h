/*
 * What a mail to all members of a list has for each of them: the headers by
 * which programs know the list, the lines at its end, the zones its times are
 * shown in.  The token to leave with is a hole (text/mailer.h).
 */
#ifndef TEXT_MEMBERSHIP_H
#define TEXT_MEMBERSHIP_H

#include "base/tmpl.h"
#include "model/conf.h"
#include "model/mail.h"
#include "text/labels.h"
#include "text/mailer.h"

void membership_headers(struct mailer *m, const struct conf *c,
    const struct list *l);
/* The list's name, its topics, how to change and to leave. */
void membership_put(struct arena *mem, const struct conf *c,
    const struct list *l, struct tmpl_map *m);
/* Those of the variant, else the list's. */
struct zones membership_zones(const struct list *l, const struct variant *v);

#endif
