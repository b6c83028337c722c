#include "text/ladder.h"

#include "base/when.h"
#include "text/circle.h"

#define HOUSE (CIRCLE_N | CIRCLE_C1 | CIRCLE_CT)

/* In the order of kind and step. */
static const struct rung rungs[] = {
	/* clang-format off */
	/* hand-off: decided as such, called as level 1 */
	{ T_HAND_OFF, 1, 0, 0, 1, 0, 0, 0 },
	/* nobody took it */
	{ T_ACK, 1, 0, 0, 2, CIRCLE_C1 | CIRCLE_BACKUP, 0, CIRCLE_N },
	{ T_ACK, 2, 5 * MINUTE, 0, 2, CIRCLE_L2, 0, HOUSE },
	{ T_ACK, 3, 10 * MINUTE, 0, 3, CIRCLE_L3, 0, HOUSE | CIRCLE_L2 },
	/* nothing is public */
	{ T_FIRST_POST, 1, 0, 0, 0, 0, CIRCLE_OWNER, CIRCLE_C1 },
	{ T_FIRST_POST, 2, 10 * MINUTE, 0, 2, CIRCLE_L2, CIRCLE_OWNER, HOUSE },
	{ T_FIRST_POST, 3, 30 * MINUTE, 0, 3, CIRCLE_L3, CIRCLE_OWNER,
	  HOUSE | CIRCLE_L2 },
	/* the next update; step 2 is the promised time itself */
	{ T_CADENCE, 1, RUNG_BEFORE, 0, 0, 0, CIRCLE_OWNER, 0 },
	{ T_CADENCE, 2, 0, 0, 1, CIRCLE_OWNER | CIRCLE_C1, 0, CIRCLE_WR },
	{ T_CADENCE, 3, 10 * MINUTE, 0, 2, CIRCLE_L2, CIRCLE_OWNER,
	  HOUSE | CIRCLE_WR },
	{ T_CADENCE, 4, 30 * MINUTE, 0, 3, CIRCLE_L3, CIRCLE_OWNER,
	  HOUSE | CIRCLE_L2 | CIRCLE_WR },
	/* what does NOC know? */
	{ T_SITREP, 1, 0, 0, 0, 0, CIRCLE_FACTS, 0 },
	/* a preview waits, anybody of comms may approve, it is discarded */
	{ T_PREVIEW, 1, 0, 0, 0, 0, CIRCLE_WAITED, 0 },
	{ T_PREVIEW, 2, 5 * MINUTE, 0, 0, 0, CIRCLE_WAITED | CIRCLE_CT, 0 },
	{ T_PREVIEW, 3, 0, 0, 0, 0, 0, CIRCLE_WAITED },
	/* is it over? */
	{ T_DWELL, 1, 0, 0, 0, 0, CIRCLE_FACTS, 0 },
	/* the war room's own sitrep */
	{ T_ROOM, 1, 0, 0, 0, 0, CIRCLE_CHAIR | CIRCLE_SCRIBE, 0 },
	{ T_ROOM, 2, 15 * MINUTE, 0, 3, CIRCLE_L3, 0,
	  CIRCLE_CHAIR | CIRCLE_SCRIBE | CIRCLE_WR },
	{ T_ROOM_LEFT, 1, 0, 4 * HOUR, 0, 0, CIRCLE_CHAIR, 0 },
	/* the postmortem */
	{ T_POSTMORTEM, 1, 0, 0, 0, 0, CIRCLE_REVIEW, 0 },
	{ T_POSTMORTEM, 2, 7 * DAY, 7 * DAY, 0, 0, CIRCLE_REVIEW, CIRCLE_L2 },
	/* what can be told now? */
	{ T_DISCLOSURE, 1, 0, 0, 0, 0, CIRCLE_SECURITY | CIRCLE_LEAD, 0 },
	/* open a war room? */
	{ T_PROPOSE, 1, 0, 0, 0, 0, CIRCLE_L2, 0 },
	{ T_ROOM_ASK, 1, 0, 0, 0, 0, CIRCLE_L2, 0 },
	/* clang-format on */
};

enum { RUNGS = sizeof rungs / sizeof *rungs };

const struct rung *
ladder_rung(int kind, int step)
{
	for (size_t i = 0; i < RUNGS; i++)
		if (rungs[i].kind == kind && rungs[i].step == step)
			return &rungs[i];
	return NULL;
}

bool
ladder_climbs(const struct rung *r, size_t levels)
{
	return r->step == 1 || (size_t)r->level <= levels;
}

const struct rung *
ladder_next(const struct rung *r, size_t levels)
{
	const struct rung *next = ladder_rung(r->kind, r->step + 1);

	return next == NULL || !ladder_climbs(next, levels) ? NULL : next;
}
