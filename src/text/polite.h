/*
 * Short answers of people: what is courtesy, what is a yes, what is an
 * objection.  A yes counts only if nothing else was said (specification,
 * section 3.6): doubt, a question or a second thought is never an approval.
 */
#ifndef TEXT_POLITE_H
#define TEXT_POLITE_H

#include <stdbool.h>

/* Who speaks; their own name under an answer says nothing.  NULL: unknown. */
struct speaker {
	const char *name;      /* of the person: "Comms One" */
	const char *slug;      /* comms1 */
	const char *from_name; /* as their mail program writes it */
};

/* Nothing but please, thanks, punctuation, emoji and the speaker's name. */
bool polite_only(const struct speaker *who, const char *s);
/* The same with at least one word of approval: "Yes please", "OK 👍". */
bool polite_yes(const struct speaker *who, const char *s);
/* "Looks good", "LGTM": agrees and says no more, but isn't a yes. */
bool polite_agrees(const struct speaker *who, const char *s);
/* Its first word is one of approval, whatever follows. */
bool polite_begins_yes(const char *s);
/* Its first word is no, wrong, stop, hold or one like them. */
bool polite_objects(const char *s);
/* "Hi", "Hello team,": a line that only greets. */
bool polite_greets(const char *line);
/* "thanks", "quit", "--": ends the block of commands. */
bool polite_stops(const char *line);

#endif
