#include "cmd/uncomposed.h"

#include <string.h>

#include "ext/crypto.h"
#include "flow/answer.h"
#include "text/alarm.h"

enum status
uncomposed_tell(struct world *w, struct job *j, const char *part,
    const char *what, const char *why)
{
	struct notice n = { .to = w->conf.admin };
	struct alarm a;

	alarm_uncomposed(j, what, why, &a);
	n.subject = a.subject;
	n.body = a.body;
	n.part = arena_printf(j->mem, "%s.%.8s", part,
	    crypto_sha256_hex(j->mem, why, strlen(why)));
	return answer_notice(w->db, j, &w->conf, &n);
}
