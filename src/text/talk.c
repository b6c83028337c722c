#include "text/talk.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/text.h"

enum {
	GREETING_MS = 30 * 1000,
	REPLY_MS = 40 * 1000,
	DOT_MS = 40 * 1000,
	QUIT_MS = 1000,
	COMMAND_MAX = 512, /* RFC 5321, 4.5.3.1.4, CRLF included */
	LINE_IN = 2048,
	LINES_IN = 100,
	OUT_MAX = 128 * 1024,
	EXPECTED = 8,
	EVENTS = 8,
};

enum stage { GREETING, READY, QUITTING, OVER };

/* What the server still owes us, in order. */
enum expect {
	X_GREETING,
	X_EHLO,
	X_HELO,
	X_RSET,
	X_MAIL,
	X_RCPT,
	X_DATA,
	X_DOT,
	X_LONE_DOT,
	X_QUIT
};

enum offer {
	OFFER_PIPELINING = 1 << 0,
	OFFER_SIZE = 1 << 1,
	OFFER_8BITMIME = 1 << 2,
	OFFER_SMTPUTF8 = 1 << 3,
	OFFER_DSN = 1 << 4,
};

/* A message between its MAIL and its answer. */
struct message_open {
	bool used;
	uint32_t tag;
	int refused; /* the first code that wasn't a yes */
	enum refused_at at;
	char reply[TALK_REPLY];
	bool texting; /* 354 came, the text is being given */
	char rcpt[COMMAND_MAX];
};

struct talk {
	enum stage stage;
	unsigned offers;
	size_t max_size; /* 0: the server names none */
	char helo[256];
	struct buf out;
	size_t written;
	char line[LINE_IN]; /* what came of a reply's line so far */
	size_t n_line;
	char reply[TALK_REPLY];
	size_t n_reply;
	unsigned lines;
	uint64_t replies;
	enum expect expected[EXPECTED];
	unsigned first, n_expected;
	struct message_open envelope, text;
	bool reset; /* a refused transaction stands open at the server */
	struct talk_event events[EVENTS];
	unsigned first_event, n_events;
};

static void
tell_at(struct talk *t, enum talk_kind kind, uint32_t tag, int code,
    const char *reply, enum refused_at at)
{
	struct talk_event *e;

	if (t->n_events == EVENTS)
		die("smtp: nobody takes the events");
	e = &t->events[(t->first_event + t->n_events++) % EVENTS];
	e->kind = kind;
	e->tag = tag;
	e->code = code;
	e->at = at;
	(void)snprintf(e->reply, sizeof e->reply, "%s", reply);
}

static void
tell(struct talk *t, enum talk_kind kind, uint32_t tag, int code,
    const char *reply)
{
	tell_at(t, kind, tag, code, reply, AT_NOTHING);
}

static void
end_envelope(struct talk *t, const char *why)
{
	struct message_open *o = &t->envelope;

	if (!o->used)
		return;
	if (o->refused != 0)
		tell_at(t, TALK_DONE, o->tag, o->refused, o->reply, o->at);
	else
		tell(t, o->texting ? TALK_LOST : TALK_BACK, o->tag, 0, why);
	o->used = false;
}

void
talk_end(struct talk *t, const char *why)
{
	if (t->stage == OVER)
		return;
	t->stage = OVER;
	t->n_expected = 0;
	if (t->text.used)
		tell(t, TALK_LOST, t->text.tag, 0, why);
	t->text.used = false;
	end_envelope(t, why);
	tell(t, TALK_OVER, 0, 0, why);
}

static void
end_saying(struct talk *t, int code)
{
	char why[TALK_REPLY + 8];

	(void)snprintf(why, sizeof why, "%d %s", code, t->reply);
	talk_end(t, why);
}

struct talk *
talk_new(const char *helo)
{
	struct talk *t = calloc(1, sizeof *t);
	bool fit = *helo != '\0' && strlen(helo) < sizeof t->helo &&
		   text_is_line(helo) && strchr(helo, ' ') == NULL;

	if (t == NULL)
		die("out of memory for a session");
	t->out = (struct buf)BUF_INIT;
	(void)snprintf(t->helo, sizeof t->helo, "%s", fit ? helo : "localhost");
	t->expected[t->n_expected++] = X_GREETING;
	return t;
}

