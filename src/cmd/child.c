#include "cmd/child.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/log.h"
#include "ext/confine.h"
#include "ext/crypto.h"
#include "flow/answer.h"
#include "text/alarm.h"

const struct child_kind child_kinds[CHILDREN] = {
	{ "lmtp", child_lmtp, CONFINED_WORKER },
	{ "walk", child_walk, CONFINED_NOT },
	{ "clock", child_clock, CONFINED_NOT },
	{ "courier", child_courier, CONFINED_NOT },
	{ "page", child_page, CONFINED_WORKER },
	{ "publish", child_publish, CONFINED_NOT },
	{ "web", child_web, CONFINED_SELF },
};

int
child_run(const struct child_kind *k, const struct house *h)
{
	struct job j;

	job_begin(&j, k->name, world_now(h->w));
	if (k->confined == CONFINED_WORKER && confine_worker(&j) != ST_OK)
		die("%s", j.why);
	job_end(&j);
	return k->run(h);
}

void
bell_ring(const struct house *h, enum bell b)
{
	static const uint64_t one = 1;

	if (write(h->bell[b], &one, sizeof one) < 0 && errno != EAGAIN)
		log_warn("step=serve error=%s", strerror(errno));
}

int
child_stop_fd(void)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		die("signalfd: %s", strerror(errno));
	return fd;
}

void
desk_begin(struct desk *d, const struct house *h)
{
	*d = (struct desk){ .house = h, .stop = child_stop_fd() };
}

enum status
desk_open(struct desk *d, struct job *j)
{
	enum status st;

	if (d->open)
		return ST_OK;
	st = world_join(j, d->house->w, &d->w);
	d->open = st == ST_OK;
	if (!d->open)
		world_close(&d->w);
	return st;
}

void
desk_close(struct desk *d)
{
	if (d->open)
		world_close(&d->w);
	d->open = false;
}

int64_t
desk_now(const struct desk *d)
{
	return world_now(d->house->w);
}

int
child_alarm(const struct house *h, const char *why)
{
	struct desk d = { .house = h };
	struct notice n = { .to = h->w->conf.admin };
	struct alarm a;
	struct job j;
	enum status st;

	job_begin(&j, "serve", desk_now(&d));
	alarm_conf(&j, why, &a);
	n.subject = a.subject;
	n.body = a.body;
	/* Two mistakes in one second are two mails. */
	n.part = arena_printf(j.mem, "conf.%lld.%.8s", (long long)j.now,
	    crypto_sha256_hex(j.mem, why, strlen(why)));
	if ((st = desk_open(&d, &j)) == ST_OK &&
	    (st = db_begin(d.w.db, &j)) == ST_OK &&
	    (st = answer_notice(d.w.db, &j, &d.w.conf, &n)) == ST_OK)
		st = db_commit(d.w.db, &j);
	if (st != ST_OK)
		log_fail("step=serve error=%s", j.why);
	desk_close(&d);
	bell_ring(h, BELL_COURIER);
	job_end(&j);
	return EX_DONE;
}
