/*
 * Tags of HTML in mail: what an element and its attributes mean for its text.
 * Linear; attributes longer than TAG_VALUE are cut.
 */
#ifndef TEXT_HTML_TAG_H
#define TEXT_HTML_TAG_H

#include <stdbool.h>
#include <stddef.h>

enum { TAG_NAME = 16, TAG_VALUE = 512 };

enum tag_flag {
	TAG_BLOCK = 1 << 0,     /* begins and ends a line */
	TAG_PARAGRAPH = 1 << 1, /* ... and is set apart by a blank line */
	TAG_VOID = 1 << 2,      /* has no content */
	TAG_RAW = 1 << 3,       /* its content is no HTML and no text */
	TAG_HIDDEN = 1 << 4,    /* isn't shown */
	TAG_BOLD = 1 << 5,
	TAG_PRE = 1 << 6,        /* line ends and spaces count */
	TAG_QUOTE = 1 << 7,      /* holds quoted text */
	TAG_QUOTE_REST = 1 << 8, /* all that follows is quoted */
	TAG_SIGNATURE = 1 << 9,
	TAG_ITEM = 1 << 10, /* of a list */
	TAG_CELL = 1 << 11,
	TAG_BREAK = 1 << 12,
	TAG_SELF = 1 << 13,   /* ends an open one of its own kind */
	TAG_HOLDER = 1 << 14, /* of Gmail's quote: answers may stand in it */
};

struct tag {
	char name[TAG_NAME]; /* lower case */
	bool closing;
	unsigned flags;
};

/*
 * s: at '<', n bytes left.  Returns the length of the tag, 0: it is none (a
 * '<' in text).  A tag without end takes all of n.
 */
size_t tag_read(const char *s, size_t n, struct tag *out);

#endif
