/*
 * The children that work through the store: handling, clock, courier, page
 * and publish.  Each looks when its bell rings, and once a second for what
 * other processes (deliver, post, tick) have left there.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/when.h"
#include "cmd/child.h"
#include "cmd/distress.h"
#include "cmd/metrics.h"
#include "cmd/outbox.h"
#include "cmd/outbox_herald.h"
#include "cmd/walk.h"
#include "model/inbox.h"
#include "model/letter.h"
#include "model/store.h"
#include "text/domains.h"
#include "text/notice.h"

enum {
	LOOK = 1,      /* seconds between two looks */
	LEAST_MS = 50, /* ... also with a fast clock */
	CLOCK_LOOK = 20,
	JUMP = 600, /* a step of the clock worth an alarm */
	BACK = 2,   /* one back that may have left something in the future */
	PAGE_NICE = 5,
	FEW = 16,     /* mails handled between two looks */
	MEASURE = 15, /* seconds between two measurings, at least */
};

enum woken { WOKEN_STOP, WOKEN_BELL, WOKEN_TIME };

static int
make_timer(void)
{
	int fd = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd < 0)
		die("timerfd: %s", strerror(errno));
	return fd;
}

/*
 * Becomes readable at once when somebody sets the machine's clock; re-armed
 * each time.
 */
static void
arm_set(int fd)
{
	const struct itimerspec far = { .it_value.tv_sec = INT32_MAX };

	(void)timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET,
	    &far, NULL);
}

static int
make_set(void)
{
	int fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd < 0)
		die("timerfd: %s", strerror(errno));
	arm_set(fd);
	return fd;
}

/* Seconds of ours as the machine has them. */
static struct timespec
span(const struct desk *d, int64_t seconds)
{
	int64_t rate = d->house->w->pace.rate, ms = seconds * 1000;

	if (rate > 1)
		ms /= rate;
	if (ms < LEAST_MS)
		ms = LEAST_MS;
	return (struct timespec){ ms / 1000, ms % 1000 * 1000000 };
}

/*
 * Time asleep counts: the timer is one of CLOCK_BOOTTIME.  set: as of
 * make_set(), -1: none.
 */
static enum woken
wait_for(const struct desk *d, enum bell b, int timer, int set, int64_t seconds)
{
	int bell = d->house->bell[b];
	struct itimerspec at = { .it_value = span(d, seconds) };
	struct pollfd p[] = {
		{ .fd = d->stop, .events = POLLIN },
		{ .fd = bell, .events = POLLIN },
		{ .fd = timer, .events = POLLIN },
		{ .fd = set, .events = POLLIN },
	};
	uint64_t n;

	(void)timerfd_settime(timer, 0, &at, NULL);
	while (poll(p, 4, -1) < 0)
		if (errno != EINTR)
			die("poll: %s", strerror(errno));
	if (p[0].revents != 0)
		return WOKEN_STOP;
	if (p[3].revents != 0)
		arm_set(set);
	if (p[1].revents != 0 && read(bell, &n, sizeof n) > 0)
		return WOKEN_BELL;
	return WOKEN_TIME;
}

/* Trouble with the store: said once per look, opened afresh at the next. */
static void
give_up(struct desk *d, const struct job *j)
{
	log_fail("step=%s error=%s", j->id, j->why);
	desk_close(d);
}

/*
 * A few of what waits: in a storm of mails the first ones are sent and shown
 * while the rest is handled, and who is told to stop needn't finish them all.
 */
static void
walk_once(struct desk *d, struct job *j)
{
	enum status st = desk_open(d, j);

	if (st == ST_OK)
		st = inbox_waits(d->w.db, j);
	if (st == ST_NONE)
		return;
	if (st == ST_OK)
		st = walk_some(&d->w, j, FEW);
	if (st == ST_OK)
		bell_ring(d->house, BELL_WALK);
	if (st == ST_TEMP || st == ST_PERM)
		give_up(d, j);
	bell_ring(d->house, BELL_COURIER);
	bell_ring(d->house, BELL_PAGE);
	bell_ring(d->house, BELL_CLOCK);
}

int
child_walk(const struct house *h)
{
	int timer = make_timer();
	struct desk d;

	desk_begin(&d, h);
	do {
		struct job j;

		job_begin(&j, "walk", desk_now(&d));
		walk_once(&d, &j);
		job_end(&j);
	} while (wait_for(&d, BELL_WALK, timer, -1, LOOK) != WOKEN_STOP);
	desk_close(&d);
	return EX_DONE;
}

