/*
 * The first step: bytes become a message of ours.
 *
 * A message is known by its content: SHA-256 over its lines with CRLF line
 * ends, without the trace headers at its beginning (a From_ line, and those of
 * text/trace.h with their folded lines), which change each time the same mail
 * is delivered.
 * LF and CRLF are the same line end, so is a run of CR before LF; a CR
 * elsewhere is content; a last line without an end counts as ended.  So the
 * key is the same whether a mail came through a pipe or by LMTP.
 *
 * A gather takes a message in pieces of any size and keeps all of it, or only
 * its first LIMIT_MAIL_KEPT bytes once it is longer than max.
 */
#ifndef FLOW_INTAKE_H
#define FLOW_INTAKE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "ext/crypto.h"
#include "model/conf.h"
#include "model/inbox.h"

enum gather_at {     /* where in the message the next byte stands */
	GATHER_NAME, /* in the first letters of a header that may be trace */
	GATHER_SKIP, /* in a trace header: not hashed */
	GATHER_FOLD, /* after its line end: folded, or another header? */
	GATHER_BODY, /* everything from here on counts */
};

enum { GATHER_NAME_MAX = 24 };

struct gather {
	struct buf raw;
	size_t max;   /* longer than this is cut */
	size_t size;  /* bytes so far, kept or not */
	size_t lines; /* LF so far */
	struct crypto_hash *hash;
	enum gather_at at;
	char name[GATHER_NAME_MAX]; /* read, not yet decided on */
	size_t name_len;
	size_t crs; /* CR that wait for what follows them */
	bool first, ended;
	bool below; /* a Received was read */
};

/* gather_end() or gather_drop() frees what gather_begin() made. */
void gather_begin(struct gather *g, size_t max);
void gather_add(struct gather *g, const void *p, size_t n);
/* Fills sha, size, cut, raw and n; raw is g's own until gather_drop(). */
void gather_end(struct gather *g, struct job *j, struct envelope *e);
void gather_drop(struct gather *g); /* also of a zeroed one */

/*
 * Commit 1.  An envelope without sha is gathered from its raw and n here.
 * ST_OK new, ST_NONE seen before: both are durable; ST_TEMP: try again.
 */
enum status intake_take(struct db *db, struct job *j, const struct conf *c,
    struct envelope *e, int64_t *id) must_check;

struct intake { /* one of several; its envelope was made by gather_end() */
	const char *id; /* for the log */
	struct envelope *envelope;
	enum status st; /* out: as intake_take() says it */
};

enum { INTAKE_MOST = 100 };

/*
 * Commit 1 of up to INTAKE_MOST messages together.  Where one of them can't be
 * stored each gets a commit of its own, so that none is refused for another.
 */
void intake_take_all(struct db *db, struct job *j, struct intake *all,
    size_t n);

#endif
