/*
 * LMTP: the first byte says how the rest is cut.  What comes out, replies and
 * messages, is the same as when it comes byte by byte.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "text/lmtp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
	struct buf out, mails;
};

static void
listen_to(struct lmtp *l, struct seen *s, struct buf *mail, int *over)
{
	enum lmtp_event ev;

	while (!*over && (ev = lmtp_next(l)) != LMTP_WANT) {
		if (ev == LMTP_RCPT)
			lmtp_rcpt(l, l->path.data[0] != 'n');
		else if (ev == LMTP_BYTES)
			buf_add(mail, l->piece, l->piece_len);
		else if (ev == LMTP_END) {
			buf_printf(&s->mails, "%s|%s|%zu|", l->from.data,
			    l->to.data, l->recipients);
			buf_add(&s->mails, mail->data, mail->len);
			buf_char(&s->mails, '\0');
			buf_clear(mail);
			lmtp_done(l, l->from.len % 2 == 0);
		} else
			*over = 1;
	}
}

static struct seen
session(const uint8_t *p, size_t n, size_t step, bool strict)
{
	struct seen s = { BUF_INIT, BUF_INIT };
	struct buf mail = BUF_INIT;
	struct lmtp l;
	int over = 0;

	lmtp_begin(&l, "in.example", 4096, LIMIT_RCPT, strict);
	for (size_t at = 0; at < n && !over; at += step) {
		size_t len = n - at < step ? n - at : step;
		char *piece = malloc(len);

		if (piece == NULL)
			abort();
		memcpy(piece, p + at, len);
		lmtp_feed(&l, piece, len);
		listen_to(&l, &s, &mail, &over);
		free(piece);
	}
	buf_add(&s.out, l.out.data, l.out.len);
	lmtp_free(&l);
	buf_free(&mail);
	return s;
}

static bool
same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct seen a, b;
	size_t step;
	bool strict;

	if (size < 2)
		return 0;
	step = 2 + data[0] % 127;
	strict = data[0] > 127;
	a = session(data + 1, size - 1, 1, strict);
	b = session(data + 1, size - 1, step, strict);
	if (!same(&a.out, &b.out) || !same(&a.mails, &b.mails))
		abort();
	buf_free(&a.out);
	buf_free(&a.mails);
	buf_free(&b.out);
	buf_free(&b.mails);
	return 0;
}
