/*
 * Any bytes as what a mail reports: the first byte says which part, the rest
 * stands there; the whole also as a mail with its own headers.  Properties:
 * at most BOUNCE_MOST lines, each address once and without white space, a
 * status in its form; what waits isn't given up; and what is packed for the
 * parent is read there as the same.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "flow/read.h"
#include "model/message_wire.h"
#include "text/bounce.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void
check_line(const struct bounced *b)
{
	if (b->class < 0 || b->class >= BOUNCE_CLASSES || b->reason < 0 ||
	    b->reason >= REASONS)
		abort();
	if (!text_is_utf8(b->address, strlen(b->address)) ||
	    strpbrk(b->address, "\r\n") != NULL)
		abort();
	if (strlen(b->status) > 9 ||
	    (b->status[0] != '\0' &&
		(!isdigit((unsigned char)b->status[0]) || b->status[1] != '.')))
		abort();
	if (b->given_up && b->class >= BOUNCE_DELIVERED)
		abort();
}

static void
check(const struct bounce *b)
{
	if (b->n > BOUNCE_MOST)
		abort();
	for (size_t i = 0; i < b->n; i++) {
		check_line(&b->at[i]);
		for (size_t k = 0; k < i; k++)
			if (text_ieq(b->at[i].address, b->at[k].address))
				abort();
	}
}

static void
parts(struct arena *mem, const char *text, unsigned where)
{
	struct header from = { "From",
		where & 8 ? "MAILER-DAEMON@mx.example" : "a@shop.example" };
	const struct message m = { .headers = &from,
		.n_headers = 1,
		.subject = where & 16 ? "failure notice" : "",
		.from_address = "a@shop.example" };
	const char *at[5] = { "", "", "", "", "" };
	struct bounce b;

	at[where % 5] = text;
	bounce_read(mem, &m,
	    &(struct bounce_parts){ at[0], at[1], at[2], at[3], at[4] }, &b);
	check(&b);
}

static void
whole(struct arena *mem, const void *raw, size_t n)
{
	const struct conf c = { .max_mail = LIMIT_MAIL,
		.limits = LIMITS_DEFAULT };
	struct message m, again;
	struct buf packed = BUF_INIT;

	read_unconfined(mem, &c, raw, n, &m);
	check(&m.bounce);
	message_pack(&m, &packed);
	if (!message_unpack(mem, packed.data, packed.len, &again) ||
	    again.bounce.n != m.bounce.n)
		abort();
	for (size_t i = 0; i < m.bounce.n; i++)
		if (strcmp(again.bounce.at[i].address,
			m.bounce.at[i].address) != 0 ||
		    again.bounce.at[i].class != m.bounce.at[i].class)
			abort();
	buf_free(&packed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *mem = arena_new();
	struct buf clean = BUF_INIT;

	if (n != 0) {
		(void)text_repair(&clean, (const char *)p + 1, n - 1);
		for (size_t i = 0; i < clean.len; i++)
			if (clean.data[i] == '\r')
				clean.data[i] = '\n';
		parts(mem, clean.data, p[0]);
		whole(mem, p, n);
	}
	buf_free(&clean);
	arena_free(mem);
	return 0;
}
