/*
 * Who gets what (specification, section 2.6): one cause, one person, one
 * mail, in the most demanding form.
 */
#ifndef TEXT_CIRCLE_H
#define TEXT_CIRCLE_H

#include "base/job.h"
#include "model/matter.h"
#include "model/verdict.h"

/* Fills v->mailings from v->did, v->draft and the people of the matter. */
void circle_draw(struct job *j, const struct matter *m, struct verdict *v);
/* The one who is asked to approve the new draft. */
const struct person *circle_approver(const struct matter *m,
    const struct verdict *v);

#endif
