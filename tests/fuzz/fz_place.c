/*
 * Addresses, event names and tokens.  Properties: what is read and written
 * again reads the same; case changes nothing; no token of rubbish is good.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/keys.h"
#include "text/place.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
names(struct arena *mem, const char *s)
{
	const char *rest = s, *at;
	struct eventid a, b;
	struct eventid_object o;
	size_t len;

	if (eventid_read(s, 2026, &a) &&
	    (!eventid_read(eventid_tag(mem, &a), 1, &b) || a.year != b.year ||
		a.number != b.number))
		abort();
	while (eventid_next(&rest, &a, &at, &len))
		if (!eventid_read_full(arena_copy(mem, at, len), &b) ||
		    a.kind != b.kind || a.number != b.number)
			abort();
	if (eventid_of_mid(s, "status.example", &a, &o) &&
	    !eventid_of_mid(eventid_mid(mem, &a, NULL, "status.example"),
		"status.example", &b, &o))
		abort();
}

static void
places(struct arena *mem, const char *s)
{
	static struct list list = { .slug = "example-status",
		.from_address = "status@status.example" };
	const struct conf c = { .domain = "in.status.example",
		.delimiter = "+",
		.status_address = "incident@in.status.example",
		.lists = &list,
		.n_lists = 1 };
	struct place_parts a, b;

	s = arena_printf(mem, "%s@in.status.example", s);
	place_parse(mem, &c, s, &a);
	place_parse(mem, &c, text_lower(mem, s), &b);
	if (a.place != b.place || a.object.number != b.object.number ||
	    (a.token == NULL) != (b.token == NULL))
		abort();
	if (place_known(&c, s) != (a.place != PLACE_UNKNOWN))
		abort();
}

static void
tokens(const char *s)
{
	struct keys k = { .list.n = 2, .reply.n = 2 };
	char again[TOKEN_BOUNCE + 1];
	struct job j;
	int64_t member, letter;

	memset(k.list.generation[1], 7, KEY_SIZE);
	job_begin(&j, "fuzz", 0);
	if (keys_unsubscribe_ok(&k, "l", s, &member)) {
		keys_unsubscribe(&k, "l", member, again);
		if (!keys_unsubscribe_ok(&k, "l", again, &member))
			abort();
	}
	(void)keys_bounce_ok(&k, "l", s, &member, &letter);
	if (strlen(s) != TOKEN_LIST &&
	    keys_reply_ok(&j, &k, "inc-2026-0042", "d2", "comms1", s))
		abort();
	job_end(&j);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *mem = arena_new();
	char *s = arena_copy(mem, (const char *)data, n);

	names(mem, s);
	places(mem, s);
	tokens(s);
	arena_free(mem);
	return 0;
}
