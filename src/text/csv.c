#include "text/csv.h"

#include <string.h>

char
csv_separator(const char *header)
{
	static const char all[] = ",;\t";
	const char *first = strpbrk(header, all);

	return first == NULL ? '\0' : *first;
}

bool
csv_is_open(const char *record)
{
	bool open = false;

	for (; *record != '\0'; record++)
		if (*record == '"')
			open = !open;
	return open;
}

static char *
trim(char *s)
{
	char *end;

	s += strspn(s, " \t\r\n");
	end = s + strlen(s);
	while (end > s && strchr(" \t\r\n", end[-1]) != NULL)
		*--end = '\0';
	return s;
}

/* Ends at the separator outside of quotes; quotes are taken off in place. */
static char *
cut(char **at, char separator)
{
	char *in = *at, *out = in, *start = in;
	bool quoted = false;

	for (; *in != '\0' && (quoted || *in != separator); in++) {
		if (*in != '"')
			*out++ = *in;
		else if (quoted && in[1] == '"')
			*out++ = *in++;
		else
			quoted = !quoted;
	}
	*at = *in == '\0' ? NULL : in + 1;
	*out = '\0';
	return trim(start);
}

size_t
csv_split(char *record, char separator, char **values, size_t max)
{
	size_t n = 0;

	while (record != NULL && n < max)
		values[n++] = cut(&record, separator);
	return n;
}
