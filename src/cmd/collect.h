/*
 * Collects what deciding looks at (model/matter.h) from store, configuration
 * and rota, inside the caller's transaction.
 */
#ifndef CMD_COLLECT_H
#define CMD_COLLECT_H

#include "cmd/world.h"
#include "model/matter.h"

/*
 * The event and all that hangs on it; m->sender, m->route and m->request are
 * set before for a mail, m->timer for a timer.
 */
enum status collect(struct world *w, struct job *j, int64_t event,
    struct matter *m) must_check;
/* Of a mail about no event: who is who, without a store (explain). */
enum status collect_duty(struct world *w, struct job *j,
    struct matter *m) must_check;

#endif
