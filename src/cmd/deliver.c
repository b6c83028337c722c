/*
 * deliver: one message on standard input, from a mail server's pipe.
 *
 * Two processes.  The child does everything; the parent, which holds nothing
 * that could fail, waits for one word: "taken".  So whatever happens to the
 * child, no memory, an abort in a library, a kill, a mail that breaks the
 * handling, the exit status is 0 if the message is ours and 75 if it isn't.
 * At "over" there is nothing left to wait for but the child's own end.
 * A mail server's own time limit would bounce the mail: we give up before.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/walk.h"
#include "cmd/world.h"
#include "flow/intake.h"
#include "flow/read.h"

enum {
	SLACK = 1024, /* what pipe(8) may leave out, besides CR */
	PIECE = 64 * 1024,
	GIVE_UP_MS = 600 * 1000,
	AHEAD = 256 * 1024, /* what is read while it is committed */
	REASON = 300,
};

struct delivery {
	const char *sender, *recipient;
	bool sized;
	size_t announced;
};

static const char taken[] = "+", over[] = "!";

/* On 75; a mail server takes the first word as the status. */
static int
again(const char *why)
{
	char line[REASON + 32];

	(void)snprintf(line, sizeof line, "4.3.0 %.*s\n", REASON, why);
	(void)file_write_all(STDOUT_FILENO, line, strlen(line));
	return EX_AGAIN;
}

/* Descriptors 0 to 2 exist, so that no file of ours becomes one of them. */
static bool
fill_descriptors(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
			return false;
	return true;
}

static bool
read_size(const char *s, size_t *out)
{
	char *end;

	if (*s < '0' || *s > '9')
		return false;
	errno = 0;
	*out = strtoul(s, &end, 10);
	return *end == '\0' && errno == 0;
}

static bool
read_arguments(int argc, char **argv, struct delivery *d)
{
	int c;

	*d = (struct delivery){ .sender = "unknown" };
	opterr = 0;
	optind = 0; /* glibc: from the beginning, whoever parsed before */
	while ((c = getopt(argc, argv, "+f:s:")) != -1) {
		if (c == 'f')
			d->sender = optarg;
		else if (c == 's' && read_size(optarg, &d->announced))
			d->sized = true;
		else
			return false;
	}
	if (text_ieq(d->sender, "MAILER-DAEMON") ||
	    strcmp(d->sender, "<>") == 0)
		d->sender = "";
	d->recipient = argv[optind];
	return d->recipient != NULL;
}

/* Every user of the machine sees our arguments, and a reply address is a key.
 */
static void
hide_arguments(struct job *j, int argc, char **argv, struct delivery *d)
{
	d->sender = arena_str(j->mem, d->sender);
	d->recipient = arena_str(j->mem, d->recipient);
	for (int i = 1; i < argc; i++)
		memset(argv[i], '-', strlen(argv[i]));
}

