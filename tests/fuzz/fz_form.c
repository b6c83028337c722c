/*
 * Posted forms and lines to a list's request address.  Properties: a value is
 * UTF-8 without NUL and no longer than the body; a refused line says why, and
 * one that isn't has a value.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "text/form.h"
#include "text/listcommand.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
form(struct arena *mem, const char *type, const char *body, size_t n)
{
	const char *v = form_value(mem, type, body, n, "address");

	if (v != NULL && (strlen(v) > n || !text_is_utf8(v, strlen(v))))
		abort();
}

static void
commands(struct arena *mem, const char *text)
{
	static struct component parts[] = { { .slug = "email-b",
	    .name = "Email Cluster B",
	    .group = "Email",
	    .visible = true } };
	static const struct conf c = { .timezone = "UTC",
		.components = parts,
		.n_components = 1 };
	const struct list_reading r = { .conf = &c, .now = 1772632800 };
	struct list_commands all;

	listcommand_read(mem, &r, text, &all);
	if (all.n > LISTCOMMAND_MAX)
		abort();
	for (size_t i = 0; i < all.n; i++) {
		const struct list_command *l = &all.list[i];

		if (l->verb == LIST_REFUSED && *l->no == '\0')
			abort();
		if (l->value == NULL && l->verb != LIST_REFUSED)
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *mem = arena_new();
	char *copy = arena_copy(mem, (const char *)data, n);
	struct buf text = BUF_INIT;

	form(mem, NULL, copy, n);
	form(mem, "multipart/form-data; boundary=b", copy, n);
	(void)text_repair(&text, copy, n);
	commands(mem, text.data);
	buf_free(&text);
	arena_free(mem);
	return 0;
}
