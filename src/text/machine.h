/*
 * Mail that no person sent just now: automatic answers, bounces, lists, and
 * our own mail coming back (RFC 3834; specification, section 3.3, promise P8).
 * Plain reading of headers; who the sender is plays no part, flow/sender.c
 * puts that in.
 */
#ifndef TEXT_MACHINE_H
#define TEXT_MACHINE_H

#include <stdbool.h>

#include "model/conf.h"
#include "model/message.h"

/*
 * It passed us before: a Message-ID, List-Id or X-Loop of ours, a header that
 * only we write, or more than LIMIT_RECEIVED hops.
 */
bool machine_is_loop(const struct conf *c, const struct message *m);
/* A header or the subject says that a program wrote it. */
bool machine_is_auto(const struct message *m);
/* The subject is that of a vacation message. */
bool machine_is_away(const struct message *m);
/* The envelope says so: "", <>, MAILER-DAEMON; or Return-Path: <> does. */
bool machine_is_null(const struct message *m, const char *envelope_from);
/*
 * A local part that lists, bounces and programs write from: owner-x,
 * x-bounces+y, noreply, a VERP form.  A hint, no proof: people's addresses
 * may look so.
 */
bool machine_is_role(const char *address);
/* It asks not to be answered by a program; commands in it count. */
bool machine_wants_no_answer(const struct message *m);

#endif
