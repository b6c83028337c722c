/* What the server says: its lines, its replies, what follows from each. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "text/talk_in.h"

enum { LINES_IN = 100 };

static void
end_saying(struct talk *t, int code)
{
	char why[TALK_REPLY + 8];

	(void)snprintf(why, sizeof why, "%d %s", code, t->reply);
	talk_end(t, why);
}

static void
hello(struct talk *t, enum expect x)
{
	char line[TALK_COMMAND];

	(void)snprintf(line, sizeof line, "%s %s",
	    x == X_EHLO ? "EHLO" : "HELO", t->helo);
	talk_say(t, x, line);
}

static void
refuse(struct talk *t, int code, enum refused_at at)
{
	struct message_open *o = &t->envelope;

	if (o->refused != 0)
		return; /* the first no is the reason of the others */
	o->refused = code;
	o->at = at;
	memcpy(o->reply, t->reply, sizeof o->reply);
}

/* The transaction failed before its text: tell, and start afresh. */
static void
envelope_failed(struct talk *t)
{
	struct message_open *o = &t->envelope;

	talk_tell(t, TALK_DONE, o->tag, o->refused, o->reply, o->at);
	o->used = false;
	t->reset = true;
}

/* After the reply to MAIL or RCPT, where commands go one by one. */
static void
go_on(struct talk *t, enum expect x)
{
	if ((t->offers & OFFER_PIPELINING) != 0)
		return;
	if (t->envelope.refused != 0)
		envelope_failed(t);
	else if (x == X_MAIL)
		talk_say(t, X_RCPT, t->envelope.rcpt);
	else
		talk_say(t, X_DATA, "DATA");
}

static void
data_answered(struct talk *t, int code)
{
	struct message_open *o = &t->envelope;

	if (code == 354 && o->refused == 0) {
		o->texting = true;
		talk_tell(t, TALK_TEXT, o->tag, 0, "", AT_NOTHING);
	} else if (code == 354) {
		/* Refused, yet it waits for a text: give it an empty one. */
		talk_say(t, X_LONE_DOT, ".");
	} else if (code < 400 && o->refused == 0) {
		talk_end(t, "the server answered DATA with nonsense");
	} else {
		refuse(t, code, AT_DATA);
		envelope_failed(t);
	}
}

static void
offered(struct talk *t, const char *line)
{
	static const struct {
		const char *word;
		enum offer offer;
	} all[] = { { "PIPELINING", OFFER_PIPELINING }, { "SIZE", OFFER_SIZE },
		{ "8BITMIME", OFFER_8BITMIME }, { "SMTPUTF8", OFFER_SMTPUTF8 },
		{ "DSN", OFFER_DSN } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		size_t n = strlen(all[i].word);

		if (!text_istarts(line, all[i].word) ||
		    (line[n] != '\0' && line[n] != ' '))
			continue;
		t->offers |= all[i].offer;
		if (all[i].offer == OFFER_SIZE)
			t->max_size = strtoull(line + n, NULL, 10);
	}
}

static void
greeted(struct talk *t, enum expect x, int code)
{
	if (x == X_GREETING && code == 220)
		hello(t, X_EHLO);
	else if (x == X_EHLO && code >= 500) {
		t->offers = 0;
		hello(t, X_HELO);
	} else if (x != X_GREETING && code == 250)
		t->stage = READY;
	else
		end_saying(t, code);
}

/* A reply while we still give the text: nothing after it can be matched. */
static void
early(struct talk *t, int code)
{
	struct message_open *o = &t->envelope;

	if (o->used && o->texting && code >= 400) {
		talk_tell(t, TALK_DONE, o->tag, code, t->reply, AT_TEXT);
		o->used = false;
	}
	if (code == 421)
		end_saying(t, code);
	else
		talk_end(t, "the server spoke without being asked");
}

static void
dot_answered(struct talk *t, int code)
{
	talk_tell(t, TALK_DONE, t->text.tag, code, t->reply, AT_TEXT);
	t->text.used = false;
}

static void
answered(struct talk *t, int code)
{
	enum expect x;

	t->replies++;
	if (t->n_expected == 0) {
		early(t, code);
		return;
	}
	x = t->expected[t->first];
	t->first = (t->first + 1) % EXPECTED;
	t->n_expected--;
	if (x == X_DOT)
		dot_answered(t, code);
	if (code == 421 && x != X_QUIT) {
		end_saying(t, code);
		return;
	}
	switch (x) {
	case X_GREETING:
	case X_EHLO:
	case X_HELO: greeted(t, x, code); break;
	case X_MAIL:
	case X_RCPT:
		if (code < 200 || code > 299)
			refuse(t, code, x == X_MAIL ? AT_MAIL : AT_RCPT);
		go_on(t, x);
		break;
	case X_DATA: data_answered(t, code); break;
	case X_LONE_DOT: envelope_failed(t); break;
	case X_QUIT: talk_end(t, "done"); break;
	case X_DOT:
	case X_RSET: break;
	}
}

/* Adds a line's words to the reply, printable and in one line. */
static void
keep(struct talk *t, const char *p)
{
	if (t->n_reply != 0 && t->n_reply < TALK_REPLY - 1)
		t->reply[t->n_reply++] = ' ';
	for (; *p != '\0' && t->n_reply < TALK_REPLY - 1; p++)
		t->reply[t->n_reply++] =
		    (char)(*p >= 0x20 && *p < 0x7f ? *p : '?');
	t->reply[t->n_reply] = '\0';
}

/* 0: no reply at all. */
static int
code_of(const char *p, size_t n)
{
	if (n < 3 || p[0] < '2' || p[0] > '5' ||
	    !isdigit((unsigned char)p[1]) || !isdigit((unsigned char)p[2]))
		return 0;
	if (n > 3 && p[3] != '-' && p[3] != ' ')
		return 0;
	return (p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
}

static void
take_line(struct talk *t)
{
	size_t n = t->n_line;
	int code;

	if (n != 0 && t->line[n - 1] == '\r')
		n--;
	t->line[n] = '\0';
	t->n_line = 0;
	if ((code = code_of(t->line, n)) == 0) {
		talk_end(t, "the server doesn't speak SMTP");
		return;
	}
	if (n > 4)
		keep(t, t->line + 4);
	if (n > 4 && t->n_expected != 0 && t->expected[t->first] == X_EHLO)
		offered(t, t->line + 4);
	if (++t->lines > LINES_IN)
		talk_end(t, "the server's reply has no end");
	else if (n <= 3 || t->line[3] != '-') {
		answered(t, code);
		t->n_reply = 0;
		t->reply[0] = '\0';
		t->lines = 0;
	}
}

void
talk_read(struct talk *t, const char *p, size_t n)
{
	while (n != 0 && t->stage != OVER) {
		const char *lf = memchr(p, '\n', n);
		size_t k = lf == NULL ? n : (size_t)(lf - p);

		if (k >= sizeof t->line - t->n_line) {
			talk_end(t, "the server's line has no end");
			return;
		}
		memcpy(t->line + t->n_line, p, k);
		t->n_line += k;
		if (lf == NULL)
			return;
		take_line(t);
		p += k + 1;
		n -= k + 1;
	}
}
