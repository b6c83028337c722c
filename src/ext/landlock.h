/*
 * Landlock (Linux 5.13 and later): which files this process and its children
 * may still open.  For good.
 */
#ifndef EXT_LANDLOCK_H
#define EXT_LANDLOCK_H

#include <stddef.h>

#include "base/job.h"

/*
 * From here on files can be opened for reading only, and only these and what
 * stands below them; a path that isn't there is left out.  What is open stays
 * open.  Needs PR_SET_NO_NEW_PRIVS.  ST_NONE: the kernel has no Landlock,
 * nothing is restricted.  ST_TEMP: it failed.
 */
enum status landlock_read_only(struct job *j, const char *const *paths,
    size_t n) must_check;

#endif
