/*
 * HTML of a mail into plain lines.  One line for each div, p, li, table row
 * and br; paragraphs with a margin are set apart by a blank line; <b> and
 * <strong> stay as "**".  What isn't shown (styles, hidden elements) goes.
 * What a mail program marks as quoted comes out as lines that begin with
 * "> ", a signature that it marks comes out below a line "-- ", so that
 * text/reply.h needs to know one form only.  Any bytes are accepted, in
 * linear time and with bounded depth.
 */
#ifndef TEXT_HTML_H
#define TEXT_HTML_H

#include "base/arena.h"

char *html_text(struct arena *mem, const char *html);

#endif
