/*
 * A public update as one short text, for social networks and chat: which of
 * them are worth one, and what it says.  Takes papers that are public by their
 * type, with their texts read.
 *
 * "[Monitoring] Email Cluster B: Logins work again. Next update by 16:24 UTC.
 * https://status.example/incident/2026/0042/#u3"; or what somebody wrote for it
 * (Social:), with the link behind it unless one of ours stands in it.  What is
 * too long loses its end at the end of a word.
 */
#ifndef TEXT_BLURB_H
#define TEXT_BLURB_H

#include <stdbool.h>
#include <stddef.h>

#include "text/posting.h"

enum {
	BLURB_LINK = 23,  /* what a link counts where it is shortened */
	BLURB_SHORT = 280 /* the least that fits anywhere */
};

/*
 * The first word, a change of state, a rise of impact, what ends it, what
 * corrects or withdraws it, and what has a text of its own; not that nothing
 * is new, nor a removal.
 */
bool blurb_told(const struct public_event *e, size_t i);
/* What is left of a text of its own beside the link, where `most` fits. */
const char *blurb_kept(struct arena *mem, const char *social, size_t most);
/* most: wide characters count 2.  link: what a link counts; 0: its length. */
char *blurb_text(const struct posting *p, size_t i, size_t most, size_t link);
/* The address of the update on its page. */
char *blurb_url(const struct posting *p, size_t i);

#endif
