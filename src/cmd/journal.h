/*
 * What changes the store without being a mail, as requests with their time, in
 * the same table as the raw mails and handled already: what the clock decided,
 * and what somebody did on the command line.  Each is a row of the caller's
 * transaction: it stands there if, and only if, what it tells of happened.
 *
 * Of a list:
 *
 *	List: example-status
 *	Change: add             (or remove; of a sync: account, gone, back)
 *	Time: 2026-03-04T14:00:00Z
 *	Number: 4f1d...         (so that no two are the same)
 *	Columns: address,...    (none: address,language,timezone,format)
 *
 *	a line each, as text/roster.h writes it.
 *
 * Of copies that a relay refused, as they went:
 *
 *	Timer: refused
 *	Letter: 12
 *	Time: 2026-03-04T14:00:00Z
 *	Number: 4f1d...
 *
 *	member, code and reply, a line each.
 *
 * Of a digest, which the clock made:
 *
 *	Digest: example-status
 *	Period: daily           (or weekly)
 *	Name: 2026-03-05
 *	Since: 2026-03-04T13:00:00Z
 *	Until: 2026-03-05T13:00:00Z
 *
 * Of a person's key the same as of a list, with Person: and Fingerprint:
 * instead of List:.
 */
#ifndef CMD_JOURNAL_H
#define CMD_JOURNAL_H

#include "base/buf.h"
#include "cmd/world.h"
#include "model/member.h"
#include "model/timer.h"

/* What the clock did; event 0: for none. */
enum status journal_clock(struct world *w, struct job *j, int64_t event,
    const char *text) must_check;
enum status journal_timer(struct world *w, struct job *j,
    const struct timer *t) must_check;
/* lines: by journal_member(). */
enum status journal_list(struct world *w, struct job *j, const char *list,
    const char *change, const struct buf *lines) must_check;
void journal_member(struct buf *lines, struct arena *mem,
    const struct member *m);
/* *id: of the row. */
enum status journal_refused(struct world *w, struct job *j, int64_t letter,
    const struct buf *lines, int64_t *id) must_check;
/* change: "add" or "remove". */
enum status journal_key(struct world *w, struct job *j, const char *person,
    const char *change, const char *fingerprint) must_check;
/* Who runs this: the login name, also behind sudo. */
char *journal_login(struct arena *mem);

/* What was imported, as it stands in the file. */
enum status journal_import(struct world *w, struct job *j, const char *form,
    const struct buf *what) must_check;

#endif
