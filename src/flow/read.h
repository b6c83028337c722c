/*
 * Step 1 of the walk: raw bytes into struct message, in a confined child
 * (ext/confine.h).  Any bytes give a message; `reading` says how well.  Over a
 * cap or when the child died, what can be had without a MIME library is
 * there: raw headers, From, Subject, Message-ID, Date.
 *
 * ST_OK: *out is filled.  ST_TEMP: no process to be had, try again.
 */
#ifndef FLOW_READ_H
#define FLOW_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "ext/confine.h"
#include "model/conf.h"
#include "model/message.h"

enum status read_message(struct job *j, const struct conf *c, const void *raw,
    size_t n, bool cut, struct message *out) must_check;
/*
 * In two parts, for a caller who has something to wait for between them:
 * read_begin() starts the child with the bytes, read_end() with the same bytes
 * takes what it found; confine_drop() in any case.
 */
enum status read_begin(struct job *j, const struct conf *c, const void *raw,
    size_t n, bool cut, struct confined *child) must_check;
enum status read_end(struct job *j, const struct conf *c, const void *raw,
    size_t n, bool cut, struct confined *child, struct message *out) must_check;
/* The same in this process: for fuzz targets and tests only. */
void read_unconfined(struct arena *mem, const struct conf *c, const void *raw,
    size_t n, struct message *out);

#endif
