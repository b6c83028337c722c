/* What the files of flow/notary*.c share.  Nothing else includes it. */
#ifndef FLOW_NOTARY_IN_H
#define FLOW_NOTARY_IN_H

#include "flow/notary.h"

enum notary_purpose { NOTARY_PAPER, NOTARY_ARCHIVE, NOTARY_MAIL };

void notary_sign(const struct keys *k, enum notary_purpose of, const void *p,
    size_t n, char out[NOTARY_SEAL + 1]);
bool notary_good(const struct notary_keys *k, enum notary_purpose of,
    const void *p, size_t n, const char *hex);

#endif
