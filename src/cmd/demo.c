/*
 * sitrep demo: the main job on one machine without a mail server.  A
 * throw-away instance on its own clock plays an incident from the first mail
 * to the resolution, with real LMTP in and a Maildir as the capturing relay.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/when.h"
#include "cmd/demo.h"
#include "cmd/outbox.h"
#include "cmd/walk.h"
#include "model/inbox.h"
#include "model/letter.h"

enum { PATIENCE_MS = 120 * 1000, PAUSE_US = 10 * 1000 };

static const char headers[] =
    "Authentication-Results: in.status.example; dkim=pass "
    "header.d=example.net;\n dmarc=pass header.from=example.net\n"
    "Received: from mx.example.net by in.status.example; %s\n"
    "From: %s\nTo: %s\nDate: %s\nMessage-ID: <%d.demo@example.net>\n"
    "MIME-Version: 1.0\n";

static const char outlook[] =
    "Subject: RE: YOU HAVE IT\n"
    "Content-Type: multipart/alternative; boundary=\"_000_demo_\"\n\n"
    "--_000_demo_\n"
    "Content-Type: text/plain; charset=\"Windows-1252\"\n"
    "Content-Transfer-Encoding: quoted-printable\n\n"
    "Ack\n"
    "draft investigating\n"
    "Title: Email Cluster B =96 logins are failing\n"
    "Impact for end users: about half of all IMAP and Webmail logins fail; =\n"
    "mail is still received and kept\n"
    "Next: +2h\n\n"
    "Logins to mailboxes on **Email Cluster B** fail for many customers. =\n"
    "We=92re adding capacity; Cluster A works normally.\n\n"
    "Carl Marketing | Marketing | +1 555 0100\n"
    "CONFIDENTIAL: this message is for its addressee only.\n"
    "________________________________\n"
    "From: Status desk <incident@in.status.example>\n"
    "Sent: Wednesday, March 4, 2026 9:18 AM\n"
    "To: Carl Marketing\n"
    "Subject: YOU HAVE IT\n\n"
    "auth pool exhausted on mbx-b07.int\n"
    "--_000_demo_\n"
    "Content-Type: text/html; charset=\"Windows-1252\"\n\n"
    "<html><body><p>Ack</p></body></html>\n"
    "--_000_demo_--\n";

struct step {
	const char *what;
	const char *clock; /* UTC */
	const char *from, *name;
	bool reply; /* to the newest mail that came to `name` */
	const char *body;
};

#define NORA "Nora Ops <nora@example.net>"
#define CARL "Carl Marketing <carl@example.net>"
#define PLAIN "Content-Type: text/plain; charset=utf-8\n\n"

static const struct step steps[] = {
	/* clang-format off */
{ "NOC reports from a phone", "2026-03-04T14:03:10Z", NORA, "noc1", false,
  "Subject: Sev2 cluster b: imap logins failing\n" PLAIN
  "Since: 9:00\nauth pool exhausted on mbx-b07.int, half of logins time out.\n"
  "\nSent from my phone\n" },
{ "fifteen minutes later: hand-off to Marketing", "2026-03-04T14:18:05Z",
  NULL, NULL, false, NULL },
{ "Marketing takes it and drafts, from Outlook", "2026-03-04T14:21:30Z",
  CARL, "comms1", true, outlook },
{ "\"Yes\" from a phone: the broadcast", "2026-03-04T14:23:00Z", CARL,
  "comms1", true,
  "Subject: Re: preview\n" PLAIN "Yes\n\nOn Wed, Mar 4, 2026 at 9:22 AM "
  "Status desk wrote:\n> Reply YES to publish exactly the text\n" },
{ "a correction is drafted", "2026-03-04T15:02:00Z", CARL, "comms1", true,
  "Subject: Re: copy\n" PLAIN "Correct: 1\nReason: Webmail is affected too\n\n"
  "Logins to mailboxes on **Email Cluster B** and to **Webmail** fail for "
  "many customers.\nCluster A works normally.\n" },
{ "yes: the correction goes out", "2026-03-04T15:03:00Z", CARL, "comms1",
  true, "Subject: Re: preview\n" PLAIN "ok\n" },
{ "the end is drafted", "2026-03-04T15:40:00Z", CARL, "comms1", true,
  "Subject: Re: copy\n" PLAIN "resolved\nEnded: 15:31 UTC\n"
  "Lasting effects: none, no mail was lost\n\n"
  "All logins have worked normally since 15:31 UTC.\n" },
{ "yes: resolved", "2026-03-04T15:41:00Z", CARL, "comms1", true,
  "Subject: Re: preview\n" PLAIN "Yes, thanks\n" },
	/* clang-format on */
};

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum status
set_clock(struct job *j, struct demo *d, const char *utc)
{
	int64_t want;

	if (!when_read_rfc3339(utc, &want))
		return job_fail(j, ST_PERM, "%s is no time", utc);
	*d->clock += want - world_now(&d->w);
	j->now = world_now(&d->w);
	return ST_OK;
}

