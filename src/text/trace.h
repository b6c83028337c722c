/*
 * What servers write on top of a mail and a sender has no use for: the one
 * table of it, for those who look at what ours has found and those who know a
 * mail again by what is below.  In any case of letters.
 */
#ifndef TEXT_TRACE_H
#define TEXT_TRACE_H

#include <stdbool.h>
#include <stddef.h>

enum trace {
	TRACE_NO,
	TRACE_MAYBE, /* as far as the name is read */
	TRACE_YES,
	TRACE_HOP, /* a Received: what is below was there before this server */
};

/*
 * The first n bytes of a header, its colon among them where that was reached.
 * below: of a Received.  There what begins with X- is the sender's.
 */
enum trace trace_guess(const char *read, size_t n, bool below);
/* A whole name, above every Received; Received itself isn't one of these. */
bool trace_is(const char *name);

#endif