void
talk_free(struct talk *t)
{
	if (t == NULL)
		return;
	buf_free(&t->out);
	free(t);
}

bool
talk_ready(const struct talk *t)
{
	return t->stage == READY;
}

bool
talk_over(const struct talk *t)
{
	return t->stage == OVER;
}

uint64_t
talk_replies(const struct talk *t)
{
	return t->replies;
}

int64_t
talk_patience(const struct talk *t)
{
	if (t->stage == OVER)
		return 0;
	if (t->n_expected == 0)
		return t->written < t->out.len ? REPLY_MS : 0;
	switch (t->expected[t->first]) {
	case X_GREETING:
	case X_EHLO:
	case X_HELO: return GREETING_MS;
	case X_DOT: return DOT_MS;
	case X_QUIT: return QUIT_MS;
	default: return REPLY_MS;
	}
}

bool
talk_event(struct talk *t, struct talk_event *out)
{
	if (t->n_events == 0)
		return false;
	*out = t->events[t->first_event];
	t->first_event = (t->first_event + 1) % EVENTS;
	t->n_events--;
	return true;
}

const char *
talk_out(const struct talk *t, size_t *n)
{
	*n = t->stage == OVER ? 0 : t->out.len - t->written;
	return t->out.data + t->written;
}

void
talk_wrote(struct talk *t, size_t n)
{
	t->written += n;
	if (t->written == t->out.len) {
		buf_clear(&t->out);
		t->written = 0;
		return;
	}
	if (t->written < OUT_MAX / 2)
		return;
	memmove(t->out.data, t->out.data + t->written, t->out.len - t->written);
	buf_cut(&t->out, t->out.len - t->written);
	t->written = 0;
}

/* ---- what we say ---- */

static void
say(struct talk *t, enum expect x, const char *line)
{
	buf_str(&t->out, line);
	buf_add(&t->out, "\r\n", 2);
	if (t->n_expected == EXPECTED)
		die("smtp: too many commands at once");
	t->expected[(t->first + t->n_expected++) % EXPECTED] = x;
}

static void
hello(struct talk *t, enum expect x)
{
	char line[COMMAND_MAX];

	(void)snprintf(line, sizeof line, "%s %s",
	    x == X_EHLO ? "EHLO" : "HELO", t->helo);
	say(t, x, line);
}

