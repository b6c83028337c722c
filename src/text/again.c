#include "text/again.h"

enum {
	AGAIN_LEAST = 30,
	AGAIN_MOST = 30 * 60,
	AGAIN_STOP = 5 * 24 * 60 * 60,
	FALL_AFTER = 3 * 60,
	GAP = 60 * 60,
	COPIES_LEAST = 10,
};

int64_t
again_since(int64_t now, int64_t first_failed, int64_t due)
{
	if (first_failed == 0)
		return 0;
	if (now - due > GAP)
		first_failed += now - due - GAP;
	return first_failed > now ? now : first_failed;
}

/* A part of the time that passed. */
static bool
after(int64_t now, int64_t first_failed, int64_t part, int64_t least,
    int64_t *due)
{
	int64_t past = first_failed == 0 ? 0 : now - first_failed;
	int64_t wait = past / part;

	if (past >= AGAIN_STOP)
		return false;
	if (wait < least)
		wait = least;
	*due = now + (wait > AGAIN_MOST ? AGAIN_MOST : wait);
	return true;
}

bool
again_due(int64_t now, int64_t first_failed, int64_t *due)
{
	return after(now, first_failed, 2, AGAIN_LEAST, due);
}

bool
again_copies_due(int64_t now, int64_t first_failed, int64_t *due)
{
	return after(now, first_failed, 20, COPIES_LEAST, due);
}

bool
again_falls(int64_t now, int64_t first_failed)
{
	return first_failed != 0 && now - first_failed >= FALL_AFTER;
}
