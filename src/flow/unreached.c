#include "flow/unreached.h"

#include "base/log.h"
#include "model/timer.h"
#include "text/reach.h"

enum status
unreached_page(struct db *db, struct job *j, const struct letter *l,
    bool *hastened)
{
	struct letter *all;
	enum status st;
	int kind;
	size_t n;

	*hastened = false;
	if (l->event == 0)
		return ST_OK;
	if ((st = letter_of_event(db, j, l->event, &all, &n)) != ST_OK)
		return st;
	if ((kind = reach_failed(all, n, l)) == 0)
		return ST_OK;
	st = timer_hasten(db, j, l->event, kind);
	if (st == ST_OK)
		log_warn("step=page letter=%lld person=%s st=unreached "
			 "event=%lld timer=%d due=now",
		    (long long)l->id, l->person, (long long)l->event, kind);
	*hastened = st == ST_OK;
	return st == ST_NONE ? ST_OK : st;
}

enum status
unreached_bounce(struct db *db, struct job *j, int64_t id, int64_t *event)
{
	struct letter l;
	bool hastened;
	enum status st = letter_bounced(db, j, id, "it came back");

	if (st == ST_OK)
		st = letter_get(db, j, id, &l);
	if (st == ST_OK)
		st = unreached_page(db, j, &l, &hastened);
	if (st == ST_OK)
		*event = l.event;
	return st;
}
