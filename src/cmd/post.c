/*
 * sitrep post: the same request from a shell on the machine, for the day when
 * inbound mail is dead.  Whoever may run this as the service user and names a
 * person is believed (class A2); the login name is kept with the message.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/ask.h"
#include "cmd/journal.h"
#include "cmd/walk.h"
#include "cmd/world.h"
#include "model/draft.h"
#include "model/event.h"
#include "model/inbox.h"
#include "model/letter.h"
#include "text/legible.h"

struct wish {
	const struct person *person;
	bool yes;
};

static int
usage(void)
{
	(void)fputs("usage: sitrep post --as PERSON [--yes] < MESSAGE\n",
	    stderr);
	return EX_WRONG_USAGE;
}

static int
read_wish(struct world *w, int argc, char **argv, struct wish *out)
{
	static const struct option longs[] = {
		{ "as", required_argument, NULL, 'a' },
		{ "yes", no_argument, NULL, 'y' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		if (c == 'a') {
			out->person = conf_person(&w->conf, optarg);
			if (out->person == NULL)
				(void)fprintf(stderr,
				    "sitrep: %s is no person of the "
				    "configuration\n",
				    optarg);
		} else if (c == 'y')
			out->yes = true;
		else
			return usage();
	}
	return out->person == NULL || optind != argc ? usage() : EX_DONE;
}

/* Headers of a whole mail that stay; who wrote and when is ours to say. */
static bool
keeps_header(const char *line)
{
	static const char *const ours[] = { "From:", "To:", "Cc:", "Date:",
		"Message-ID:", "Received:", "Return-Path:",
		"Authentication-Results:", "Sender:", "Reply-To:",
		"Delivered-To:", "X-Original-To:" };

	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (text_istarts(line, ours[i]))
			return false;
	return true;
}

static bool
is_header(const char *line)
{
	size_t n = strcspn(line, ": \t\n");

	return n != 0 && line[n] == ':' &&
	       (text_istarts(line, "Subject:") || text_istarts(line, "From:") ||
		   text_istarts(line, "MIME-Version:") || !keeps_header(line));
}

/*
 * A text gets a header of its own; of a whole mail subject and MIME headers
 * stay.
 */
static char *
as_mail(struct world *w, struct job *j, const struct wish *wish, char *text,
    const char *to)
{
	struct buf out = BUF_INIT;
	bool whole = is_header(text), kept = true, mime = false;
	char *line, *mail;

	buf_printf(&out, "From: %s\nTo: %s\nDate: %s\n",
	    wish->person->addresses[0], to, when_rfc5322(j->mem, j->now));
	buf_printf(&out, "Message-ID: <post.%lld.%ld.%zu@%s>\n",
	    (long long)j->now, (long)getpid(), strlen(text), w->conf.domain);
	while (whole && (line = text_line(&text)) != NULL && *line != '\0') {
		if (line[0] != ' ' && line[0] != '\t')
			kept = keeps_header(line);
		mime = mime || text_istarts(line, "Content-Type:");
		if (kept)
			buf_printf(&out, "%s\n", line);
	}
	if (!mime)
		buf_str(&out, "MIME-Version: 1.0\nContent-Type: text/plain; "
			      "charset=utf-8\n"
			      "Content-Transfer-Encoding: 8bit\n");
	buf_printf(&out, "\n%s", text);
	mail = arena_copy(j->mem, out.data, out.len);
	buf_free(&out);
	return mail;
}

/* In at the same door as every mail, with who ran us beside it. */
static enum status
walk_in(struct world *w, struct job *j, const struct wish *wish, char *text,
    const char *to, struct outcome *out)
{
	const char *mail = as_mail(w, j, wish, text, to);
	struct envelope e = {
		.source = "post",
		.actor = journal_login(j->mem),
		.from = wish->person->addresses[0],
		.recipient = to,
		.received = j->now,
		.size = strlen(mail),
		.raw = mail,
		.n = strlen(mail),
	};
	int64_t id;
	enum status st = walk_take(w, j, &e, &id);

	if (st == ST_NONE)
		return job_fail(j, ST_PERM,
		    "the same text was posted just now");
	if (st == ST_OK)
		st = walk_waiting(w, j);
	if (st == ST_OK || st == ST_NONE)
		st = inbox_outcome(w->db, j, id, out);
	if (st == ST_NONE)
		st = job_fail(j, ST_TEMP,
		    "it is stored and waits for its turn; see sitrep show");
	return st;
}

