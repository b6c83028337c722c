/*
 * Who wrote a mail, and how well that is proved (specification, section 3.3,
 * promises P7 and P8).
 *
 * What our own mail server found is read from Authentication-Results with its
 * name (conf->authserv), and only where our server alone can have put them:
 * above the first Received, with nothing but trace headers between it and the
 * top.  The first Received is the one that our server put on top as it took
 * the mail, and whatever the sender wrote stands below; so a forged header is
 * never looked at, and neither is a true one that a filter inserted below our
 * Received, where it can't be told from a forged one.  OpenDKIM and OpenDMARC
 * under Postfix write one header each, both above.  Several of ours count as
 * one, the worst dmarc of them; if one can't be read, none does.  A mail
 * without any Received came straight over our own socket; there the topmost
 * alone counts, at the very top.
 *
 * A dmarc=pass may rest on results of SPF that the sender wrote himself: where
 * his part of the mail holds Received-SPF, or a header with our name, only an
 * aligned dkim=pass counts.
 *
 * A pass proves nothing where the mail leaves room for other words than those
 * that were signed (text/dkim.h), or where its headers end in a line that is
 * none and another reader may go on.
 *
 * A mail from `sitrep post` (source "post") comes from a shell on this machine:
 * class A2, nothing is read from its headers.
 *
 * sender_judge() is ST_OK always; the status is for the walk's sake.  Mail
 * that isn't to be acted on has `machine` set:
 *
 *	bounce       it came to a LIST-bounces address
 *	loop         our own mail came back, or it goes in circles
 *	auto         a program's: null sender, automatic answer, list
 *	unauth:from  not exactly one From with one usable mailbox
 *
 * in this order: what goes in circles is counted as that even if it's also
 * automatic.  `quiet` mail counts, but is never answered.
 */
#ifndef FLOW_SENDER_H
#define FLOW_SENDER_H

#include "model/inbox.h"
#include "model/keys.h"
#include "model/message.h"
#include "model/sender.h"

enum status sender_judge(struct job *j, const struct conf *c,
    const struct message *m, const struct envelope *e,
    struct sender *out) must_check;
/* The mail may say more than its proof is about: then a pass is none. */
bool sender_leaves_room(const struct message *m);
/*
 * A mail that this program wrote to itself: its Sitrep-Self header is
 * keys_self() over the recipient in lower case, a blank and the Message-ID
 * without <>.  It may be acted on whatever `machine` says.
 */
bool sender_is_self(struct job *j, const struct keys *k,
    const struct message *m, const struct envelope *e);

#endif
