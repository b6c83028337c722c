/*
 * `sitrep list NAME sync FILE`: an account list as the reseller database says,
 * from CSV with a line for each address or each account (text/roster.h: the
 * contact for status mail, where there is none the technical one).  What would
 * change is shown, and done where somebody says yes.
 */
#ifndef CMD_LIST_SYNC_H
#define CMD_LIST_SYNC_H

#include <stdbool.h>

#include "cmd/list_source.h"
#include "cmd/world.h"

struct sync_wish {
	const struct list *list;
	bool yes;     /* nobody is asked */
	bool welcome; /* who is new is told */
	bool most;    /* even if more than half of the members go */
};

/*
 * ST_PERM: the file or the list is none for this.  ST_TEMP: store or file;
 * what was committed stays, and the same again does the rest.
 */
enum status list_sync(struct world *w, struct job *j,
    const struct sync_wish *wish, struct source *from) must_check;

#endif
