/*
 * A document as a flat list of marks: what ext/md.c makes of Markdown and
 * text/markup.c of it.  Each document ends with MARK_END.  Text of a mark is
 * UTF-8 ended by NUL.
 */
#ifndef BASE_MARKS_H
#define BASE_MARKS_H

enum mark {
	MARK_END = 'Z',
	MARK_PARAGRAPH = 'P', /* closed by the small letter, as are all that */
	MARK_TIGHT = 'N',     /* hold others; a paragraph of a tight list */
	MARK_HEADING = 'H',   /* then the level, 1 to 6, as a digit */
	MARK_QUOTE = 'Q',
	MARK_BULLETS = 'U',
	MARK_NUMBERS = 'O', /* text: the first number */
	MARK_ITEM = 'I',
	MARK_EMPH = 'E',
	MARK_STRONG = 'G',
	MARK_LINK = 'L', /* text: the address */
	/* These hold nothing. */
	MARK_CODE_BLOCK = 'C', /* text */
	MARK_RULE = 'R',
	MARK_TEXT = 'T', /* text */
	MARK_CODE = 'K', /* text */
	MARK_SOFT_BREAK = 'S',
	MARK_HARD_BREAK = 'B',
};

#endif
