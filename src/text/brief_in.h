/*
 * What the files text/brief*.c share.  Nothing else includes it.
 */
#ifndef TEXT_BRIEF_IN_H
#define TEXT_BRIEF_IN_H

#include "base/buf.h"
#include "text/brief.h"

enum { COLUMN = 60 };

char *brief_clock(struct job *j, int64_t t);
const char *brief_name(const struct brief *b, const char *slug);
bool brief_did(const struct brief *b, unsigned did);
/* Since when Marketing has it. */
int64_t brief_since(const struct brief *b);
/* The finding that is the verdict and stands first; NULL: something was done */
const struct finding *brief_verdict(const struct brief *b,
    const struct mailing *to);

/* "Comms One, Comms Two" */
char *brief_names(struct job *j, const struct brief *b, const char *slugs);
char *brief_crowd(struct job *j, const struct crowd *c);
/* To whom it was handed: "Comms Two and Comms One". */
const char *brief_handed(struct job *j, const struct brief *b);
/* brief_marks.c: words of the draft that is shown, to be looked at. */
void brief_marks(struct job *j, struct buf *out, const struct brief *b,
    int draft);
/* Some of them nobody may publish; or a yes counts once they were seen. */
bool brief_is_blocked(const struct brief *b);
bool brief_asks_look(const struct brief *b);
/* Is what is shown a draft that a yes would publish? */
bool brief_offers(const struct brief *b);
/* A page is sent to whoever is on call; not everybody may publish. */
bool brief_may_publish(const struct mailing *to);
bool brief_is_owner(const struct brief *b, const struct mailing *to);
/* Not all of it may be told: a page says less. */
bool brief_is_secret(const struct brief *b);
/* A paragraph of ours. */
void brief_say(struct buf *out, const char *s);

/* The verdict or the one question, then what was done. */
void brief_head(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to);
/* brief_ask.c: the one thing that the mail asks, and what may be answered. */
void brief_question(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to);
bool brief_asks_yes(const struct brief *b, const struct mailing *to);
/* ... where the draft can't go out as it is: a new one. */
bool brief_asks_mending(const struct brief *b, const struct mailing *to);
/* What an answer to a query begins with. */
const char *brief_query_words(struct job *j, const struct brief *b);
/* "Reply with one of:" */
void brief_options(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to);
/* brief_done.c: what was done. */
void brief_opened(struct job *j, struct buf *out, const struct brief *b);
/* Things done, a line each, for whoever gets a copy. */
void brief_deeds(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to);
/* A mail that only told something. */
void brief_noted(struct job *j, struct buf *out, const struct brief *b);
/* A copy of which nothing else was said. */
void brief_passed_on(struct job *j, struct buf *out, const struct brief *b);
/* brief_echo.c: what was read and kept, behind a blank line; or nothing. */
void brief_echo(struct job *j, struct buf *out, const struct brief *b);
/* brief_rung.c: steps of timers, and levels that are called. */
const char *brief_rung_subject(const struct brief *b);
void brief_rung_head(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to);
void brief_call_head(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to);
/* "Reply ACK to say that you are on it." */
const char *brief_call_question(struct job *j, const struct brief *b,
    const struct mailing *to);
bool brief_owes_update(const struct brief *b, const struct mailing *to);
/* "level 2 is called", or who is. */
const char *brief_call_subject(struct job *j, const struct brief *b);
/* Of what a copy tells, and who has it. */
void brief_call_line(struct job *j, struct buf *out, const struct brief *b);
/* What is public, and who was tried; nothing where no level is called. */
void brief_call_facts(struct job *j, struct buf *out, const struct brief *b);
/* A mail for an executive: without the notes. */
bool brief_is_short(const struct brief *b, const struct mailing *to);
/* brief_after.c: what ended quietly, and what can be told later. */
bool brief_asks_quiet(const struct brief *b, const struct mailing *to);
char *brief_quiet_subject(struct job *j, const struct brief *b);
char *brief_quiet_question(struct job *j, const struct brief *b);
/* Two events that are one, or were: "merged into 0042". */
char *brief_order(struct job *j, const struct brief *b);
void brief_ordered(struct job *j, struct buf *out, const struct brief *b);
/* What the answer to a question came to; "" if that is said elsewhere. */
const char *brief_answered(struct job *j, const struct brief *b);
void brief_not_yet(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to);
void brief_revealed(struct job *j, struct buf *out, const struct brief *b);
/* brief_room.c: the war room. */
char *brief_room_rule(struct job *j, const struct brief *b);
const char *brief_room_subject(const struct brief *b);
void brief_room_head(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to);
/* Who is there and how to report; how it went, once it is closed. */
void brief_room_facts(struct job *j, struct buf *out, const struct brief *b);
/* What is public, or that nothing is. */
void brief_public(struct job *j, struct buf *out, const struct brief *b);
/* What a hand-off tells: since when, the reporter's words, what is due. */
void brief_facts(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to);

/* A swap of the rota that concerns its reader: the question, or what became
 * of it. */
bool brief_swaps(const struct brief *b, const struct mailing *to);
void brief_swap(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to);
/* "swap? comms level 1" */
char *brief_swap_words(struct job *j, const struct brief *b);

#endif
