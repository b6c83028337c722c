/*
 * Libraries that only one door needs, loaded when it opens.  A mail server's
 * pipe starts the program anew for each mail; each library that stands in the
 * binary costs that mail its loading, and those of the courier and of the web
 * bring a dozen more.  Their headers are included as usual: a table's members
 * have the types of what they stand for.
 */
#ifndef BASE_LATE_H
#define BASE_LATE_H

#include <stdbool.h>
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

/* The same, but nothing once it has been there: *loaded says so. */
const char *late_once(bool *loaded, const char *library,
    const struct late_name *names, size_t n, void *table);

/*
 * A file's one library: LATE_TABLE(CALLS) makes `lib` of a list of what is
 * used, CALLS(EACH) with EACH(call) for each; LATE_LOAD(library) fills it.
 */
#define LATE_MEMBER(call) __typeof__(call) *call;
#define LATE_NAME(call) { #call, offsetof(struct late_calls, call) },
#define LATE_TABLE(CALLS) \
	static struct late_calls { \
		CALLS(LATE_MEMBER) \
	} lib; \
	static const struct late_name lib_names[] = { CALLS(LATE_NAME) }; \
	static bool lib_loaded
#define LATE_LOAD(library) \
	late_once(&lib_loaded, library, lib_names, \
	    sizeof lib_names / sizeof *lib_names, &lib)

#endif
