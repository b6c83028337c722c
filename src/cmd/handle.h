/*
 * One message from raw bytes to its outcome: the middle of the walk.  Each
 * function commits its own transaction, but for handle_tell(), which is part of
 * the caller's.
 */
#ifndef CMD_HANDLE_H
#define CMD_HANDLE_H

#include "cmd/world.h"
#include "model/inbox.h"
#include "model/matter.h"
#include "model/message.h"
#include "model/verdict.h"

/* What deciding knows of the mail itself. */
void handle_seen(const struct letter_in *in, const struct message *msg,
    struct letter_seen *out);
enum status handle(struct world *w, struct job *j,
    const struct letter_in *in) must_check;
/* A message on which we died too often: kept, told to a person, passed. */
enum status handle_poison(struct world *w, struct job *j,
    const struct letter_in *in) must_check;
/* The letters that an applied verdict causes. */
enum status handle_tell(struct world *w, struct job *j, const struct matter *m,
    struct verdict *v, const struct message *msg,
    const struct letter_in *in) must_check;

#endif
