/*
 * Leaving a list by the token of one copy: a mail to LIST-unsubscribe+TOKEN,
 * or the button and one-click POST of /u/TOKEN, which the web child turns
 * into that mail.  Said twice it is done once; a wrong token does nothing.
 * On an account list the address is kept as `nomail`.
 */
#ifndef FLOW_UNSUBSCRIBE_H
#define FLOW_UNSUBSCRIBE_H

#include "ext/db.h"
#include "model/conf.h"
#include "model/keys.h"

/* *left: the member who left just now; 0: nobody did. */
enum status unsubscribe(struct db *db, struct job *j, const struct keys *k,
    const struct list *list, const char *token, int64_t *left) must_check;

#endif
