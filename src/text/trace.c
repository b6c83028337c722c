#include "text/trace.h"

#include <string.h>

#include "base/text.h"

/* A name ends with its colon; others are the beginnings of many names. */
static const struct {
	const char *name;
	bool hop, above; /* above: not below a Received */
} all[] = {
	/* clang-format off */
	{ "Received:",               true,  false },
	{ "Return-Path:",            false, false },
	{ "Delivered-To:",           false, false },
	{ "X-Original-To:",          false, false },
	{ "Envelope-To:",            false, false },
	{ "Authentication-Results:", false, false },
	{ "Received-SPF:",           false, false },
	{ "DKIM-Filter:",            false, false },
	{ "DMARC-Filter:",           false, false },
	{ "ARC-",                    false, false },
	{ "X-",                      false, true },
	/* clang-format on */
};

enum { ALL = sizeof all / sizeof *all };

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* TRACE_MAYBE: it may become that name. */
static enum trace
compare(const char *read, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (name[i] == '\0' || lower(read[i]) != lower(name[i]))
			return TRACE_NO;
	return name[n] == '\0' ? TRACE_YES : TRACE_MAYBE;
}

enum trace
trace_guess(const char *read, size_t n, bool below)
{
	enum trace best = TRACE_NO, one;

	for (size_t i = 0; i < ALL; i++) {
		if (below && all[i].above)
			continue;
		one = compare(read, n, all[i].name);
		if (one == TRACE_YES)
			return all[i].hop ? TRACE_HOP : TRACE_YES;
		if (one == TRACE_MAYBE)
			best = one;
	}
	return best;
}

bool
trace_is(const char *name)
{
	for (size_t i = 0; i < ALL; i++) {
		size_t n = strlen(all[i].name);
		bool whole = all[i].name[n - 1] == ':';

		if (all[i].hop)
			continue;
		if (whole ? strlen(name) == n - 1 &&
				compare(name, n - 1, all[i].name) != TRACE_NO
			  : text_istarts(name, all[i].name))
			return true;
	}
	return false;
}
