/*
 * What is searched on the web and by `show --search`: brought up to the public
 * tree after each writing of it.
 */
#ifndef CMD_SITE_SEARCH_H
#define CMD_SITE_SEARCH_H

#include "cmd/world.h"

/* anew: whatever is there is forgotten first. */
enum status site_search(struct world *w, struct job *j, bool anew) must_check;

#endif
