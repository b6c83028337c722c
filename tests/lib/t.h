/* What every unit test includes, in the order cmocka wants. */
#ifndef TESTS_T_H
#define TESTS_T_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/job.h"

/* A new folder, left for the system to clear. */
static inline char *
t_folder(void)
{
	const char *under = getenv("TMPDIR");
	char path[256];

	(void)snprintf(path, sizeof path, "%s/sitrep-test-XXXXXX",
	    under == NULL ? "/tmp" : under);
	if (mkdtemp(path) == NULL)
		abort();
	return strdup(path);
}

static inline void
t_remove(char *dir)
{
	char line[256];

	(void)snprintf(line, sizeof line, "rm -rf '%s'", dir);
	(void)!system(line);
	free(dir);
}

#endif