bool
talk_hungry(const struct talk *t)
{
	if (t->stage != READY || t->envelope.used || t->n_events != 0)
		return false;
	return !t->text.used || (t->offers & OFFER_PIPELINING) != 0;
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

/* A report can come back, and the server is to be told what for. */
static bool
reports(const struct talk *t, const struct talk_envelope *e)
{
	return (t->offers & OFFER_DSN) != 0 && e->name != NULL &&
	       *e->from != '\0';
}

/* Why this server can't have the message, or NULL. */
static const char *
objection(const struct talk *t, const struct talk_envelope *e)
{
	if (!text_is_address(e->to) ||
	    (*e->from != '\0' && !text_is_address(e->from)))
		return "5.1.3 not an address that may be written to SMTP";
	if (t->max_size != 0 && e->size > t->max_size)
		return "5.3.4 the server takes no message of this size";
	if ((t->offers & OFFER_SMTPUTF8) == 0 &&
	    (!is_ascii(e->to) || !is_ascii(e->from)))
		return "5.6.7 the relay offers no SMTPUTF8, which this "
		       "address needs";
	return NULL;
}

/*
 * Without what only asks for better reports, if that makes it too long.
 */
static size_t
mail_line(const struct talk *t, const struct talk_envelope *e, char *line)
{
	bool eight = (t->offers & OFFER_8BITMIME) != 0 && e->eight_bit;
	bool utf8 = (t->offers & OFFER_SMTPUTF8) != 0 &&
		    (e->utf8 || !is_ascii(e->to) || !is_ascii(e->from));
	char octets[32] = "";
	int n, more;

	if ((t->offers & OFFER_SIZE) != 0 && e->size != 0)
		(void)snprintf(octets, sizeof octets, " SIZE=%zu", e->size);
	n = snprintf(line, COMMAND_MAX, "MAIL FROM:<%s>%s%s%s", e->from, octets,
	    eight ? " BODY=8BITMIME" : "", utf8 ? " SMTPUTF8" : "");
	if (n < 0 || n > COMMAND_MAX - 3)
		return COMMAND_MAX;
	if (!reports(t, e))
		return (size_t)n;
	more = snprintf(line + n, (size_t)(COMMAND_MAX - n),
	    " RET=HDRS ENVID=%s", e->name);
	if (more < 0 || n + more > COMMAND_MAX - 3)
		line[n] = '\0';
	return strlen(line);
}

static size_t
rcpt_line(const struct talk *t, const struct talk_envelope *e, char *line)
{
	const char *notify = reports(t, e) ? " NOTIFY=FAILURE,DELAY" : "";
	int n = snprintf(line, COMMAND_MAX, "RCPT TO:<%s>%s", e->to, notify);

	return n < 0 ? COMMAND_MAX : (size_t)n;
}

void
talk_envelope(struct talk *t, const struct talk_envelope *e)
{
	const char *why = objection(t, e);
	struct message_open *o = &t->envelope;
	char line[COMMAND_MAX];

	if (!talk_hungry(t))
		die("smtp: an envelope too many");
	if (why == NULL && (mail_line(t, e, line) > COMMAND_MAX - 3 ||
			       rcpt_line(t, e, o->rcpt) > COMMAND_MAX - 3))
		why = "5.1.3 the command would be too long";
	if (why != NULL) {
		tell(t, TALK_DONE, e->tag, 553, why);
		return;
	}
	o->used = true;
	o->texting = false;
	o->tag = e->tag;
	o->refused = 0;
	o->at = AT_NOTHING;
	if (t->reset)
		say(t, X_RSET, "RSET");
	t->reset = false;
	say(t, X_MAIL, line);
	if ((t->offers & OFFER_PIPELINING) == 0)
		return;
	say(t, X_RCPT, o->rcpt);
	say(t, X_DATA, "DATA");
}

size_t
talk_room(const struct talk *t)
{
	size_t held = t->out.len - t->written;

	if (!t->envelope.used || !t->envelope.texting || held >= OUT_MAX)
		return 0;
	return OUT_MAX - held;
}

void
talk_text(struct talk *t, const void *p, size_t n)
{
	buf_add(&t->out, p, n);
}

void
talk_text_end(struct talk *t)
{
	if (t->stage == OVER)
		return;
	say(t, X_DOT, ".");
	t->text.used = true;
	t->text.tag = t->envelope.tag;
	t->envelope.used = false;
}

void
talk_quit(struct talk *t)
{
	if (t->stage == READY && t->n_expected == 0 && !t->envelope.used) {
		t->stage = QUITTING;
		say(t, X_QUIT, "QUIT");
	} else
		talk_end(t, "closed by us");
}

/* ---- what the server says ---- */

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

	tell_at(t, TALK_DONE, o->tag, o->refused, o->reply, o->at);
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
		say(t, X_RCPT, t->envelope.rcpt);
	else
		say(t, X_DATA, "DATA");
}

static void
data_answered(struct talk *t, int code)
{
	struct message_open *o = &t->envelope;

	if (code == 354 && o->refused == 0) {
		o->texting = true;
		tell(t, TALK_TEXT, o->tag, 0, "");
	} else if (code == 354) {
		/* Refused, yet it waits for a text: give it an empty one. */
		say(t, X_LONE_DOT, ".");
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
		tell_at(t, TALK_DONE, o->tag, code, t->reply, AT_TEXT);
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
	tell_at(t, TALK_DONE, t->text.tag, code, t->reply, AT_TEXT);
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
