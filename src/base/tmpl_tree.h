/*
 * A template as read: nodes in order, a section's body behind it up to
 * `end`.  Shared by tmpl_read.c, which makes it, and tmpl.c, which renders.
 */
#ifndef BASE_TMPL_TREE_H
#define BASE_TMPL_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/tmpl.h"

enum place { /* what kind of escaper an insert needs */
	PLACE_TEXT,
	PLACE_HTML,
	PLACE_VALUE,    /* of a quoted attribute */
	PLACE_URL,      /* the beginning of one that is a link */
	PLACE_URL_PART, /* inside of one */
	PLACE_HEADER,
	PLACE_XML,
	PLACE_JSON,
	PLACE_NONE, /* nowhere: a mistake */
};

enum node_type { NODE_LITERAL, NODE_INSERT, NODE_SECTION, NODE_INVERTED };

struct node {
	enum node_type type;
	enum place place;
	const char *text; /* a literal, or the name */
	size_t len;       /* of a literal */
	size_t end;       /* of a section: the node after its body */
	const char *file;
	unsigned line;
};

struct tmpl {
	enum tmpl_kind kind;
	struct node *nodes;
	size_t n;
};

/* Where in an HTML page we are. */
enum spot {
	SPOT_TEXT,
	SPOT_OPEN,   /* after < */
	SPOT_NAME,   /* of a tag */
	SPOT_TAG,    /* inside of one, between attributes */
	SPOT_ATTR,   /* an attribute's name */
	SPOT_EQUALS, /* after the name or = */
	SPOT_DOUBLE, /* inside "" */
	SPOT_SINGLE,
	SPOT_BARE, /* a value without quotes */
	SPOT_DECLARATION,
	SPOT_COMMENT,
	SPOT_RAW, /* style and script */
};

enum { SPOT_WORD = 16 };

struct spotter {
	enum spot spot;
	char word[SPOT_WORD]; /* the tag's or attribute's name, lower case */
	size_t word_len;
	char tag[SPOT_WORD];
	bool closing;
	bool fresh; /* no byte of the value yet */
};

void spotter_walk(struct spotter *s, const char *p, size_t n);
/* Where an insert would stand now. */
enum place spotter_place(const struct spotter *s);
/* A value stands here: the next one isn't at the beginning. */
void spotter_insert(struct spotter *s);
bool spotter_same(const struct spotter *a, const struct spotter *b);

#endif
