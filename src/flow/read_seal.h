/*
 * Part of reading, in the confined child: how the mail is signed or encrypted
 * as a whole, and what of it is covered.  A signature on a part of the mail
 * only is none.
 */
#ifndef FLOW_READ_SEAL_H
#define FLOW_READ_SEAL_H

#include "base/charset.h"
#include "ext/mime.h"
#include "model/seal.h"
#include "text/scan.h"

/* raw: the mail, scanned; m: its parts.  Bytes stay where they are. */
void read_seal(struct arena *mem, struct charsets *cs, const char *raw,
    size_t n, const struct scan *s, const struct mime *m, struct seal *out);

#endif
