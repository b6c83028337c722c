#include "cmd/stale.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "ext/crypto.h"
#include "flow/answer.h"
#include "text/alarm.h"

enum { NOTE = 2048, REASON = 500 };

static char *
path_of(struct job *j, const struct conf *c)
{
	return arena_printf(j->mem, "%s/page.stale", c->state);
}

/* 0: nothing is the matter. */
static int64_t
began(struct job *j, const struct conf *c, const char **why)
{
	struct buf b = BUF_INIT;
	int64_t at = 0;
	struct job own; /* the reason of j is told, not this one's */

	job_begin(&own, j->id, j->now);
	*why = "";
	if (file_read(&own, path_of(j, c), NOTE, &b) == ST_OK) {
		const char *s = b.data;

		if (!text_take_int(&s, &at))
			at = 0;
		*why = text_one_line(j->mem, s, REASON);
	}
	buf_free(&b);
	job_end(&own);
	return at;
}

/* The same mistake, mended and made again later, is told again. */
static enum status
tell(struct world *w, struct job *j, int64_t since, const char *why)
{
	struct notice n = { .to = w->conf.admin };
	struct alarm a;

	alarm_pages(j, why, &a);
	n.subject = a.subject;
	n.body = a.body;
	n.part = arena_printf(j->mem, "pages.%lld.%.8s", (long long)since,
	    crypto_sha256_hex(j->mem, why, strlen(why)));
	return answer_notice(w->db, j, &w->conf, &n);
}

void
stale_note(struct world *w, struct job *j, enum status st)
{
	const char *old, *why = text_one_line(j->mem, j->why, REASON);
	int64_t since = began(j, &w->conf, &old);
	struct job own;
	char *line;

	if (since == 0 || since > j->now)
		since = j->now;
	else if (strcmp(old, why) == 0)
		return;
	job_begin(&own, j->id, j->now);
	line = arena_printf(own.mem, "%lld %s\n", (long long)since, why);
	if (st == ST_PERM && tell(w, &own, since, why) > ST_NONE)
		log_warn("step=page alarm error=%s", own.why);
	else if (file_write(&own, path_of(j, &w->conf), line, strlen(line),
		     0640, FILE_NOSYNC) > ST_NONE)
		log_warn("step=page error=%s", own.why);
	job_end(&own);
}

void
stale_over(struct world *w, struct job *j)
{
	(void)unlink(path_of(j, &w->conf));
}

char *
stale_why(struct job *j, const struct conf *c)
{
	const char *why;
	int64_t since = began(j, c, &why);

	return since == 0 ? NULL
			  : arena_printf(j->mem, "since %s: %s",
				when_rfc3339(j->mem, since), why);
}
