/*
 * One escaper for each place where untrusted text may stand.  Input is valid
 * UTF-8; what comes out is harmless in that place and in no other.  All of
 * them drop control characters (but LF and TAB where lines are text) and the
 * characters that turn the direction of a line.
 */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * Markup that is ready for an HTML page.  Only those who escape every byte
 * they take make one: base/tmpl.c and text/markup.c.
 */
struct html {
	const char *markup;
};

void escape_text(struct buf *out, const char *s);
/* Text between tags and inside quoted attribute values (HTML and XML). */
void escape_html(struct buf *out, const char *s);
void escape_xml(struct buf *out, const char *s);
/* Public text that must not be read as marks; one line. */
void escape_markdown(struct buf *out, const char *s);
void escape_json(struct buf *out, const char *s);   /* between quotes */
void escape_header(struct buf *out, const char *s); /* one line */
/*
 * A whole URL in a quoted attribute: what may not stand there is written as
 * %XX.  "#" comes out where escape_url_ok() says no.
 */
void escape_url(struct buf *out, const char *s);
/* A part of one, after its beginning: no colon, query or fragment. */
void escape_url_part(struct buf *out, const char *s);
/* http, https or mailto; or relative. */
bool escape_url_ok(const char *s);
bool escape_url_absolute(const char *s); /* http, https or mailto */

#endif