static enum status
slurp(struct job *j, struct gather *g)
{
	static char piece[PIECE];
	ssize_t n;

	while ((n = read(STDIN_FILENO, piece, sizeof piece)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return job_fail(j, ST_TEMP, "cannot read the mail: %s",
			    strerror(errno));
		gather_add(g, piece, (size_t)n);
	}
	return ST_OK;
}

/* The end of input looks the same whether the mail is whole or cut short. */
static enum status
check_whole(struct job *j, const struct gather *g, const struct delivery *d)
{
	if (g->size == 0)
		return job_fail(j, ST_TEMP, "no mail on standard input");
	if (d->sized && g->size + SLACK + g->lines < d->announced)
		return job_fail(j, ST_TEMP,
		    "the mail ended after %zu of %zu bytes", g->size,
		    d->announced);
	return ST_OK;
}

/* Store and disk take their time: the reader takes its own meanwhile. */
static enum status
keep(struct world *w, struct job *j, const struct envelope *e)
{
	enum status st;

	if (e->n <= AHEAD &&
	    read_begin(j, &w->conf, e->raw, e->n, e->cut, &w->ahead) != ST_OK)
		job_forget(j); /* then when it is its turn */
	st = world_fetch(j, w, NEED_MAKE);
	if (st == ST_OK)
		st = walk_take(w, j, e, &w->ahead_of);
	if (st != ST_OK)
		confine_drop(&w->ahead);
	return st;
}

/* Reads all of it in any case: a mail server that writes isn't cut off. */
static enum status
take(struct world *w, struct job *j, const struct delivery *d)
{
	enum status st, opened = world_open(j, &w->options, NEED_CONF, w);
	struct envelope e = { .source = "pipe",
		.actor = "",
		.from = d->sender,
		.recipient = d->recipient };
	struct gather g;

	gather_begin(&g, opened == ST_OK ? (size_t)w->conf.max_mail : 0);
	if ((st = slurp(j, &g)) != ST_OK)
		goto done;
	if ((st = opened) != ST_OK)
		goto done;
	if ((st = check_whole(j, &g, d)) != ST_OK)
		goto done;
	j->now = world_now(w);
	e.received = j->now;
	gather_end(&g, j, &e);
	st = keep(w, j, &e);
done:
	gather_drop(&g);
	return st;
}

/* The child.  What goes wrong after "taken" is for the next run. */
static int
work(struct world *w, struct job *j, const struct delivery *d, int say)
{
	enum status st = take(w, j, d);

	if (st != ST_OK && st != ST_NONE) {
		log_fail("step=deliver id=%s error=%s", j->id, j->why);
		(void)file_write_all(say, j->why, strlen(j->why));
		return EX_AGAIN;
	}
	if (file_write_all(say, taken, 1) != 0)
		return EX_AGAIN;
	job_forget(j);
	if (walk_waiting(w, j) == ST_TEMP)
		log_fail("step=deliver id=%s error=%s", j->id, j->why);
	(void)file_write_all(say, over, 1);
	return EX_DONE;
}

/* Our standard output and error belong to the mail server's bounce text. */
static void
be_quiet(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	bool watched = isatty(STDERR_FILENO) == 1;

	if (null < 0 || dup2(null, STDOUT_FILENO) < 0 ||
	    (!watched && dup2(null, STDERR_FILENO) < 0))
		_exit(EX_AGAIN);
	(void)close(null);
	log_open(watched ? LOG_TO_STDERR : LOG_TO_SYSLOG, "sitrep");
}

static bool
is_over(const char *said, size_t n)
{
	return n > 1 && said[0] == taken[0] && said[n - 1] == over[0];
}

/* What the child said, up to its end or to our patience's; true: it is over. */
static bool
listen_to(int fd, char *said, size_t size)
{
	int64_t end = when_steady() + GIVE_UP_MS;
	size_t n = 0;

	while (!is_over(said, n)) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int64_t left = end - when_steady();
		ssize_t got;

		if (left <= 0)
			break;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		got = read(fd, said + n, size - 1 - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	said[n] = '\0';
	return is_over(said, n);
}

int
cmd_deliver(struct world *w, struct job *j, int argc, char **argv)
{
	char said[REASON + 2];
	struct delivery d;
	int say[2];
	pid_t pid;

	(void)signal(SIGPIPE, SIG_IGN);
	if (!fill_descriptors())
		return again("no descriptors");
	if (!read_arguments(argc, argv, &d))
		return again("usage: deliver [-f SENDER] [-s SIZE] [--] "
			     "RECIPIENT...: mend the mail server's "
			     "configuration");
	hide_arguments(j, argc, argv, &d);
	if (pipe2(say, O_CLOEXEC) != 0 || (pid = fork()) < 0)
		return again("no process to be had");
	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)close(say[0]);
		log_last_word(NULL);
		be_quiet();
		_exit(work(w, j, &d, say[1]));
	}
	(void)close(say[1]);
	if (listen_to(say[0], said, sizeof said))
		return EX_DONE;
	(void)kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (said[0] == taken[0])
		return EX_DONE;
	return again(said[0] != '\0' ? said : "the mail was not taken");
}
