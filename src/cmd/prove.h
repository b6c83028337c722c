/*
 * Between reading a mail and asking what it wants: is it signed by its
 * sender, and what does it say if it is encrypted (flow/proof.c).  What counts
 * is read again, from inside the signature alone.
 */
#ifndef CMD_PROVE_H
#define CMD_PROVE_H

#include "cmd/world.h"
#include "model/evidence.h"
#include "model/inbox.h"
#include "model/message.h"

/*
 * handled: the time against which a signature's age is held.  Where it counts
 * m holds what it covers, and s is the person, of class A1 at least.
 */
enum status prove(struct world *w, struct job *j, const struct letter_in *in,
    int64_t handled, struct message *m, struct sender *s,
    struct evidence *out) must_check;
/* With the event named in what is signed the mail proves itself: A3. */
void prove_named(const struct request *r, struct sender *s);

#endif
