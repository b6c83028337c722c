/*
 * A mail server that misbehaves as it is told, a child for each connection.
 * What it accepted stands in a file: a line `<<< FROM TO COUNT`, then the
 * text, unstuffed, then `>>>`.  Random faults come from the seed.
 */
#ifndef TESTS_SINK_H
#define TESTS_SINK_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct sink_faults {
	unsigned seed;
	int rcpt_4xx, dot_4xx, shut_421, close_after_dot, reset; /* per cent */
	int delay_ms;   /* of the reply to a text, at most */
	int text_ms;    /* of each text */
	int byte_us;    /* between the bytes of a reply */
	bool no_banner; /* never a word */
	bool no_pipelining, many_lines, text_after_refusal;
	int at_most; /* connections at a time; 0: any */
};

struct sink_peer {
	const struct sink_faults *f;
	FILE *in, *out;
	int file;
	unsigned seed;
	char from[400], to[400];
	int rcpts;
};

static inline bool
sink_chance(struct sink_peer *p, int percent)
{
	return percent != 0 && (int)(rand_r(&p->seed) / 7 % 100) < percent;
}

static inline void
sink_say(struct sink_peer *p, const char *line)
{
	if (p->f->many_lines && *line == '2')
		(void)fprintf(p->out, "%.3s-well\r\n", line);
	(void)fflush(p->out);
	for (const char *s = line; p->f->byte_us != 0 && *s != '\0'; s++) {
		(void)usleep((useconds_t)p->f->byte_us);
		(void)!write(fileno(p->out), s, 1);
	}
	(void)fprintf(p->out, "%s\r\n", p->f->byte_us != 0 ? "" : line);
}

static inline void
sink_end(struct sink_peer *p, bool reset)
{
	struct linger now = { 1, 0 };

	(void)fflush(p->out);
	if (reset)
		(void)setsockopt(fileno(p->out), SOL_SOCKET, SO_LINGER, &now,
		    sizeof now);
	_exit(0);
}

/* The text up to its dot, then one write: whole or not at all. */
static inline void
sink_text(struct sink_peer *p)
{
	char *line = NULL, *all = NULL;
	size_t room = 0, size = 0;
	FILE *out = open_memstream(&all, &size);
	bool whole = false;

	(void)fprintf(out, "<<< %s %s %d\n", p->from, p->to, p->rcpts);
	while (!whole && getline(&line, &room, p->in) >= 0) {
		whole = strcmp(line, ".\r\n") == 0;
		if (!whole)
			(void)fputs(line[0] == '.' ? line + 1 : line, out);
	}
	(void)fputs(">>>\n", out);
	(void)fclose(out);
	if (!whole)
		sink_end(p, false);
	if (p->f->delay_ms != 0)
		(void)usleep((useconds_t)(rand_r(&p->seed) / 7 %
					  (unsigned)p->f->delay_ms * 1000));
	if (p->f->text_ms != 0)
		(void)usleep((useconds_t)p->f->text_ms * 1000);
	if (p->rcpts == 0)
		sink_say(p, "554 no recipients");
	else if (sink_chance(p, p->f->dot_4xx))
		sink_say(p, "451 4.3.0 not now");
	else {
		(void)!write(p->file, all, size);
		if (sink_chance(p, p->f->close_after_dot))
			sink_end(p, false);
		sink_say(p, "250 2.0.0 Ok: queued as 4F1");
	}
	p->rcpts = 0;
	free(all);
	free(line);
}

static inline void
sink_command(struct sink_peer *p, const char *line)
{
	if (sink_chance(p, p->f->reset))
		sink_end(p, true);
	if (sink_chance(p, p->f->shut_421)) {
		sink_say(p, "421 4.3.2 shutting down");
		sink_end(p, false);
	}
	if (strncmp(line, "EHLO", 4) == 0)
		sink_say(p, p->f->no_pipelining
				? "250 SIZE 100000000"
				: "250-SIZE 100000000\r\n250 PIPELINING");
	else if (sscanf(line, "MAIL FROM:<%399[^>]", p->from) == 1 ||
		 strncmp(line, "MAIL FROM:<>", 12) == 0) {
		p->rcpts = 0;
		sink_say(p, "250 ok");
	} else if (sscanf(line, "RCPT TO:<%399[^>]", p->to) == 1) {
		if (strncmp(p->to, "bad", 3) == 0)
			sink_say(p, "550 5.1.1 nobody");
		else if (sink_chance(p, p->f->rcpt_4xx))
			sink_say(p, "450 4.2.0 greylisted");
		else {
			p->rcpts++;
			sink_say(p, "250 ok");
		}
	} else if (strncmp(line, "DATA", 4) == 0) {
		if (p->rcpts == 0 && !p->f->text_after_refusal) {
			sink_say(p, "554 no valid recipients");
			return;
		}
		sink_say(p, "354 go");
		(void)fflush(p->out);
		sink_text(p);
	} else if (strncmp(line, "QUIT", 4) == 0) {
		sink_say(p, "221 bye");
		sink_end(p, false);
	} else if (strncmp(line, "RSET", 4) == 0) {
		p->rcpts = 0;
		sink_say(p, "250 ok");
	} else
		sink_say(p, "500 what");
}

static inline void
sink_serve(int fd, const struct sink_faults *f, const char *file, unsigned n)
{
	struct sink_peer p = { .f = f, .seed = f->seed * 7919 + n };
	char *line = NULL;
	size_t room = 0;
	int on = 1;

	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	p.in = fdopen(fd, "r");
	p.out = fdopen(dup(fd), "w");
	p.file = open(file, O_WRONLY | O_APPEND | O_CREAT, 0600);
	if (f->no_banner)
		(void)sleep(100);
	sink_say(&p, "220 mx.example ESMTP");
	for (;;) {
		int c;

		(void)fflush(p.out);
		if ((c = getc(p.in)) == EOF)
			_exit(0);
		(void)ungetc(c, p.in);
		if (getline(&line, &room, p.in) < 0)
			_exit(0);
		sink_command(&p, line);
	}
}

static inline void
sink_loop(int fd, const struct sink_faults *f, const char *file)
{
	int open = 0;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (unsigned n = 0;; n++) {
		int peer = accept(fd, NULL, NULL);

		while (waitpid(-1, NULL, WNOHANG) > 0)
			open--;
		if (peer < 0)
			continue;
		if (f->at_most != 0 && open >= f->at_most) {
			(void)!write(peer, "421 too many\r\n", 14);
			(void)close(peer);
			continue;
		}
		if (fork() == 0) {
			(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
			(void)close(fd);
			sink_serve(peer, f, file, n);
		}
		open++;
		(void)close(peer);
	}
}

/* Listens on *port (0: any free one). */
static inline pid_t
sink_start(const struct sink_faults *f, const char *file, int *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_port = htons((unsigned short)*port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
	pid_t pid;

	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&a, n) != 0 || listen(fd, 64) != 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &n) != 0)
		abort();
	*port = ntohs(a.sin_port);
	if ((pid = fork()) == 0)
		sink_loop(fd, f, file);
	(void)close(fd);
	return pid;
}

static inline void
sink_stop(pid_t pid)
{
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
}

#endif
