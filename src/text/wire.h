/*
 * A message as it goes over SMTP, and back.  On the wire lines end in CRLF and
 * a line that begins with a dot gets a second one.
 */
#ifndef TEXT_WIRE_H
#define TEXT_WIRE_H

#include "base/arena.h"
#include "base/buf.h"
#include "model/mail.h"

/*
 * A raw message as one literal piece: LF, CR and CRLF each end a line (a stray
 * CR or LF must not hide a command from one server and show it to another),
 * the last line gets its end.  utf8 is set where the header block holds UTF-8.
 * The piece points into mem.
 */
void wire_mail(struct arena *mem, const void *raw, size_t n, struct mail *out);
/* The bytes of a hole in this copy; "" where the copy has none. */
const char *wire_hole(const struct copy *c, enum hole hole);
/* Length of the copy's text on the wire, without the final dot. */
size_t wire_size(const struct mail *m, const struct copy *c);
/*
 * The copy as a file of a Maildir: Return-Path and Delivered-To before it, LF
 * line ends, no doubled dots.
 */
void wire_file(struct buf *out, const struct mail *m, const struct copy *c);

#endif
