#include "text/headers.h"

#include "base/text.h"

const char *
headers_first(const struct message *m, const char *name)
{
	for (size_t i = 0; i < m->n_headers; i++)
		if (text_ieq(m->headers[i].name, name))
			return m->headers[i].value;
	return NULL;
}
