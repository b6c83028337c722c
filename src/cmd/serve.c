/*
 * serve: a small supervisor.  It listens, forks the children, starts again
 * what dies, and knows nothing else.  It never opens the store but once at
 * the start, to make it.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/sock.h"
#include "base/when.h"
#include "cmd/child.h"
#include "cmd/rota_look.h"
#include "cmd/systemd.h"

enum {
	BACK_OFF_MIN = 100, /* ms before a child starts again */
	BACK_OFF_MAX = 10 * 1000,
	HEALTHY = 30 * 1000, /* ms after which it starts afresh */
	GRACE = 10 * 1000,   /* ms from SIGTERM to SIGKILL */
};

struct child {
	pid_t pid;       /* 0: not running */
	int64_t started; /* ms, monotonic */
	int64_t start_at;
	int64_t back_off; /* ms */
	bool restarting;  /* ended by us, to read the configuration */
};

struct serve {
	struct house house;
	struct child children[CHILDREN];
	int lock;
	sigset_t signals, old;
	bool own_path; /* the LMTP socket is ours to remove */
	bool stopping;
	int64_t kill_at;
};

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
start(struct serve *s, size_t i)
{
	struct child *c = &s->children[i];
	pid_t parent = getpid(), pid = fork();

	c->started = now_ms();
	if (pid < 0) {
		log_warn("step=serve child=%s error=%s", child_kinds[i].name,
		    strerror(errno));
		c->start_at = c->started + BACK_OFF_MAX;
		return;
	}
	if (pid != 0) {
		c->pid = pid;
		c->restarting = false;
		return;
	}
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(EX_DONE);
	(void)close(s->lock);
	(void)prctl(PR_SET_NAME, child_kinds[i].name);
	/* SIGTERM stays blocked: a child reads it when it has a hand free. */
	(void)sigprocmask(SIG_SETMASK, &s->old, NULL);
	_exit(child_run(&child_kinds[i], &s->house));
}

static void
bury(struct serve *s, pid_t pid, int how)
{
	int64_t now = now_ms();

	for (size_t i = 0; i < CHILDREN; i++) {
		struct child *c = &s->children[i];

		if (c->pid != pid)
			continue;
		c->pid = 0;
		if (c->restarting || now - c->started > HEALTHY)
			c->back_off = 0;
		c->start_at = now + (c->restarting ? 0 : c->back_off);
		if (!s->stopping && !c->restarting)
			log_warn("step=serve child=%s died=%s%d again=%lldms",
			    child_kinds[i].name,
			    WIFSIGNALED(how) ? "signal " : "",
			    WIFSIGNALED(how) ? WTERMSIG(how) : WEXITSTATUS(how),
			    (long long)(c->start_at - now));
		c->back_off = c->back_off * 2 + BACK_OFF_MIN;
		if (c->back_off > BACK_OFF_MAX)
			c->back_off = BACK_OFF_MAX;
	}
}

static void
tell_all(struct serve *s, int sig, bool restarting)
{
	for (size_t i = 0; i < CHILDREN; i++) {
		struct child *c = &s->children[i];

		c->restarting = restarting;
		if (c->pid != 0)
			(void)kill(c->pid, sig);
	}
}

/* A process of its own: this one never opens the store. */
static void
alarm_admin(struct serve *s, const char *why)
{
	pid_t pid = fork();

	if (pid < 0)
		log_warn("step=serve alarm error=%s", strerror(errno));
	if (pid != 0)
		return;
	(void)close(s->lock);
	(void)sigprocmask(SIG_SETMASK, &s->old, NULL);
	_exit(child_alarm(&s->house, why));
}

static void
warn_rota(const struct world *w, struct job *j)
{
	struct oddity *odd;
	size_t n;

	j->now = world_now(w);
	n = rota_look(j, &w->conf, &w->rota, &odd);
	for (size_t i = 0; i < n; i++)
		log_warn("step=serve rota=%s", odd[i].says);
}

/* A list that is gone; NULL: none is. */
static const struct list *
lost_list(const struct conf *old, const struct conf *fresh)
{
	for (size_t i = 0; i < old->n_lists; i++)
		if (conf_list(fresh, old->lists[i].slug) == NULL)
			return &old->lists[i];
	return NULL;
}

