/*
 * Libraries that only one door needs, loaded when it opens.  A mail server's
 * pipe starts the program anew for each mail; each library that stands in the
 * binary costs that mail its loading, and those of the courier and of the web
 * bring a dozen more.  Their headers are included as usual: a table's members
 * have the types of what they stand for.
 */
#ifndef BASE_LATE_H
#define BASE_LATE_H

#include <stddef.h>

struct late_name { /* of a function or object of the library */
	const char *name;
	size_t at; /* where its address goes in the table */
};

/*
 * Loads a library by its soname and fills the table; cheap when it is there
 * already.  NULL, or what is missing, in words of the loader, which the next
 * call may overwrite.
 */
const char *late_load(const char *library, const struct late_name *names,
    size_t n, void *table);

#endif
