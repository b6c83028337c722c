#include "ext/command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

enum { NOT_RUN = 127 };

struct command {
	pid_t pid; /* 0: reaped */
	int64_t deadline;
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

static _Noreturn void
become(const char *line, int in)
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
	if (null < 0 || dup2(in, 0) < 0 || dup2(null, 1) < 0 ||
	    dup2(null, 2) < 0 || chdir("/") != 0)
		_exit(NOT_RUN);
	(void)close_range(3, ~0u, 0);
	(void)execle("/bin/sh", "sh", "-c", line, (char *)NULL, env);
	_exit(NOT_RUN);
}

enum status
command_begin(struct job *j, const char *line, const void *in, size_t n,
    int64_t ms, struct command **out)
{
	int fd = input(in, n);
	pid_t pid;

	*out = NULL;
	if (*line == '|')
		line++;
	if (fd < 0)
		return job_fail(j, ST_TEMP, "cannot run %s: %s", line,
		    strerror(errno));
	if ((pid = fork()) == 0)
		become(line, fd);
	(void)close(fd);
	if (pid < 0)
		return job_fail(j, ST_TEMP, "cannot run %s: %s", line,
		    strerror(errno));
	(void)setpgid(pid, pid); /* whoever of the two comes first */
	if ((*out = calloc(1, sizeof **out)) == NULL)
		die("out of memory for a command");
	(*out)->pid = pid;
	(*out)->deadline = ms + COMMAND_MS;
	return ST_OK;
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

	if (pid == 0 && ms >= c->deadline) {
		stop(c);
		return job_fail(j, ST_TEMP, "the command took over %d s",
		    COMMAND_MS / 1000);
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
	free(c);
}
