#include "base/late.h"

#include <dlfcn.h>
#include <string.h>

const char *
late_load(const char *library, const struct late_name *names, size_t n,
    void *table)
{
	void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

	if (handle == NULL)
		return dlerror();
	for (size_t i = 0; i < n; i++) {
		void *address = dlsym(handle, names[i].name);

		if (address == NULL)
			return dlerror();
		memcpy((char *)table + names[i].at, &address, sizeof address);
	}
	return NULL;
}

const char *
late_once(bool *loaded, const char *library, const struct late_name *names,
    size_t n, void *table)
{
	const char *missing =
	    *loaded ? NULL : late_load(library, names, n, table);

	*loaded = missing == NULL;
	return missing;
}
