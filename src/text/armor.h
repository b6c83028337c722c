/*
 * OpenPGP inside plain text (RFC 4880, 6 and 7): an encrypted message, or a
 * signed one whose text can be read.  Nothing is verified here.
 *
 * armor_find() is for what is to be verified and takes nothing for granted:
 * one block in a text, each mark a line of its own, nothing between the mark
 * and the blank line but armour headers, every line of the text that begins
 * with a dash escaped.  What is around the block isn't covered.
 */
#ifndef TEXT_ARMOR_H
#define TEXT_ARMOR_H

#include <stdbool.h>

#include "base/arena.h"

enum armor_kind { ARMOR_NONE, ARMOR_SIGNED, ARMOR_ENCRYPTED };

struct armor {
	enum armor_kind kind;
	const char *flaw;    /* why it can't be verified; "" */
	const char *block;   /* all of it, both marks included */
	const char *inside;  /* ARMOR_SIGNED: the text that is covered, dashes
				unescaped, without its last line end */
	const char *outside; /* what stands before and behind */
};

/* Line ends may be LF or CR LF. */
void armor_find(struct arena *mem, const char *text, struct armor *out);

bool armor_encrypted(const char *text);
/* The text without its armor, NULL: it isn't signed so. */
char *armor_signed_text(struct arena *mem, const char *text);

#endif