/* The machine's time minus that since boot: moves when somebody sets it. */
static int64_t
clock_lead(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_BOOTTIME, &t);
	return pace_machine_ms() / 1000 - (int64_t)t.tv_sec;
}

static enum status
write_jump(struct desk *d, struct job *j, int64_t step)
{
	const struct conf *c = &d->w.conf;
	const char *to = when_rfc3339(j->mem, j->now);
	const struct notice n = { .name = "clock",
		.kind = LETTER_MAIL,
		.recipient = c->admin,
		.to = c->admin,
		.subject = "The clock was set [INTERNAL]",
		.body = arena_printf(j->mem,
		    "The clock was set from %s\nto %s.\n"
		    "Timers fire by the new time.\n%s",
		    when_rfc3339(j->mem, j->now - step), to,
		    step > 0 ? ""
			     : "What was armed or written while it was ahead\n"
			       "is set back with it.\n") };
	struct letter l;
	enum status st = notice_write(j, c, &n, &l);

	return st == ST_OK ? letter_add(d->w.db, j, &l) : st;
}

/* Whether the clock was set by more than a correction; tried till it's told. */
static void
watch_clock(struct desk *d, struct job *j, int64_t *lead)
{
	int64_t now = clock_lead(), step = now - *lead;
	enum status st;

	if (step <= JUMP && step >= -JUMP) {
		*lead = now;
		return;
	}
	log_warn("step=clock jump=%lld timers fire by the new time",
	    (long long)step);
	st = desk_open(d, j);
	if (st == ST_OK)
		st = write_jump(d, j, step);
	if (st != ST_OK) {
		give_up(d, j);
		job_forget(j);
		return;
	}
	*lead = now;
	bell_ring(d->house, BELL_COURIER);
}

/* How far the clock was set back since then; 0: it wasn't. */
static int64_t
set_back(int64_t lead)
{
	int64_t step = lead - clock_lead();

	return step >= BACK ? step : 0;
}

struct looks {        /* of the clock's process */
	int64_t lead; /* of the last good one */
	unsigned bad; /* in a row, with the store away */
	int64_t told; /* when the administrator was */
};

/* Once may be a store that is busy: the next look comes soon. */
static int64_t
no_store(struct desk *d, struct job *j, struct looks *l)
{
	give_up(d, j);
	if (++l->bad < 2)
		return LOOK;
	distress(d->house->w, j, &l->told);
	return CLOCK_LOOK;
}

/* Fires what is due; how long to the next. */
static int64_t
clock_once(struct desk *d, struct job *j, struct looks *l)
{
	enum status st = desk_open(d, j);
	int64_t due = 0, by = set_back(l->lead);

	if (st == ST_OK && (st = walk_set_back(&d->w, j, by)) == ST_OK)
		l->lead = clock_lead();
	if (st == ST_OK)
		st = walk_clock_due(&d->w, j, &due);
	if (st == ST_OK && due <= j->now) {
		st = walk_clock(&d->w, j);
		bell_ring(d->house, BELL_COURIER);
		bell_ring(d->house, BELL_PAGE);
		if (st == ST_OK || st == ST_NONE)
			st = walk_clock_due(&d->w, j, &due);
	}
	if (st == ST_TEMP || st == ST_PERM)
		return no_store(d, j, l);
	if (l->bad != 0)
		distress_over(d->house->w, j);
	l->bad = 0;
	if (st != ST_OK || due - j->now > CLOCK_LOOK)
		return CLOCK_LOOK;
	return due - j->now > LOOK ? due - j->now : LOOK;
}

int
child_clock(const struct house *h)
{
	int timer = make_timer(), set = make_set();
	int64_t lead = clock_lead(), next;
	struct looks looks = { .lead = lead };
	struct desk d;

	desk_begin(&d, h);
	do {
		struct job j;

		job_begin(&j, "clock", desk_now(&d));
		watch_clock(&d, &j, &lead);
		next = clock_once(&d, &j, &looks);
		job_end(&j);
	} while (wait_for(&d, BELL_CLOCK, timer, set, next) != WOKEN_STOP);
	desk_close(&d);
	return EX_DONE;
}

