/*
 * Questions to the DNS by the C library's resolver, for `sitrep check` only:
 * nothing that handles mail waits for names.  A question takes a few seconds
 * at most.
 *
 * ST_OK: there is such a record.  ST_NONE: there is none, the name may not
 * exist.  ST_TEMP: no server answered.
 */
#ifndef EXT_DNS_H
#define EXT_DNS_H

#include "base/status.h"

enum status dns_has_mx(const char *name) must_check;
/* A text record that begins with `start`, without regard to case. */
enum status dns_has_text(const char *name, const char *start) must_check;

#endif
