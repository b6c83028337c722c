/*
 * Mail for people at our own addresses (postmaster, abuse, LIST-owner, the
 * From addresses) goes on to `owner`, its bytes unchanged.
 */
#ifndef FLOW_FORWARD_H
#define FLOW_FORWARD_H

#include "ext/db.h"
#include "model/conf.h"
#include "model/inbox.h"

enum status forward_to_owner(struct db *db, struct job *j, const struct conf *c,
    const struct letter_in *in) must_check;

#endif
