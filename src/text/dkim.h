/*
 * What a signed mail leaves open (RFC 6376, sections 3.5, 8.2 and 8.15).  Our
 * server's "pass" is about what the signer chose to cover; whoever has such a
 * mail may send it again with more in it, and the signature still holds.
 * Nothing is verified here: what is read makes a mail count less, never more.
 */
#ifndef TEXT_DKIM_H
#define TEXT_DKIM_H

#include <stdint.h>

#include "model/message.h"

/*
 * Somebody else's words may stand where ours are read: a header that may
 * stand once stands twice, or a signature of From's domain covers but the
 * first octets of the body (l=).
 */
bool dkim_leaves_room(const struct message *m);
/*
 * When the mail was signed: the earliest t= of a signature of From's domain,
 * seconds UTC; false: none says so.
 */
bool dkim_signed_at(const struct message *m, int64_t *at);

#endif
