#include "ext/command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

enum { NOT_RUN = 127 };

struct stream { /* what it prints */
	int fd; /* -1: nobody listens */
	size_t n;
	char text[COMMAND_SAID + 1];
};

struct command {
	pid_t pid; /* 0: reaped */
	int64_t deadline, most;
	struct stream out, err;
};

/* The input as a file without a name: nobody has to feed a pipe. */
static int
input(const void *p, size_t n)
{
	int fd = memfd_create("sitrep", MFD_CLOEXEC);

	if (fd < 0)
		return -1;
	if (file_write_all(fd, p, n) == 0 && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

/* Where nobody listens it goes into nothing. */
static int
sink(int null, const int *end)
{
	return end[1] < 0 ? null : end[1];
}

static _Noreturn void
become(const char *line, int in, const int *out, const int *err)
{
	static const char *const env[] = { "PATH=/usr/local/bin:/usr/bin:/bin",
		"LANG=C.UTF-8", "SHELL=/bin/sh", NULL };
	int null = open("/dev/null", O_WRONLY);
	sigset_t none;

	(void)setpgid(0, 0);
	for (int s = 1; s < NSIG; s++)
		(void)signal(s, SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	if (null < 0 || dup2(in, 0) < 0 || dup2(sink(null, out), 1) < 0 ||
	    dup2(sink(null, err), 2) < 0 || chdir("/") != 0)
		_exit(NOT_RUN);
	(void)close_range(3, ~0u, 0);
	(void)execle("/bin/sh", "sh", "-c", line, (char *)NULL, env);
	_exit(NOT_RUN);
}

enum status
command_begin(struct job *j, const char *line, const void *in, size_t n,
    int64_t ms, struct command **out)
{
	const struct command_plan plan = { .line = line,
		.in = in,
		.n = n,
		.now = ms,
		.most = COMMAND_MS };

	return command_start(j, &plan, out);
}

static void
close_both(int end[2])
{
	for (int i = 0; i < 2; i++)
		if (end[i] >= 0)
			(void)close(end[i]);
}

static bool
make_pipes(bool heard, int out[2], int err[2])
{
	if (!heard)
		return true;
	return pipe2(out, O_CLOEXEC | O_NONBLOCK) == 0 &&
	       pipe2(err, O_CLOEXEC | O_NONBLOCK) == 0 &&
	       fcntl(out[1], F_SETFL, 0) == 0 && fcntl(err[1], F_SETFL, 0) == 0;
}

/* Our ends of the pipes are the command's from here on. */
static struct command *
watch(const struct command_plan *p, pid_t pid, int out, int err)
{
	struct command *c = calloc(1, sizeof *c);

	if (c == NULL)
		die("out of memory for a command");
	(void)setpgid(pid, pid); /* whoever of the two comes first */
	c->pid = pid;
	c->most = p->most;
	c->deadline = p->now + p->most;
	c->out.fd = out;
	c->err.fd = err;
	return c;
}

enum status
command_start(struct job *j, const struct command_plan *p, struct command **out)
{
	const char *line = *p->line == '|' ? p->line + 1 : p->line;
	int fd = input(p->in, p->n), said[2] = { -1, -1 }, bad[2] = { -1, -1 };
	bool fine = fd >= 0 && make_pipes(p->heard, said, bad);
	pid_t pid = fine ? fork() : -1;

	*out = NULL;
	if (pid == 0)
		become(line, fd, said, bad);
	if (pid > 0) {
		*out = watch(p, pid, said[0], bad[0]);
		said[0] = bad[0] = -1;
	} else
		(void)job_fail(j, ST_TEMP, "cannot run %s: %s", line,
		    strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	close_both(said);
	close_both(bad);
	return pid > 0 ? ST_OK : ST_TEMP;
}

/* All that is there now; what is more than we keep is read and forgotten. */
static void
listen_to(struct stream *s)
{
	char piece[COMMAND_SAID];
	ssize_t n;

	while (s->fd >= 0 && (n = read(s->fd, piece, sizeof piece)) != 0) {
		size_t room = COMMAND_SAID - s->n;

		if (n < 0)
			return;
		room = (size_t)n < room ? (size_t)n : room;
		memcpy(s->text + s->n, piece, room);
		s->n += room;
	}
}

const char *
command_said(const struct command *c)
{
	return c->out.text;
}

const char *
command_complained(const struct command *c)
{
	return c->err.text;
}

static void
stop(struct command *c)
{
	if (c->pid == 0)
		return;
	(void)kill(-c->pid, SIGKILL);
	while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
		;
	c->pid = 0;
}

enum status
command_poll(struct job *j, struct command *c, int64_t ms)
{
	int how = 0;
	pid_t pid = c->pid == 0 ? c->pid : waitpid(c->pid, &how, WNOHANG);

	listen_to(&c->out);
	listen_to(&c->err);
	if (pid == 0 && ms >= c->deadline) {
		stop(c);
		return job_fail(j, ST_TEMP, "the command took over %d s",
		    (int)(c->most / 1000));
	}
	if (pid == 0 || (pid < 0 && errno == EINTR))
		return ST_NONE;
	(void)kill(-c->pid, SIGKILL); /* what it left behind */
	c->pid = 0;
	if (pid < 0)
		return job_fail(j, ST_TEMP, "the command was lost: %s",
		    strerror(errno));
	if (WIFSIGNALED(how))
		return job_fail(j, ST_TEMP, "the command died of signal %d",
		    WTERMSIG(how));
	if (WEXITSTATUS(how) != 0)
		return job_fail(j, ST_TEMP, "the command ended with %d",
		    WEXITSTATUS(how));
	return ST_OK;
}

void
command_end(struct command *c)
{
	if (c == NULL)
		return;
	stop(c);
	if (c->out.fd >= 0)
		(void)close(c->out.fd);
	if (c->err.fd >= 0)
		(void)close(c->err.fd);
	free(c);
}
