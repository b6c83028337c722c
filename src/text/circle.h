/*
 * Who gets what (specification, section 2.6): one cause, one person, one
 * mail, in the most demanding form.
 */
#ifndef TEXT_CIRCLE_H
#define TEXT_CIRCLE_H

#include "base/job.h"
#include "model/matter.h"
#include "model/verdict.h"

enum circle {                      /* of people, bits */
	CIRCLE_N = 1 << 0,         /* reporter, writers, the shift's list */
	CIRCLE_C1 = 1 << 1,        /* comms on call */
	CIRCLE_CT = 1 << 2,        /* the comms team */
	CIRCLE_L2 = 1 << 3,        /* level 2 */
	CIRCLE_L3 = 1 << 4,        /* level 3, else the executives */
	CIRCLE_OWNER = 1 << 5,     /* ... or comms on call once handed off */
	CIRCLE_APPROVER = 1 << 6,  /* of the draft that was held or discarded */
	CIRCLE_BACKUP = 1 << 7,    /* the first of level 2 */
	CIRCLE_TOLD = 1 << 8,      /* comms on call and all of NOC */
	CIRCLE_DRAFTER = 1 << 9,   /* of the draft that was discarded */
	CIRCLE_FACTS = 1 << 10,    /* who of NOC can say how it stands */
	CIRCLE_WAITED = 1 << 11,   /* the approver of the draft that waits */
	CIRCLE_CALLED = 1 << 12,   /* by somebody's word, or handed it */
	CIRCLE_SECURITY = 1 << 13, /* the role */
	CIRCLE_LEAD = 1 << 14,     /* the comms-lead's role */
	CIRCLE_WR = 1 << 15,       /* the members of the war room */
	CIRCLE_CHAIR = 1 << 16,
	CIRCLE_SCRIBE = 1 << 17,
	CIRCLE_L2_BIG = 1 << 18,  /* level 2, of SEV1 and SEV2 */
	CIRCLE_L3_BIG = 1 << 19,  /* level 3, of SEV1 */
	CIRCLE_REVIEW = 1 << 20,  /* who owes the postmortem */
	CIRCLE_NAMED = 1 << 21,   /* members who weren't before */
	CIRCLE_ASKER = 1 << 22,   /* whose word the proposal was */
	CIRCLE_PARTIES = 1 << 23, /* of a swap, whom it concerns now */
	CIRCLE_FORMER = 1 << 24,  /* whose it was before this */
};

/* Fills v->mailings from v->did, v->draft and the people of the matter. */
void circle_draw(struct job *j, const struct matter *m, struct verdict *v);
/* The slugs of those who are paged, with commas. */
char *circle_paged(struct job *j, const struct verdict *v);
/* The one who is asked to approve the new draft. */
const struct person *circle_approver(const struct matter *m,
    const struct verdict *v);

#endif
