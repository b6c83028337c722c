#include "text/moves.h"

#include "base/buf.h"

enum { STATES = STATE_POSTMORTEM + 1 };

/*
 * A reopening (resolved to an earlier state) is a command of its own; from one
 * postmortem to the next leads only a correction, which is no move.  None
 * follows none in a report alone, which has no state.
 */
static const bool moves[STATES][STATES] = {
	/* clang-format off */
	/* to:                  none inv ide mon res post */
	[STATE_NONE]          = { 1,  1,  1,  1,  1,  0 },
	[STATE_INVESTIGATING] = { 0,  1,  1,  1,  1,  0 },
	[STATE_IDENTIFIED]    = { 0,  1,  1,  1,  1,  0 },
	[STATE_MONITORING]    = { 0,  1,  1,  1,  1,  0 },
	[STATE_RESOLVED]      = { 0,  0,  0,  0,  1,  1 },
	[STATE_POSTMORTEM]    = { 0,  0,  0,  0,  0,  0 },
	/* clang-format on */
};

bool
moves_allowed(enum state from, enum state to)
{
	return moves[from][to];
}

bool
moves_reopen(enum state from, enum state to)
{
	return from == STATE_RESOLVED && to > STATE_NONE && to < STATE_RESOLVED;
}

char *
moves_list(struct arena *mem, enum state from)
{
	struct buf b = BUF_INIT;
	int left = 0;
	char *s;

	for (int to = STATE_INVESTIGATING; to < STATES; to++)
		left += moves[from][to];
	for (int to = STATE_INVESTIGATING; to < STATES; to++) {
		if (!moves[from][to])
			continue;
		buf_str(&b, words_state((enum state)to));
		left--;
		buf_str(&b, left > 1 ? ", " : left == 1 ? " or " : "");
	}
	s = arena_str(mem, b.len == 0 ? "nothing" : b.data);
	buf_free(&b);
	return s;
}
