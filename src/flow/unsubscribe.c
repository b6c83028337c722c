#include "flow/unsubscribe.h"

#include "base/log.h"
#include "model/member.h"

enum status
unsubscribe(struct db *db, struct job *j, const struct keys *k,
    const struct list *list, const char *token, int64_t *left)
{
	const char *to = "left";
	int64_t member;
	enum status st;

	*left = 0;
	if (list == NULL || token == NULL ||
	    !keys_unsubscribe_ok(k, list->slug, token, &member)) {
		log_warn("step=unsubscribe id=%s st=none why=token", j->id);
		return ST_OK;
	}
	if (list->kind == LIST_ACCOUNT)
		to = "nomail";
	st = member_leave(db, j, member, list->slug, to);
	if (st == ST_OK)
		*left = member;
	log_note("step=unsubscribe id=%s list=%s member=%lld status=%s", j->id,
	    list->slug, (long long)member, to);
	return st == ST_NONE ? ST_OK : st;
}
