/*
 * What the files of verify share: what was looked at, and what is wrong.
 * Nothing else includes it.
 */
#ifndef CMD_VERIFY_IN_H
#define CMD_VERIFY_IN_H

#include "cmd/world.h"
#include "flow/notary.h"
#include "flow/notary_record.h"

struct fault {
	enum notary_fault what;
	int64_t order;    /* of the post in the chain; what is no post: last */
	const char *post; /* "INC-2026-0042 u2 r1", "" : none */
	const char *where;
};

struct checked {
	struct job *j;
	struct notary_keys keys;
	struct fault *faults;
	size_t n_faults;
	int64_t posts, messages, files, others;
};

enum { VERIFY_LAST = INT32_MAX };

void verify_found(struct checked *x, enum notary_fault what, int64_t order,
    const char *post, const char *where);
char *verify_post(struct job *j, const char *event, int u, int r);

/* Each fills x; ST_PERM, ST_TEMP: it can't be read, the reason is in x->j. */
enum status verify_store(struct checked *x, struct world *w) must_check;
enum status verify_tree(struct checked *x, const char *tree) must_check;
/* order_of: records to order by; NULL: by their place in the file. */
enum status verify_mbox(struct checked *x, const char *path, const char *shown,
    const struct notary_record *records, size_t n) must_check;

#endif
