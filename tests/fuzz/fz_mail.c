/*
 * Any bytes as a mail, by the same road as the confined child.  What comes
 * out is within limits, valid UTF-8 without NUL, and survives the pipe.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "flow/read.h"
#include "model/message_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void
check(const char *s, size_t most)
{
	size_t n = strlen(s);

	if (n > most || !text_is_utf8(s, n))
		abort();
}

static void
check_line(const char *s, size_t most)
{
	check(s, most);
	if (!text_is_line(s))
		abort();
}

static void
check_text(const struct message *m)
{
	check(m->reply, LIMIT_TEXT);
	check(m->quoted, 4 * LIMIT_TEXT + LIMIT_MAIL);
	for (const char *s = m->reply; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' && *s != '\n' && *s != '\t')
			abort();
	if (m->reading != READING_OK && m->reply[0] != '\0')
		abort();
}

static void
check_message(const struct message *m)
{
	check_line(m->from_address, LIMIT_ADDRESS);
	check_line(m->from_name, 4 * LIMIT_SUBJECT);
	check_line(m->subject, 4 * LIMIT_SUBJECT);
	check_line(m->mid, LIMIT_HEADER);
	if (m->from_address[0] != '\0' && !text_is_address(m->from_address))
		abort();
	if (m->n_headers > LIMIT_HEADERS || m->n_attachments > LIMIT_PARTS + 1)
		abort();
	for (size_t i = 0; i < m->n_headers; i++) {
		check_line(m->headers[i].name, LIMIT_HEADER);
		check(m->headers[i].value, 3 * LIMIT_HEADER);
	}
	for (size_t i = 0; i < m->n_attachments; i++) {
		check_line(m->attachments[i].name, 4 * LIMIT_SUBJECT);
		check_line(m->attachments[i].type, 4 * LIMIT_SUBJECT);
	}
	check_text(m);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *mem = arena_new();
	struct conf conf = { .state = "", .limits = LIMITS_DEFAULT };
	struct buf packed = BUF_INIT;
	struct message m, again;

	read_unconfined(mem, &conf, p, n, &m);
	check_message(&m);
	message_pack(&m, &packed);
	if (!message_unpack(mem, packed.data, packed.len, &again))
		abort();
	check_message(&again);
	if (strcmp(m.reply, again.reply) != 0)
		abort();
	buf_free(&packed);
	arena_free(mem);
	return 0;
}
