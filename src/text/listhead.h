/*
 * The headers by which mail programs know a list (RFC 2369, 2919, 8058): of
 * its posts, and of what it writes to one member.
 */
#ifndef TEXT_LISTHEAD_H
#define TEXT_LISTHEAD_H

#include "model/conf.h"
#include "text/mailer.h"

/* List-Id, List-Help, List-Owner and List-Archive; of an open list
 * List-Subscribe too. */
void listhead_put(struct mailer *m, const struct conf *c, const struct list *l);
/* One-click and by mail, with the member's token or the hole of it. */
void listhead_leave(struct mailer *m, const struct conf *c,
    const struct list *l, const char *token);
/* "example-status-request@in.status.example"; token "": none. */
char *listhead_address(struct arena *mem, const struct conf *c,
    const struct list *l, const char *word, const char *token);

#endif