/*
 * A rota that has vanished is a mistake too, if there was one; so is a list:
 * mail to it may wait, and what is posted from now on would go to nobody.
 */
static enum status
open_fresh(const struct serve *s, struct job *j, struct world *fresh)
{
	const struct world *old = s->house.w;
	const struct list *lost;
	enum status st;

	j->now = world_now(old);
	st = world_open(j, &old->options, NEED_CONF, fresh);
	if (st == ST_OK && fresh->rota.n == 0 && old->rota.n != 0)
		st = job_fail(j, ST_PERM,
		    "%s: nobody is on call, it is gone or empty: put the "
		    "shifts "
		    "back",
		    fresh->conf.rota_path);
	if (st == ST_OK && (lost = lost_list(&old->conf, &fresh->conf)) != NULL)
		st = job_fail(j, ST_PERM,
		    "the list %s is gone: put it back as %s/%s.conf, or "
		    "restart sitrep to do without it",
		    lost->slug, fresh->conf.lists_dir, lost->slug);
	return st;
}

/* A mistake in the new configuration leaves the old one at work. */
static void
read_again(struct serve *s, struct job *j)
{
	struct world fresh = { 0 };

	systemd_notify("RELOADING=1");
	job_forget(j);
	if (open_fresh(s, j, &fresh) != ST_OK) {
		log_warn("step=serve st=kept error=%s", j->why);
		world_close(&fresh);
		alarm_admin(s, j->why);
		systemd_notify("READY=1");
		return;
	}
	fresh.clock_offset = s->house.w->clock_offset;
	fresh.pace = s->house.w->pace;
	if (strcmp(fresh.conf.lmtp, s->house.w->conf.lmtp) != 0 ||
	    strcmp(fresh.conf.http, s->house.w->conf.http) != 0 ||
	    strcmp(fresh.conf.state, s->house.w->conf.state) != 0 ||
	    fresh.conf.clock_rate != s->house.w->conf.clock_rate)
		log_warn("step=serve lmtp, http, state and clock_rate change "
			 "at the next start only");
	world_close(s->house.w);
	*s->house.w = fresh;
	tell_all(s, SIGTERM, true);
	log_note("step=serve st=read-again");
	warn_rota(s->house.w, j);
	systemd_notify("READY=1");
}

static void
stop(struct serve *s)
{
	if (s->stopping)
		return;
	systemd_notify("STOPPING=1");
	log_note("step=serve st=stopping");
	s->stopping = true;
	s->kill_at = now_ms() + GRACE;
	tell_all(s, SIGTERM, false);
}

/* Starts what is due; ms until the next start or the end of patience. */
static int64_t
look_after(struct serve *s)
{
	int64_t now = now_ms(), next = now + MINUTE * 1000;

	for (size_t i = 0; i < CHILDREN && !s->stopping; i++) {
		struct child *c = &s->children[i];

		if (c->pid == 0 && c->start_at <= now)
			start(s, i);
		if (c->pid == 0 && c->start_at < next)
			next = c->start_at;
	}
	if (s->stopping && now >= s->kill_at) {
		tell_all(s, SIGKILL, false);
		s->kill_at = now + GRACE;
	}
	if (s->stopping && s->kill_at < next)
		next = s->kill_at;
	return next > now ? next - now : 0;
}

static bool
any_left(const struct serve *s)
{
	for (size_t i = 0; i < CHILDREN; i++)
		if (s->children[i].pid != 0)
			return true;
	return false;
}

static void
supervise(struct serve *s, struct job *j)
{
	int64_t ms = look_after(s);

	while (!s->stopping || any_left(s)) {
		struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
		int how, sig = sigtimedwait(&s->signals, NULL, &t);
		pid_t pid;

		if (sig == SIGTERM || sig == SIGINT)
			stop(s);
		if (sig == SIGHUP)
			read_again(s, j);
		while ((pid = waitpid(-1, &how, WNOHANG)) > 0)
			bury(s, pid, how);
		ms = look_after(s);
	}
}