/* The draft that an answer to this letter is about; 0: none. */
static int
draft_of(struct arena *mem, const char *raw)
{
	const char *end = strstr(raw, "\n\n");
	const char *head =
	    end == NULL ? raw : arena_copy(mem, raw, (size_t)(end - raw));
	const char *reply = strstr(head, "\nReply-To:");
	const char *at = reply == NULL ? NULL : strstr(reply, ".d");

	return at == NULL ? 0 : text_number(at + 2);
}

/*
 * The answer is the last letter to the person; its body is shown.  *draft is
 * the one that it shows; 0: none.
 */
static enum status
show_answer(struct world *w, struct job *j, int64_t event,
    const struct wish *wish, int *draft)
{
	struct letter *all;
	size_t n;
	enum status st = letter_of_event(w->db, j, event, &all, &n);

	*draft = 0;
	for (size_t i = n; st == ST_OK && i-- > 0;) {
		char *raw;

		if (strcmp(all[i].person, wish->person->slug) != 0 ||
		    letter_raw(w->db, j, all[i].id, &raw) != ST_OK)
			continue;
		(void)fputs(legible(j->mem, raw), stdout);
		*draft = draft_of(j->mem, raw);
		return ST_OK;
	}
	return st;
}

/* The reply that the preview's reader would send. */
static enum status
say_yes(struct world *w, struct job *j, const struct wish *wish, int64_t event,
    int n)
{
	struct outcome o = { .result = "" };
	struct event e;
	enum status st = event_get(w->db, j, event, &e);
	int shown;
	char *object = arena_printf(j->mem, "d%d", n), *tag, *to, *yes;

	if (st != ST_OK)
		return st;
	tag = event_tag(j->mem, &e);
	to = arena_printf(j->mem, "incident+%s.%s.%s@%s", tag, object,
	    keys_reply(j, &w->keys, tag, object, wish->person->slug),
	    w->conf.domain);
	yes = arena_printf(j->mem, "Subject: [%s]\n\nyes\n",
	    event_name(j->mem, &e));
	if ((st = walk_in(w, j, wish, yes, to, &o)) != ST_OK)
		return st;
	if (strcmp(o.result, "ok") == 0)
		(void)puts("Posted.");
	st = show_answer(w, j, event, wish, &shown);
	if (st == ST_OK && strcmp(o.result, "ok") != 0)
		st = job_fail(j, ST_PERM, "not posted: %s", o.result);
	return st;
}

/* A yes is for the preview that was shown, not for another draft. */
static enum status
approve(struct world *w, struct job *j, const struct wish *wish, int64_t event,
    int shown)
{
	struct draft d;
	enum status st = draft_open(w->db, j, event, &d);

	if (st != ST_OK || d.n != shown)
		return st;
	if (!wish->yes &&
	    (!ask_is_possible() || !ask_yes("Post exactly this?"))) {
		(void)printf("Draft d%d stays pending.\n", d.n);
		return ST_OK;
	}
	return say_yes(w, j, wish, event, d.n);
}

/* All of standard input. */
static enum status
read_text(const struct conf *c, struct job *j, struct buf *out)
{
	int more;
	enum status st =
	    file_read_fd(j, STDIN_FILENO, c->limits.text, out, &more);

	if (st == ST_OK && more)
		st = job_fail(j, ST_PERM, "the text is too long");
	if (st == ST_OK && text_blank(out->data))
		st = job_fail(j, ST_PERM,
		    "standard input is empty: write the "
		    "mail there");
	return st;
}

int
cmd_post(struct world *w, struct job *j, int argc, char **argv)
{
	struct wish wish = { 0 };
	struct buf text = BUF_INIT;
	int code = read_wish(w, argc, argv, &wish), shown;
	struct outcome o = { 0 };
	enum status st;

	if (code != EX_DONE)
		return code;
	st = read_text(&w->conf, j, &text);
	if (st == ST_OK)
		st = walk_in(w, j, &wish, text.data,
		    arena_printf(j->mem, "incident@%s", w->conf.domain), &o);
	if (st == ST_OK && o.event == 0)
		st = job_fail(j, ST_PERM,
		    "kept, but it belongs to no event (%s): name one in the "
		    "subject",
		    o.result);
	if (st == ST_OK)
		st = show_answer(w, j, o.event, &wish, &shown);
	if (st == ST_OK)
		st = approve(w, j, &wish, o.event, shown);
	buf_free(&text);
	if (st == ST_OK || st == ST_NONE)
		return EX_DONE;
	(void)fprintf(stderr, "sitrep: %s\n", j->why);
	return EX_FAILED;
}
