/*
 * Reads what was inside a signature or a cipher, in a confined child like the
 * mail itself (flow/read.h).
 */
#ifndef FLOW_READ_INSIDE_H
#define FLOW_READ_INSIDE_H

#include <stddef.h>

#include "base/job.h"
#include "model/conf.h"
#include "model/message.h"

/*
 * Of a mail that was read: `entity`, a MIME part that was inside a signature
 * or a cipher, takes the place of its body, and nothing else of the body
 * counts.  read: the bytes that m->seal is about from now on.  ST_NONE: it
 * can't be read, m is as it was.
 */
struct read_bytes {
	const char *p;
	size_t n;
};

enum status read_inside(struct job *j, const struct conf *c, const char *entity,
    size_t n, struct message *m, struct read_bytes *read) must_check;

#endif