/* Until everything that came in is handled and everything is sent. */
static enum status
settle(struct job *j, struct demo *d)
{
	int64_t until = now_ms() + PATIENCE_MS, due;
	enum status st;

	while (now_ms() < until) {
		st = inbox_waits(d->w.db, j);
		if (st == ST_NONE) {
			st = letter_due(d->w.db, j, &due);
			if (st == ST_NONE)
				return ST_OK;
		}
		if (st != ST_OK)
			return st;
		(void)usleep(PAUSE_US);
	}
	return job_fail(j, ST_TEMP, "the mail didn't get through in time");
}

static enum status
play_mail(struct job *j, struct demo *d, const struct step *s, int n)
{
	char *to = arena_str(j->mem, "incident@in.status.example");
	const char *date = when_rfc5322(j->mem, j->now);
	const char *address = strchr(s->from, '<') + 1;
	enum status st = ST_OK;

	if (s->reply)
		st = demo_reply_to(j, d, s->name, &to);
	if (st != ST_OK)
		return st;
	return demo_send(j, d,
	    arena_copy(j->mem, address, strcspn(address, ">")), to,
	    arena_printf(j->mem, "%s%s",
		arena_printf(j->mem, headers, date, s->from, to, date, n),
		s->body));
}

static enum status
play(struct job *j, struct demo *d, const struct step *s, int n)
{
	int64_t start = now_ms();
	enum status st = set_clock(j, d, s->clock);

	if (st == ST_OK && s->from == NULL) {
		/* The clock's child would wake up later: its time stood still.
		 */
		st = walk_clock(&d->w, j);
		if (st == ST_OK && outbox_send(&d->w, j, NULL) == ST_TEMP)
			st = ST_TEMP;
	} else if (st == ST_OK)
		st = play_mail(j, d, s, n);
	if (st == ST_OK)
		st = settle(j, d);
	if (st == ST_OK)
		(void)printf("%.5s UTC  %-48s %5lld ms\n", s->clock + 11,
		    s->what, (long long)(now_ms() - start));
	(void)fflush(stdout);
	return st;
}

static pid_t
start_serve(struct job *j, struct demo *d)
{
	char *argv[] = { arena_str(j->mem, "serve"), NULL };
	pid_t parent = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(EX_FAILED);
	d->w.db = NULL;
	_exit(cmd_serve(&d->w, j, 1, argv));
}

/* All of a mail but what programs alone read: parts in HTML. */
static void
show(const char *what, const char *mail)
{
	const char *html = strstr(mail, "\nContent-Type: text/html");
	size_t n = strlen(mail);

	if (html != NULL) {
		n = (size_t)(html - mail);
		while (n > 0 && mail[n - 1] != '\n')
			n--;
	}
	(void)printf("\n==== %s ====\n%.*s\n", what, (int)n, mail);
	if (html != NULL)
		(void)printf("(and the same in HTML)\n");
}

static void
epilogue(struct job *j, struct demo *d)
{
	char *mail;

	if (demo_letter(j, d, "noc1", &mail) == ST_OK)
		show("The receipt that NOC got", mail);
	if (demo_spooled(j, d, "status@reseller-0001.example", &mail) == ST_OK)
		show("The mail that a reseller got", mail);
	(void)printf("The instance:    %s\n"
		     "Letters sent:    %s/outbox/new\n"
		     "The public tree: %s/state/public\n"
		     "The history:     sitrep -c %s show INC-2026-0001\n",
	    d->dir, d->dir, d->dir, d->conf_path);
}

/* Serves the tree until somebody has seen enough. */
static void
linger(const struct demo *d)
{
	const char *once = getenv("DEMO_ONCE");
	sigset_t set;
	int sig;

	if (once != NULL && once[0] == '1')
		return;
	(void)printf("Its web page:    %s\n\nCtrl-C ends it.\n", d->w.conf.url);
	(void)fflush(stdout);
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)sigwait(&set, &sig);
}

static enum status
run(struct job *j, struct demo *d)
{
	enum status st = set_clock(j, d, "2026-03-04T14:00:00Z");

	(void)printf("A throw-away instance with %d resellers on one list.\n",
	    DEMO_MEMBERS);
	for (size_t i = 0; i < sizeof steps / sizeof *steps && st == ST_OK; i++)
		st = play(j, d, &steps[i], (int)i + 1);
	if (st != ST_OK)
		return st;
	epilogue(j, d);
	linger(d);
	return ST_OK;
}

int
cmd_demo(struct world *w, struct job *j, int argc, char **argv)
{
	struct demo d = { 0 };
	enum status st;
	pid_t pid;

	(void)w;
	if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
		(void)fputs("usage: sitrep demo [DIR]\n", stderr);
		return EX_WRONG_USAGE;
	}
	log_open(LOG_TO_NOWHERE, "sitrep");
	st = demo_set(j, &d, argc == 2 ? argv[1] : NULL);
	if (st == ST_OK) {
		pid = start_serve(j, &d);
		st = run(j, &d);
		if (pid > 0) {
			(void)kill(pid, SIGTERM);
			(void)waitpid(pid, NULL, 0);
		}
	}
	if (st != ST_OK)
		(void)fprintf(stderr, "sitrep: %s\n", j->why);
	world_close(&d.w);
	return st == ST_OK ? EX_DONE : EX_FAILED;
}