/* *lead: of the last look; what waits is looked at anew where it isn't. */
static void
send_once(struct desk *d, struct job *j, int64_t *lead, struct domains *domains)
{
	bool thaw = !d->open || set_back(*lead) != 0;
	enum status st = desk_open(d, j);
	int64_t due = 0;

	if (st == ST_OK && thaw)
		st = letter_thaw(d->w.db, j);
	if (st == ST_OK)
		*lead = clock_lead();
	if (st == ST_OK)
		st = letter_due(d->w.db, j, &due);
	if (st == ST_TEMP || st == ST_PERM) {
		give_up(d, j);
		return;
	}
	if (st == ST_NONE || due > j->now)
		return;
	d->w.domains = domains;
	st = outbox_send(&d->w, j,
	    &(struct outbox_ends){ d->house->bell[BELL_CLOCK], d->stop });
	if (st == ST_TEMP || st == ST_PERM)
		log_note("step=send st=later reason=%s", j->why);
}

int
child_courier(const struct house *h)
{
	int64_t lead = clock_lead();
	int timer = make_timer();
	struct domains *domains = domains_new();
	struct desk d;

	desk_begin(&d, h);
	do {
		struct job j;

		job_begin(&j, "send", desk_now(&d));
		send_once(&d, &j, &lead, domains);
		job_end(&j);
	} while (wait_for(&d, BELL_COURIER, timer, -1, LOOK) != WOKEN_STOP);
	desk_close(&d);
	domains_free(domains);
	return EX_DONE;
}

struct printed { /* as of when the tree was written last */
	bool ever;
	int64_t stamp, day;
	bool stale;       /* what was measured */
	int64_t measured; /* when */
};

/* For /metrics; what can't be measured now is at the next look. */
static void
measure(struct desk *d, struct job *j, struct printed *last)
{
	int64_t age = j->now - last->measured;

	if (!d->open || !last->stale || (age >= 0 && age < MEASURE))
		return;
	last->measured = j->now;
	last->stale = metrics_write(&d->w, j) != ST_OK;
	if (last->stale)
		log_warn("step=page metrics error=%s", j->why);
}

/* The tree changes with the store, and at each UTC midnight. */
static void
page_once(struct desk *d, struct job *j, struct printed *last, bool rung)
{
	struct printed now = { .ever = true,
		.day = j->now / DAY,
		.stale = true,
		.measured = last->measured };
	enum status st;

	if (!d->open)
		last->ever = false;
	st = desk_open(d, j);
	if (st == ST_OK)
		st = store_stamp(d->w.db, j, &now.stamp);
	if (st == ST_OK && last->ever && !rung && now.stamp == last->stamp &&
	    now.day == last->day)
		return;
	if (st == ST_OK)
		st = outbox_page(&d->w, j, false, NULL);
	if (st == ST_TEMP || st == ST_PERM)
		give_up(d, j);
	else {
		*last = now;
		bell_ring(d->house, BELL_PUBLISH);
	}
}

int
child_page(const struct house *h)
{
	struct printed last = { 0 };
	enum woken woken = WOKEN_TIME;
	int timer = make_timer();
	struct desk d;

	/* Both are rung at once; the mails go first. */
	errno = 0;
	if (nice(PAGE_NICE) == -1 && errno != 0)
		log_warn("step=page error=%s", strerror(errno));
	desk_begin(&d, h);
	do {
		struct job j;

		job_begin(&j, "page", desk_now(&d));
		page_once(&d, &j, &last, woken == WOKEN_BELL);
		measure(&d, &j, &last);
		job_end(&j);
		woken = wait_for(&d, BELL_PAGE, timer, -1, LOOK);
	} while (woken != WOKEN_STOP);
	desk_close(&d);
	return EX_DONE;
}

/* Whatever these commands do, and however long: nothing else waits for them. */
int
child_publish(const struct house *h)
{
	const struct conf *c = &h->w->conf;
	int64_t look =
	    c->n_on_publish == 0 && c->publish[0] == '\0' ? HOUR : LOOK;
	int timer = make_timer();
	struct desk d;

	desk_begin(&d, h);
	do {
		struct job j;
		enum status st = ST_OK;

		job_begin(&j, "publish", desk_now(&d));
		if (look == LOOK)
			st = desk_open(&d, &j);
		if (st == ST_OK && d.open)
			st = outbox_publish(&d.w, &j, d.stop);
		if (st > ST_NONE)
			give_up(&d, &j);
		job_end(&j);
	} while (wait_for(&d, BELL_PUBLISH, timer, -1, look) != WOKEN_STOP);
	desk_close(&d);
	return EX_DONE;
}