static enum status
lock_state(struct serve *s, struct job *j)
{
	const char *state = s->house.w->conf.state;
	char *path = arena_printf(j->mem, "%s/serve.lock", state);
	enum status st = file_mkdirs(j, state, 0751);

	if (st != ST_OK)
		return st;
	s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (s->lock < 0)
		return job_fail(j, ST_TEMP, "cannot open %s: %s", path,
		    strerror(errno));
	if (flock(s->lock, LOCK_EX | LOCK_NB) != 0)
		return job_fail(j, ST_TEMP,
		    "another sitrep serve works on %s: stop that first", state);
	return ST_OK;
}

static enum status
listen_all(struct serve *s, struct job *j)
{
	const struct conf *c = &s->house.w->conf;
	enum status st = ST_OK;

	s->house.lmtp = systemd_socket("lmtp");
	s->house.http = systemd_socket("http");
	systemd_forget();
	s->own_path = s->house.lmtp < 0 && c->lmtp[0] == '/';
	if (s->house.lmtp < 0 && c->lmtp[0] != '\0')
		st = sock_listen(j, c->lmtp, c->lmtp_group, &s->house.lmtp);
	if (st == ST_OK && s->house.http < 0 && c->http[0] != '\0')
		st = sock_listen(j, c->http, "", &s->house.http);
	return st;
}

static enum status
make_bells(struct serve *s, struct job *j)
{
	for (size_t i = 0; i < BELLS; i++) {
		s->house.bell[i] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
		if (s->house.bell[i] < 0)
			return job_fail(j, ST_TEMP, "eventfd: %s",
			    strerror(errno));
	}
	return ST_OK;
}

/* Store and keys exist before the web child looks for its key. */
static void
make_store(struct serve *s, struct job *j)
{
	struct world made = { 0 };

	if (world_join(j, s->house.w, &made) != ST_OK)
		log_fail("step=serve error=%s", j->why);
	world_close(&made);
	job_forget(j);
}

static void
catch_signals(struct serve *s)
{
	static const int caught[] = { SIGTERM, SIGINT, SIGHUP, SIGCHLD };

	sigemptyset(&s->signals);
	for (size_t i = 0; i < sizeof caught / sizeof *caught; i++)
		sigaddset(&s->signals, caught[i]);
	(void)sigprocmask(SIG_BLOCK, &s->signals, &s->old);
	sigaddset(&s->old, SIGTERM);
	sigaddset(&s->old, SIGINT);
	sigaddset(&s->old, SIGHUP);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGCHLD, SIG_DFL);
}

/* A clock that was begun at this rate goes on. */
static enum status
set_pace(struct serve *s, struct job *j)
{
	struct world *w = s->house.w;
	int64_t rate = w->conf.clock_rate;

	if (rate <= 1) {
		pace_end(j, w->conf.state);
		return ST_OK;
	}
	if (w->pace.rate == rate)
		return ST_OK;
	log_warn("step=serve clock_rate=%lld", (long long)rate);
	return pace_begin(j, w->conf.state, rate, world_now(w), &w->pace);
}

static enum status
prepare(struct serve *s, struct job *j)
{
	enum status st = lock_state(s, j);

	if (st == ST_OK)
		st = set_pace(s, j);
	if (st == ST_OK)
		st = listen_all(s, j);
	if (st == ST_OK)
		st = make_bells(s, j);
	if (st == ST_OK)
		make_store(s, j);
	return st;
}

int
cmd_serve(struct world *w, struct job *j, int argc, char **argv)
{
	struct serve s = { .house = { .w = w, .lmtp = -1, .http = -1 },
		.lock = -1 };

	if (argc > 1) {
		(void)fprintf(stderr,
		    "sitrep: serve takes no argument, not %s: man sitrep\n",
		    argv[1]);
		return EX_WRONG_USAGE;
	}
	catch_signals(&s);
	if (prepare(&s, j) != ST_OK) {
		log_fail("step=serve error=%s", j->why);
		return EX_FAILED;
	}
	log_note("step=serve st=ready lmtp=%s http=%s", w->conf.lmtp,
	    w->conf.http);
	warn_rota(w, j);
	systemd_notify("READY=1");
	supervise(&s, j);
	if (s.own_path)
		(void)unlink(w->conf.lmtp);
	log_note("step=serve st=stopped");
	return EX_DONE;
}
