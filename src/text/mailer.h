/*
 * Builds a message (RFC 5322, MIME): headers in the order given, folded and
 * encoded, then a body.  Line ends are LF until mailer_pieces().
 *
 * Every header passes one check that refuses control bytes; the first
 * refusal is kept and comes back from mailer_end().  Text is UTF-8.  The same
 * calls give the same bytes: boundaries are fixed strings that no part can
 * contain.
 */
#ifndef TEXT_MAILER_H
#define TEXT_MAILER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "model/mail.h"

/*
 * Holes of a mail that is composed once: bytes that no header and no body
 * text can contain.  A token's hole is as long as the token.
 */
enum { MAILER_HOLE_TO = 2, MAILER_HOLE_TOKEN = 1 };

struct mailer {
	struct buf out;
	bool holes; /* holes are kept; elsewhere such bytes are refused */
	bool utf8;  /* an address isn't ASCII: SMTPUTF8 */
	const char *refused;
};

#define MAILER_INIT \
	{ \
		BUF_INIT, false, false, NULL \
	}

/* Ids, addresses, tokens: ASCII as it is, folded at blanks. */
void mailer_header(struct mailer *m, const char *name, const char *value);
void mailer_headerf(struct mailer *m, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Text for people: words that aren't ASCII are encoded (RFC 2047). */
void mailer_words(struct mailer *m, const char *name, const char *value);
/* display "" is allowed. */
void mailer_mailbox(struct mailer *m, const char *name, const char *display,
    const char *address);
/* "Name <a@b>", "a@b" or "" (no header), as in the configuration. */
void mailer_from(struct mailer *m, const char *name, const char *mailbox);

/* Bodies, with their MIME headers; exactly one of them, after all headers. */
void mailer_text(struct mailer *m, const char *text);
/* UTF-8 as it is where lines allow, for an archive that people read raw. */
void mailer_text_raw(struct mailer *m, const char *text);
void mailer_html(struct mailer *m, const char *html);
void mailer_alternative(struct mailer *m, const char *text, const char *html);
/*
 * Text, and a whole message attached: as message/rfc822, or base64 where its
 * bytes couldn't travel as they are (NUL, bare CR, long lines).
 */
void mailer_original(struct mailer *m, const char *text, const void *raw,
    size_t n);

struct mailer_part { /* a whole message of ours, LF line ends */
	const char *subject;
	char *raw;
	size_t n;
};

/* Text, and messages of ours as a multipart/digest (RFC 2046, 5.1.5). */
void mailer_digest(struct mailer *m, const char *text,
    const struct mailer_part *parts, size_t n);

/* ST_PERM: a header was refused; j->why names it.  Frees m. */
enum status mailer_end(struct mailer *m, struct job *j, char **out,
    size_t *n) must_check;
/* The same as a mail for the courier: CRLF, dot-stuffed, cut at its holes. */
enum status mailer_end_mail(struct mailer *m, struct job *j,
    struct mail *out) must_check;
/* Finished bytes (LF or CRLF) without holes as a mail. */
void mailer_pieces(struct arena *mem, const char *raw, size_t n, bool holes,
    struct mail *out);
/* One body line ready to stand in quoted-printable; exposed for its test. */
void mailer_quoted(struct buf *out, const char *text, bool holes);

#endif
