/*
 * Authentication-Results (RFC 8601): what one such header says about DMARC and
 * DKIM.  Which header may be believed is decided by flow/sender.c; this file
 * only reads a value, already unfolded.
 *
 * The reader is strict where an attacker's text can get into a header of our
 * own server, as in `header.d=example.net(.example.com`: a comment that
 * touches a value, a control byte in one, a selector that is a whole name, one
 * that never ends, a quote that never ends, a result that isn't `method =
 * word`, more than AUTHRES_RESULTS results: the header says nothing at all.  It
 * is one pass over the bytes without recursion.
 */
#ifndef TEXT_AUTHRES_H
#define TEXT_AUTHRES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/sender.h"

enum { AUTHRES_RESULTS = 100 };

struct authres {
	const char *authserv; /* as written, without quotes */
	/*
	 * Of several dmarc results the worst counts: pass means that each
	 * says pass, fail that one says fail.  dmarc_from is header.from of
	 * the pass, "" if it isn't there.
	 */
	enum proof dmarc;
	size_t n_dmarc;
	const char *dmarc_from;
	const char **dkim; /* header.d (else header.i's domain) of each pass */
	size_t n_dkim;
};

/* The header is of the server `authserv`: the same name, case aside.  Also true
 * where the rest can't be read. */
bool authres_names(struct arena *mem, const char *value, const char *authserv);
/* false: the header is malformed or of another version, *out is empty. */
bool authres_read(struct arena *mem, const char *value, struct authres *out);
/*
 * What one server says in several headers, a filter of its own for each method:
 * the results of `value` are added to those of *all, as if they stood in one
 * header.  false: it can't be read, and *all says nothing any more.
 */
bool authres_more(struct arena *mem, const char *value, struct authres *all);

/*
 * A DKIM signature by `signer` speaks for mail from `domain`: the same, or
 * `domain` stands below it, and the signer isn't a bare registry suffix such
 * as com or co.uk.  Stricter than DMARC's relaxed alignment, which also takes
 * a signer below or beside the domain.
 */
bool authres_aligned(const char *signer, const char *domain);

/* For mail whose From stands in `domain`: pass, fail or none. */
enum proof authres_proof(const struct authres *a, const char *domain);

#endif
